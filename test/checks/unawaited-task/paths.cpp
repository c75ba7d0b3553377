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
