// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lock-across-suspension
//
// Locks and other scopes of the thread that are held at a suspension.

#include "kit.h"

#include <condition_variable>
#include <csignal>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <pthread.h>
#include <shared_mutex>
#include <string>
#include <tuple>
#include <vector>

using namespace mock;
using namespace std::chrono_literals;

Task<std::string> query(std::string sql);
Task<int> execute(std::string sql);
Task<> backend();
bool ready();

// A guard, and the await in the initialiser of a variable
namespace cache {
class Cache {
  std::mutex mu_;
  std::map<std::string, std::string> rows_;

public:
  Task<std::string> get(std::string key) {
    std::lock_guard lock(mu_);
    std::string row = co_await query(key);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
    rows_[key] = row;
    co_return row;
  }
};
} // namespace cache

// Two mutexes; the first of two suspensions
namespace ledger {
struct Account {
  std::mutex mu;
  long balance = 0;
};
Task<> transfer(Account &from, Account &to, long amount) {
  std::scoped_lock both(from.mu, to.mu);
  if (from.balance < amount)
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'both' is held while the coroutine is suspended here [coro-lock-across-suspension]
  from.balance -= co_await execute("x");
  to.balance += amount;
}
} // namespace ledger

// Locks by another name: an alias, auto, a reference to a temporary
namespace names {
using Hold = std::unique_lock<std::shared_mutex>;
struct Routes {
  std::shared_mutex mu;
  Hold hold() { return Hold(mu); }
};
Task<> alias(Routes &routes) {
  Hold hold{routes.mu};
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'hold' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> fromCall(Routes &routes) {
  auto hold = routes.hold();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'hold' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> reference(Routes &routes) {
  auto &&hold = routes.hold();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'hold' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> reader(Routes &routes) {
  auto read = std::shared_lock{routes.mu};
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'read' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> heap(Routes &routes) {
  auto hold = std::make_unique<std::lock_guard<std::shared_mutex>>(routes.mu);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'hold' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
} // namespace names

// mutex.lock() and no unlock() on one of the ways
namespace bare {
class Queue {
  std::mutex mu_;
  std::vector<int> items_;

public:
  Task<int> pop() {
    mu_.lock();
    while (items_.empty())
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    int item = items_.back();
    items_.pop_back();
    mu_.unlock();
    co_return item;
  }
  Task<> early(bool skip) {
    mu_.lock();
    if (skip)
      mu_.unlock();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    if (!skip)
      mu_.unlock();
  }
  Task<> shared(std::shared_mutex &table) {
    table.lock_shared();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'table' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    table.unlock_shared();
  }
  Task<> otherOne(std::mutex &other) {
    mu_.lock();
    other.lock();
    mu_.unlock();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'other' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    other.unlock();
  }
  Task<> pointer(std::mutex *other) {
    other->lock();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'other' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    other->unlock();
  }
};
} // namespace bare

// What a condition says about the lock
namespace conditions {
class Job {
  std::mutex mu_;
  std::timed_mutex slow_;

public:
  Task<bool> once() {
    if (!mu_.try_lock())
      co_return false;
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    mu_.unlock();
    co_return true;
  }
  Task<bool> stored() {
    const bool mine = mu_.try_lock();
    if (mine) {
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
      mu_.unlock();
    }
    co_return mine;
  }
  Task<bool> tried() {
    std::unique_lock lock(mu_, std::try_to_lock);
    if (!lock.owns_lock())
      co_return false;
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
    co_return true;
  }
  Task<bool> inCondition() {
    if (std::unique_lock lock{slow_, 10ms}) {
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
      co_return true;
    }
    co_return false;
  }
  Task<> deferred(bool exclusive) {
    std::unique_lock lock(mu_, std::defer_lock);
    if (exclusive)
      lock.lock();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> retry() {
    while (!mu_.try_lock())
      co_await backend();
    co_await execute("under lock");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    mu_.unlock();
  }
  Task<> adopted() {
    mu_.lock();
    std::lock_guard lock(mu_, std::adopt_lock);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> both(std::mutex &other) {
    std::lock(mu_, other);
    std::lock_guard first(mu_, std::adopt_lock);
    std::lock_guard second(other, std::adopt_lock);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'first' is held while the coroutine is suspended here [coro-lock-across-suspension]
// CHECK-MESSAGES: :[[@LINE-2]]:5: warning: the lock 'second' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> bothDeferred(std::mutex &other) {
    std::unique_lock first(mu_, std::defer_lock);
    std::unique_lock second(other, std::defer_lock);
    std::lock(first, second);
    first.unlock();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'second' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
};
} // namespace conditions

// unlock() and lock() again
namespace again {
class Outbox {
  std::mutex mu_;
  std::vector<std::string> mail_;

public:
  Task<> flush() {
    std::unique_lock lock(mu_);
    while (!mail_.empty()) {
      std::string head = mail_.back();
      lock.unlock();
      co_await execute(head);
      lock.lock();
    }
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> twice() {
    std::unique_lock lock(mu_);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
    lock.unlock();
    co_await backend();
    lock.lock();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
};
} // namespace again

// Moved to what lives longer
namespace moves {
Task<> kept(std::mutex &mu, bool deep) {
  std::unique_lock<std::mutex> keep;
  {
    std::unique_lock first(mu);
    if (deep)
      keep = std::move(first);
  }
  if (keep)
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'first' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> renamed(std::mutex &mu) {
  std::unique_lock first(mu);
  auto second = std::move(first);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'first' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> parameter(std::unique_lock<std::mutex> lock, int step) {
  if (step > 3)
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> released(std::mutex &mu) {
  std::unique_lock lock(mu);
  std::mutex *raw = lock.release();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  raw->unlock();
}
Task<> assigned(std::mutex &mu) {
  std::unique_lock<std::mutex> lock;
  co_await backend();
  lock = std::unique_lock(mu);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> optional(std::mutex &mu, bool exclusive) {
  std::optional<std::scoped_lock<std::mutex>> hold;
  if (exclusive)
    hold.emplace(mu);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'hold' is held while the coroutine is suspended here [coro-lock-across-suspension]
  hold.reset();
}
} // namespace moves

// In statements of all kinds
namespace statements {
class Node {
  std::mutex mu_;
  int state_ = 0;
  std::vector<int> peers_;

public:
  Task<> initialiser() {
    if (std::lock_guard lock(mu_); state_ > 0)
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> otherwise() {
    if (std::lock_guard lock(mu_); state_ > 0)
      ++state_;
    else
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> ofSwitch() {
    switch (std::unique_lock lock(mu_); state_) {
    case 1:
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
      break;
    default:
      break;
    }
  }
  Task<> loop() {
    std::lock_guard lock(mu_);
    for (int peer : peers_)
      co_await execute(std::to_string(peer));
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Generator<int> states() {
    std::lock_guard lock(mu_);
    for (int peer : peers_)
      co_yield peer;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<int> inReturn() {
    std::lock_guard lock(mu_);
    co_return co_await execute("x");
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> inTry() {
    std::lock_guard lock(mu_);
    try {
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
    } catch (...) {
    }
  }
  void start() {
    auto work = [this]() -> Task<> {
      std::lock_guard lock(mu_);
      co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
    };
    sync_wait(work());
  }
  template <class T> Task<T> generic(Task<T> task) {
    std::lock_guard lock(mu_);
    co_return co_await std::move(task);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<int> use() { co_return co_await generic(execute("x")); }
};
} // namespace statements

// C functions
namespace c {
struct Table {
  pthread_mutex_t mutex;
  pthread_rwlock_t rows;
};
Task<> plain(Table &table) {
  pthread_mutex_lock(&table.mutex);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a mutex is locked while the coroutine is suspended here [coro-lock-across-suspension]
  pthread_mutex_unlock(&table.mutex);
}
Task<> tried(Table &table) {
  if (pthread_mutex_trylock(&table.mutex) != 0)
    co_return;
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: a mutex is locked while the coroutine is suspended here [coro-lock-across-suspension]
  pthread_mutex_unlock(&table.mutex);
}
Task<> readers(Table &table) {
  int error = pthread_rwlock_tryrdlock(&table.rows);
  if (error == 0) {
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a mutex is locked while the coroutine is suspended here [coro-lock-across-suspension]
    pthread_rwlock_unlock(&table.rows);
  }
}
} // namespace c

// Guards and mutexes of one's own
namespace own {
class SpinLock {
  std::atomic_flag busy_;

public:
  void lock() {
    while (busy_.test_and_set()) {
    }
  }
  void unlock() { busy_.clear(); }
};
class Guard {
  SpinLock &lock_;

public:
  explicit Guard(SpinLock &lock) : lock_(lock) { lock_.lock(); }
  ~Guard() { lock_.unlock(); }
};
class DeclaredGuard {
public:
  explicit DeclaredGuard(std::mutex &mutex);
  ~DeclaredGuard();

private:
  std::mutex &mutex_;
};
class PosixGuard {
  pthread_mutex_t *mutex_;

public:
  explicit PosixGuard(pthread_mutex_t &mutex) : mutex_(&mutex) {
    pthread_mutex_lock(mutex_);
  }
  ~PosixGuard() { release(); }
  void release() {
    if (mutex_)
      pthread_mutex_unlock(mutex_);
    mutex_ = nullptr;
  }
};
struct Mutex {
  void Lock();
  bool TryLock();
  void Unlock();
};
class Around {
  std::unique_lock<std::mutex> lock_;

public:
  explicit Around(std::mutex &mutex) : lock_(mutex) {}
};
struct Access {
  std::unique_lock<std::mutex> hold;
  std::vector<int> *rows;
};
class Store {
  std::mutex mu_;
  std::vector<int> rows_;

public:
  Access open() { return {std::unique_lock(mu_), &rows_}; }
  std::pair<std::unique_lock<std::mutex>, std::vector<int> &> pair() {
    return {std::unique_lock(mu_), rows_};
  }
};
Task<> spin(SpinLock &lock) {
  lock.lock();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the mutex 'lock' is locked while the coroutine is suspended here [coro-lock-across-suspension]
  lock.unlock();
}
Task<> guard(SpinLock &lock) {
  Guard guard(lock);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'guard' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> standard(SpinLock &lock) {
  std::lock_guard guard(lock);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'guard' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> declared(std::mutex &mutex) {
  DeclaredGuard guard(mutex);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'guard' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> posix(pthread_mutex_t &mutex) {
  PosixGuard guard(mutex);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'guard' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> upper(Mutex &mutex) {
  mutex.Lock();
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the mutex 'mutex' is locked while the coroutine is suspended here [coro-lock-across-suspension]
  mutex.Unlock();
}
Task<> around(std::mutex &mutex) {
  Around around(mutex);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'around' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> access(Store &store) {
  auto access = store.open();
  access.rows->push_back(co_await execute("x"));
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: the lock 'access' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> bound(Store &store) {
  auto [lock, rows] = store.pair();
  rows.push_back(co_await execute("x"));
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
} // namespace own

// Helpers that lock and unlock
namespace helpers {
class Device {
  std::mutex mu_;
  void acquire() { mu_.lock(); }
  void release() { mu_.unlock(); }

public:
  Task<> use() {
    acquire();
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: a mutex is locked while the coroutine is suspended here [coro-lock-across-suspension]
    release();
  }
  Task<> lambda() {
    auto leave = [this] { mu_.unlock(); };
    mu_.lock();
    if (ready()) {
      leave();
      co_return;
    }
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the mutex 'mu_' is locked while the coroutine is suspended here [coro-lock-across-suspension]
    leave();
  }
};
void inspect(const std::unique_lock<std::mutex> &lock);
void relocked(std::unique_lock<std::mutex> &lock) {
  lock.unlock();
  ready();
  lock.lock();
}
Task<> proof(std::mutex &mu) {
  std::unique_lock lock(mu);
  inspect(lock);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> gaveBack(std::mutex &mu) {
  std::unique_lock lock(mu);
  relocked(lock);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> waited(std::mutex &mu, std::condition_variable &changed) {
  std::unique_lock lock(mu);
  changed.wait(lock, [] { return ready(); });
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
template <class F> struct Finally {
  F run;
  ~Finally() { run(); }
};
template <class F> Finally(F) -> Finally<F>;
Task<> atEnd(std::mutex &mu) {
  mu.lock();
  Finally unlock{[&] { mu.unlock(); }};
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the mutex 'mu' is locked while the coroutine is suspended here [coro-lock-across-suspension]
}
template <class Lock> class Unlocked {
  Lock &lock_;

public:
  explicit Unlocked(Lock &lock) : lock_(lock) { lock_.unlock(); }
  ~Unlocked() { lock_.lock(); }
};
Task<> relockedScope(std::mutex &mu) {
  std::unique_lock lock(mu);
  {
    Unlocked unlocked(lock);
    co_await backend();
  }
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the lock 'lock' is held while the coroutine is suspended here [coro-lock-across-suspension]
}
} // namespace helpers

// Other scopes of the thread
namespace scopes {
thread_local int currentTrace;
class TraceScope {
  int previous_;

public:
  explicit TraceScope(int trace) : previous_(currentTrace) {
    currentTrace = trace;
  }
  ~TraceScope() { currentTrace = previous_; }
};
int &depth() {
  static thread_local int depth;
  return depth;
}
struct Nested {
  Nested() { ++depth(); }
  ~Nested() { --depth(); }
};
class Mask {
  sigset_t old_;

public:
  explicit Mask(const sigset_t &blocked) {
    pthread_sigmask(SIG_BLOCK, &blocked, &old_);
  }
  ~Mask() { pthread_sigmask(SIG_SETMASK, &old_, nullptr); }
};
Task<> traced(int id) {
  TraceScope scope(id);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread-bound scope 'scope' is open while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> nested() {
  Nested nested;
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread-bound scope 'nested' is open while the coroutine is suspended here [coro-lock-across-suspension]
}
Task<> masked(const sigset_t &blocked) {
  Mask mask(blocked);
  co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the thread-bound scope 'mask' is open while the coroutine is suspended here [coro-lock-across-suspension]
}
} // namespace scopes
