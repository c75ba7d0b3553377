// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: %check_coro %s coro-blocking-call

#include "task.h"
#include <unistd.h>

mock::Task<> silenced() {
  sleep(1); // NOLINT
  sleep(1); // NOLINT(coro-blocking-call)
  sleep(1); // NOLINT(coro-*)
  // NOLINTNEXTLINE(coro-blocking-call)
  sleep(1);
  // NOLINTBEGIN(coro-blocking-call)
  sleep(1);
  // NOLINTEND(coro-blocking-call)
  co_return;
}

mock::Task<> silencedForAnother() {
  sleep(1); // NOLINT(coro-discarded-task)
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: {{.*}} [coro-blocking-call]
  co_return;
}
