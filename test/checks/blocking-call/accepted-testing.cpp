// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// RUN: %check_coro %s coro-blocking-call

#include "task.h"
#include <fstream>
#include <string>

namespace doctest::detail {

inline bool isDebuggerActive() {
  std::ifstream Status("/proc/self/status");
  for (std::string Line; std::getline(Status, Line);)
    if (Line.rfind("TracerPid:", 0) == 0)
      return Line.back() != '0';
  return false;
}

struct ResultBuilder {
  bool Failed = false;
  bool log() { return Failed && isDebuggerActive(); }
};

} // namespace doctest::detail

#define CHECK(CONDITION)                                                       \
  [&] {                                                                        \
    doctest::detail::ResultBuilder Builder;                                    \
    Builder.Failed = !(CONDITION);                                             \
    if (Builder.log())                                                         \
      __builtin_debugtrap();                                                   \
  }()

mock::Task<int> answer();

// An assertion of a test only reads files when it has failed.
mock::Task<> test_answer() {
  int Got = co_await answer();
  CHECK(Got == 42);
}
