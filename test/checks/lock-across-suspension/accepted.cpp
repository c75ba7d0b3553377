// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lock-across-suspension
//
// Locks that are gone, not taken, handed on, or awaited.

#include "kit.h"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <shared_mutex>
#include <string>
#include <vector>

using namespace mock;
using namespace std::chrono_literals;

Task<std::string> query(std::string sql);
Task<int> execute(std::string sql);
Task<> backend();
bool ready();
void run(std::function<void()> callback);

// The lock ends first.
namespace before {
class Cache {
  std::mutex mu_;
  std::map<std::string, std::string> rows_;
  std::string copy() {
    std::lock_guard lock(mu_);
    return rows_.begin()->second;
  }

public:
  Task<std::string> block(std::string key) {
    {
      std::lock_guard lock(mu_);
      if (auto found = rows_.find(key); found != rows_.end())
        co_return found->second;
    }
    std::string row = co_await query(key);
    std::lock_guard lock(mu_);
    co_return rows_[key] = row;
  }
  Task<> helper() { co_await query(copy()); }
  Task<> lambda() {
    std::string row = [&] {
      std::lock_guard lock(mu_);
      return rows_.begin()->second;
    }();
    co_await query(row);
  }
  Task<> unlocked() {
    std::unique_lock lock(mu_);
    rows_.clear();
    lock.unlock();
    co_await backend();
    lock.lock();
    rows_.clear();
  }
  Task<> optional() {
    std::optional<std::lock_guard<std::mutex>> hold(std::in_place, mu_);
    rows_.clear();
    hold.reset();
    co_await backend();
  }
  Task<> pointer() {
    auto hold = std::make_unique<std::lock_guard<std::mutex>>(mu_);
    rows_.clear();
    hold = nullptr;
    co_await backend();
  }
  Task<> temporary() {
    std::lock_guard{mu_}, rows_.clear();
    std::unique_lock(mu_).unlock();
    co_await backend();
  }
  Task<> loop() {
    for (int i = 0; i < 3; ++i) {
      co_await backend();
      std::lock_guard lock(mu_);
      if (rows_.empty())
        continue;
      rows_.clear();
    }
  }
  Task<> initialiser() {
    bool some = false;
    if (std::lock_guard lock(mu_); !rows_.empty())
      some = true;
    if (some)
      co_await backend();
  }
  Task<std::size_t> last() {
    co_await backend();
    std::lock_guard lock(mu_);
    co_return rows_.size();
  }
  Task<> inTry() {
    try {
      std::lock_guard lock(mu_);
      rows_.clear();
    } catch (...) {
    }
    co_await backend();
  }
};
} // namespace before

// Not held on the way to the suspension.
namespace ways {
class Job {
  std::mutex mu_;
  std::timed_mutex slow_;
  bool done_ = false;

public:
  Task<> branches(bool fresh) {
    if (fresh) {
      co_await backend();
    } else {
      std::lock_guard lock(mu_);
      done_ = true;
    }
  }
  Task<> bare(bool skip) {
    mu_.lock();
    if (skip) {
      mu_.unlock();
      co_return;
    }
    done_ = true;
    mu_.unlock();
    co_await backend();
  }
  Task<> busy() {
    if (!mu_.try_lock()) {
      co_await backend();
      co_return;
    }
    done_ = true;
    mu_.unlock();
  }
  Task<> spin() {
    while (!mu_.try_lock())
      co_await backend();
    done_ = true;
    mu_.unlock();
  }
  Task<> spinAnother() {
    std::unique_lock lock(mu_, std::defer_lock);
    while (!lock.try_lock())
      co_await backend();
    done_ = true;
  }
  Task<> stored() {
    bool got = mu_.try_lock();
    if (!got)
      co_await backend();
    else
      mu_.unlock();
  }
  Task<> timed() {
    if (std::unique_lock lock{slow_, 10ms})
      done_ = true;
    else
      co_await backend();
  }
  Task<> owned() {
    std::unique_lock lock(mu_, std::try_to_lock);
    if (lock.owns_lock()) {
      done_ = true;
      lock.unlock();
    }
    co_await backend();
  }
  Task<> notOwned() {
    std::unique_lock lock(mu_, std::try_to_lock);
    if (lock)
      co_return;
    co_await backend();
  }
  Task<> never() {
    std::unique_lock lock(mu_, std::defer_lock);
    co_await backend();
    lock.lock();
    done_ = true;
  }
  Task<> sameCondition(bool exclusive) {
    std::unique_lock lock(mu_, std::defer_lock);
    if (exclusive)
      lock.lock();
    done_ = true;
    if (exclusive)
      lock.unlock();
    co_await backend();
  }
  Task<> flag(bool need) {
    bool locked = false;
    if (need) {
      mu_.lock();
      locked = true;
    }
    done_ = true;
    if (locked)
      mu_.unlock();
    co_await backend();
  }
  Task<> adopted() {
    mu_.lock();
    {
      std::lock_guard lock(mu_, std::adopt_lock);
      done_ = true;
    }
    co_await backend();
  }
  Task<> both(std::mutex &other) {
    {
      std::lock(mu_, other);
      std::lock_guard first(mu_, std::adopt_lock);
      std::lock_guard second(other, std::adopt_lock);
      done_ = true;
    }
    co_await backend();
  }
  Task<> eachRound(std::vector<int> items) {
    std::unique_lock lock(mu_);
    while (!done_) {
      lock.unlock();
      co_await backend();
      lock.lock();
    }
  }
  Task<> aliased() {
    auto &mutex = mu_;
    mutex.lock();
    done_ = true;
    mu_.unlock();
    co_await backend();
  }
  Task<> throughLock() {
    std::unique_lock lock(mu_);
    lock.mutex()->unlock();
    lock.release();
    co_await backend();
  }
  Task<> released() {
    std::unique_lock lock(mu_);
    lock.release()->unlock();
    co_await backend();
  }
  Task<> fails() {
    std::lock_guard lock(mu_);
    if (done_)
      co_return;
    throw 1;
    co_await backend();
  }
};
} // namespace ways

