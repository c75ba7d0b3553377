// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-thread-local-across-suspension
//
// Where a value was got, and where the thread may change.

#include "task.h"

using namespace mock;

thread_local int counter;
Task<> backend();

Task<> count() {
  int &count = counter;
  co_await backend();
  ++count;
  ++count;
}
// CHECK-NOTES: :[[@LINE-3]]:5: warning: 'count' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
// CHECK-NOTES: :[[@LINE-6]]:16: note: it is got here
// CHECK-NOTES: :[[@LINE-6]]:3: note: the coroutine may go on in another thread here; get it again afterwards
