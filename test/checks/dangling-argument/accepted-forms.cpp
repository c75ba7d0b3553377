// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-argument
//
// More forms of tasks whose arguments live long enough.
#include "kit.h"
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
using namespace mock;
Task<> pause_for(int ms);
Task<> put(const std::string &key, int value);
Task<int> find(std::string_view key);
std::string make_key(int id);
struct Socket {
  Socket();
  Socket(Socket &&);
  ~Socket();
  Task<std::string> read_line();
  Task<> write(std::string data);
};
Task<Socket> dial(std::string host);
Task<> serve(Socket socket);
struct TaskGroup {
  void spawn(Task<> t);
  Task<> join();
};
Task<> a1(std::vector<std::string> keys) {
  TaskGroup group;
  for (const auto &key : keys)
    group.spawn(put(key, 1));
  co_await group.join();
}
Task<> a2() {
  Socket s = co_await dial("x");
  auto reading = s.read_line();
  co_await s.write("x");
  auto line = co_await std::move(reading);
  spawn(serve(std::move(s)));
}
Task<> a3(int id) {
  std::optional<Task<>> t;
  std::string key = make_key(id);
  if (id)
    t = put(key, 1);
  if (t)
    co_await std::move(*t);
}
struct Service {
  std::string name_;
  std::map<int, std::string> names_;
  TaskGroup group_;
  Task<> pending_;
  Task<> loop();
  void start() {
    group_.spawn(loop());
    pending_ = loop();
    spawn(put(name_, 1));
  }
  Task<> run() {
    std::string key = make_key(1);
    group_.spawn(put(key, 1));
    co_await group_.join();
  }
  Task<> named(int id) const { return put(names_.at(id), id); }
  Task<> view(std::string_view key) { return wrap(key); }
  Task<> wrap(const std::string_view &key) { return ignore(find(key)); }
  Task<> ignore(Task<int> t);
};
Service &global();
Task<> a4() {
  auto t = global().loop();
  co_await pause_for(1);
  co_await std::move(t);
}
Task<> a5() {
  static Service service;
  return service.loop();
}
Task<> a6(Service *service) { return service->loop(); }
Task<> a7(std::shared_ptr<Service> service) { return service->loop(); }
Task<> a8(int id) {
  auto make = [id] { return pause_for(id); };
  auto t = make();
  co_await std::move(t);
}
template <class T> T block_on_it(Task<T> t) {
  std::atomic<bool> done = false;
  detail::finish(t, done);
  done.wait(false);
  return T();
}
int a9() { return block_on_it(find(make_key(2))); }
Task<> a10(bool first) {
  std::string key = make_key(1);
  auto t = first ? put(key, 1) : put(key, 2);
  co_await std::move(t);
}
Task<std::string> a11(std::string text) { co_return text; }
Task<int> a12() {
  return [](std::string s) -> Task<int> { co_return s.size(); }(make_key(1));
}
Task<> a13(std::vector<int> ids) {
  std::vector<Task<int>> all;
  std::vector<std::string> keys;
  for (int id : ids) {
    keys.push_back(make_key(id));
    all.push_back(find(keys.back()));
  }
  for (auto &t : all)
    co_await std::move(t);
}
Task<> a14() {
  std::vector<std::function<Task<>()>> jobs;
  for (int i = 0; i < 3; ++i)
    jobs.push_back([i]() -> Task<> { co_await pause_for(i); });
  for (auto &job : jobs)
    co_await job();
}
Task<> a15() {
  auto job = std::make_shared<std::function<Task<>()>>(
      []() -> Task<> { co_await pause_for(1); });
  spawn((*job)());
  co_return;
}
Generator<int> count(int n) {
  for (int i = 0; i < n; ++i)
    co_yield i;
}
int a16() {
  int t = 0;
  for (int i : count(3))
    t += i;
  return t;
}
Task<> a17(kit::Nursery &nursery, const std::string &key) {
  nursery.start(put(key, 1));
  co_return;
}
Task<> with_timeout(Task<> t, int ms);
Task<> a18(int id) {
  co_await with_timeout(put(make_key(id), 1), 50);
  co_await with_timeout([id]() -> Task<> { co_await pause_for(id); }(), 5);
}
Task<> a19(const std::string &key) { return with_timeout(put(key, 1), 3); }
void a20() {
  std::string key;
  auto t = put(key, 1);
  sync_wait(std::move(t));
}
Task<> a21(std::string key) {
  try {
    co_await put(key, 1);
  } catch (...) {
    spawn([](std::string k) -> Task<> { co_await put(k, 2); }(key));
  }
}