// Somebody else's.
namespace handedOn {
void take(std::unique_lock<std::mutex> lock);
void maybeUnlock(std::unique_lock<std::mutex> &lock);
void unlockIn(std::unique_lock<std::mutex> &lock) { lock.unlock(); }
std::unique_lock<std::mutex> later(std::mutex &mu) {
  return std::unique_lock(mu, std::defer_lock);
}
Task<> moved(std::mutex &mu) {
  std::unique_lock lock(mu);
  take(std::move(lock));
  co_await backend();
}
Task<> toBlock(std::mutex &mu) {
  std::unique_lock lock(mu);
  { auto inner = std::move(lock); }
  co_await backend();
}
Task<> inCallee(std::mutex &mu) {
  std::unique_lock lock(mu);
  unlockIn(lock);
  co_await backend();
}
Task<> unknown(std::mutex &mu) {
  std::unique_lock lock(mu);
  maybeUnlock(lock);
  co_await backend();
}
Task<> deferred(std::mutex &mu) {
  auto lock = later(mu);
  co_await backend();
}
Task<> ofCaller(std::unique_lock<std::mutex> &lock) {
  lock.unlock();
  co_await backend();
  lock.lock();
}
Task<> emptied(std::mutex &mu) {
  std::unique_lock lock(mu);
  lock = {};
  co_await backend();
}
Task<> swapped(std::mutex &mu) {
  std::unique_lock lock(mu);
  {
    std::unique_lock<std::mutex> other;
    other.swap(lock);
  }
  co_await backend();
}
Task<> inLambda(std::mutex &mu) {
  std::unique_lock lock(mu);
  auto leave = [&] { lock.unlock(); };
  leave();
  co_await backend();
}
Task<> callback(std::mutex &mu) {
  int sum = 0;
  run([&] {
    std::lock_guard lock(mu);
    ++sum;
  });
  co_await backend();
}
Task<> builtUnderLock(std::mutex &mu, std::vector<Task<>> &all) {
  {
    std::lock_guard lock(mu);
    all.push_back([](int n) -> Task<> {
      if (n)
        co_await backend();
    }(3));
  }
  co_await backend();
}
Task<> start(std::mutex &mu) {
  std::lock_guard lock(mu);
  return backend();
}
} // namespace handedOn

// It is given up while the coroutine waits.
namespace conditionVariable {
class Condition {
public:
  Operation<> wait(std::unique_lock<std::mutex> &lock);
  Operation<> wait(std::mutex &mutex);
};
struct WaitAwaiter {
  std::unique_lock<std::mutex> &lock;
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> self);
  void await_resume() { lock.lock(); }
};
struct InSight {
  WaitAwaiter wait(std::unique_lock<std::mutex> &lock) { return {lock}; }
};
Task<> pop(std::mutex &mu, Condition &some) {
  std::unique_lock lock(mu);
  while (!ready())
    co_await some.wait(lock);
}
Task<> popInSight(std::mutex &mu, InSight &some) {
  std::unique_lock lock(mu);
  while (!ready())
    co_await some.wait(lock);
}
Task<> popBare(std::mutex &mu, Condition &some) {
  mu.lock();
  while (!ready())
    co_await some.wait(mu);
  mu.unlock();
}
Task<> given(std::unique_lock<std::mutex> lock);
Task<> pass(std::mutex &mu) {
  std::unique_lock lock(mu);
  co_await given(std::move(lock));
}
Task<> passTemporary(std::mutex &mu) {
  co_await given(std::unique_lock(mu));
}
template <class Lock> class Unlocked {
  Lock &lock_;

public:
  explicit Unlocked(Lock &lock) : lock_(lock) { lock_.unlock(); }
  ~Unlocked() { lock_.lock(); }
};
Task<> relock(std::mutex &mu) {
  std::unique_lock lock(mu);
  while (!ready()) {
    Unlocked unlocked(lock);
    co_await backend();
  }
}
Task<> relockMutex(std::mutex &mu) {
  mu.lock();
  {
    Unlocked unlocked(mu);
    co_await backend();
  }
  mu.unlock();
}
} // namespace conditionVariable

