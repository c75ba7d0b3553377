// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call -suffix=DEFAULT
// RUN: %check_coro %s coro-blocking-call -suffix=MORE -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Categories: "lock;log;metadata"}}'
// RUN: %check_coro %s coro-blocking-call -suffix=ALLOWED -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.AllowedFunctions: "app::nap; sleep;app::Disk::sync;app::start"}}'
// RUN: %check_coro %s coro-blocking-call -suffix=MODELS -- \
// RUN:   -config='{CheckOptions: {ModelFiles: "%S/Inputs/house.yaml"}}'
// RUN: %check_coro %s coro-blocking-call -suffix=NONE -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Categories: ""}}'

#include "task.h"
#include <cstdio>
#include <fcntl.h>
#include <iostream>
#include <mutex>
#include <sys/stat.h>
#include <unistd.h>

using namespace mock;

namespace app {
void nap() { ::usleep(1); }
void nap(int Seconds) { ::usleep(Seconds); }
struct Disk {
  void flush(int Mode);
  void sync() { ::sync(); }
  void syncTwice() {
    sync();
    ::sync();
  }
};
} // namespace app

Task<> sleeps() {
  ::sleep(1);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread
  // CHECK-MESSAGES-MODELS: :[[@LINE-2]]:3: warning: 'sleep' blocks the thread
  app::nap();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: 'nap' blocks the thread
  // CHECK-MESSAGES-MODELS: :[[@LINE-2]]:3: warning: 'nap' blocks the thread
  // A name stands for all its overloads.
  app::nap(2);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: 'nap' blocks the thread
  // CHECK-MESSAGES-MODELS: :[[@LINE-2]]:3: warning: 'nap' blocks the thread
  co_return;
}

// An allowed function is allowed, not what it calls.
Task<> syncs(app::Disk &D) {
  D.sync();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:5: warning: 'Disk::sync' blocks the thread
  // CHECK-MESSAGES-MODELS: :[[@LINE-2]]:5: warning: 'Disk::sync' blocks the thread
  D.syncTwice();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:5: warning: 'Disk::syncTwice' blocks the thread
  // CHECK-MESSAGES-MODELS: :[[@LINE-2]]:5: warning: 'Disk::syncTwice' blocks the thread
  // CHECK-MESSAGES-ALLOWED: :[[@LINE-3]]:5: warning: 'Disk::syncTwice' blocks the thread
  co_return;
}

namespace app {
// A coroutine may be allowed as a whole.
Task<> start() {
  ::usleep(1);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: 'usleep' blocks the thread
  // CHECK-MESSAGES-MODELS: :[[@LINE-2]]:3: warning: 'usleep' blocks the thread
  co_return;
}
} // namespace app

// A model makes the user's own function block, under its condition.
Task<> flushes(app::Disk &D, int Mode) {
  D.flush(1);
  // CHECK-MESSAGES-MODELS: :[[@LINE-1]]:5: warning: 'app::Disk::flush' blocks the thread
  D.flush(0);
  D.flush(Mode);
  // CHECK-MESSAGES-MODELS: :[[@LINE-1]]:5: warning: 'app::Disk::flush' blocks the thread
  co_return;
}

// The categories that are off by default.
Task<> locks(std::mutex &M) {
  M.lock();
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:5: warning: 'std::mutex::lock' blocks the thread
  M.unlock();
  {
    std::lock_guard Guard(M);
    // CHECK-MESSAGES-MORE: :[[@LINE-1]]:21: warning: the construction of 'std::lock_guard' blocks the thread
  }
  if (M.try_lock())
    M.unlock();
  co_return;
}
Task<> opens() {
  int File = ::open("a", O_RDONLY);
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:14: warning: 'open' blocks the thread
  struct stat Status;
  ::stat("a", &Status);
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:3: warning: 'stat' blocks the thread
  ::close(File);
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:3: warning: 'close' blocks the thread
  co_return;
}
Task<> logs(int N) {
  std::printf("%d\n", N);
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:3: warning: 'printf' blocks the thread
  std::fprintf(stderr, "%d\n", N);
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:3: warning: 'fprintf' blocks the thread
  co_return;
}
