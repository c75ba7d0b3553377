// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s 'coro-*' -expect-clang-tidy-error -- -- -ferror-limit=0
//
// Tasks, awaitables and results without a definition.

#include "task.h"
#include <unistd.h>

using namespace mock;

class Later;
Later later();
Task<Later> laterInside();
Later &byReference();
template <typename T> class Undefined;
Undefined<int> undefined();
template <> class mock::Task<char>;
Task<char> specialised();

void ordinary() {
  later();
  undefined();
  specialised();
  byReference();
}
Task<> awaits() {
  co_await later();
  co_await laterInside();
  co_await undefined();
  co_await specialised();
  auto Kept = later();
  Later Local;
  if (later())
    co_return;
}
Later isCoroutine() { co_return; }
Task<Later> resultUnknown() { co_return later(); }
Undefined<char> undefinedCoroutine() { co_await std::suspend_always(); }

struct HalfDone {
  struct promise_type {
    HalfDone get_return_object();
    Later initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
HalfDone halfDone() { co_return; }

struct Recursive : Recursive {
  bool await_ready();
};
struct Derived : Later {
  using promise_type = Later;
};
Derived derived() { co_return; }
enum class Colour;
Colour colour() { co_return; }

void sound(Task<> (*Begin)()) {
  Begin();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task is discarded; it is lazy, so it never runs [coro-discarded-task]
}
