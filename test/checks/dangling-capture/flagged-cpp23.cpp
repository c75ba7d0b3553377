// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-dangling-capture -- -- -std=c++23
//
// An object that is deduced by reference is as dead as any other.
#include "kit.h"

#include <string>

using namespace mock;

Task<> pause_for(int ms);
Task<> send(std::string line);

namespace by_reference {
void start(std::string name) {
  spawn([name](this auto &&self) -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
    co_await pause_for(1);
    co_await send(name);
  }());
}
Task<> later(std::string name) {
  auto run = [name](this const auto &self) -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the captures of this lambda coroutine die before it ends: they live in 'run' [coro-dangling-capture]
    co_await pause_for(1);
    co_await send(name);
  };
  return run();
}
} // namespace by_reference
