// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lock-across-suspension
//
// What has a lock in it, and further ways in which one is unlocked.

#include "kit.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <thread>
#include <vector>

using namespace mock;

Task<int> execute(std::string sql);
Task<> backend();
bool ready();

// What has a lock somewhere holds none.
namespace owners {
class Server {
  std::mutex mu_;
  std::unique_lock<std::mutex> lock_{mu_, std::defer_lock};

public:
  explicit Server(int port);
  Task<> run();
};
std::unique_ptr<Server> makeServer();
class Pool {
  std::mutex mu_;
  std::vector<std::thread> threads_;

public:
  Pool() {
    std::lock_guard lock(mu_);
    threads_.clear();
  }
  ~Pool() {
    std::unique_lock lock(mu_);
    threads_.clear();
    lock.unlock();
  }
};
class Client {
  std::mutex &mu_;
  std::string name_;

public:
  explicit Client(std::mutex &mu);
  ~Client();
};
Task<> run() {
  Server server(80);
  auto other = makeServer();
  auto third = std::make_unique<Server>(81);
  std::optional<Server> fourth(82);
  Pool pool;
  co_await server.run();
}
Task<> client(std::mutex &mu) {
  Client client(mu);
  co_await backend();
}
} // namespace owners

// The order within a statement
namespace order {
class Store {
  std::mutex mu_;
  std::vector<int> rows_;

public:
  struct Access {
    std::unique_lock<std::mutex> hold;
    std::vector<int> *rows;
    std::vector<int> *operator->() const { return rows; }
  };
  Access open() { return {std::unique_lock(mu_), &rows_}; }
};
Task<> arrow(Store &store) {
  int row = co_await execute("x");
  store.open()->push_back(row);
  co_await backend();
}
Task<> assignment(Store &store) {
  store.open()->front() = co_await execute("x");
}
Task<> loop(Store &store) {
  while (!store.open()->empty())
    co_await execute("x");
}
Task<> inCondition(Store &store) {
  if (store.open()->empty())
    co_await backend();
}
} // namespace order

// Unlocked in other ways
namespace unlocked {
class Job {
  std::mutex mu_;
  std::unique_lock<std::mutex> hold_;
  bool done_ = false;
  void lockAll() { mu_.lock(); }
  void unlockAll() { mu_.unlock(); }

public:
  Task<> wrappers() {
    lockAll();
    done_ = true;
    unlockAll();
    co_await backend();
  }
  Task<> member() {
    hold_ = std::unique_lock(mu_);
    done_ = true;
    hold_ = {};
    co_await backend();
  }
  Task<> inComma() {
    std::unique_lock lock(mu_);
    co_await (lock.unlock(), backend());
  }
  Task<> bothWays() {
    std::unique_lock lock(mu_);
    if (done_) {
      lock.unlock();
      co_await backend();
    } else {
      done_ = true;
      lock.unlock();
      co_await execute("x");
    }
  }
  Task<> continues(std::vector<int> all) {
    for (int each : all) {
      std::unique_lock lock(mu_);
      if (each < 0)
        continue;
      if (each == 0) {
        lock.unlock();
        co_await backend();
        break;
      }
    }
    co_await backend();
  }
  Task<> gotoEnd() {
    mu_.lock();
    if (done_)
      goto out;
    done_ = true;
  out:
    mu_.unlock();
    co_await backend();
  }
  Task<> nullable(std::mutex *mutex) {
    if (mutex)
      mutex->lock();
    done_ = true;
    if (mutex)
      mutex->unlock();
    co_await backend();
  }
  Task<> byMode(int mode) {
    std::unique_lock lock(mu_, std::defer_lock);
    switch (mode) {
    case 1:
      lock.lock();
      done_ = true;
      lock.unlock();
      break;
    default:
      break;
    }
    co_await backend();
  }
  Task<> caught() {
    try {
      std::lock_guard lock(mu_);
      if (done_)
        throw 3;
    } catch (int) {
      done_ = false;
    }
    co_await backend();
  }
  Task<> otherPath(std::unique_lock<std::mutex> lock) {
    done_ = true;
    lock.unlock();
    co_await backend();
  }
  Task<> reset() {
    auto lock = std::make_unique<std::unique_lock<std::mutex>>(mu_);
    lock->unlock();
    co_await backend();
    lock->lock();
    lock.reset();
    co_await backend();
  }
  Task<> tryBoth(std::mutex &a, std::mutex &b) {
    if (std::try_lock(a, b) != -1)
      co_await backend();
    else {
      a.unlock();
      b.unlock();
    }
  }
  Task<> kept() {
    bool got = false;
    {
      std::unique_lock lock(mu_, std::try_to_lock);
      got = lock.owns_lock();
    }
    if (got)
      co_await backend();
  }
};
} // namespace unlocked

// Things of other libraries
namespace libraries {
struct Permit {
  kit::Permits *permits;
  ~Permit() {
    if (permits)
      permits->release();
  }
};
class FileLock {
public:
  bool try_lock();
  void unlock();
};
struct Wait {
  std::mutex mu;
  bool await_ready() {
    std::lock_guard lock(mu);
    return ready();
  }
  void await_suspend(std::coroutine_handle<> self) {
    mu.lock();
    mu.unlock();
  }
  void await_resume() {}
};
class Logger {
  static thread_local int depth;

public:
  void line();
};
class Span {
  Logger &log_;

public:
  explicit Span(Logger &log) : log_(log) { log_.line(); }
  ~Span() { log_.line(); }
};
Task<> permit(kit::Permits &permits) {
  co_await permits.acquire();
  Permit permit{&permits};
  co_await backend();
}
Task<> file(FileLock &lock) {
  if (!lock.try_lock())
    co_return;
  co_await backend();
  lock.unlock();
}
Task<> wait() {
  Wait wait;
  co_await wait;
}
Task<> logged(Logger &log) {
  Span span(log);
  co_await backend();
}
class __attribute__((scoped_lockable)) MaybeLock {
public:
  MaybeLock();
  explicit MaybeLock(std::mutex &mu) __attribute__((acquire_capability(mu)));
  ~MaybeLock();
};
class __attribute__((scoped_lockable)) LateLock {
public:
  LateLock();
  ~LateLock();
  void lock() __attribute__((acquire_capability()));
};
Task<> empty() {
  MaybeLock none;
  LateLock later;
  co_await backend();
  later.lock();
}
} // namespace libraries
