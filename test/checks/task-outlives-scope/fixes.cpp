// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-outlives-scope
//
// The function becomes a coroutine, with all of its returns.
#include "kit.h"

#include <memory>
#include <stdexcept>
#include <string>

using namespace mock;

Task<std::string> fetch(std::string url);
Task<std::string> cached(std::string url);
Task<std::string> fallback(std::string url);
Task<> write(std::string text);

class Span {
public:
  explicit Span(const char *name);
  ~Span();
};
class Permit {
public:
  Permit(Permit &&);
  ~Permit();
};
struct Limiter {
  Permit take();
};
struct Database {
  Task<int> run(std::string sql);
};

namespace tried {
Task<std::string> load(std::string url) {
  try {
    return fetch(url);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
// CHECK-FIXES: {{^}}    co_return co_await fetch(url);
  } catch (const std::runtime_error &e) {
    kit::warn(e.what());
  }
  return fallback(url);
// CHECK-FIXES: {{^}}  co_return co_await fallback(url);
}
Task<std::string> chosen(std::string url, bool fresh) {
  if (url.empty())
    return cached("/");
// CHECK-FIXES: {{^}}    co_return co_await cached("/");
  try {
    return fresh ? fetch(url) : cached(url);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
// CHECK-FIXES: {{^}}    co_return co_await (fresh ? fetch(url) : cached(url));
  } catch (const std::runtime_error &e) {
    throw std::invalid_argument(e.what());
  }
}
auto lambda = [](std::string url) -> Task<std::string> {
  try {
    return fetch(std::move(url));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
// CHECK-FIXES: {{^}}    co_return co_await fetch(std::move(url));
  } catch (...) {
    kit::warn("no page");
    throw;
  }
};
} // namespace tried

namespace scopes {
class Server : public std::enable_shared_from_this<Server> {
public:
  Task<std::string> handle(std::string url) {
    Span span("handle");
    return fetch(std::move(url));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
// CHECK-FIXES: {{^}}    co_return co_await fetch(std::move(url));
  }
  Task<int> count(bool all) {
    if (!all)
      return (db_.run("select 1"));
// CHECK-FIXES: {{^}}      co_return co_await (db_.run("select 1"));
    auto permit = limiter_.take();
    return db_.run("select count(*) from users");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'permit' ends before the returned task has begun [coro-task-outlives-scope]
// CHECK-FIXES: {{^}}    co_return co_await db_.run("select count(*) from users");
  }
  Task<> run() {
    auto self = shared_from_this();
    return loop();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'self' ends before the returned task has begun [coro-task-outlives-scope]
// CHECK-FIXES: {{^}}    co_return co_await loop();
  }
  Task<> with(Permit permit, Database &db, std::string text) {
    return write(text);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'permit' ends before the returned task has begun [coro-task-outlives-scope]
// CHECK-FIXES: {{^}}    co_return co_await write(text);
  }

private:
  Task<> loop();
  Limiter limiter_;
  Database db_;
};
kit::Once<int> measure();
kit::Once<int> traced() {
  Span span("measure");
  return measure();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
// CHECK-FIXES: {{^}}  co_return co_await measure();
}
} // namespace scopes
