// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s 'coro-*' -expect-clang-tidy-error -- -- -ferror-limit=0
//
// Default arguments and member initialisers that do not compile, or call
// themselves.

#include "task.h"
#include <string>
#include <unistd.h>

using namespace mock;

Task<> step();

Task<> unknown(int N = missing()) { co_await step(); }
Task<> gap(int A = 1, int B) { co_return; }
Task<> given(Task<> Then = step(, )) { co_await std::move(Then); }
Task<> circular(int N = circular()) { co_return; }
int again(int N = again());
template <typename T> Task<T> dependent(T N = T::missing(), int M = sizeof(N)) {
  co_return N;
}
struct Settings {
  int Depth = missing();
  std::string Path = 3 + ;
  Settings(int D = Depth) : Depth(D), Gone(D) {}
  Task<> load(Settings From = Settings()) { co_await load(); }
};

Task<> calls() {
  co_await unknown();
  co_await gap();
  co_await given();
  co_await circular();
  again();
  co_await dependent<int>();
  Settings Made;
  co_await Made.load();
}

int slow() { return static_cast<int>(::sleep(1)); }
void settle(int N = slow());
Task<> sound() {
  settle();
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'slow' blocks the thread in coroutine 'sound' [coro-blocking-call]
  co_return;
}
