// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %clang_tidy --quiet --config='{}' '--checks=-*,coro-discarded-task' --export-fixes=%t.yaml %s -- -std=c++20 -I %mocks > %t.out
// RUN: FileCheck %s --input-file=%t.out --implicit-check-not='warning: '
// RUN: FileCheck %s --input-file=%t.yaml --check-prefix=FIX --implicit-check-not=ReplacementText
//
// Where co_await would not compile, or not mean the same, there is no fix.

#include "task.h"

using namespace mock;

Task<> flush();

// No coroutine.
void ordinary() {
  flush();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
}
// A lambda that is none, in a coroutine.
Task<> lambda() {
  auto Inner = [] { flush(); };
  // CHECK: :[[@LINE-1]]:21: warning: the task of 'flush' is discarded
  Inner();
  co_return;
}
// co_await may not stand in a handler.
Task<> handler() {
  try {
    co_await flush();
  } catch (...) {
    flush();
    // CHECK: :[[@LINE-1]]:5: warning: the task of 'flush' is discarded
  }
}
Task<> handlerOfFunction() try {
  co_await flush();
} catch (int) {
  flush();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
}
// Another instance may need none.
template <typename T> Task<> pattern(T) {
  flush();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  co_return;
}
template Task<> pattern(int);
// Not every use of a macro need be in a coroutine.
#define FLUSH() flush()
Task<> macro() {
  FLUSH();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  co_return;
}
// The promise takes no co_await.
Generator<int> generator() {
  flush();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
  co_yield 1;
}
// The promise takes ticks only.
struct Ticks {
  struct promise_type {
    Ticks get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    std::suspend_always await_transform(int) { return {}; }
    void return_void() {}
    void unhandled_exception() {}
  };
};
Ticks transformed() {
  co_await 1;
  flush();
  // CHECK: :[[@LINE-1]]:3: warning: the task of 'flush' is discarded
}
// A generator is iterated, not awaited.
Generator<int> numbers();
Task<> iterates() {
  numbers();
  // CHECK: :[[@LINE-1]]:3: warning: the generator of 'numbers' is discarded
  co_return;
}
// co_await may not stand in a default argument.
int plain(int);
Task<> defaultArgument() {
  auto Inner = [](int N = (flush(), 1)) { return N; };
  // CHECK: :[[@LINE-1]]:28: warning: the task of 'flush' is discarded
  Inner();
  co_return;
}
// FIX: Diagnostics:
