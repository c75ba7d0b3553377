// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s 'coro-*' -expect-clang-tidy-error -- -- -ferror-limit=0
//
// Suspension points where none may be. A function that is no coroutine because
// of them is silent; its neighbours are not.

#include "task.h"
#include <unistd.h>

using namespace mock;

Task<> step();
Task<int> number();

struct InConstructor {
  int Value = co_await number();
  InConstructor() {
    ::sleep(1);
    co_await step();
  }
  ~InConstructor() { co_return; }
};

constexpr Task<> inConstexpr() {
  ::sleep(1);
  co_return;
}
consteval Task<> inConsteval() { co_await step(); }

auto withoutType() { co_await step(); }
int withoutPromise() { co_await step(); }
Task<> withEllipsis(const char *Format, ...) { co_await step(); }

void notInHandlers() {
  try {
  } catch (...) {
    co_await step();
  }
}
Task<> inHandler() {
  try {
    ::sleep(1);
  } catch (...) {
    co_await step();
  }
}

Task<> inDefault(int N = co_await number());
Task<> inUnevaluated() {
  auto Size = sizeof(co_await number());
  decltype(co_await number()) Same = 1;
  bool Throws = noexcept(co_await number());
  co_return;
}
int Global = co_await number();
static_assert(co_await number());
struct BitField {
  int Bits : co_await number();
};

Task<> inTry() try {
  co_await step();
} catch (int) {
  co_return;
} catch (...) {
  co_await step();
}

Task<> returns() {
  co_await step();
  return step();
}

int main() {
  ::sleep(1);
  co_await step();
}

Task<> sound() try {
  co_await step();
  ::sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread in coroutine 'sound' [coro-blocking-call]
} catch (...) {
  step();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'step' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
