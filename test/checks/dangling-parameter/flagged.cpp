// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-parameter
//
// Parameters that refer to what may have died when the coroutine goes on.
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
Task<std::string> read_line();
std::string make_key(int id);
void trace(std::string_view text);
void count(std::size_t n);

struct Socket {
  Task<std::string> read_line();
  Task<> write(std::string data);
  Task<> write_all(std::span<const char> bytes);
  void close();
};
struct Request {
  std::string path;
  std::vector<std::string> headers;
  const std::string &host() const;
};

// Fire and forget: a session that greets its peer late
namespace session {
Detached serve(std::shared_ptr<Socket> socket, const std::string &greeting) {
// CHECK-MESSAGES: :[[@LINE-1]]:67: warning: 'greeting' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await socket->read_line();
  co_await socket->write(greeting);
}
void accept(std::shared_ptr<Socket> socket, int id) {
  serve(socket, make_key(id));
}
} // namespace session

// Fire and forget, of a public header: nobody is in sight who calls it
namespace published {
Detached log_later(std::string_view text) {
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'text' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(10);
  trace(text);
}
Detached add_up(std::span<const int> values) {
// CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'values' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(10);
  count(values.size());
}
Detached handle(Request &&request) {
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'request' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(10);
  trace(request.path);
}
Detached all(std::initializer_list<int> ids) {
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'ids' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  for (int id : ids)
    co_await put(make_key(id), id);
}
} // namespace published

// The shared pointer's owner is a temporary of the caller
namespace owners {
struct Session {
  Task<> run();
  void close();
};
Detached run(const std::shared_ptr<Session> &session) {
// CHECK-MESSAGES: :[[@LINE-1]]:46: warning: 'session' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await session->run();
  session->close();
}
Detached run_only(const std::shared_ptr<Session> &session) {
// CHECK-MESSAGES: :[[@LINE-1]]:51: warning: 'session' is used while the coroutine is suspended, when what it refers to may be gone [coro-dangling-parameter]
  co_await session->run();
}
} // namespace owners

// Only in one branch, after the loop, in a handler's line, in a condition
namespace ways {
Detached in_branch(const std::string &name, bool verbose) {
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  trace(name);
  co_await pause_for(1);
  if (verbose)
    trace(name);
}
Detached in_loop(const Request &request) {
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'request' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  while (true) {
    trace(request.path);
    co_await pause_for(1000);
  }
}
Detached in_condition(const std::vector<int> &values, int limit) {
// CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'values' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  for (int i = 0; i < limit && i < static_cast<int>(values.size()); ++i)
    co_await pause_for(i);
}
Detached in_try(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  try {
    co_await pause_for(1);
    trace("done: " + name);
  } catch (...) {
  }
}
Detached in_handler(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  try {
    co_await pause_for(1);
  } catch (...) {
    trace("failed: " + name);
  }
}
} // namespace ways

// Under another name
namespace renamed {
Detached each(const std::vector<std::string> &keys) {
// CHECK-MESSAGES: :[[@LINE-1]]:47: warning: 'keys' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  for (const auto &key : keys)
    co_await pause_for(key.size());
}
Detached by_view(const std::string &text) {
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'text' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  std::string_view word = text;
  co_await pause_for(1);
  trace(word);
}
Detached by_part(const Request &request) {
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'request' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  const std::string &host = request.host();
  co_await pause_for(1);
  trace(host);
}
Detached by_iterator(const std::map<int, std::string> &names, int id) {
// CHECK-MESSAGES: :[[@LINE-1]]:56: warning: 'names' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  auto found = names.find(id);
  co_await pause_for(1);
  trace(found->second);
}
Detached by_lambda(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  auto report = [&] { trace(name); };
  co_await pause_for(1);
  report();
}
Detached by_task(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  auto writing = put(name, 1);
  co_await pause_for(1);
  co_await std::move(writing);
}
Detached by_span(std::span<const int> values) {
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'values' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  for (int each : values)
    co_await pause_for(each);
}
std::vector<std::string_view> split(std::string_view text);
Detached by_words(const std::string &text) {
// CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'text' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  auto words = split(text);
  co_await pause_for(1);
  for (auto word : words)
    trace(word);
}
class Scope {
public:
  explicit Scope(const std::string &name) : name_(name) {}
  ~Scope() { trace(name_); }

private:
  const std::string &name_;
};
Detached by_guard(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  Scope scope(name);
  co_await pause_for(1);
}
Detached by_binding(const std::pair<std::string, int> &entry) {
// CHECK-MESSAGES: :[[@LINE-1]]:56: warning: 'entry' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  const auto &[key, value] = entry;
  co_await pause_for(value);
  trace(key);
}
} // namespace renamed

// In one expression with the co_await: it is read when that has its value
namespace one_expression {
void log(const std::string &name, int size);
Task<int> size();
Detached as_argument(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  log(name, co_await size());
}
Detached as_operand(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  trace(name + co_await read_line());
}
} // namespace one_expression

