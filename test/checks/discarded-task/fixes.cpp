// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task
//
// Where the fix-it co_await stands. no-fixes.cpp has the places without one.

#include "kit.h"
#include <vector>

using namespace mock;

Task<> flush();
Task<int> count();
Job<> start();
Operation<> tick();
AsyncEvent event();
Task<Task<>> nested();
int plain(int);

struct Log {
  AsyncMutex Mutex;
  Task<> operator<<(int Value);
  Task<> operator()(int Value) const;
  Task<> operator[](int Value);
  Task<> operator+() const;
  Task<> write() &;
};

// Each kind of type.
Task<> kinds(Log &L) {
  flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded; it is lazy, so it never runs [coro-discarded-task]
  // CHECK-FIXES: {{^}}  co_await flush();
  count();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'count' is discarded; it is lazy
  // CHECK-FIXES: {{^}}  co_await count();
  start();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'start' is discarded; it is eager
  // CHECK-FIXES: {{^}}  co_await start();
  tick();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the awaitable of 'tick' is discarded; nothing waits for it
  // CHECK-FIXES: {{^}}  co_await tick();
  event();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the awaitable of 'event' is discarded; nothing waits for it
  // CHECK-FIXES: {{^}}  co_await event();
  co_await nested();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that co_await gives is discarded; it is lazy
  // CHECK-FIXES: {{^}}  co_await co_await nested();
  L.Mutex.scoped_lock_async();
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the awaitable of 'AsyncMutex::scoped_lock_async' is discarded
  // CHECK-FIXES: {{^}}  co_await L.Mutex.scoped_lock_async();
}

// Brackets where the operand binds less tightly than co_await.
Task<> operators(Log &L, bool Both) {
  L << 1;
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'Log::operator<<' is discarded; it is lazy, so it never runs [coro-discarded-task]
  // CHECK-FIXES: {{^}}  co_await (L << 1);
  Both ? flush() : L.write();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task is discarded; it is lazy
  // CHECK-FIXES: {{^}}  co_await (Both ? flush() : L.write());
  L(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'Log::operator()' is discarded
  // CHECK-FIXES: {{^}}  co_await L(1);
  L[1];
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'Log::operator[]' is discarded
  // CHECK-FIXES: {{^}}  co_await L[1];
  (flush());
  // CHECK-MESSAGES: :[[@LINE-1]]:4: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}  (co_await flush());
  flush(), plain(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}  co_await flush(), plain(1);
  plain(1), flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}  plain(1), co_await flush();
  co_return;
}

// Every place of a statement.
Task<> statements(bool Both, int N) {
  if (Both)
    flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}    co_await flush();
  else
    count();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'count' is discarded
  // CHECK-FIXES: {{^}}    co_await count();
  if (flush(); Both)
    plain(1);
  // CHECK-MESSAGES: :[[@LINE-2]]:7: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}  if (co_await flush(); Both)
  for (flush(); Both; count())
    plain(2);
  // CHECK-MESSAGES: :[[@LINE-2]]:8: warning: the task of 'flush' is discarded
  // CHECK-MESSAGES: :[[@LINE-3]]:23: warning: the task of 'count' is discarded
  // CHECK-FIXES: {{^}}  for (co_await flush(); Both; co_await count())
  for (int Each : std::vector<int>{1, 2})
    flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}    co_await flush();
  do
    flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}    co_await flush();
  while (Both);
  switch (N) {
  case 1:
    flush();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'flush' is discarded
    // CHECK-FIXES: {{^}}    co_await flush();
  default:
    count();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'count' is discarded
    // CHECK-FIXES: {{^}}    co_await count();
  }
again:
  flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}  co_await flush();
  try {
    flush();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'flush' is discarded
    // CHECK-FIXES: {{^}}    co_await flush();
  } catch (...) {
    plain(3);
  }
  if (N)
    goto again;
  co_return;
}

// Members, and lambdas that are coroutines.
struct Session {
  Task<> step();
  Task<> serve() {
    step();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'Session::step' is discarded
    // CHECK-FIXES: {{^}}    co_await step();
    this->step();
    // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the task of 'Session::step' is discarded
    // CHECK-FIXES: {{^}}    co_await this->step();
    auto Inner = [this]() -> Task<> {
      step();
      // CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the task of 'Session::step' is discarded
      // CHECK-FIXES: {{^}}      co_await step();
      co_return;
    };
    co_await Inner();
  }
};

// The only word that makes it a coroutine may stand further down.
Detached later() {
  flush();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  // CHECK-FIXES: {{^}}  co_await flush();
  co_return;
}

// What may be awaited as an rvalue only is one.
Task<> rvalue() {
  []() -> kit::Once<int> { co_return 1; }();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of the lambda is discarded
  // CHECK-FIXES: {{^}}  co_await []() -> kit::Once<int> { co_return 1; }();
  co_return;
}
