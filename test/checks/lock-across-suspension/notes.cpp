// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lock-across-suspension
//
// Where a lock was taken, and what to do.

#include "task.h"

#include <mutex>

using namespace mock;

Task<> backend();

Task<> guarded(std::mutex &mutex) {
  std::lock_guard lock(mutex);
  co_await backend();
  co_await backend();
}
// CHECK-NOTES: :[[@LINE-3]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
// CHECK-NOTES: :[[@LINE-5]]:19: note: it is taken here, and the coroutine may go on in another thread
// CHECK-NOTES: :[[@LINE-5]]:3: note: unlock it before, or use a mutex that is awaited

thread_local int depth;
struct Nested {
  Nested() { ++depth; }
  ~Nested() { --depth; }
};

Task<> nested() {
  Nested scope;
  co_await backend();
}
// CHECK-NOTES: :[[@LINE-2]]:3: warning: the thread-bound scope 'scope' is open while the coroutine is suspended here [coro-lock-across-suspension]
// CHECK-NOTES: :[[@LINE-4]]:10: note: it is opened here, and the coroutine may go on in another thread
// CHECK-NOTES: :[[@LINE-4]]:3: note: end its scope before
