// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lost-task
//
// What was once wrong.

#include "task.h"
#include <functional>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

Task<> flush();

// A template that passes on what it is given is not to blame: its caller is.
struct Signal {
  std::vector<std::function<void()>> Slots;
  template <class F> void connect(F Slot) { Slots.push_back(std::move(Slot)); }
};
template <class F> void launch(F Run) {
  std::thread Thread(std::move(Run));
  Thread.detach();
}
void giveAway(Signal &S) {
  S.connect(flush);
  // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost
  S.connect([] { spawn(flush()); });
  launch(flush);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost
  launch([] { sync_wait(flush()); });
}

// An eager task whose frame ends by itself loses nothing.
struct Background {
  struct promise_type {
    Background get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Background background();
void inBackground(Signal &S) { S.connect(background); }

// A copy may be a handle of a task that is kept elsewhere.
struct Shared {
  struct promise_type {
    Shared get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
  explicit operator bool() const;
};
Shared current();
bool isBusy() { return bool(current()); }

// A std::function that is called is not made from its argument.
void giveEach(std::function<void(std::function<Task<>()>)> Add) {
  Add([] { return flush(); });
}
