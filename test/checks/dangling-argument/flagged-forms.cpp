// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-argument
//
// More forms of tasks that outlive what they refer to.
#include "kit.h"
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
using namespace mock;
Task<> pause_for(int ms);
Task<> put(const std::string &key, int value);
Task<int> find(std::string_view key);
std::string make_key(int id);
struct Request {
  std::string path;
  std::vector<int> body;
};
Task<> handle(const Request &request);
Task<> write_all(const char *data, std::size_t n);
Task<> observe(std::vector<int>::const_iterator first,
               std::vector<int>::const_iterator last);
struct TaskGroup {
  void spawn(Task<> t);
  Task<> join();
};
template <class T> struct Handle {
  T get();
};
// default argument
Task<> greet(const std::string &name = "you");
Task<> d1() {
  auto t = greet();
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'greet' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(t);
}
// view of local in inner scope
Task<> d2(bool b) {
  Task<int> t;
  {
    std::string s = make_key(1);
    std::string_view v = s;
    t = find(v);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'find' outlives 's', to which it refers [coro-dangling-argument]
  }
  co_await std::move(t);
}
// iterators of temp vector
Task<> d3(int id) {
  std::vector<Task<>> all;
  for (int i = 0; i < 3; ++i) {
    std::vector<int> part{i, id};
    all.push_back(observe(part.begin(), part.end()));
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the task of 'observe' outlives 'part', to which it refers [coro-dangling-argument]
  }
  co_await when_all(std::move(all));
}
// by-value request given to const ref
Task<> d4(Request request) {
  return handle(request);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'handle' outlives 'request', to which it refers [coro-dangling-argument]
}
auto d4l = [](Request request) { return handle(request); };
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: the task of 'handle' outlives 'request', to which it refers [coro-dangling-argument]
// group member
struct Server {
  TaskGroup group_;
  void on(Request r) {
    group_.spawn(handle(r));
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task of 'handle' outlives 'r', to which it refers [coro-dangling-argument]
  }
};
// local group joined outside of the scope
Task<> d6(std::vector<int> ids) {
  TaskGroup group;
  for (int id : ids) {
    auto key = make_key(id);
    group.spawn(put(key, id));
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task of 'put' outlives 'key', to which it refers [coro-dangling-argument]
  }
  co_await group.join();
}
// c_str of local
Task<> d7() {
  std::string s = make_key(2);
  return write_all(s.data(), s.size());
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'write_all' outlives 's', to which it refers [coro-dangling-argument]
}
// optional emplace
Task<> d8() {
  std::optional<Task<>> t;
  t.emplace(put(make_key(1), 1));
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(*t);
}
// map of tasks
Task<> d9(std::vector<int> ids) {
  std::map<int, Task<>> all;
  for (int id : ids)
    all.emplace(id, put(make_key(id), id));
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  for (auto &[id, t] : all)
    co_await std::move(t);
}
// struct field
struct Pending {
  int id;
  Task<> task;
};
Task<> d10(int id) {
  Pending p{id, put(make_key(id), id)};
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(p.task);
}
// unique_ptr<Task>
Task<> d11(int id) {
  auto p = std::make_unique<Task<>>(put(make_key(id), id));
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(*p);
}
// conditional
Task<> d12(int id, bool b) {
  auto t = b ? put(make_key(id), 1) : pause_for(1);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(t);
}
// moved local into rvalue ref
Task<> take(Request &&r);
Task<> d13(Request r) {
  return take(std::move(r));
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'take' outlives 'r', to which it refers [coro-dangling-argument]
}
// operator() object
struct Worker {
  int id;
  Task<> operator()() { co_await pause_for(id); }
};
void d14() {
  spawn(Worker{1}());
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'Worker::operator()' outlives a temporary, to which it refers as its object [coro-dangling-argument]
}
Task<> d14b() {
  auto t = Worker{2}();
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'Worker::operator()' outlives a temporary, to which it refers as its object [coro-dangling-argument]
  co_await std::move(t);
}
// span of local array
// detach member
template <class T = void> struct Lazy {
  struct promise_type {
    Lazy get_return_object();
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
  ~Lazy();
  Lazy(Lazy &&);
  void detach() &&;
  void start();
  T get();
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Lazy<> lazy_put(const std::string &key);
void d16(int id) {
  lazy_put(make_key(id)).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'lazy_put' outlives a temporary, to which it refers [coro-dangling-argument]
  std::string s = make_key(id);
  lazy_put(s).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'lazy_put' outlives 's', to which it refers [coro-dangling-argument]
  lazy_put(make_key(id)).start();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'lazy_put' outlives a temporary, to which it refers [coro-dangling-argument]
}
void d16ok(int id) { lazy_put(make_key(id)).get(); }
// this of a local through wrapper
struct Session {
  int id;
  Task<> loop() { co_await pause_for(id); }
  void start() { spawn(loop()); }
};
void d17() {
  Session{3}.start();
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task of 'Session::start' outlives a temporary, to which it refers as its object [coro-dangling-argument]
}
// reference alias to a local
Task<> d18() {
  Request r;
  Request &alias = r;
  return handle(alias);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'handle' outlives 'r', to which it refers [coro-dangling-argument]
}
// co_return of inner closure's local in lambda
Task<> d19() {
  auto make = [](int id) {
    std::string key = make_key(id);
    return put(key, id);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'put' outlives 'key', to which it refers [coro-dangling-argument]
  };
  co_await make(1);
}
// std::ref
Task<> d20() {
  int n = 1;
  auto work = [](std::reference_wrapper<int> v) -> Task<> {
    co_await pause_for(v.get());
  };
  return work(std::ref(n));
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of the lambda outlives 'n', to which it refers [coro-dangling-argument]
}
// assignment to a member struct
struct Client {
  Task<> pending;
  void go(int id) {
    this->pending = put(make_key(id), id);
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  }
};
// loop var by value
void d22(std::vector<std::string> keys) {
  for (auto key : keys)
    spawn(put(key, 1));
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the task of 'put' outlives 'key', to which it refers [coro-dangling-argument]
}
// pointer
Task<> fill(int *out);
void d23() {
  int out = 0;
  spawn(fill(&out));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'fill' outlives 'out', to which it refers [coro-dangling-argument]
}
// any unknown forwarding spawn
namespace det {
template <class T> Detached run(Task<T> t) { co_await std::move(t); }
} // namespace det
template <class T> void go(Task<T> t) { det::run(std::move(t)); }
void d24(int id) {
  go(put(make_key(id), id));
// CHECK-MESSAGES: :[[@LINE-1]]:6: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
}
