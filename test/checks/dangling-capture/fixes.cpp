// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-dangling-capture -- -- -std=c++23
//
// The closure is copied into the frame where C++23 allows it.
#include "kit.h"

#include <memory>
#include <string>

using namespace mock;

Task<> pause_for(int ms);
Task<> send(std::string line);

namespace fixed {
void greet(std::string user) {
  spawn([user]() -> Task<> { co_await send(user); }());
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: spawn([user](this auto) -> Task<> { co_await send(user); }());
  spawn([user](int times) -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: spawn([user](this auto, int times) -> Task<> {
    co_await pause_for(times);
    co_await send(user);
  }(3));
  auto run = [user]() -> Task<> { co_await send(user); };
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the captures of this lambda coroutine die before it ends: they live in 'run' [coro-dangling-capture]
// CHECK-FIXES: auto run = [user](this auto) -> Task<> { co_await send(user); };
  spawn(run());
}
} // namespace fixed

// Not where it may not compile
namespace not_fixed {
void greet(std::unique_ptr<std::string> user) {
  spawn([count = 0]() mutable -> Task<> { co_await pause_for(++count); }());
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
  spawn([&user]() -> Task<> { co_await send(*user); }());
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
  spawn([text = *user] -> Task<> { co_await send(text); }());
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
  auto run = [user = std::move(user)]() -> Task<> { co_await send(*user); };
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the captures of this lambda coroutine die before it ends: they live in 'run' [coro-dangling-capture]
  spawn(run());
}
} // namespace not_fixed
