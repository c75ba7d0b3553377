// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-parameter
//
// Parameters that refer to what lives on - what is fine, and why.
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
Task<> send(std::string line);
Task<> put(const std::string &key, int value);
Task<int> find(std::string_view key);
std::string make_key(int id);
void trace(std::string_view text);

struct Socket {
  Task<std::string> read_line();
  Task<> write(std::string data);
  void close();
};
struct Request {
  std::string path;
};

// Fine because the frame has copies
namespace values {
Detached serve(std::shared_ptr<Socket> socket, std::string greeting) {
  co_await socket->read_line();
  co_await socket->write(greeting);
}
Detached numbers(std::vector<int> ids, int n) {
  for (int id : ids)
    co_await pause_for(id + n);
}
void start(int id) {
  serve(std::make_shared<Socket>(), make_key(id));
  numbers({1, 2}, id);
}
} // namespace values

// Fine because it is used before the first suspension only
namespace early {
Detached note(const std::string &text) {
  trace(text);
  co_await pause_for(1);
}
Detached copied(std::string_view text) {
  std::string own(text);
  co_await pause_for(1);
  trace(own);
}
Detached moved(Request &&request) {
  auto own = std::move(request);
  co_await pause_for(1);
  trace(own.path);
}
Detached renamed(std::string_view text) {
  std::string own(text);
  text = own;
  co_await pause_for(1);
  trace(text);
}
Detached given_on(const std::string &text) { co_await send(text + "\n"); }
Detached given_copy(const std::string &text) { co_await send(text); }
Detached checked(const std::string &name) {
  if (name.empty())
    co_return;
  int n = static_cast<int>(name.size());
  co_await pause_for(n);
}
Detached never_suspends(const std::string &text) {
  co_await std::suspend_never();
  trace(text);
}
Detached otherwise(const std::string &text, bool now) {
  if (now)
    trace(text);
  else
    co_await pause_for(1);
}
Task<int> size();
void log(std::size_t length, int size);
Detached in_one_expression(const std::string &name) {
  log(name.size(), co_await size());
}
std::vector<std::string> split(std::string_view text);
Detached words(const std::string &text) {
  auto all = split(text);
  co_await pause_for(1);
  trace(all.front());
}
class Scope {
public:
  explicit Scope(const std::string &name) : size_(name.size()) {}
  ~Scope();

private:
  std::size_t size_;
};
Detached guarded(const std::string &text) {
  Scope scope(text);
  co_await pause_for(1);
}
Detached handled(const std::string &text) {
  try {
    trace(text);
  } catch (...) {
    trace(text);
  }
  co_await pause_for(1);
}
Detached unused(const std::string &, const std::string &name) {
  co_await pause_for(1);
}
void start(int id) {
  note(make_key(id));
  copied(make_key(id));
  moved(Request{make_key(id)});
  given_on(make_key(id));
  otherwise(make_key(id), true);
}
} // namespace early

// Fine because a lazy task is awaited at once, by all callers in sight
namespace awaited {
Task<> greet(const std::string &name) {
  co_await pause_for(1);
  trace(name);
}
Task<int> length(std::string_view name) {
  co_await pause_for(1);
  co_return name.size();
}
Task<> consume(Request &&request) {
  co_await pause_for(1);
  trace(request.path);
}
Task<> run(int id) {
  co_await greet(make_key(id));
  int n = co_await length(make_key(id)) + co_await length("x");
  co_await consume(Request{make_key(n)});
  co_await when_all(greet(make_key(1)), greet(make_key(2)));
}
int main_loop() {
  sync_wait(greet(make_key(1)));
  return 0;
}
} // namespace awaited

// Fine because a lazy task is awaited at once as a rule: nobody is seen who
// does not
namespace library {
Task<> greet(const std::string &name) {
  co_await pause_for(1);
  trace(name);
}
Task<int> length(std::string_view name) {
  co_await pause_for(1);
  co_return name.size();
}
Task<> run(const std::function<Task<>(int)> &callback, Request &&request) {
  co_await callback(1);
  co_await callback(2);
  trace(request.path);
}
class Handler {
public:
  virtual Task<> handle(const Request &request) {
    co_await pause_for(1);
    trace(request.path);
  }
};
Generator<int> each(const std::vector<int> &values) {
  for (int value : values)
    co_yield value;
}
kit::Hot<int> begin(const std::string &name) {
  co_await pause_for(1);
  co_return name.size();
}
} // namespace library

// Fine because the caller keeps it until the await
namespace kept {
Task<> greet(const std::string &name) {
  co_await pause_for(1);
  trace(name);
}
Task<> run(int id) {
  std::string name = make_key(id);
  auto task = greet(name);
  co_await pause_for(1);
  co_await std::move(task);
}
Task<> handed_on(const std::string &name) { return greet(name); }
Task<> run_through() { co_await handed_on(make_key(1)); }
} // namespace kept

