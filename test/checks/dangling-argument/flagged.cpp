// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-argument
//
// Tasks that outlive what they refer to.
#include "kit.h"

#include <functional>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace mock;

Task<> pause_for(int ms);
Task<> put(const std::string &key, int value);
Task<int> find(std::string_view key);
Task<int> sum(std::span<const int> values);
Task<int> sum_list(std::initializer_list<int> values);
Task<> send_raw(const char *text);
Task<> consume(std::string &&text);
std::string make_key(int id);

struct Client {
  explicit Client(std::string host);
  Task<std::string> get(std::string path);
  std::string host_;
};
Client connect(std::string host);

// A temporary, and the task is awaited in a later statement
namespace stored {
Task<> run(int id) {
  auto writing = put("user:" + std::to_string(id), 1);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await pause_for(1);
  co_await std::move(writing);
  auto literal = put("plain", 2);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(literal);
  auto finding = find(make_key(id));
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task of 'find' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(finding);
  auto raw = send_raw(make_key(id).c_str());
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task of 'send_raw' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(raw);
  auto list = sum_list({1, 2, 3});
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task of 'sum_list' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(list);
  auto vector = sum(std::vector<int>{1, 2, 3});
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task of 'sum' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(vector);
  auto moved = consume(make_key(id));
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'consume' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(moved);
  auto page = Client("example").get("/");
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: the task of 'Client::get' outlives a temporary, to which it refers as its object [coro-dangling-argument]
  co_await std::move(page);
  Task<std::string> other = connect("b").get("/");
// CHECK-MESSAGES: :[[@LINE-1]]:42: warning: the task of 'Client::get' outlives a temporary, to which it refers as its object [coro-dangling-argument]
  co_await std::move(other);
}
} // namespace stored

// An ordinary function returns the task of its local
namespace returned {
Task<> store(int id) {
  std::string key = make_key(id);
  return put(key, id);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'put' outlives 'key', to which it refers [coro-dangling-argument]
}
Task<> store_temporary(int id) {
  return put(make_key(id), id);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
}
Task<int> lookup(std::string name) {
  return find(name);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'find' outlives 'name', to which it refers [coro-dangling-argument]
}
Task<std::string> load(std::string host) {
  Client client(host);
  return client.get("/");
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task of 'Client::get' outlives 'client', to which it refers as its object [coro-dangling-argument]
}
Task<std::string> load_owned(std::string host) {
  auto client = std::make_unique<Client>(host);
  return client->get("/");
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task of 'Client::get' outlives 'client', to which it refers as its object [coro-dangling-argument]
}
Task<std::string> load_shared(std::string host) {
  auto client = std::make_shared<Client>(host);
  return client->get("/");
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task of 'Client::get' outlives 'client', to which it refers as its object [coro-dangling-argument]
}
} // namespace returned

// What a container of tasks refers to has gone
namespace collected {
Task<> all(std::vector<int> ids) {
  std::vector<Task<>> pending;
  for (int id : ids) {
    std::string key = make_key(id);
    pending.push_back(put(key, id));
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task of 'put' outlives 'key', to which it refers [coro-dangling-argument]
  }
  co_await when_all(std::move(pending));
}
Task<> all_temporary(std::vector<int> ids) {
  std::vector<Task<int>> pending;
  for (int id : ids)
    pending.push_back(find(make_key(id)));
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task of 'find' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await when_all(std::move(pending));
}
} // namespace collected

// Started, and the caller goes on
namespace started {
void log_later(int id) {
  spawn(put(make_key(id), id));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
}
void log_local(int id) {
  std::string key = make_key(id);
  spawn(put(key, id));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'put' outlives 'key', to which it refers [coro-dangling-argument]
}
void log_in_object(int id, kit::Nursery &nursery) {
  nursery.start(put(make_key(id), id));
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
}
Task<> log_and_go_on(int id) {
  std::string key = make_key(id);
  spawn(put(key, id));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'put' outlives 'key', to which it refers [coro-dangling-argument]
  co_await pause_for(1);
}
} // namespace started

// Kept in a member
namespace kept {
class Writer {
public:
  void begin(int id) {
    pending_ = put(make_key(id), id);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  }
  void begin_local(int id) {
    std::string key = make_key(id);
    pending_ = put(key, id);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'put' outlives 'key', to which it refers [coro-dangling-argument]
  }

private:
  Task<> pending_;
};
} // namespace kept

// Through a function that only passes its argument on
namespace wrapped {
Task<> put_twice(const std::string &key) { return put(key, 2); }
Task<> with_log(const std::string &key) {
  kit::info("putting");
  auto task = put_twice(key);
  return task;
}
Task<> run(int id) {
  auto task = with_log(make_key(id));
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task of 'with_log' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(task);
}
void start(const std::string &key) { spawn(put(key, 1)); }
void begin(int id) {
  start(make_key(id));
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task of 'start' outlives a temporary, to which it refers [coro-dangling-argument]
}
} // namespace wrapped

// A combinator holds the task
namespace combined {
Task<> with_retry(Task<> task, int times);
Task<> run(int id) {
  auto both = when_all(put(make_key(id), 1), put(make_key(id + 1), 2));
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
// CHECK-MESSAGES: :[[@LINE-2]]:46: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(both);
  auto again = with_retry(put(make_key(id), 1), 3);
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the task of 'put' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(again);
}
} // namespace combined

// A coroutine in sight that uses what it was lent
namespace in_sight {
Task<std::size_t> length(const std::string &text) {
  co_await pause_for(1);
  co_return text.size();
}
Task<> run() {
  auto n = length("some text that is longer than a small string");
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'length' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(n);
}
kit::Hot<int> hot_length(const std::string &text) {
  co_await pause_for(1);
  co_return text.size();
}
Task<> run_hot() {
  auto n = hot_length("some text that is longer than a small string");
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'hot_length' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await std::move(n);
}
} // namespace in_sight

// A generator asks later
namespace generator {
Generator<int> each(const std::vector<int> &values) {
  for (int value : values)
    co_yield value;
}
int run() {
  int total = 0;
  for (int value : each(std::vector<int>{1, 2, 3}))
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the task of 'each' outlives a temporary, to which it refers [coro-dangling-argument]
    total += value;
  auto values = each({4, 5});
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task of 'each' outlives a temporary, to which it refers [coro-dangling-argument]
  for (int value : values)
    total += value;
  return total;
}
} // namespace generator

// The object of a fire-and-forget method
namespace object {
struct Job {
  int id;
  Detached run() {
    co_await pause_for(1);
    co_await pause_for(id);
  }
};
void start(int id) {
  Job{id}.run();
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the task of 'Job::run' outlives a temporary, to which it refers as its object [coro-dangling-argument]
}
void start_local(int id) {
  Job job{id};
  job.run();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: the task of 'Job::run' outlives 'job', to which it refers as its object [coro-dangling-argument]
}
} // namespace object

namespace captured {
Task<> retry(std::function<Task<>()> attempt);
void start(int id) {
  std::string key = make_key(id);
  spawn(retry([&key] { return put(key, 1); }));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'retry' outlives 'key', to which it refers [coro-dangling-argument]
}
} // namespace captured

namespace reference_wrapper {
Task<> fill(std::reference_wrapper<std::string> into);
Task<> run() {
  std::vector<Task<>> all;
  for (int i = 0; i < 2; ++i) {
    std::string text;
    all.push_back(fill(std::ref(text)));
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the task of 'fill' outlives 'text', to which it refers [coro-dangling-argument]
  }
  co_await when_all(std::move(all));
}
} // namespace reference_wrapper
