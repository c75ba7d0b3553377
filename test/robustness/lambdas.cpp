// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s 'coro-*' -expect-clang-tidy-error -- -- -ferror-limit=0
//
// Lambda coroutines with errors in each of their parts.

#include "task.h"
#include <functional>
#include <unistd.h>

using namespace mock;

Task<> step();

Task<> broken() {
  auto Parameter = [](Unknown U) -> Task<> { co_await U; };
  auto Capture = [Gone, Copy = missing()]() -> Task<> { co_await Copy; };
  auto Result = []() -> Unknown { co_await step(); };
  auto NoResult = [] { co_await step(); };
  auto Body = [](auto A) -> Task<> { co_await A.first(, second); };
  auto Default = [](int N = missing()) -> Task<> { co_await step(); };
  std::function<void()> Given = [&]() -> Task<Unknown> { co_await 1; };
  std::function<Unknown()> Other = []() -> Task<> { co_return; };
  auto Constant = []() constexpr -> Task<> { co_await step(); };
  auto This = [this]() -> Task<> { co_await this->step(); };
  co_await Parameter(3);
  co_await Capture();
  co_await Body(1);
  Result();
  NoResult();
  Undeclared([]() -> Task<> { co_await step(); });
  co_await []() -> Task<> { co_await missing(); }();
  co_await step();
}

struct Server {
  std::function<Task<>(Unknown)> Handler = [](Unknown U) -> Task<> {
    co_await U;
  };
  Task<> run(int N = [] { return missing(); }()) { co_await Handler(N); }
};

Task<> sound() {
  auto Pause = [](int N = 1) { ::sleep(N); };
  co_await [&]() -> Task<> {
    Pause();
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Pause' blocks the thread in a lambda coroutine [coro-blocking-call]
    co_return;
  }();
}
