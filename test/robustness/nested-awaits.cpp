// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s 'coro-*'
//
// Clang keeps the operand of co_await several times; the checks look at one.
// At twenty levels the innermost stands there a million times, and clang-tidy
// alone takes seconds for it, so there is one coroutine of that depth.

#include "task.h"
#include <unistd.h>

using namespace mock;

Task<int> g(int N);
int slow() { return static_cast<int>(::sleep(1)); }

Task<int> twenty() {
  co_return co_await g(co_await g(co_await g(co_await g(co_await g(
      co_await g(co_await g(co_await g(co_await g(co_await g(
      co_await g(co_await g(co_await g(co_await g(co_await g(
      co_await g(co_await g(co_await g(co_await g(co_await g(
      slow()))))))))))))))))))));
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'slow' blocks the thread in coroutine 'twenty' [coro-blocking-call]
}

Task<int> ten() {
  co_return co_await g(co_await g(co_await g(co_await g(co_await g(
      co_await g(co_await g(co_await g(co_await g(co_await g(
      (g(1), 2)))))))))));
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task of 'g' is discarded; it is lazy, so it never runs [coro-discarded-task]
}

template <typename T> Task<T> instantiated(T) {
  co_return co_await g(co_await g(co_await g(co_await g(co_await g(
      co_await g(co_await g(co_await g(co_await g(co_await g(
      slow()))))))))));
  // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'slow' blocks the thread in coroutine 'instantiated' [coro-blocking-call]
}
template Task<int> instantiated(int);
template Task<long> instantiated(long);

// The same in lambdas that nest.
Task<int> lambdas() {
  co_return co_await [] -> Task<int> {
    co_return co_await [] -> Task<int> {
      co_return co_await [] -> Task<int> {
        co_return co_await [] -> Task<int> {
          co_return co_await g(co_await g(slow()));
          // CHECK-MESSAGES: :[[@LINE-1]]:43: warning: 'slow' blocks the thread in a lambda coroutine [coro-blocking-call]
        }();
      }();
    }();
  }();
}
