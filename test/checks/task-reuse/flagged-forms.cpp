// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-reuse
//
// Tasks that are used twice: the forms of statements, variables and functions.

#include "kit.h"

#include <map>
#include <memory>
#include <tuple>

using namespace mock;

Task<int> fetch(int Id);
Task<> save(int Id);
void keep(Task<> Kept);
bool isFresh(int Id);

// Statements

Task<int> inOneExpression() {
  auto Row = fetch(1);
  co_return co_await std::move(Row) + co_await std::move(Row);
  // CHECK-MESSAGES: :[[@LINE-1]]:58: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
}

Task<> twoArguments() {
  auto Write = save(1);
  co_await when_all(std::move(Write), std::move(Write));
  // CHECK-MESSAGES: :[[@LINE-1]]:49: warning: the task 'Write' is moved after it was moved [coro-task-reuse]
}

Task<int> afterConditional(bool Early) {
  auto Row = fetch(1);
  int Result = Early ? co_await std::move(Row) : 0;
  co_return Result + co_await std::move(Row);
  // CHECK-MESSAGES: :[[@LINE-1]]:41: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
}

Task<> shortCircuit(bool Early) {
  Task<bool> Check = []() -> Task<bool> { co_return true; }();
  if (Early && co_await std::move(Check))
    kit::info("early");
  bool Late = co_await std::move(Check);
  // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: the task 'Check' is awaited after it was awaited [coro-task-reuse]
  (void)Late;
}

Task<> fallsThrough(int Kind) {
  auto Write = save(1);
  switch (Kind) {
  case 1:
    co_await std::move(Write);
  default:
    co_await std::move(Write);
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the task 'Write' is awaited after it was awaited [coro-task-reuse]
  }
}

Task<> doWhile() {
  auto Write = save(1);
  do
    co_await std::move(Write);
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the task 'Write' is awaited again in the next round of the loop [coro-task-reuse]
  while (isFresh(1));
}

Task<> endless() {
  auto Write = save(1);
  for (;;) {
    co_await yield_now();
    if (isFresh(1))
      keep(std::move(Write));
      // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task 'Write' is moved again in the next round of the loop [coro-task-reuse]
  }
}

Task<> inIncrement(int Count) {
  auto Write = save(1);
  for (int I = 0; I < Count; ++I, co_await Write)
  // CHECK-MESSAGES: :[[@LINE-1]]:44: warning: the task 'Write' is awaited again in the next round of the loop [coro-task-reuse]
    kit::info("round");
}

Task<> continues(int Count) {
  auto Write = save(1);
  for (int Id = 0; Id < Count; ++Id) {
    co_await std::move(Write);
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the task 'Write' is awaited again in the next round of the loop [coro-task-reuse]
    if (!isFresh(Id))
      continue;
    Write = save(Id);
  }
}

Task<> innerLoop(int Count) {
  for (int Id = 0; Id < Count; ++Id) {
    auto Write = save(Id);
    for (int Copy = 0; Copy < 2; ++Copy)
      keep(std::move(Write));
      // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task 'Write' is moved again in the next round of the loop [coro-task-reuse]
  }
}

Task<int> afterHandler() {
  auto Row = fetch(1);
  try {
    co_return co_await std::move(Row);
  } catch (const std::exception &) {
    kit::info("once more");
  }
  co_return co_await std::move(Row);
  // CHECK-MESSAGES: :[[@LINE-1]]:32: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
}

Task<> inHandler() {
  auto Write = save(1);
  try {
    co_await std::move(Write);
  } catch (const std::exception &) {
    keep(std::move(Write));
    // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the task 'Write' is moved after it was awaited [coro-task-reuse]
  }
}

Task<int> jumpsBack() {
  auto Row = fetch(1);
  int Tries = 0;
retry:
  try {
    co_return co_await std::move(Row);
    // CHECK-MESSAGES: :[[@LINE-1]]:34: warning: the task 'Row' is awaited again in the next round of the loop [coro-task-reuse]
  } catch (const std::exception &) {
    if (++Tries < 3)
      goto retry;
  }
  co_return 0;
}

// Moves

Task<int> twoOwners() {
  auto Row = fetch(1);
  auto Left = std::move(Row);
  auto Right = std::move(Row);
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: the task 'Row' is moved after it was moved [coro-task-reuse]
  co_return co_await std::move(Left) + co_await std::move(Right);
}

