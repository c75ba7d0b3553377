// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: not %clang_tidy --quiet --config='{}' '--checks=-*,coro-*' %s -- -std=c++20 > %t.out
// RUN: FileCheck %s --input-file=%t.out --implicit-check-not='coro-'
// CHECK: clang-diagnostic-error

struct Task {};
Task f() { co_await 1; }
Task g() { f(); co_return; }
