// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lock-across-suspension
//
// Locks that were missed or wrongly reported once.

#include "task.h"

#include <array>
#include <deque>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <vector>

using namespace mock;

Task<> backend();
Task<std::string> read_at(long position);
void ready();

// A container of locks holds what is put into it.
namespace containers {
struct Shard {
  std::mutex mutex;
  int rows = 0;
};
class Table {
  std::array<Shard, 4> shards_;
  std::mutex first_, second_;

public:
  Task<> all() {
    std::vector<std::unique_lock<std::mutex>> held;
    for (auto &shard : shards_)
      held.emplace_back(shard.mutex);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'held' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> moved() {
    std::deque<std::unique_lock<std::mutex>> held;
    std::unique_lock lock(first_);
    held.push_back(std::move(lock));
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'held' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> made() {
    std::vector<std::unique_lock<std::mutex>> held;
    held.reserve(2);
    held.push_back(std::unique_lock(first_));
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'held' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> some(bool both) {
    std::vector<std::unique_lock<std::mutex>> held;
    if (both)
      held.emplace_back(second_);
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'held' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> cleared() {
    std::vector<std::unique_lock<std::mutex>> held;
    for (auto &shard : shards_)
      held.emplace_back(shard.mutex);
    held.clear();
    co_await backend();
  }
  Task<> unlocked() {
    std::vector<std::unique_lock<std::mutex>> held;
    for (auto &shard : shards_)
      held.emplace_back(shard.mutex);
    for (auto &lock : held)
      lock.unlock();
    co_await backend();
  }
  Task<> unlockedByIndex() {
    std::vector<std::unique_lock<std::mutex>> held;
    held.emplace_back(first_);
    held[0].unlock();
    co_await backend();
  }
  Task<> inBlock() {
    {
      std::vector<std::unique_lock<std::mutex>> held;
      for (auto &shard : shards_)
        held.emplace_back(shard.mutex);
      ready();
    }
    co_await backend();
  }
  Task<> deferred() {
    std::vector<std::unique_lock<std::mutex>> held;
    held.emplace_back(first_, std::defer_lock);
    co_await backend();
    held[0].lock();
  }
  Task<> empty() {
    std::vector<std::unique_lock<std::mutex>> held(2);
    held.reserve(4);
    co_await backend();
  }
  Task<> given(void (*keep)(std::vector<std::unique_lock<std::mutex>>)) {
    std::vector<std::unique_lock<std::mutex>> held;
    held.emplace_back(first_);
    keep(std::move(held));
    co_await backend();
  }
  // Objects that have a mutex, not locks.
  Task<> shards() {
    std::deque<Shard> rows;
    rows.emplace_back();
    co_await backend();
  }
};
} // namespace containers

// What is swapped is held under the other name.
namespace swapped {
class Feed {
  std::mutex mutex_;

public:
  Task<> outOfBlock() {
    std::unique_lock<std::mutex> outer;
    {
      std::unique_lock<std::mutex> inner(mutex_);
      std::swap(outer, inner);
    }
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'inner' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> byMethod() {
    std::unique_lock<std::mutex> outer;
    {
      std::unique_lock inner(mutex_);
      inner.swap(outer);
    }
    co_await backend();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lock 'inner' is held while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<> intoBlock() {
    std::unique_lock outer(mutex_);
    {
      std::unique_lock<std::mutex> inner;
      inner.swap(outer);
      ready();
    }
    co_await backend();
  }
  Task<> thereAndBack() {
    std::unique_lock<std::mutex> outer;
    {
      std::unique_lock inner(mutex_);
      std::swap(outer, inner);
      std::swap(outer, inner);
    }
    co_await backend();
  }
};
} // namespace swapped

// A temporary lock lives to the end of the whole expression.
namespace temporary {
class Cursor {
  std::mutex mutex_;
  long position_ = 0;
  long position(const std::unique_lock<std::mutex> &) const {
    return position_;
  }
  long taken(std::unique_lock<std::mutex>) const { return position_; }

public:
  Task<std::string> read() {
    co_return co_await read_at(position(std::unique_lock(mutex_)));
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: a mutex is locked while the coroutine is suspended here [coro-lock-across-suspension]
  }
  Task<std::string> before() {
    long at = position(std::unique_lock(mutex_));
    co_return co_await read_at(at);
  }
  Task<std::string> after() {
    auto text = co_await read_at(0);
    long at = position(std::unique_lock(mutex_));
    co_return text + std::to_string(at);
  }
};
} // namespace temporary
