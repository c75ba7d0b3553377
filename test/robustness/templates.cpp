// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s 'coro-*' -expect-clang-tidy-error -- -- -ferror-limit=0
//
// Templates that nobody instantiates, with promises, operands and packs that
// depend on their parameters, and ones that instantiate each other.

#include "task.h"
#include <unistd.h>

using namespace mock;

Task<> step();

// The promise is not known, so it is not known either whether it is lazy.
template <typename T> typename T::Result promiseOf(T From) {
  auto Pending = From.start();
  if (From)
    co_await From.next({1, 2});
  (From.first(), From.second());
  From.third();
  for (auto &&Each : From)
    co_yield co_await Each;
  co_return co_await Pending;
}

template <typename T> struct Wrapper {
  struct promise_type : T::promise_type {};
  Wrapper<T> operator()(T Given) { co_await Given; }
  template <typename U> Wrapper<U> rebound(U Given) {
    co_return co_await rebound(co_await Given);
  }
};

template <template <typename> class Kind, typename T>
Kind<T> anyKind(T Value) {
  anyKind<Kind>(Value);
  co_return co_await anyKind<Kind>(Value);
}

template <typename... T> Task<> eachOf(T... Awaited) {
  (co_await Awaited, ...);
  (..., co_await Awaited(1));
  (Awaited(), ...);
  bool Any = (co_await Awaited || ...);
  co_return co_await [](auto... Inner) -> Task<> {
    (co_await Inner, ...);
  }(Awaited...);
}
Task<> instantiates(Operation<bool> First, Operation<bool> Second) {
  auto All = [](auto... Awaited) -> Task<> { (co_await Awaited, ...); };
  co_await All(First, Second);
  co_await All();
}

// Clang does not allow co_await here.
template <typename T>
concept Awaits = requires(T Awaited) { co_await Awaited; };
template <typename T>
  requires requires(T Awaited) { Awaited.operator co_await(); }
Task<> constrained(T Awaited) {
  co_await Awaited;
}

// Each makes the other's next instance.
template <int N> void odd();
template <int N> void even() {
  if constexpr (N > 0)
    odd<N - 1>();
  else
    ::sleep(1);
}
template <int N> void odd() {
  if constexpr (N > 0)
    even<N - 1>();
}
Task<> mutualDepth() {
  even<200>();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'even{{.*}}' blocks the thread in coroutine 'mutualDepth' [coro-blocking-call]
  even<201>();
  co_return;
}

// These go round and round, in functions and in coroutines.
template <typename T> void ping(T Value, int N);
template <typename T> void pong(T Value, int N) {
  if (N)
    ping(Value, N - 1);
  ::usleep(1);
}
template <typename T> void ping(T Value, int N) { pong(Value, N); }
template <typename T> Task<T> back(T Value);
template <typename T> Task<T> forth(T Value) {
  ping(Value, 2);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'ping{{.*}}' blocks the thread in coroutine 'forth' [coro-blocking-call]
  co_return co_await back(Value);
}
template <typename T> Task<T> back(T Value) {
  forth(Value);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'forth' is discarded; it is lazy, so it never runs [coro-discarded-task]
  co_return co_await forth(Value);
}
Task<int> roundAndRound() { co_return co_await back(1); }

// A type that holds itself.
template <typename T> struct Tree {
  Tree *Left = nullptr;
  ~Tree() { delete Left; }
};
Task<> ownsItself() {
  Tree<int> Root;
  co_await step();
}
