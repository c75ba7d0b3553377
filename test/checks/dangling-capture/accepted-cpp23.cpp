// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-dangling-capture -- -- -std=c++23
//
// What C++23 allows: the closure is copied into the frame.
#include "kit.h"

#include <string>
#include <vector>

using namespace mock;

Task<> pause_for(int ms);
Task<> send(std::string line);

namespace by_value {
class Session {
public:
  void start() {
    spawn([this](this auto self) -> Task<> {
      co_await pause_for(1);
      step();
    }());
  }
  Task<> later(std::string name) {
    return [name](this auto) -> Task<> {
      co_await pause_for(1);
      co_await send(name);
    }();
  }
  void step();
};
} // namespace by_value

// Fine because a range-based for keeps the temporaries of its range
namespace range {
Generator<int> each(const std::vector<int> &values) {
  for (int value : values)
    co_yield value;
}
int run() {
  int total = 0;
  for (int value : each(std::vector<int>{1, 2, 3}))
    total += value;
  return total;
}
} // namespace range
