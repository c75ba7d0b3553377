// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-dangling-argument
//
// Attributes say that a task refers to arguments where nothing else does.
#include "Inputs/bound.h"
#include "kit.h"
#include <memory>
#include <string>
#include <vector>
using namespace mock;
std::string make_key(int id);
Task<> pause_for(int ms);

// The type says it of all of its tasks, whenever these begin
namespace by_type {
bound::Hot<int> look_up(const std::string &key);
struct Table {
  bound::Hot<int> count(int shard);
  std::vector<int> rows_;
};
Table open(int id);
bound::Hot<int> stored(int id) {
  auto found = look_up(make_key(id));
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'look_up' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await pause_for(1);
  co_return co_await std::move(found);
}
bound::Hot<int> of_temporary(int id) {
  auto count = open(id).count(3);
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the task of 'Table::count' outlives a temporary, to which it refers as its object [coro-dangling-argument]
  co_return co_await std::move(count);
}
bound::Hot<int> collected(std::vector<int> ids) {
  std::vector<bound::Hot<int>> all;
  for (int id : ids)
    all.push_back(look_up(make_key(id)));
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the task of 'look_up' outlives a temporary, to which it refers [coro-dangling-argument]
  int sum = 0;
  for (auto &each : all)
    sum += co_await std::move(each);
  co_return sum;
}
[[clang::coro_wrapper]] bound::Hot<int> returned(int id) {
  std::string key = make_key(id);
  return look_up(key);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'look_up' outlives 'key', to which it refers [coro-dangling-argument]
}
// Through a wrapper that is declared, and one that is in sight
[[clang::coro_wrapper]] bound::Hot<int> retried(const std::string &key);
[[clang::coro_wrapper]] bound::Hot<int> logged(const std::string &key) {
  kit::info(key);
  return retried(key);
}
[[clang::coro_wrapper]] bound::Hot<int> twice_wrapped(std::string key) {
  return logged(key);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task of 'logged' outlives 'key', to which it refers [coro-dangling-argument]
}
} // namespace by_type

// One function says it of one parameter, or of its object
namespace by_function {
kit::Hot<int> measure(const std::string &text [[clang::lifetimebound]], int n);
struct Cursor {
  kit::Hot<int> next() [[clang::lifetimebound]];
  int row_;
};
Cursor begin(int id);
kit::Hot<int> stored(int id) {
  auto size = measure(make_key(id), 1);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task of 'measure' outlives a temporary, to which it refers [coro-dangling-argument]
  co_await pause_for(1);
  co_return co_await std::move(size);
}
kit::Hot<int> of_temporary(int id) {
  auto next = begin(id).next();
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the task of 'Cursor::next' outlives a temporary, to which it refers as its object [coro-dangling-argument]
  co_await pause_for(1);
  co_return co_await std::move(next);
}
} // namespace by_function
