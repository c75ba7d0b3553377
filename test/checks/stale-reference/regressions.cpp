// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-stale-reference
//
// References that were wrongly reported once.

#include "kit.h"

#include <memory>
#include <utility>
#include <vector>

using namespace mock;

struct Engine {
  int write(const char *data, std::size_t size);
};
Task<> poll_write(int fd);

// Fine because who assigns a whole object knows that nobody is at work with it
namespace whole {
class Session {
  struct Secure {
    std::unique_ptr<Engine> engine;
    Secure &operator=(Secure &&other) noexcept {
      engine = std::move(other.engine);
      return *this;
    }
  };
  Secure secure_;
  std::vector<int> rows_;
  int fd_ = -1;

public:
  Session &operator=(const Session &other) {
    rows_ = other.rows_;
    return *this;
  }
  Task<> send(const char *data, std::size_t size) {
    auto *engine = secure_.engine.get();
    while (engine->write(data, size) < 0)
      co_await poll_write(fd_);
  }
  Task<> each() {
    for (int row : rows_)
      co_await poll_write(row);
  }
};
class Reopened {
  std::unique_ptr<Engine> engine_;

public:
  void reopen() { engine_ = std::make_unique<Engine>(); }
  Task<> send(const char *data, std::size_t size) {
    auto *engine = engine_.get();
    co_await poll_write(1);
    engine->write(data, size);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'engine' refers into 'engine_' as that was before a suspension, and may be stale [coro-stale-reference]
  }
};
} // namespace whole
