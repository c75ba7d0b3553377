// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-argument
//
// Tasks that were wrongly reported once.

#include "kit.h"

#include <atomic>
#include <string>

using namespace mock;

Task<> pause_for(int milliseconds);

// Fine because each round of the loop waits for what the round before started
namespace rounds {
Task<int> count(std::atomic<int> *done, int value) {
  co_await pause_for(1);
  co_return ++*done + value;
}
struct Slots {
  void fork(Task<int> &&task);
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<>) noexcept;
  int await_resume();
};
Task<> run(int times) {
  std::atomic<int> done{0};
  {
    Slots slots;
    slots.fork(count(&done, 0));
    for (int i = 0; i < times; ++i) {
      int value = co_await slots;
      if (value < 10)
        slots.fork(count(&done, i));
    }
  }
}
Task<> run_without(int times) {
  std::atomic<int> done{0};
  Slots slots;
  for (int i = 0; i < times; ++i)
    slots.fork(count(&done, i));
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'count' outlives 'done', to which it refers [coro-dangling-argument]
  co_await pause_for(1);
}
} // namespace rounds

// Fine because the function goes round until the task has said that it is done
namespace spinning {
Task<> add(std::atomic<int> &pending, int &sum) {
  co_await pause_for(1);
  ++sum;
  --pending;
}
int run() {
  std::atomic<int> pending{2};
  int sum = 0;
  spawn(add(pending, sum));
  spawn(add(pending, sum));
  while (pending.load() > 0)
    ;
  return sum;
}
int run_twice() {
  std::atomic<int> pending{0};
  int sum = 0;
  do {
    ++pending;
    spawn(add(pending, sum));
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the task of 'add' outlives 'pending', to which it refers [coro-dangling-argument]
  } while (pending < 2);
  return sum;
}
} // namespace spinning

// Fine because the object ends what it has started
namespace ends_itself {
class Server {
  bool open_ = true;
  Task<> serve() {
    while (open_)
      co_await pause_for(10);
  }

public:
  ~Server() { stop(); }
  void async_start() { spawn(serve()); }
  void stop();
};
class Beacon {
  bool open_ = true;
  Task<> serve() {
    while (open_)
      co_await pause_for(10);
  }

public:
  void async_start() { spawn(serve()); }
};
void run() {
  Server server;
  server.async_start();
}
void blink() {
  Beacon beacon;
  beacon.async_start();
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'Beacon::async_start' outlives 'beacon', to which it refers as its object [coro-dangling-argument]
}
} // namespace ends_itself

// Fine because the name says last that it waits
namespace starts_and_waits {
Task<int> measure(const std::string &text) {
  co_await pause_for(1);
  co_return static_cast<int>(text.size());
}
int spawn_and_wait(Task<int> task);
int startAndJoin(Task<int> task);
void spawn_and_forget(Task<int> task);
void run() {
  std::string text = "text";
  spawn_and_wait(measure(text));
  startAndJoin(measure(text + "!"));
  spawn_and_forget(measure(text));
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the task of 'measure' outlives 'text', to which it refers [coro-dangling-argument]
}
} // namespace starts_and_waits

// Fine because the function runs the loop that the dropped task ends
namespace nested_loops {
kit::Hot<void> hot_pause(int milliseconds);
struct Loop {
  int exec();
  void quit();
};
struct Context {
  Loop loop;
  bool done = false;
};
kit::Hot<void> finish(Context &context) {
  co_await hot_pause(1);
  context.done = true;
  context.loop.quit();
}
void wait_for_it() {
  Context context;
  finish(context);
  if (!context.done)
    context.loop.exec();
}
void leave_it() {
  Context context;
  finish(context);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'finish' outlives 'context', to which it refers [coro-dangling-argument]
}
} // namespace nested_loops
