// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task
// RUN: %check_coro %s coro-discarded-task -suffix=STRICT -- \
// RUN:   -config='{CheckOptions: {coro-discarded-task.AllowExplicitDiscard: false}}'

#include "task.h"
#include <tuple>

using namespace mock;

Task<> flush();

void explicitly() {
  (void)flush();
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:9: warning: the task of 'flush' is discarded
  static_cast<void>(flush());
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:21: warning: the task of 'flush' is discarded
  std::ignore = flush();
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:17: warning: the task of 'flush' is discarded
}
