// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-outlives-scope
//
// Tasks that are returned before they begin, out of what was to last.
#include "kit.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <system_error>

using namespace mock;

struct Gate {
  class Holder {
  public:
    Holder(Holder &&) noexcept;
    ~Holder();

  private:
    friend struct Gate;
    explicit Holder(Gate *gate);
    Gate *gate_;
  };
  Holder hold();
};
struct Limiter {
  class Permit {
  public:
    Permit(Permit &&) noexcept;
    ~Permit();

  private:
    Limiter *limiter_;
  };
  Permit take();
};
class Span {
public:
  explicit Span(std::string name);
  Span(Span &&) noexcept;
  ~Span();
  void tag(std::string key, std::string value);
};
class TempFile {
public:
  explicit TempFile(std::string stem);
  TempFile(TempFile &&) noexcept;
  ~TempFile();
  std::string path() const;
};
struct Timer {
  explicit Timer(std::string name);
  ~Timer();
};
template <class F> struct OnExit {
  F f;
  explicit OnExit(F f) : f(std::move(f)) {}
  OnExit(const OnExit &) = delete;
  ~OnExit() { f(); }
};
struct Database {
  Task<int> run(std::string sql);
};
Task<std::string> fetch(std::string url);
Task<std::string> fallback(std::string url);
Task<std::string> cached(std::string url) { co_return url; }
Task<> upload(std::string path);
template <class T> Task<T> with_timeout(Task<T> task, int ms);

// The handler is gone when the task throws
namespace tried {
Task<std::string> page(std::string url) {
  try {
    return fetch(url);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
  } catch (const std::system_error &) {
    return fallback(url);
  }
}
Task<std::string> page_kept(std::string url) {
  try {
    auto task = fetch(url);
    kit::info("fetching");
    return task;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
  } catch (...) {
    kit::warn("failed");
    throw;
  }
}
Task<std::string> page_timeout(std::string url) {
  try {
    return with_timeout(fetch(url), 100);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
  } catch (const std::exception &e) {
    kit::warn(e.what());
  }
  return fallback(url);
}
struct Client {
  Database db;
  Task<int> count(bool all) try {
    if (all)
      return db.run("select count(*) from users");
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
    return db.run("select 1");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
  } catch (const std::system_error &) {
    return db.run("select 0");
  }
};
auto lambda = [](std::string url) -> Task<std::string> {
  try {
    return fetch(std::move(url));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
  } catch (const std::system_error &) {
    return cached("");
  }
};
} // namespace tried

// The lock is free again when the task begins
namespace locked {
class Store {
public:
  Task<int> count() {
    std::lock_guard<std::mutex> lock(mu_);
    return db_.run("select count(*) from rows");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'lock' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<int> add(std::string row) {
    std::unique_lock lock(mu_);
    return insert(std::move(row));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'lock' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<int> read(int id) {
    std::shared_lock lock(shared_);
    auto task = db_.run("select " + std::to_string(id));
    return task;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'lock' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<int> maybe(int id) {
    if (std::scoped_lock lock(mu_); id > 0)
      return db_.run("x");
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'lock' ends before the returned task has begun [coro-task-outlives-scope]
    return db_.run("y");
  }

private:
  Task<int> insert(std::string row);
  std::mutex mu_;
  std::shared_mutex shared_;
  Database db_;
  int rows_ = 0;
};
} // namespace locked

// Holders, permits, spans, timers, files
namespace scopes {
class Server {
public:
  Task<std::string> handle(std::string url) {
    auto holder = gate_.hold();
    return fetch(std::move(url));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'holder' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<std::string> limited(std::string url) {
    Limiter::Permit permit = limiter_.take();
    kit::info("limited");
    return fetch(url);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'permit' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<int> traced(int id) {
    Span span("query");
    span.tag("id", std::to_string(id));
    return db_.run("select " + std::to_string(id));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<> stored(std::string text) {
    TempFile file("upload");
    return upload(file.path());
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'file' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<std::string> timed(std::string url) {
    Timer timer("fetch");
    return fetch(url);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'timer' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<std::string> counted(std::string url) {
    ++active_;
    OnExit leave([this] { --active_; });
    return fetch(url);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'leave' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<std::string> permitted(Limiter::Permit permit, std::string url) {
    return fetch(url);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'permit' ends before the returned task has begun [coro-task-outlives-scope]
  }

private:
  Gate gate_;
  Limiter limiter_;
  Database db_;
  int active_ = 0;
};
class Session : public std::enable_shared_from_this<Session> {
public:
  Task<> run() {
    auto self = shared_from_this();
    return loop();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'self' ends before the returned task has begun [coro-task-outlives-scope]
  }

private:
  Task<> loop();
};
} // namespace scopes

// A template that says that it gives a task
namespace generic {
template <typename T> Task<std::string> load(T key) {
  try {
    return fetch(key);
    // CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
  } catch (...) {
    throw;
  }
}
Task<> use() { co_await load(std::string("a")); }
} // namespace generic
