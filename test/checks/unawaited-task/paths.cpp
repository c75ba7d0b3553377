// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-unawaited-task
//
// The notes show the way on which the task is lost.

#include "task.h"
#include <utility>

using namespace mock;

Task<> audit(int User);
Task<int> find(int User);
bool isNew(int User);

Task<int> earlyReturn(int User) {
  auto Record = audit(User);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+3]]:11: note: it is lost when this is true
  // CHECK-NOTES: :[[@LINE+3]]:5: note: its scope ends here
  int Row = co_await find(User);
  if (Row < 0)
    co_return -1;
  co_await std::move(Record);
  co_return Row;
}

Task<> missingElse(bool Loud) {
  auto Record = audit(1);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+2]]:7: note: it is lost when this is false
  // CHECK-NOTES: :[[@LINE+3]]:1: note: its scope ends here
  if (Loud)
    co_await std::move(Record);
}

Task<> overwritten() {
  auto Record = audit(1);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+1]]:3: note: it is overwritten here
  Record = audit(2);
  co_await std::move(Record);
}

// A parameter has no maker.
Task<> parameter(Task<> Record, int User) {
// CHECK-NOTES: :[[@LINE-1]]:25: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
// CHECK-NOTES: :[[@LINE+1]]:7: note: it is lost when this is false
  if (isNew(User))
    co_await std::move(Record);
}

// What was assigned is lost, not what was declared.
Task<> assigned(int User) {
  Task<> Record;
  // CHECK-NOTES: :[[@LINE-1]]:10: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE+3]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+3]]:7: note: it is lost when this is true
  // CHECK-NOTES: :[[@LINE+3]]:5: note: its scope ends here
  Record = audit(User);
  if (!isNew(User))
    co_return;
  co_await std::move(Record);
}

// The scope is the body of the loop.
Task<> inLoop(int Count) {
  for (int User = 0; User < Count; ++User) {
    auto Record = audit(User);
    // CHECK-NOTES: :[[@LINE-1]]:10: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
    // CHECK-NOTES: :[[@LINE-2]]:5: note: 'audit' makes it here
    // CHECK-NOTES: :[[@LINE+2]]:9: note: it is lost when this is false
    // CHECK-NOTES: :[[@LINE+3]]:3: note: its scope ends here
    if (isNew(User))
      co_await std::move(Record);
  }
}

// The jump leaves the scope.
Task<> leavesLoop(int Count) {
  for (int User = 0; User < Count; ++User) {
    auto Record = audit(User);
    // CHECK-NOTES: :[[@LINE-1]]:10: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
    // CHECK-NOTES: :[[@LINE-2]]:5: note: 'audit' makes it here
    // CHECK-NOTES: :[[@LINE+2]]:9: note: it is lost when this is true
    // CHECK-NOTES: :[[@LINE+2]]:7: note: its scope ends here
    if (isNew(User))
      break;
    co_await std::move(Record);
  }
}

// A loop that does not run.
Task<> zeroTimes(int Count) {
  auto Record = audit(0);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+2]]:27: note: it is lost when this is false
  // CHECK-NOTES: :[[@LINE+5]]:1: note: its scope ends here
  for (int User = 0; User < Count; ++User) {
    co_await std::move(Record);
    co_return;
  }
}

// The operand that decides.
Task<> operand(bool Loud, int User) {
  auto Record = audit(User);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+2]]:7: note: it is lost when this is false
  // CHECK-NOTES: :[[@LINE+3]]:1: note: its scope ends here
  if (Loud && isNew(User))
    co_await std::move(Record);
}

// The arm that does not take it.
Task<int> arm(bool Cached, int User) {
  auto Row = find(User);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Row' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'find' makes it here
  // CHECK-NOTES: :[[@LINE+2]]:13: note: it is lost when this is true
  // CHECK-NOTES: :[[@LINE+1]]:3: note: its scope ends here
  co_return Cached ? 0 : co_await std::move(Row);
}

// The branch that decides is shown, not the last one.
Task<> decided(bool Early) {
  auto Record = audit(1);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+2]]:7: note: it is lost when this is false
  // CHECK-NOTES: :[[@LINE+5]]:1: note: its scope ends here
  if (Early)
    co_await std::move(Record);
  for (int I = 0; I < 3; ++I)
    co_await find(I);
}

Task<> inOneCase(int Kind) {
  auto Record = audit(1);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+6]]:3: note: it is lost in this case
  // CHECK-NOTES: :[[@LINE+8]]:1: note: its scope ends here
  switch (Kind) {
  case 1:
    co_await std::move(Record);
    break;
  default:
    break;
  }
}

Task<> inNoCase(int Kind) {
  auto Record = audit(1);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+2]]:3: note: it is lost when no case is taken
  // CHECK-NOTES: :[[@LINE+5]]:1: note: its scope ends here
  switch (Kind) {
  case 1:
    co_await std::move(Record);
  }
}

Task<> inLoop(std::vector<int> Users) {
  auto Record = audit(1);
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the task 'Record' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'audit' makes it here
  // CHECK-NOTES: :[[@LINE+2]]:3: note: it is lost when this loop ends
  // CHECK-NOTES: :[[@LINE+5]]:1: note: its scope ends here
  for (int User : Users) {
    co_await std::move(Record);
    co_return;
  }
}
