// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-capture
//
// Lambda coroutines whose captures live long enough - what is fine, and why.
#include "kit.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

using namespace mock;

Task<> pause_for(int ms);
Task<> send(std::string line);

// Fine because it is awaited in the same full expression
namespace in_place {
Task<> serve(std::string name) {
  co_await [&]() -> Task<> {
    co_await pause_for(1);
    co_await send(name);
  }();
  co_await when_all([&]() -> Task<> { co_await send(name); }(),
                    [name]() -> Task<> { co_await send(name); }());
  int n = co_await [name]() -> Task<int> {
    co_await pause_for(1);
    co_return name.size();
  }();
  co_await pause_for(n);
}
} // namespace in_place

// Fine because the closure lives as long as the function that awaits
namespace named {
Task<> serve(std::string name) {
  auto greet = [&]() -> Task<> {
    co_await pause_for(1);
    co_await send(name);
  };
  co_await greet();
  auto again = greet();
  co_await pause_for(1);
  co_await std::move(again);
  std::vector<Task<>> all;
  for (int i = 0; i < 3; ++i)
    all.push_back(greet());
  co_await when_all(std::move(all));
}
} // namespace named

// Fine because nothing is captured: arguments are copied into the frame
namespace parameters {
class Session {
public:
  void start() {
    spawn([](Session &self) -> Task<> {
      co_await pause_for(1);
      self.stop();
    }(*this));
  }
  Task<> later(std::string name) {
    return [](std::string name) -> Task<> {
      co_await pause_for(1);
      co_await send(name);
    }(std::move(name));
  }
  void stop();
};
} // namespace parameters

// Fine because the captures are used before the first suspension only
namespace early {
class Counter {
public:
  void touch() {
    [this]() -> Detached {
      ++count_;
      co_await pause_for(1);
    }();
  }

private:
  int count_ = 0;
};
} // namespace early

// Fine because who is given the callable keeps it
namespace kept {
class Scheduler {
public:
  void spawn(std::function<Task<>()> job) { jobs_.push_back(std::move(job)); }
  template <class F> void every(int ms, F f) { spawn(std::move(f)); }
  Task<> run() {
    for (auto &job : jobs_)
      co_await job();
  }

private:
  std::vector<std::function<Task<>()>> jobs_;
};
template <class F> Detached launch(F f) { co_await f(); }
template <class F> Task<> retry(int times, F f) {
  for (int i = 0; i < times; ++i)
    co_await f();
}
void co_spawn(int executor, std::function<Task<>()> job, int token);

struct Player {
  int id;
  Scheduler scheduler;
  void play() {
    scheduler.spawn([this]() -> Task<> { co_await pause_for(id); });
    scheduler.every(5, [this]() -> Task<> { co_await pause_for(id); });
    launch([this]() -> Task<> { co_await pause_for(id); });
    co_spawn(1, [this]() -> Task<> { co_await pause_for(id); }, 2);
  }
  Task<> again() {
    auto all = retry(3, [this]() -> Task<> { co_await pause_for(id); });
    co_await std::move(all);
  }
};
} // namespace kept

// Fine because the closure lives on in a member or a static
namespace longer {
class Poller {
public:
  void begin() { spawn(step_()); }
  static void global() {
    static auto run = [n = 5]() -> Task<> { co_await pause_for(n); };
    spawn(run());
  }

private:
  std::function<Task<>()> step_ = [this]() -> Task<> {
    co_await pause_for(period_);
  };
  int period_ = 1;
};
} // namespace longer

// Fine because the thread waits for the task
namespace waited {
int main_like(std::string name) {
  sync_wait([&]() -> Task<> { co_await send(name); }());
  int n = sync_wait([&]() -> Task<int> {
    co_await pause_for(1);
    co_return name.size();
  }());
  return n;
}
void serve(EventLoop &loop);
struct Loop {
  void run();
};
void with_loop(Loop &loop, std::string name) {
  auto job = [&]() -> Task<> { co_await send(name); };
  spawn(job());
  loop.run();
}
Task<> with_event(std::string name) {
  AsyncEvent done;
  auto job = [&]() -> Task<> {
    co_await send(name);
    done.set();
  };
  spawn(job());
  co_await done;
}
Task<> in_nursery(std::string name) {
  kit::Nursery nursery;
  auto job = [&]() -> Task<> { co_await send(name); };
  nursery.start(job());
  nursery.start(job());
  co_await nursery.wait();
}
} // namespace waited

// Fine because an ordinary lambda runs at once
namespace ordinary {
Task<> serve(std::string name) {
  auto make = [&] { return send(name); };
  auto first = make();
  co_await std::move(first);
  auto second = [&name] { return send(name); }();
  co_await std::move(second);
}
} // namespace ordinary

// Fine because the handler keeps the closure
namespace handlers {
class Router {
public:
  void get(std::string path, std::function<Task<>(int)> handler) {
    handlers_[path] = std::move(handler);
  }
  Task<> dispatch(std::string path, int id) {
    auto found = handlers_.find(path);
    if (found != handlers_.end())
      co_await found->second(id);
  }

private:
  std::map<std::string, std::function<Task<>(int)>> handlers_;
};
void routes(Router &router, std::string root) {
  router.get("/", [root](int id) -> Task<> {
    co_await pause_for(id);
    co_await send(root);
  });
}
} // namespace handlers

namespace returned_closure {
auto make(std::string name) {
  return [name]() -> Task<> {
    co_await pause_for(1);
    co_await send(name);
  };
}
Task<> use() {
  auto run = make("x");
  co_await run();
  co_await make("y")();
}
} // namespace returned_closure
