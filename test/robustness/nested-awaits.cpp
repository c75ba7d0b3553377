// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Clang keeps the operand of co_await several times; the checks look at one.

#include "task.h"
#include <unistd.h>

using namespace mock;

Task<int> g(int n);
int slow() { return static_cast<int>(::sleep(1)); }

Task<int> twelve() {
  co_return co_await g(co_await g(co_await g(co_await g(co_await g(co_await g(
      co_await g(co_await g(co_await g(co_await g(co_await g(co_await g(1))))))))))));
}

Task<int> blocking() {
  co_return co_await g(co_await g(co_await g(co_await g(co_await g(co_await g(
      co_await g(co_await g(co_await g(co_await g(slow()))))))))));
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'slow' blocks the thread in coroutine 'blocking' [coro-blocking-call]
}
