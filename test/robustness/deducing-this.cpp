// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s 'coro-*' -expect-clang-tidy-error -- -- -std=c++23 -ferror-limit=0
//
// Objects that are ordinary parameters.

#include "task.h"
#include <unistd.h>

using namespace mock;

struct Session {
  Task<> step(this Session Self);
  Task<> serve(this auto &&Self) {
    Self.step();
    // CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: the task of 'Session::step' is discarded; it is lazy, so it never runs [coro-discarded-task]
    co_await Self.serve();
  }
  Task<> unknown(this Missing Self) { co_await Self.step(); }
  Task<> nobody(this Session) { co_await step(); }
  virtual Task<> both(this Session &Self) { co_return; }
  static Task<> neither(this Session &Self) { co_return; }
};
Task<> uses(Session S) {
  auto Countdown = [](this auto Self, int N) -> Task<> {
    if (N)
      co_await Self(N - 1);
    ::sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks the thread in a lambda coroutine [coro-blocking-call]
  };
  co_await Countdown(3);
  co_await S.serve();
  co_await S.unknown();
}