// Mutexes that are awaited.
namespace async {
class Mutex {
public:
  Operation<> lock();
  bool try_lock();
  void unlock();
};
class Guard {
  Mutex &mutex_;

public:
  explicit Guard(Mutex &mutex) : mutex_(mutex) {}
  ~Guard() { mutex_.unlock(); }
};
class HybridMutex {
public:
  void lock();
  bool try_lock();
  void unlock();
  Operation<> lock_async();
};
Task<> scoped(AsyncMutex &mutex) {
  auto guard = co_await mutex.scoped_lock_async();
  co_await backend();
}
Task<> bare(AsyncMutex &mutex) {
  co_await mutex.lock_async();
  co_await backend();
  mutex.unlock();
}
Task<> tried(Mutex &mutex) {
  if (!mutex.try_lock())
    co_await mutex.lock();
  Guard guard(mutex);
  co_await backend();
}
Task<> standard(Mutex &mutex) {
  co_await mutex.lock();
  std::unique_lock guard(mutex, std::adopt_lock);
  co_await backend();
}
Task<> hybrid(HybridMutex &mutex) {
  co_await mutex.lock_async();
  std::lock_guard guard(mutex, std::adopt_lock);
  co_await backend();
}
Task<std::unique_lock<std::mutex>> acquire(std::mutex &mutex);
Task<> awaited(std::mutex &mutex) {
  auto guard = co_await acquire(mutex);
  co_await backend();
}
Task<> permits(kit::Permits &permits) {
  co_await permits.acquire();
  co_await backend();
  permits.release();
}
} // namespace async

// No lock of threads, though it looks like one.
namespace lookalikes {
struct NoMutex {
  void lock() {}
  bool try_lock() { return true; }
  void unlock() {}
};
class Door {
public:
  void lock();
  void unlock();
  bool locked() const;
};
struct Session : std::enable_shared_from_this<Session> {};
class Registration {
  std::mutex &mu_;
  std::vector<int> &all_;

public:
  Registration(std::mutex &mu, std::vector<int> &all);
  ~Registration() {
    std::lock_guard lock(mu_);
    all_.pop_back();
  }
};
class Entry {
  std::mutex &mu_;

public:
  explicit Entry(std::mutex &mu) : mu_(mu) {}
  ~Entry() {
    mu_.lock();
    ready();
    mu_.unlock();
  }
};
class Timer {
  static thread_local int calls;

public:
  ~Timer() { ++calls; }
};
class Worker {
  std::mutex mu_;
  std::unique_lock<std::mutex> lock_;

public:
  Worker() : lock_(mu_, std::defer_lock) {}
  Task<> run();
};
struct Server {
  std::mutex mu;
  std::vector<int> clients;
};
template <class Mutex> Task<> policy(Mutex &mutex) {
  std::lock_guard guard(mutex);
  co_await backend();
}
Task<> single(NoMutex &mutex) { co_await policy(mutex); }
Task<> door(Door &door) {
  door.lock();
  co_await backend();
  door.unlock();
}
Task<> weak(std::weak_ptr<Session> session) {
  if (auto strong = session.lock())
    co_await backend();
}
Task<> registered(std::mutex &mu, std::vector<int> &all) {
  Registration registration(mu, all);
  Entry entry(mu);
  Timer timer;
  co_await backend();
}
Task<> worker() {
  Worker worker;
  co_await worker.run();
  Server server;
  co_await backend();
}
Task<> empty(std::mutex &mu) {
  std::scoped_lock none;
  std::unique_lock<std::mutex> later;
  co_await backend();
}
} // namespace lookalikes

// It is not suspended there.
namespace neverSuspended {
struct Ready {
  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) noexcept {}
  int await_resume() const noexcept { return 1; }
};
Task<int> sum(std::mutex &mu) {
  std::lock_guard lock(mu);
  co_await std::suspend_never{};
  co_return co_await Ready{};
}
void ordinary(std::mutex &mu) {
  std::lock_guard lock(mu);
  sync_wait(backend());
}
} // namespace neverSuspended

// C functions.
namespace c {
Task<> plain(pthread_mutex_t &mutex) {
  pthread_mutex_lock(&mutex);
  ready();
  pthread_mutex_unlock(&mutex);
  co_await backend();
}
Task<> busy(pthread_mutex_t *mutex) {
  while (pthread_mutex_trylock(mutex) == EBUSY)
    co_await backend();
  pthread_mutex_unlock(mutex);
}
Task<> error(pthread_mutex_t *mutex) {
  int error = pthread_mutex_trylock(mutex);
  if (error) {
    co_await backend();
    co_return;
  }
  pthread_mutex_unlock(mutex);
}
} // namespace c
