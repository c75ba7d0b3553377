// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-unawaited-task
//
// What was reported wrongly, or missed, before.

#include "kit.h"

#include <list>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <variant>

using namespace mock;

Task<int> fetch(int id);
Task<> save(int id);

// What push and emplace give is the way to the task.
namespace filled {
Task<> a() {
  std::vector<Task<>> q;
  auto &slot = q.emplace_back(save(1));
  co_await slot;
}
Task<> b() {
  std::vector<Task<>> q;
  co_await q.emplace_back(save(1));
}
Task<> c() {
  std::optional<Task<>> o;
  co_await o.emplace(save(1));
}
Task<> d() {
  std::map<int, Task<>> m;
  auto [it, fresh] = m.try_emplace(1, save(1));
  co_await it->second;
}
Task<> e() {
  std::map<int, Task<>> m;
  auto it = m.emplace(1, save(1)).first;
  co_await it->second;
}
Task<> f() {
  std::list<Task<>> l;
  auto it = l.insert(l.end(), save(1));
  co_await *it;
}
// The same with =: the assignment gives the task.
Task<> g(int n) {
  Task<> t;
  for (int i = 0; i < n; ++i)
    co_await (t = save(i));
}
} // namespace filled

// A container that is asked before it is used
namespace asked {
std::vector<Task<>> make_all();
Task<> a(std::vector<Task<>> q) {
  while (q.size()) {
    co_await std::move(q.back());
    q.pop_back();
  }
}
Task<> b(std::vector<Task<>> q) {
  while (!q.empty()) {
    co_await std::move(q.back());
    q.pop_back();
  }
}
Task<> c(std::map<int, Task<>> m) {
  if (m.contains(1))
    co_await std::move(m.at(1));
}
Task<> d() {
  auto q = make_all();
  for (std::size_t i = 0; i < q.size(); ++i)
    co_await q[i];
}
// The size is kept for later.
Task<> kept(std::vector<Task<>> q) {
  const std::size_t count = q.size();
  std::size_t i = 0;
  while (i < count)
    co_await q[i++];
}
// A log line asks, nobody uses.
Task<> e() {
  std::vector<Task<>> q;
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task in 'q' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  q.push_back(save(1));
  kit::info(std::to_string(q.size()));
  co_return;
}
Task<> f() {
  auto q = make_all();
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'q' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  if (q.size() > 100)
    co_return;
  co_await when_all(std::move(q));
}
// The rest of the last batch is forgotten.
Task<> g(int n) {
  std::vector<Task<>> batch;
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task in 'batch' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  for (int i = 0; i < n; ++i) {
    batch.push_back(save(i));
    if (batch.size() == 8) {
      co_await when_all(std::move(batch));
      batch = std::vector<Task<>>();
    }
  }
}
} // namespace asked

// The template arguments of tuple and variant are packs.
namespace packs {
Task<> a() {
  std::tuple<int, Task<>> v{1, save(1)};
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the task in 'v' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}
Task<> b() {
  std::variant<int, Task<>> v = save(1);
// CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the task in 'v' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}
Task<> c() {
  std::tuple<int, Task<>> v{1, save(1)};
  co_await std::move(std::get<1>(v));
}
Task<> d() {
  std::variant<int, Task<>> v = save(1);
  if (auto *t = std::get_if<Task<>>(&v))
    co_await *t;
}
} // namespace packs

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
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 't' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
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
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 't' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  int r = 0;
  for (int i = 0; i < n; ++i)
    if (i == 0)
      r = co_await std::move(t);
  co_return r;
}
// Filled from a range that is then asked
Task<> j(std::vector<int> ids) {
  std::vector<Task<>> batch;
  for (int id : ids)
    batch.push_back(save(id));
  if (ids.empty())
    co_return;
  co_await when_all(std::move(batch));
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

// An eager task whose destructor joins or detaches, or that is polled
namespace eager {
struct Detaching {
  struct promise_type {
    bool detached = false;
    Detaching get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  Detaching(Detaching &&) noexcept;
  ~Detaching() {
    if (h)
      h.promise().detached = true; // the frame ends by itself
  }
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
  std::coroutine_handle<promise_type> h;
};
Detaching detaching();
Task<> a() {
  auto l = detaching();
  co_await yield_now();
}
struct Joining {
  struct promise_type {
    Joining get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
  Joining(Joining &&) noexcept;
  ~Joining() {
    wait();
    if (h)
      h.destroy();
  }
  void wait();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
  std::coroutine_handle<promise_type> h;
};
Joining joining();
Task<> b() {
  auto l = joining();
  co_await yield_now();
}
Job<int> job(int id);
Task<> c() {
  auto j = job(1);
  while (!j.done())
    co_await yield_now();
}
Task<> d() {
  auto j = job(1);
  if (j.done())
    co_return;
  co_await j;
}
} // namespace eager

// A copy of a shared task whose original lives on
namespace copies {
Task<> a(std::map<int, kit::Shared<int>> &cache) {
  auto keep = cache.at(1); // keeps it alive
  co_await yield_now();
}
struct M {
  kit::Shared<int> s_;
  Task<> run() {
    auto s = s_;
    co_await yield_now();
  }
};
Task<> b(kit::Shared<int> keep) { co_await yield_now(); }
Task<int> c(std::vector<kit::Shared<int>> v) {
  int sum = 0;
  for (auto s : v) {
    if (sum > 3)
      continue;
    sum += co_await s;
  }
  co_return sum;
}
// A copy for each round that no round uses
void log(int);
Task<> e(std::vector<kit::Shared<int>> v) {
  for (auto s : v)
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task 's' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
    log(1);
  co_return;
}
// Made here, and nobody else has it.
kit::Shared<int> shared(int id);
Task<> d() {
  auto s = shared(1);
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 's' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_await yield_now();
}
} // namespace copies

// Where it is used on other ways, it is not "never" used.
namespace says_never {
enum class Policy { wait, drop };
Task<> a(Policy policy) {
  Task<> op = save(1);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task 'op' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  switch (policy) {
  case Policy::wait:
    co_await std::move(op);
    break;
  case Policy::drop:
    kit::info("dropped");
    break;
  }
}
Task<int> b() {
  auto fallback = fetch(2);
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'fallback' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  bool failed = false;
  try {
    co_return co_await fetch(1);
  } catch (...) {
    failed = true;
  }
  co_return failed ? co_await std::move(fallback) : 0;
}
// This one is used nowhere.
Task<> c(int n) {
  std::vector<Task<>> stops;
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task in 'stops' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  for (int i = 0; i < n; ++i)
    stops.push_back(save(i));
  co_return;
}
Task<> d(bool early) {
  Task<> op = save(1);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task 'op' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  if (early)
    co_await std::move(op);
  for (int i = 0; i < 3; ++i)
    kit::info("round");
}
} // namespace says_never

namespace small {
// A unique_ptr with a deleter that uses what it points to.
Task<> a() {
  auto t = save(1);
  auto guard = std::unique_ptr<Task<>, void (*)(Task<> *)>(
      &t, [](Task<> *each) { sync_wait(std::move(*each)); });
  co_return;
}
// The default argument is empty.
Task<> b(bool wait, Task<> t = Task<>()) {
  if (wait)
    co_await std::move(t);
}
// A reference that keeps a temporary.
Task<> g() {
  auto &&t = save(1);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task 't' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}
} // namespace small
