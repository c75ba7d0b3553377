// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-capture
//
// Closures that were wrongly reported once.

#include "kit.h"

#include <atomic>
#include <string>
#include <vector>

using namespace mock;

Task<> pause_for(int milliseconds);

// Fine because the lambda that refers to the tasks is awaited here
namespace by_reference {
template <class F> Task<> call(F f) { co_await f(); }
Task<> tasks(std::string name) {
  auto one = [&]() -> Task<> {
    co_await pause_for(1);
    name += "!";
  };
  std::vector<Task<>> all;
  all.push_back(one());
  all.push_back(one());
  co_await call([&]() -> Task<> {
    for (auto &each : all)
      co_await std::move(each);
  });
}
void blocking(std::string name) {
  auto one = [&]() -> Task<> {
    co_await pause_for(1);
    name += "!";
  };
  auto task = one();
  sync_wait([&]() -> Task<> { co_await std::move(task); }());
}
// The task is taken away.
struct Keeper {
  std::function<void()> later;
};
void kept(Keeper &keeper, std::string name) {
  auto one = [name]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the captures of this lambda coroutine die before it ends: they live in 'one' [coro-dangling-capture]
    co_await pause_for(1);
    co_await pause_for(name.size());
  };
  auto task = std::make_shared<Task<>>(one());
  keeper.later = [task] { sync_wait(std::move(*task)); };
}
} // namespace by_reference

// Fine because the function goes round until the tasks have said that they are done
namespace spinning {
int run() {
  std::atomic<int> pending{2};
  int sum = 0;
  auto add = [&]() -> Task<> {
    co_await pause_for(1);
    ++sum;
    --pending;
  };
  spawn(add());
  spawn(add());
  while (pending) {
  }
  return sum;
}
} // namespace spinning

// Fine because who calls the closure runs the loop that it ends
namespace nested_loops {
kit::Hot<void> hot_pause(int milliseconds);
struct Loop {
  int exec();
  void quit();
};
template <typename Coro> void ignore_result(Loop &loop, Coro &&coro) {
  coro();
  loop.exec();
}
template <typename Coro> void leave(Coro &&coro) { coro(); }
void test() {
  Loop loop;
  ignore_result(loop, [&loop]() -> kit::Hot<void> {
    co_await hot_pause(1);
    loop.quit();
  });
  leave([&loop]() -> kit::Hot<void> {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
    co_await hot_pause(1);
    loop.quit();
  });
}
} // namespace nested_loops
