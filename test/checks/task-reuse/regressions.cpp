// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-reuse
//
// What was reported wrongly before.

#include "kit.h"

#include <map>
#include <string>

using namespace mock;

Task<int> fetch(int id);
Task<> save(int id);

// Two conditions that ask the same unchanged thing, but are no plain name.
namespace same_condition {
Task<> a(int mode) {
  Task<> t;
  if (mode == 1)
    t = save(1);
  co_await yield_now();
  if (mode == 1)
    co_await std::move(t);
}
Task<> b(const std::string name) {
  Task<> t;
  if (!name.empty())
    t = save(1);
  co_await yield_now();
  if (!name.empty())
    co_await std::move(t);
}
struct Opts { bool audit; };
Task<> c(Opts o) {
  Task<> t;
  if (o.audit)
    t = save(1);
  co_await yield_now();
  if (o.audit)
    co_await std::move(t);
}
Task<> d(std::optional<int> p) {
  Task<> t;
  if (p)
    t = save(*p);
  co_await yield_now();
  if (p.has_value())
    co_await std::move(t);
}
Task<int> e(int mode) {
  auto t = fetch(1);
  int r = 0;
  if (mode == 1)
    r = co_await std::move(t);
  if (mode == 2)
    r = co_await std::move(t);
  co_return r;
}
Task<int> f(int mode) {
  auto t = fetch(1);
  int r = 0;
  if (mode == 1)
    r = co_await std::move(t);
  kit::info("x");
  if (mode != 1)
    r = co_await std::move(t);
  co_return r;
}
Task<int> g(std::optional<int> m) {
  auto t = fetch(1);
  int r = 0;
  if (m)
    r = co_await std::move(t);
  if (!m)
    r = co_await std::move(t);
  co_return r;
}
// The counter of the loop
Task<> h() {
  Task<> prev;
  for (int i = 0; i < 10; ++i) {
    auto next = save(i);
    if (i > 0)
      co_await std::move(prev);
    prev = std::move(next);
  }
  co_await std::move(prev);
}
Task<int> i(int n) {
  auto t = fetch(1);
  int r = 0;
  for (int i = 0; i < n; ++i)
    if (i == 0)
      r = co_await std::move(t);
  co_return r;
}
// A member that is a setting
struct Service {
  const bool audit_ = true;
  Task<> run(int id) {
    Task<> t;
    if (audit_)
      t = save(id);
    co_await yield_now();
    if (audit_)
      co_await std::move(t);
  }
};
} // namespace same_condition

// A T&& parameter is taken only if the call succeeds; a cast takes nothing.
namespace may_be_left {
bool try_start(Task<> &&t); // takes it only when it returns true
template <class T> struct Channel {
  bool try_send(T &&v);
};
Task<> a() {
  auto t = save(1);
  if (!try_start(std::move(t)))
    co_await std::move(t);
}
Task<> b(std::map<int, Task<>> &m) {
  auto t = save(1);
  auto [it, fresh] = m.try_emplace(1, std::move(t)); // does not move if there
  if (!fresh)
    co_await std::move(t);
}
Task<> c(Channel<Task<>> &c) {
  auto t = save(1);
  while (!c.try_send(std::move(t)))
    co_await yield_now();
}
Task<> d() {
  auto t = save(1);
  static_cast<void>(std::move(t));
  co_await std::move(t);
}
// Taken by value: gone, whatever the result.
bool start(Task<> t);
Task<> e() {
  auto t = save(1);
  if (!start(std::move(t)))
    co_await std::move(t);
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the task 't' is awaited after it was moved [coro-task-reuse]
}
} // namespace may_be_left

// The conditions exclude each other, however many others there are.

namespace fifth {
Task<int> g(int);
bool c(int);
Task<> f(bool a) {
  auto t = g(1);
  bool b0 = c(0), b1 = c(1), b2 = c(2), b3 = c(3), b4 = c(4);
  if (b0) c(1);
  if (b1) c(1);
  if (b2) c(1);
  if (b3) c(1);
  if (b4) c(1);
  if (b0) c(2);
  if (b1) c(2);
  if (b2) c(2);
  if (b3) c(2);
  if (b4) c(2);
  if (a)
    co_await std::move(t);
  if (!a)
    co_await std::move(t);
}
} // namespace fifth

// value() gives the task, as * does.
namespace optional_value {
Task<int> d() {
  std::optional<Task<int>> o = fetch(1);
  int x = co_await o.value();
  int y = co_await o.value();
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the task 'o' is awaited after it was awaited [coro-task-reuse]
  co_return x + y;
}
} // namespace optional_value

// A task that keeps its result gives a reference to it when it is awaited by name.
namespace keeps_result {
template <typename T> struct Lazy {
  struct promise_type : kit::Returns<T> {
    Lazy get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
  };
  template <typename R> struct Awaiter {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    R await_resume();
  };
  Lazy(Lazy &&) noexcept;
  ~Lazy();
  Awaiter<const T &> operator co_await() const &;
  Awaiter<T &&> operator co_await() &&;
};
Lazy<int> count();
Task<int> twice() {
  auto kept = count();
  int sum = co_await kept;
  co_return sum + co_await kept;
}
Task<int> afterMove() {
  auto gone = count();
  int sum = co_await std::move(gone);
  co_return sum + co_await std::move(gone);
// CHECK-MESSAGES: :[[@LINE-1]]:38: warning: the task 'gone' is awaited after it was awaited [coro-task-reuse]
}
} // namespace keeps_result