// What is awaited refers to it
namespace meanwhile {
Detached store(const std::string &key) {
// CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'key' is used while the coroutine is suspended, when what it refers to may be gone [coro-dangling-parameter]
  co_await put(key, 1);
}
Detached write(Socket &socket, const std::vector<char> &bytes) {
// CHECK-MESSAGES: :[[@LINE-1]]:57: warning: 'bytes' is used while the coroutine is suspended, when what it refers to may be gone [coro-dangling-parameter]
  co_await socket.write_all(bytes);
}
Detached run(Task<> &&task) {
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'task' is used while the coroutine is suspended, when what it refers to may be gone [coro-dangling-parameter]
  co_await task;
}
Task<> outer(const std::string &key) {
  co_await pause_for(1);
  trace(key);
}
Detached through(const std::string &key) {
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'key' is used while the coroutine is suspended, when what it refers to may be gone [coro-dangling-parameter]
  co_await outer(key);
}
} // namespace meanwhile

// A reference to what a caller lets die, in a coroutine that nobody waits for
namespace broken_local {
Detached pump(Socket &socket) {
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'socket' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await socket.read_line();
  socket.close();
}
void start() {
  Socket socket;
  pump(socket);
}
Detached fill(int *out) {
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'out' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  *out = 1;
}
void compute() {
  int result = 0;
  fill(&result);
}
} // namespace broken_local

// A lazy task that a caller detaches with a temporary, or stores, or returns
namespace broken_lazy {
Task<> greet(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  trace(name);
}
void start(int id) { spawn(greet(make_key(id))); }
Task<> hello(std::string_view name) {
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  co_await send("hello " + std::string(name));
  trace(name);
}
Task<> stored(int id) {
  auto task = hello(make_key(id));
  co_await pause_for(1);
  co_await std::move(task);
}
Task<> early(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  trace(name);
  co_await pause_for(1);
}
Task<> returned(int id) {
  std::string name = make_key(id);
  return early(name);
}
Task<> update(Request &request) {
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'request' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  request.path.clear();
}
void post(Request request) { spawn(update(request)); }
Task<> with_default(int id, const std::string &name = "anonymous") {
// CHECK-MESSAGES: :[[@LINE-1]]:48: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(id);
  trace(name);
}
void begin() { spawn(with_default(1)); }
} // namespace broken_lazy

// One caller awaits at once, the other does not
namespace both {
Task<> greet(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  trace(name);
}
Task<> fine(int id) { co_await greet(make_key(id)); }
void bad(int id) { spawn(greet(make_key(id))); }
} // namespace both

// A caller detaches it, and nothing says that what it gives lives on
namespace left_alone {
class Server {
public:
  void on_connect(std::shared_ptr<Socket> socket) {
    spawn(serve(socket, name_));
  }

private:
  static Task<> serve(std::shared_ptr<Socket> socket, const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:74: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
    co_await socket->read_line();
    co_await socket->write(name);
  }
  std::string name_;
};
Task<> notify(std::string_view who) {
// CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'who' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  trace(who);
}
void notify_later(const std::string &who) { spawn(notify(who)); }
} // namespace left_alone

// Lambdas and methods
namespace forms {
void start(int id) {
  [](const std::string &name) -> Detached {
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
    co_await pause_for(1);
    trace(name);
  }(make_key(id));
  auto later = [](std::string_view name) -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
    co_await pause_for(1);
    trace(name);
  };
  spawn(later(make_key(id)));
}
struct Service {
  Detached refresh(const std::string &key) {
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'key' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
    auto value = co_await find(key);
    cache_[key] = value;
  }
  template <class Key> Detached evict(Key &&key) {
// CHECK-MESSAGES: :[[@LINE-1]]:45: warning: 'key' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
    co_await pause_for(1);
    cache_.erase(key);
  }
  void drop(int id) { evict(make_key(id)); }
  std::map<std::string, int> cache_;
};
} // namespace forms

// An eager task that goes on when its result is dropped
namespace hot {
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
Async<int> size_of(const std::string &key) {
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'key' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  co_return key.size();
}
Async<int> length_of(const std::string &key) {
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'key' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  co_return key.size();
}
Async<int> width_of(const std::string &key) {
// CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'key' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  co_return key.size();
}
void warm_up(const std::string &key) { width_of(key); }
Task<> keep(int id) {
  auto length = length_of(make_key(id));
  co_await pause_for(1);
  co_await length;
}
} // namespace hot

// A view type of one's own
namespace own_view {
struct Slice {
  Slice(const std::string &of) : first(of.data()), size(of.size()) {}
  const char *first;
  std::size_t size;
};
Detached store(Slice text) {
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'text' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  count(text.size);
}
} // namespace own_view

// A generator over a temporary
namespace generator {
Generator<int> each(const std::vector<int> &values) {
// CHECK-MESSAGES: :[[@LINE-1]]:45: warning: 'values' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  for (int value : values)
    co_yield value;
}
std::vector<int> make();
int run() {
  int total = 0;
  for (int value : each(make()))
    total += value;
  return total;
}
} // namespace generator
