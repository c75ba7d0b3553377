// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-outlives-scope
//
// Returned tasks that need nothing of what ends - what is fine, and why.
#include "kit.h"

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

using namespace mock;

struct Gate {
  class Holder {
  public:
    Holder(Holder &&) noexcept;
    ~Holder();

  private:
    Gate *gate_;
  };
  Holder hold();
};
class TempFile {
public:
  explicit TempFile(std::string stem);
  TempFile(TempFile &&) noexcept;
  ~TempFile();
  std::string path() const;
};
class Span {
public:
  explicit Span(std::string name);
  Span(Span &&) noexcept;
  ~Span();
  void end();
};
struct Database {
  Task<int> run(std::string sql);
};
Task<std::string> fetch(std::string url);
Task<std::string> fetch_holding(std::string url, Gate::Holder holder);
Task<std::string> cached(std::string url) { co_return std::move(url); }
Task<> upload(TempFile file);
std::string parse(std::string raw);
kit::Hot<int> hot(int n);

// Fine because a coroutine awaits inside
namespace awaited {
Task<std::string> page(std::string url) {
  try {
    co_return co_await fetch(url);
  } catch (const std::system_error &) {
  }
  co_return co_await cached(url);
}
class Server {
  Gate gate_;
  Task<std::string> page(std::string url) {
    auto holder = gate_.hold();
    co_return co_await fetch(url);
  }
};
} // namespace awaited

// Fine because only what runs at once is tried
namespace tried {
Task<std::string> page(std::string raw) {
  std::string url;
  try {
    url = parse(raw);
  } catch (const std::system_error &) {
    return cached("bad");
  }
  return fetch(url);
}
} // namespace tried

// Fine because the lock ends before, and was to
namespace locked {
class Store {
public:
  Task<int> count() {
    std::string sql;
    {
      std::lock_guard lock(mu_);
      sql = sql_;
    }
    return db_.run(sql);
  }
  Task<int> unlocked() {
    std::unique_lock lock(mu_);
    auto sql = sql_;
    lock.unlock();
    return db_.run(sql);
  }
  Task<std::string> get(std::string key) {
    std::lock_guard lock(mu_);
    if (auto found = cache_.find(key); found != cache_.end())
      return cached(found->second);
    return cached("");
  }
  Task<> next() {
    std::lock_guard lock(mu_);
    auto task = std::move(queue_.front());
    queue_.pop_front();
    return task;
  }
  Task<std::string> first() {
    std::lock_guard lock(mu_);
    auto url = urls_.back();
    urls_.pop_back();
    return fetch(std::move(url));
  }
  Task<int> numbered(std::string sql) {
    std::lock_guard lock(mu_);
    ++count_;
    return db_.run(std::move(sql));
  }
  Task<int> serial() {
    std::lock_guard lock(mu_);
    return work(++count_);
  }
  int size() {
    std::lock_guard lock(mu_);
    return queue_.size();
  }
  std::optional<Task<>> take() {
    std::lock_guard lock(mu_);
    if (queue_.empty())
      return std::nullopt;
    return std::move(queue_.front());
  }

private:
  std::mutex mu_;
  Database db_;
  std::string sql_;
  std::map<std::string, std::string> cache_;
  std::deque<Task<>> queue_;
  std::vector<std::string> urls_;
  Task<int> work(int serial);
  int count_ = 0;
};
} // namespace locked

// Fine because the object goes into the task
namespace moved {
class Server {
  Gate gate_;
  Task<std::string> page(std::string url) {
    auto holder = gate_.hold();
    return fetch_holding(url, std::move(holder));
  }
  Task<> store() {
    TempFile file("upload");
    kit::info(file.path());
    return upload(std::move(file));
  }
  Task<std::string> direct(std::string url) {
    return fetch_holding(url, gate_.hold());
  }
};
} // namespace moved

// Fine because the scope was ended before
namespace ended {
Task<std::string> page(std::string raw) {
  Span span("parse");
  auto url = parse(raw);
  span.end();
  return fetch(url);
}
Task<std::string> block(std::string raw) {
  std::string url;
  {
    Span span("parse");
    url = parse(raw);
  }
  return fetch(url);
}
} // namespace ended

// Fine because these own only what they hold, which is copied
namespace values {
Task<std::string> page(int id) {
  std::string url = "http://" + std::to_string(id);
  std::vector<int> ids{id};
  auto shared = std::make_shared<int>(id);
  return fetch(url + std::to_string(*shared));
}
kit::Hot<int> eager(std::mutex &mu) {
  std::lock_guard lock(mu);
  return hot(1);
}
} // namespace values

// Fine because the caller says what it gets: the handler is for the argument,
// and only with this token is there a task
namespace tokens {
struct Message {
  explicit Message(std::string text);
};
struct Awaited {
  Task<int> initiate(Message message);
};
template <typename Token> auto post(Token &&token, std::string text) {
  try {
    return token.initiate(Message(text));
  } catch (const std::system_error &) {
    return token.initiate(Message(""));
  }
}
template <typename Token>
decltype(std::declval<Token &>().initiate(Message("")))
post_by(Token &&token, std::string text) {
  try {
    return token.initiate(Message(text));
  } catch (const std::system_error &) {
    return token.initiate(Message(""));
  }
}
Task<> use(Awaited token) {
  co_await post(token, "a");
  co_await post_by(token, "b");
}
} // namespace tokens
