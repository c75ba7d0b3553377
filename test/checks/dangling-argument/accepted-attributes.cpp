// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-dangling-argument
//
// Attributes about the arguments of a task - what is fine, and why.
#include "Inputs/bound.h"
#include "kit.h"
#include <string>
#include <vector>
using namespace mock;
std::string make_key(int id);
Task<> pause_for(int ms);
bound::Hot<int> look_up(const std::string &key);
bound::Hot<int> by_value(std::string key, int limit);

// Fine because the argument lives on
bound::Hot<int> in_place(int id, const std::string &lent) {
  int found = co_await look_up(make_key(id));
  std::string own = make_key(found);
  auto first = look_up(own);
  auto second = look_up(lent);
  co_await pause_for(1);
  co_return co_await std::move(first) + co_await std::move(second);
}

// Fine because the frame has copies
[[clang::coro_wrapper]] bound::Hot<int> copied(const std::string &key) {
  return by_value(key, 3);
}
[[clang::coro_wrapper]] bound::Hot<int> moved(std::string key) {
  return by_value(std::move(key), 3);
}
bound::Hot<int> stored(int id) {
  auto found = by_value(make_key(id), id);
  auto other = copied(make_key(id));
  co_await pause_for(1);
  co_return co_await std::move(found) + co_await std::move(other);
}

// Fine because the coroutine is in sight, and does not use it
bound::Hot<int> unused(const std::string &) { co_return 1; }
struct Table {
  bound::Hot<int> count() { co_return 1; }
  int rows_;
};
bound::Hot<int> in_sight(int id) {
  auto one = unused(make_key(id));
  auto two = Table().count();
  co_await pause_for(1);
  co_return co_await std::move(one) + co_await std::move(two);
}

// Fine because the function says that its task refers to nothing
namespace disabled {
[[clang::coro_wrapper, clang::coro_disable_lifetimebound]]
bound::Hot<int> interned(const std::string &key);
const std::string &intern(const std::string &key);
[[clang::coro_wrapper, clang::coro_disable_lifetimebound]]
Task<int> by_body(const std::string &key);
Task<int> find(const std::string &key);
[[clang::coro_wrapper, clang::coro_disable_lifetimebound]]
Task<int> by_body(const std::string &key) {
  return find(key == "" ? intern(key) : key);
}
struct Pool {
  [[clang::coro_wrapper, clang::coro_disable_lifetimebound]]
  bound::Hot<int> take(const std::string &key);
  int free_;
};
bound::Hot<int> run(int id) {
  auto first = interned(make_key(id));
  auto second = by_body(make_key(id));
  auto third = Pool().take(make_key(id));
  co_await pause_for(1);
  co_return co_await std::move(first) + co_await std::move(second) +
      co_await std::move(third);
}
[[clang::coro_wrapper]] bound::Hot<int> returned(int id) {
  std::string key = make_key(id);
  return interned(key);
}
} // namespace disabled

// Fine because only the first parameter is bound, and it is kept
kit::Hot<int> pair(const std::string &key [[clang::lifetimebound]],
                   const std::string &note);
kit::Hot<int> one_bound(int id) {
  std::string key = make_key(id);
  auto both = pair(key, make_key(2));
  co_await pause_for(1);
  co_return co_await std::move(both);
}
