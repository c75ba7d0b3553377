// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-parameter -- \
// RUN:   -config='{CheckOptions: {coro-dangling-parameter.Strict: true}}'
//
// With Strict every reference-like parameter that is used after a suspension,
// and a lazy task is suspended before it begins.
#include "kit.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

using namespace mock;

Task<> pause_for(int ms);
std::string make_key(int id);
void trace(std::string_view text);

struct Server {
  void remove(int id);
};

Task<> greet(const std::string &name) {
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  trace(name);
}
Task<> at_once(std::string_view name) {
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  trace(name);
  co_return;
}
Task<> awaits_at_once(int id) {
  co_await greet(make_key(id));
  co_await at_once(make_key(id));
}
Detached serve(Server &server, int id) {
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'server' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  server.remove(id);
}
Detached serve_by_pointer(Server *server, int id) {
// CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'server' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  co_await pause_for(1);
  server->remove(id);
}
Task<int> sum(std::vector<int>::const_iterator first,
// CHECK-MESSAGES: :[[@LINE-1]]:48: warning: 'first' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
              std::vector<int>::const_iterator last) {
// CHECK-MESSAGES: :[[@LINE-1]]:48: warning: 'last' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  int result = 0;
  for (; first != last; ++first)
    result += *first;
  co_return result;
}
auto lambda = [](std::span<const int> values) -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: 'values' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
  for (int each : values)
    co_await pause_for(each);
};

// Fine because it is not used late, or not at all
Detached early(const std::string &name) {
  trace(name);
  co_await pause_for(1);
}
Task<> unused(const std::string &, const std::string &name, Server &) {
  co_await pause_for(1);
}
Task<> by_value(std::string name, std::vector<int> values) {
  co_await pause_for(values.front());
  trace(name);
}
Task<> wrapper(const std::string &name) { return greet(name); }
