// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-capture
//
// Lambda coroutines whose captures are gone before they end.
#include "kit.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using namespace mock;

Task<> pause_for(int ms);
Task<> send(std::string line);
Task<std::string> read_line();

// Called, stored, and awaited in a later statement
namespace stored {
Task<> serve(std::string name) {
  auto greeting = [name]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
    co_await pause_for(10);
    co_await send("hello " + name);
  }();
  co_await pause_for(5);
  co_await std::move(greeting);
}
} // namespace stored

// The task is handed to spawn, the closure is not
namespace spawned {
class Session {
public:
  void start() {
    spawn([this]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
      while (open_)
        co_await step();
    }());
  }

private:
  Task<> step();
  bool open_ = true;
};
} // namespace spawned

// Fire and forget: the captures are used after the first suspension
namespace forgotten {
class Heartbeat {
public:
  void start(int period) {
    [this, period]() -> Detached {
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
      for (;;) {
        co_await pause_for(period);
        beat();
      }
    }();
  }

private:
  void beat();
};
} // namespace forgotten

// An ordinary function returns the task of its own closure
namespace returned {
Task<int> total(std::vector<int> values) {
  return [values = std::move(values)]() -> Task<int> {
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
    co_await pause_for(1);
    int sum = 0;
    for (int value : values)
      sum += value;
    co_return sum;
  }();
}
} // namespace returned

// A named closure ends with the function that returns its task
namespace named_returned {
Task<> flush(std::shared_ptr<std::string> buffer) {
  auto run = [buffer]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the captures of this lambda coroutine die before it ends: they live in 'run' [coro-dangling-capture]
    co_await pause_for(1);
    co_await send(*buffer);
  };
  return run();
}
} // namespace named_returned

// Each round's closure is gone when the tasks are awaited together
namespace loop {
Task<> broadcast(std::vector<std::string> peers) {
  std::vector<Task<>> pending;
  for (const auto &peer : peers) {
    auto one = [&peer]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the captures of this lambda coroutine die before it ends: they live in 'one' [coro-dangling-capture]
      co_await send(peer);
    };
    pending.push_back(one());
  }
  co_await when_all(std::move(pending));
}
Task<> broadcast_now(std::vector<std::string> peers) {
  std::vector<Task<>> pending;
  for (const auto &peer : peers)
    pending.push_back([peer]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
      co_await send(peer);
    }());
  co_await when_all(std::move(pending));
}
} // namespace loop

// A named closure is spawned and ends with the callback
namespace callback {
class Listener {
public:
  void on_accept(int id) {
    auto run = [this, id]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the captures of this lambda coroutine die before it ends: they live in 'run' [coro-dangling-capture]
      co_await pause_for(id);
      forget(id);
    };
    spawn(run());
  }

private:
  void forget(int id);
};
} // namespace callback

// A helper calls what it is given, and drops it
namespace helper {
template <class F> void start(F f) { spawn(f()); }
template <class F> void start_ref(F &&f) { spawn(f()); }
template <class F> Task<> make(F f) { return f(); }
void start_any(std::function<Task<>()> f) { spawn(f()); }

struct Player {
  int id;
  void play() {
    start([this]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the captures of this lambda coroutine die before it ends: they live in 'f' [coro-dangling-capture]
      co_await pause_for(id);
    });
  }
  void play_ref() {
    start_ref([this]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
      co_await pause_for(id);
    });
  }
  Task<> play_made() {
    co_await make([this]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the captures of this lambda coroutine die before it ends: they live in 'f' [coro-dangling-capture]
      co_await pause_for(id);
    });
  }
  void play_any() {
    start_any([this]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
      co_await pause_for(id);
    });
  }
};
} // namespace helper

// The task goes to a member, the closure to nowhere
namespace member {
class Poller {
public:
  void begin(int ms) {
    task_ = [this, ms]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
      while (!stopped_)
        co_await pause_for(ms);
    }();
  }
  void add(std::string line) {
    tasks_.push_back([line]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
      co_await send(line);
    }());
  }

private:
  Task<> task_;
  std::vector<Task<>> tasks_;
  bool stopped_ = false;
};
} // namespace member

// The task is chosen by a condition
namespace chosen {
Task<> run(bool fast, int n) {
  Task<> job = fast ? [n]() -> Task<> { co_await pause_for(n); }()
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
                    : pause_for(n);
  co_await std::move(job);
}
} // namespace chosen

// kept in a std::function that ends with the function
namespace function_object {
Task<> later(std::string text) {
  std::function<Task<>()> run = [text]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: the captures of this lambda coroutine die before it ends: they live in 'run' [coro-dangling-capture]
    co_await send(text);
  };
  return run();
}
} // namespace function_object

// A nursery keeps the task only
namespace nursery {
Task<> serve(kit::Nursery &nursery, std::string name) {
  nursery.start([name]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
    co_await pause_for(1);
    co_await send(name);
  }());
  co_await nursery.wait();
}
} // namespace nursery

namespace optional_task {
Task<> maybe(bool wanted, std::string text) {
  std::optional<Task<>> job;
  if (wanted)
    job = [&text]() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the captures of this lambda coroutine die before it ends: its closure is a temporary [coro-dangling-capture]
      co_await send(text);
    }();
  co_await pause_for(1);
  if (job)
    co_await std::move(*job);
}
} // namespace optional_task
