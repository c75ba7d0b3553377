// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-argument
//
// Tasks whose arguments live long enough - what is fine, and why.
#include "kit.h"

#include <functional>
#include <initializer_list>
#include <map>
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
Task<> send_raw(const char *text);
Task<> by_value(std::string text, std::vector<int> values);
Task<> consume(std::string &&text);
std::string make_key(int id);

struct Client {
  explicit Client(std::string host);
  Task<std::string> get(std::string path);
  Task<std::string> get_ref(const std::string &path);
  const std::string &host() const { return host_; }
  std::string host_;
};

// Fine because a temporary lives to the end of the full expression
namespace in_place {
Task<> run(int id) {
  co_await put(make_key(id), 1);
  int n = co_await find(make_key(id));
  co_await when_all(put(make_key(n), 1), put(make_key(id), 2));
  auto page = co_await Client("x").get("/");
  if (co_await sum(std::vector<int>{1, 2}) > co_await find("x"))
    co_return;
  co_return co_await put(make_key(id), 3);
}
} // namespace in_place

// Fine because literals live for ever, and so do statics and globals
namespace literals {
const std::string global_key = "key";
Task<> run() {
  auto found = find("user");
  auto raw = send_raw("text");
  static const std::string key = make_key(1);
  auto writing = put(key, 1);
  auto global = put(global_key, 1);
  co_await pause_for(1);
  co_await std::move(found);
  co_await std::move(raw);
  co_await std::move(writing);
  co_await std::move(global);
}
} // namespace literals

// Fine because the frame has copies
namespace values {
Task<> run(int id) {
  auto task = by_value(make_key(id), {1, 2, 3});
  co_await pause_for(1);
  co_await std::move(task);
}
Task<> returned(int id) {
  std::string key = make_key(id);
  std::vector<int> list{1, 2};
  return by_value(std::move(key), std::move(list));
}
void started(std::string key) { spawn(by_value(std::move(key), {})); }
} // namespace values

// Fine because the local lives as long as the function that awaits
namespace locals {
Task<> run(std::vector<int> ids) {
  std::string key = make_key(1);
  auto first = put(key, 1);
  auto second = find(key);
  co_await pause_for(1);
  co_await std::move(first);
  co_await std::move(second);
  std::vector<std::string> keys;
  for (int id : ids)
    keys.push_back(make_key(id));
  std::vector<Task<>> all;
  for (const auto &each : keys)
    all.push_back(put(each, 1));
  co_await when_all(std::move(all));
  for (int id : ids) {
    std::string own = make_key(id);
    auto one = put(own, id);
    co_await std::move(one);
  }
}
} // namespace locals

// Fine because members and what the caller lent live on with their owners
namespace lent {
class Service {
public:
  Task<> refresh() { return put(key_, 1); }
  Task<> refresh_of(const std::string &key) { return put(key, 1); }
  Task<std::string> page() { return client_.get("/"); }
  Task<std::string> page_of(Client &client) { return client.get("/"); }
  Task<std::string> page_by_pointer(Client *client) { return client->get("/"); }
  Task<std::string> page_shared(std::shared_ptr<Client> client);
  void begin() {
    pending_ = put(key_, 1);
    spawn(put(key_, 2));
  }
  Task<> at(int id) { return put(names_[id], id); }
  Task<> find_one(int id) {
    auto found = names_.find(id);
    return put(found->second, id);
  }

private:
  std::string key_;
  std::map<int, std::string> names_;
  Client client_;
  Task<> pending_;
};
} // namespace lent

// Fine because the thread waits
namespace waited {
struct Loop {
  void run();
};
int run(Loop &loop, int id) {
  sync_wait(put(make_key(id), 1));
  int n = sync_wait(find(make_key(id)));
  std::string key = make_key(id);
  spawn(put(key, id));
  loop.run();
  return n;
}
void in_lambda(int id) {
  std::string key = make_key(id);
  auto task = put(key, id);
  sync_wait([&]() -> Task<> { co_await std::move(task); }());
}
Task<> with_event(int id) {
  AsyncEvent done;
  std::string key = make_key(id);
  spawn([](const std::string &text, AsyncEvent &ended) -> Task<> {
    co_await put(text, 1);
    ended.set();
  }(key, done));
  co_await done;
}
Task<> in_nursery(int id) {
  kit::Nursery nursery;
  std::string key = make_key(id);
  nursery.start(put(key, 1));
  co_await nursery.wait();
}
} // namespace waited

// Fine because the coroutine does not use it when it has gone
namespace early {
Detached note(const std::string &text) {
  kit::info(text);
  co_await pause_for(1);
}
kit::Hot<int> hot(const std::string &text) {
  std::string copy = text;
  co_await pause_for(1);
  co_return copy.size();
}
Task<int> unused(const std::string &) { co_return 1; }
Task<> run(int id) {
  note(make_key(id));
  auto size = hot(make_key(id));
  auto one = unused(make_key(id));
  co_await pause_for(1);
  co_await std::move(size);
  co_await std::move(one);
}
} // namespace early

// Fine because an ordinary function takes a copy
namespace wrapper {
Task<> copied(const std::string &key) { return by_value(key, {}); }
Task<> run(int id) {
  auto task = copied(make_key(id));
  co_await pause_for(1);
  co_await std::move(task);
}
} // namespace wrapper

// Fine because the object keeps itself
namespace itself {
class Session : public std::enable_shared_from_this<Session> {
public:
  Task<> run() {
    auto self = shared_from_this();
    co_await pause_for(1);
    ++rounds_;
  }

private:
  int rounds_ = 0;
};
void accept() {
  auto session = std::make_shared<Session>();
  spawn(session->run());
}
struct Plain {
  Task<> run();
};
void serve(std::vector<std::shared_ptr<Plain>> &all) {
  auto one = std::make_shared<Plain>();
  all.push_back(one);
  spawn(one->run());
}
Task<> run_with(std::shared_ptr<Plain> one);
void serve_given(std::shared_ptr<Plain> one) {
  spawn(run_with(one));
  spawn(run_with(std::make_shared<Plain>()));
}
} // namespace itself

// Fine because the generator is left before its argument
namespace generator {
Generator<int> each(const std::vector<int> &values) {
  for (int value : values)
    co_yield value;
}
int run() {
  std::vector<int> values{1, 2};
  int total = 0;
  for (int value : each(values))
    total += value;
  auto all = each(values);
  for (int value : all)
    total += value;
  return total;
}
} // namespace generator

// Fine because what is awaited is a value, and the view of it is used at once
namespace nested {
Task<std::string> name_of(int id);
Task<> run(int id) {
  auto size = co_await find(co_await name_of(id));
  co_await put(co_await name_of(size), 1);
}
} // namespace nested

// Fine because nobody awaits it: another check's business
namespace unused_task {
Task<> run(int id) {
  auto task = put(make_key(id), 1);
  co_await pause_for(1);
}
} // namespace unused_task

namespace declared {
[[clang::coro_disable_lifetimebound]] Task<> peek(const std::string &key);
}