// Fine because a server outlives its sessions: what is taken by T& or by
// pointer lives on, if no caller is seen to end it
namespace long_lived {
struct Server {
  std::string name;
  void remove(int id);
};
Detached serve(Server &server, int id) {
  co_await pause_for(1);
  server.remove(id);
}
Detached serve_by_pointer(Server *server, int id) {
  co_await pause_for(1);
  server->remove(id);
}
class Acceptor {
public:
  void on_connect(int id) {
    serve(server_, id);
    serve_by_pointer(&server_, id);
    serve(outer_, id);
  }

private:
  Server server_;
  Server &outer_;
};
void accept(Server &server, int id) {
  serve(server, id);
  spawn([](Server &one) -> Task<> {
    co_await pause_for(1);
    one.remove(1);
  }(server));
}
} // namespace long_lived

// Fine because it cannot be taken by value, and so is no temporary
namespace services {
class Clock {
public:
  virtual ~Clock();
  virtual int now() const;
};
class Registry {
public:
  Registry(const Registry &) = delete;
  int size() const;
};
Detached tick(const Clock &clock, const Registry &registry) {
  co_await pause_for(1);
  int n = clock.now() + registry.size();
  co_await pause_for(n);
}
} // namespace services

// Fine because all callers in sight give what is there for ever
namespace for_ever {
const std::string global_name = "x";
const Request &default_request();
Detached log_later(std::string_view text) {
  co_await pause_for(1);
  trace(text);
}
Detached greet(const std::string &name) {
  co_await pause_for(1);
  trace(name);
}
Detached handle(const Request &request) {
  co_await pause_for(1);
  trace(request.path);
}
void start() {
  log_later("started");
  static const std::string name = make_key(1);
  greet(name);
  greet(global_name);
  handle(default_request());
}
} // namespace for_ever

// Fine because all callers in sight wait in another way
namespace waited {
Task<> run(int id) {
  AsyncEvent done;
  std::string name = make_key(id);
  [](const std::string &text, AsyncEvent &ended) -> Detached {
    co_await pause_for(1);
    trace(text);
    ended.set();
  }(name, done);
  co_await done;
}
Task<> run_all(std::vector<std::string> names) {
  kit::Nursery nursery;
  auto one = [](const std::string &text) -> Task<> {
    co_await pause_for(1);
    trace(text);
  };
  for (const auto &name : names)
    nursery.start(one(name));
  co_await nursery.wait();
}
} // namespace waited

// Fine because there is nothing in it
namespace tags {
struct UseDefault {};
Detached run(const UseDefault &tag, void (&callback)()) {
  co_await pause_for(1);
  (void)tag;
  callback();
}
template <std::size_t N> Detached say(const char (&text)[N]) {
  co_await pause_for(1);
  trace(text);
}
void start() { say("hello"); }
} // namespace tags

// Fine because the result is there to be awaited: it is [[nodiscard]], or all
// callers in sight do
namespace eager {
template <class T> struct [[nodiscard]] Future {
  struct promise_type {
    Future get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(T value);
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
Future<int> size_of(const std::string &key) {
  co_await pause_for(1);
  co_return key.size();
}
template <class T> struct Async {
  struct promise_type {
    Async get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_value(T value);
    void unhandled_exception();
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  T await_resume();
};
Async<int> length_of(const std::string &key) {
  co_await pause_for(1);
  co_return key.size();
}
Task<int> run(int id) {
  int n = co_await length_of(make_key(id));
  std::string key = make_key(n);
  auto other = length_of(key);
  co_return co_await other;
}
} // namespace eager

// Fine because who has the handle drives the coroutine
namespace driven {
struct Fiber {
  struct promise_type {
    Fiber get_return_object();
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    void return_void();
    void unhandled_exception();
  };
  ~Fiber();
  void resume();
  bool done() const;
};
Fiber run(const std::string &name, std::string_view text) {
  co_await std::suspend_always();
  trace(name);
  trace(text);
}
void drive(int id) {
  std::string name = make_key(id);
  auto fiber = run(name, name);
  while (!fiber.done())
    fiber.resume();
}
} // namespace driven

// Fine because the lambda does not outlive the function, and neither sees more
namespace not_coroutines {
Task<> wrap(const std::string &name) { return put(name, 1); }
void log(std::string_view text) { trace(text); }
Detached run(std::vector<std::string> names) {
  auto each = [](const std::string &name) { trace(name); };
  for (const auto &name : names) {
    each(name);
    co_await pause_for(1);
  }
}
} // namespace not_coroutines

// Fine because the view is of a local
namespace local_view {
Detached run(std::string text) {
  std::string_view word = text;
  co_await pause_for(1);
  trace(word);
}
Detached of_value(const Request &request) {
  std::string path = request.path;
  std::string_view word = path;
  co_await pause_for(1);
  trace(word);
}
Detached size_only(const std::vector<int> &values) {
  auto n = values.size();
  co_await pause_for(1);
  co_await pause_for(static_cast<int>(n));
}
Detached unevaluated(const std::vector<int> &values) {
  co_await pause_for(1);
  co_await pause_for(sizeof(values));
}
} // namespace local_view
