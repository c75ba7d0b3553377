// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task

#include "task.h"

using namespace mock;

Task<> flush();
struct Log {
  Task<> operator<<(int Value);
};

Task<> fixed(Log &L, bool Both) {
  flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded; it is lazy, so it never runs [coro-discarded-task]
  // CHECK-FIXES: {{^}}  co_await flush();
  L << 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'Log::operator<<' is discarded; it is lazy, so it never runs [coro-discarded-task]
  // CHECK-FIXES: {{^}}  co_await (L << 1);
  if (Both)
    flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'flush' is discarded; it is lazy, so it never runs [coro-discarded-task]
  // CHECK-FIXES: {{^}}    co_await flush();
  co_return;
}
