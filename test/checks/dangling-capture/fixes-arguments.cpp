// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-capture
//
// A lambda that is called where it stands gets its captures as arguments.
#include "kit.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace mock;

Task<> pause_for(int ms);
Task<> send(std::string line);
Task<> store(std::unique_ptr<std::string> text);
std::string render(int page);

namespace by_copy {
void greet(std::string user, const std::string &host) {
  spawn([user]() -> Task<> { co_await send(user); }());
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: spawn([](auto user) -> Task<> { co_await send(user); }(user));
  spawn([user, host](int times, const char *how = "loudly") -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: spawn([](auto user, auto host, int times, const char *how = "loudly") -> Task<> {
    co_await pause_for(times);
    co_await send(user + host + how);
  }(3));
// CHECK-FIXES: }(user, host, 3));
  spawn(([=]() -> Task<> { co_await send(user + host); })());
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: spawn(([](auto user, auto host) -> Task<> { co_await send(user + host); })(user, host));
  spawn([user]() mutable -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: spawn([](auto user) mutable -> Task<> {
    user += "!";
    co_await send(std::move(user));
  }());
// CHECK-FIXES: }(user));
}
Task<> later(std::vector<int> pages) {
  return [pages]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: return [](auto pages) -> Task<> {
    for (int page : pages)
      co_await send(render(page));
  }();
// CHECK-FIXES: }(pages);
}
void beat(int period) {
  [period]() -> Detached {
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: {{^}}  [](auto period) -> Detached {
    for (;;) {
      co_await pause_for(1);
      co_await pause_for(period);
    }
  }();
// CHECK-FIXES: }(period);
}
} // namespace by_copy

namespace init {
void publish(std::unique_ptr<std::string> text, int page) {
  spawn([text = std::move(text)]() mutable -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: spawn([](auto text) mutable -> Task<> {
    co_await pause_for(1);
    co_await store(std::move(text));
  }());
// CHECK-FIXES: }(std::move(text)));
  spawn([body = render(page), page]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: spawn([](auto body, auto page) -> Task<> {
    co_await pause_for(page);
    co_await send(body);
  }());
// CHECK-FIXES: }(render(page), page));
}
} // namespace init

// By reference, to what lives until the task is awaited
namespace by_reference {
Task<int> total(std::vector<int> values) {
  int sum = 0;
  auto adding = [&sum, values]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: auto adding = [](auto &sum, auto values) -> Task<> {
    for (int value : values) {
      co_await pause_for(1);
      sum += value;
    }
  }();
// CHECK-FIXES: }(sum, values);
  co_await pause_for(5);
  co_await std::move(adding);
  co_return sum;
}
Task<> both(std::string name) {
  auto greeting = [&](int ms) -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
// CHECK-FIXES: auto greeting = [](auto &name, int ms) -> Task<> {
    co_await pause_for(ms);
    co_await send("hello " + name);
  }(10);
// CHECK-FIXES: }(name, 10);
  co_await send(name);
  co_await std::move(greeting);
}
} // namespace by_reference
