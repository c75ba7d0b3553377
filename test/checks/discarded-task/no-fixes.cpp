// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %clang_tidy --quiet --config='{}' '--checks=-*,coro-discarded-task' --export-fixes=%t.yaml %s -- -std=c++20 -I %mocks > %t.out
// RUN: FileCheck %s --input-file=%t.out
// RUN: FileCheck %s --input-file=%t.yaml --check-prefix=FIX --implicit-check-not=ReplacementText
//
// Where co_await would not compile, or not mean the same, there is no fix.

#include "task.h"

using namespace mock;

Task<> flush();

void ordinary() {
  flush();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
}
Task<> handler() {
  try {
    co_await flush();
  } catch (...) {
    flush();
    // CHECK: :[[@LINE-1]]:5: warning: the task of 'flush' is discarded
  }
}
template <typename T> Task<> pattern(T) {
  flush();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  co_return;
}
template Task<> pattern(int);
#define FLUSH() flush()
Task<> macro() {
  FLUSH();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  co_return;
}
Generator<int> generator() {
  flush();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  co_yield 1;
}
// FIX: Diagnostics:
