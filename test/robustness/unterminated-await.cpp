// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: not %clang_tidy --quiet --config='{}' '--checks=-*,coro-*' %s -- -std=c++20 -I %mocks -ferror-limit=0 > %t.out
// RUN: FileCheck %s --input-file=%t.out --implicit-check-not='warning: {{.*}}coro-'
// CHECK: warning: 'sleep' blocks the thread in coroutine 'sound' [coro-blocking-call]
// CHECK: clang-diagnostic-error
//
// The file ends in the middle of a co_await.

#include "task.h"
#include <unistd.h>

using namespace mock;

Task<int> number();

Task<> sound() {
  ::sleep(1);
  co_return;
}
Task<> noOperand() { co_await ; }
Task<> noBracket() { co_await number(; }
Task<> unterminated() { auto T = number(); co_await
