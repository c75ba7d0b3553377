// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: not %clang_tidy --quiet --config='{}' '--checks=-*,coro-*' %s -- -std=c++20 -I %mocks > %t.out
// RUN: FileCheck %s --input-file=%t.out --implicit-check-not='coro-'
// CHECK: clang-diagnostic-error
//
// Code that an editor sends while somebody types: no crash, and nothing said
// about what is broken.

#include "task.h"
#include <functional>

using namespace mock;

struct Incomplete;
Task<Incomplete> unfinished();
Task<> uses_unknown() { co_await missing(1, 2); }
Task<> no_operand() { co_await ; }

struct NoFinal {
  struct promise_type {
    NoFinal get_return_object();
    std::suspend_always initial_suspend();
    void unhandled_exception();
  };
};
NoFinal no_final() { co_return; }

struct NoReturn {
  struct promise_type {
    NoReturn get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
  };
};
NoReturn no_return() { co_return 1; }

struct InConstructor {
  InConstructor() { co_await std::suspend_always{}; }
  ~InConstructor() { co_return; }
};
constexpr Task<> in_constexpr() { co_return; }
auto in_auto() { co_await std::suspend_always{}; }

template <typename T> Task<T> dependent(T t) {
  auto pending = t.start();
  if (t) co_await t.next({1, 2});
  (t.first(), t.second());
  co_return co_await pending;
}
template <typename... T> Task<> pack(T... t) { (co_await t, ...); }
template <typename T> concept Awaits = requires(T t) { co_await t; };

Task<> broken_lambda() {
  auto f = [](Unknown u) -> Task<> { co_await u; };
  std::function<void()> g = [&]() -> Task<Unknown> { co_await 1; };
  co_await f(3);
}
Task<> default_argument(int n = unknown_default()) try {
  co_return;
} catch (...) {
}
int main() { co_await std::suspend_always{}; }
Task<> unterminated() { auto t = unfinished(); co_await