Task<> twoElements() {
  auto Write = save(1);
  std::vector<Task<>> Writes;
  Writes.push_back(std::move(Write));
  Writes.push_back(std::move(Write));
  // CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the task 'Write' is moved after it was moved [coro-task-reuse]
  co_await when_all(std::move(Writes));
}

Task<> intoTuple() {
  auto Write = save(1);
  auto Both = std::make_tuple(std::move(Write), 1);
  co_await std::move(Write);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task 'Write' is awaited after it was moved [coro-task-reuse]
  co_await std::move(std::get<0>(Both));
}

Task<> intoMap(std::map<int, Task<>> &Writes) {
  auto Write = save(1);
  Writes[1] = std::move(Write);
  co_await std::move(Write);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task 'Write' is awaited after it was moved [coro-task-reuse]
}

Task<> join(Task<> &&Left, Task<> &&Right);
Task<> toReference() {
  auto Left = save(1);
  auto Right = save(2);
  co_await join(std::move(Left), std::move(Right));
  co_await std::move(Left);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task 'Left' is awaited after it was moved [coro-task-reuse]
}

Task<> throughReference() {
  auto Write = save(1);
  auto &&Same = std::move(Write);
  co_await std::move(Same);
  co_await std::move(Write);
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task 'Write' is awaited after it was awaited [coro-task-reuse]
}

Task<> insideLambda() {
  auto Write = save(1);
  auto Later = [Write = std::move(Write)]() mutable -> Task<> {
    co_await std::move(Write);
    co_await std::move(Write);
    // CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the task 'Write' is awaited after it was awaited [coro-task-reuse]
  };
  co_await Later();
}

Task<> alsoInLambda() {
  auto Write = save(1);
  co_await std::move(Write);
  auto Later = [Write = std::move(Write)]() mutable {
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: the task 'Write' is moved after it was awaited [coro-task-reuse]
    keep(std::move(Write));
  };
  Later();
}

// Variables

Task<int> parameter(Task<int> Row) {
  auto Other = std::move(Row);
  int Result = co_await std::move(Row);
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: the task 'Row' is awaited after it was moved [coro-task-reuse]
  co_return Result + co_await std::move(Other);
}

Task<int> bindings() {
  auto [Left, Right] = std::make_pair(fetch(1), fetch(2));
  int Sum = co_await std::move(Left);
  Sum += co_await std::move(Right);
  Sum += co_await std::move(Left);
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the task 'Left' is awaited after it was awaited [coro-task-reuse]
  co_return Sum;
}

Task<> pointer(std::unique_ptr<Task<>> Write) {
  co_await std::move(*Write);
  co_await std::move(*Write);
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task 'Write' is awaited after it was awaited [coro-task-reuse]
}

Task<> movedPointer(std::unique_ptr<Task<>> Write) {
  auto Other = std::move(Write);
  co_await std::move(*Write);
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task 'Write' is awaited after it was moved [coro-task-reuse]
  co_await std::move(*Other);
}

Task<int> optionalValue() {
  std::optional<Task<int>> Row = fetch(1);
  int Sum = co_await std::move(Row).value();
  Sum += co_await std::move(Row).value();
  // CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
  co_return Sum;
}

kit::Hot<int> render(int Id);
Task<int> eager() {
  auto Running = render(1);
  int Sum = co_await Running;
  co_return Sum + co_await Running;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the task 'Running' is awaited after it was awaited [coro-task-reuse]
}

Job<int> start(int Id);
Task<int> eagerWithMembers() {
  auto Running = start(1);
  int Sum = co_await Running;
  co_return Sum + co_await Running;
  // CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the task 'Running' is awaited after it was awaited [coro-task-reuse]
}

// Functions

class Session {
  Task<> Writing;

public:
  Session(Task<> Write) : Writing(std::move(Write)) {
    keep(std::move(Write));
    // CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the task 'Write' is moved after it was moved [coro-task-reuse]
  }
};

class Pair {
  Task<> Left, Right;

public:
  Pair(Task<> Both) : Left(std::move(Both)), Right(std::move(Both)) {}
  // CHECK-MESSAGES: :[[@LINE-1]]:62: warning: the task 'Both' is moved after it was moved [coro-task-reuse]
};

template <class T> Task<int> twice(T Row) {
  int Sum = co_await std::move(Row);
  co_return Sum + co_await std::move(Row);
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
}

Task<int> instantiate() {
  // The other instantiation, of a shared task, is fine.
  int Sum = co_await twice([]() -> kit::Shared<int> { co_return 1; }());
  co_return Sum + co_await twice(fetch(1));
}
