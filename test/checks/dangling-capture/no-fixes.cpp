// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %clang_tidy --quiet --config='{}' '--checks=-*,coro-dangling-capture' --export-fixes=%t.yaml %s -- -std=c++20 -I %mocks > %t.out
// RUN: FileCheck %s --input-file=%t.out --implicit-check-not='warning: '
// RUN: FileCheck %s --input-file=%t.yaml --check-prefix=FIX --implicit-check-not=ReplacementText
// FIX: DiagnosticName: coro-dangling-capture
//
// Where passing the captures as arguments might not compile, or might mean
// something else, there is no fix-it.
#include "kit.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace mock;

Task<> pause_for(int ms);
Task<> send(std::string line);

// 'this', whose uses would have to be written out
struct Session {
  void start(std::string name) {
    spawn([this, name]() -> Task<> { co_await step(name); }());
// CHECK: :[[@LINE-1]]:11: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
    spawn([=, *this]() -> Task<> { co_await send(id + name); }());
// CHECK: :[[@LINE-1]]:11: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
  }
  Task<> step(std::string name);
  std::string id;
};

// A reference to what dies as well
void greet(std::string user) {
  spawn([&user]() -> Task<> { co_await send(user); }());
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
}
Task<> later(std::string user) {
  auto task = [&]() -> Task<> { co_await send(user); }();
// CHECK: :[[@LINE-1]]:15: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
  return task;
}

// Not called where it stands
void named(std::string user) {
  auto run = [user]() -> Task<> { co_await send(user); };
// CHECK: :[[@LINE-1]]:14: warning: the captures of this lambda coroutine die before it ends: they live in 'run' [coro-dangling-capture]
  spawn(run());
}

// A member template would need the word "template", an array would decay
struct Bag {
  template <typename T> T get() const;
};
void kinds(Bag bag) {
  spawn([bag]() -> Task<> { co_await send(bag.get<std::string>()); }());
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
  char line[80] = {};
  spawn([line]() -> Task<> { co_await send(std::string(line, sizeof(line))); }());
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
}

// Inits whose type a parameter would not have
void inits(int n) {
  spawn([list = {1, 2, 3}]() -> Task<> { co_await pause_for(list.size()); }());
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
  spawn([m{n}]() -> Task<> { co_await pause_for(m); }());
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
  spawn([&m = n]() -> Task<> { co_await pause_for(m); }());
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
}

// The capture is copied before the argument is moved
void order(std::string user) {
  spawn([user](std::string text) -> Task<> {
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
    co_await send(user + text);
  }(std::move(user)));
}

// A constant copy is not moved from
void twice(std::string user) {
  spawn([user]() -> Task<> {
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
    for (int i = 0; i < 2; ++i)
      co_await send(std::move(user));
    co_await send(user);
  }());
}

// Packs, macros, and no parameter list at all
template <typename... T> void all(T... parts) {
  spawn([parts...]() -> Task<> { co_await send((parts + ...)); }());
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
}
template void all(std::string, std::string);
#define LATER(...) [__VA_ARGS__]() -> Task<> { co_await send(user); }()
void macro(std::string user) {
  spawn(LATER(user));
// CHECK: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
}

// The promise is made from the arguments
struct Named {
  struct promise_type {
    template <typename... Args> explicit promise_type(const Args &...all);
    Named get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Named with_promise(int id) {
  return [id]() -> Named { co_await pause_for(id); }();
// CHECK: :[[@LINE-1]]:10: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
}
