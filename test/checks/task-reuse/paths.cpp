// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-reuse
//
// The note shows where the task was used first.

#include "task.h"
#include <exception>
#include <utility>

using namespace mock;

Task<int> find(int User);
void keep(Task<int> Kept);
bool isNew(int User);

Task<int> awaited() {
  auto Row = find(1);
  int First = co_await Row;
  int Second = co_await std::move(Row);
  // CHECK-NOTES: :[[@LINE-1]]:35: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
  // CHECK-NOTES: :[[@LINE-3]]:24: note: it was awaited here
  co_return First + Second;
}

Task<int> moved() {
  auto Row = find(1);
  keep(std::move(Row));
  co_return co_await std::move(Row);
  // CHECK-NOTES: :[[@LINE-1]]:32: warning: the task 'Row' is awaited after it was moved [coro-task-reuse]
  // CHECK-NOTES: :[[@LINE-3]]:18: note: it was moved here
}

Task<> movedTwice() {
  auto Row = find(1);
  keep(std::move(Row));
  keep(std::move(Row));
  // CHECK-NOTES: :[[@LINE-1]]:18: warning: the task 'Row' is moved after it was moved [coro-task-reuse]
  // CHECK-NOTES: :[[@LINE-3]]:18: note: it was moved here
  co_return;
}

Task<> movedAfterAwait() {
  auto Row = find(1);
  (void)co_await Row;
  keep(std::move(Row));
  // CHECK-NOTES: :[[@LINE-1]]:18: warning: the task 'Row' is moved after it was awaited [coro-task-reuse]
  // CHECK-NOTES: :[[@LINE-3]]:18: note: it was awaited here
}

// In a loop it is its own first use.
Task<int> nextRound(int Count) {
  auto Row = find(1);
  int Sum = 0;
  for (int I = 0; I < Count; ++I)
    Sum += co_await Row;
    // CHECK-NOTES: :[[@LINE-1]]:21: warning: the task 'Row' is awaited again in the next round of the loop [coro-task-reuse]
  co_return Sum;
}

// Of two ways the one that has the use is shown.
Task<int> oneBranch(int User) {
  auto Row = find(User);
  if (isNew(User))
    keep(std::move(Row));
  co_return co_await std::move(Row);
  // CHECK-NOTES: :[[@LINE-1]]:32: warning: the task 'Row' is awaited after it was moved [coro-task-reuse]
  // CHECK-NOTES: :[[@LINE-3]]:20: note: it was moved here
}

// Three uses are two findings.
Task<int> threeTimes() {
  auto Row = find(1);
  int Sum = co_await Row;
  Sum += co_await Row;
  // CHECK-NOTES: :[[@LINE-1]]:19: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
  // CHECK-NOTES: :[[@LINE-3]]:22: note: it was awaited here
  Sum += co_await Row;
  // CHECK-NOTES: :[[@LINE-1]]:19: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
  // CHECK-NOTES: :[[@LINE-5]]:19: note: it was awaited here
  co_return Sum;
}

// What threw was used, too.
Task<int> caught() {
  auto Row = find(1);
  try {
    co_return co_await Row;
  } catch (const std::exception &) {
  }
  co_return co_await std::move(Row);
  // CHECK-NOTES: :[[@LINE-1]]:32: warning: the task 'Row' is awaited after it was awaited [coro-task-reuse]
  // CHECK-NOTES: :[[@LINE-5]]:24: note: it was awaited here
}
