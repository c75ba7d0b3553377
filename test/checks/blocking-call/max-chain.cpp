// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.MaxChain: 1}}'
//
// The step that blocks is always shown.

#include "task.h"
#include <unistd.h>

using namespace mock;

void a() { ::sleep(1); }
void b() { a(); }
void c() { b(); }

Task<> start() {
  c();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'c' blocks the thread in coroutine 'start' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-5]]:12: note: 'c' calls 'b' here
  // CHECK-NOTES: :[[@LINE-8]]:12: note: 'a' calls 'sleep' here
  // CHECK-NOTES: :[[@LINE-9]]:12: note: 'sleep' is a sleep; await {{.*}} instead
  co_return;
}
