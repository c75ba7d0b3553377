// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task -suffix=DEFAULT
// RUN: %check_coro %s coro-discarded-task -suffix=STRICT -- \
// RUN:   -config='{CheckOptions: {coro-discarded-task.AllowExplicitDiscard: false}}'
// RUN: %check_coro %s coro-discarded-task -suffix=MODELS -- \
// RUN:   -config='{CheckOptions: {coro-discarded-task.ModelFiles: "%S/Inputs/house.yaml"}}'

#include "task.h"
#include <tuple>

using namespace mock;

Task<> flush();
Operation<> tick();

void explicitly() {
  (void)flush();
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:9: warning: the task of 'flush' is discarded
  static_cast<void>(flush());
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:21: warning: the task of 'flush' is discarded
  std::ignore = flush();
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:17: warning: the task of 'flush' is discarded
  (void)tick();
  // CHECK-MESSAGES-STRICT: :[[@LINE-1]]:9: warning: the awaitable of 'tick' is discarded
  // The cast is of the 1.
  (void)(flush(), 1);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:10: warning: the task of 'flush' is discarded
  // CHECK-MESSAGES-STRICT: :[[@LINE-2]]:10: warning: the task of 'flush' is discarded
  // CHECK-MESSAGES-MODELS: :[[@LINE-3]]:10: warning: the task of 'flush' is discarded
}

namespace app {
// Runs at once, and keeps itself alive, as a model has to say.
struct Background : Job<> {
  using Job<>::Job;
};
Background refresh();
struct Queue {
  Task<> push(int Value);
  Task<> pop();
};
} // namespace app

void byModel(app::Queue &Q) {
  app::refresh();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: the task of 'refresh' is discarded
  // CHECK-MESSAGES-STRICT: :[[@LINE-2]]:3: warning: the task of 'refresh' is discarded
  Q.push(1);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:5: warning: the task of 'Queue::push' is discarded
  // CHECK-MESSAGES-STRICT: :[[@LINE-2]]:5: warning: the task of 'Queue::push' is discarded
  Q.pop();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:5: warning: the task of 'Queue::pop' is discarded
  // CHECK-MESSAGES-STRICT: :[[@LINE-2]]:5: warning: the task of 'Queue::pop' is discarded
  // CHECK-MESSAGES-MODELS: :[[@LINE-3]]:5: warning: the task of 'Queue::pop' is discarded
}
