// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call -suffix=DEFAULT
// RUN: %check_coro %s coro-blocking-call -suffix=MORE -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.Categories: "lock;log;metadata"}}'
// RUN: %check_coro %s coro-blocking-call -suffix=ALLOWED -- \
// RUN:   -config='{CheckOptions: {coro-blocking-call.AllowedFunctions: "app::nap; sleep"}}'
// RUN: %check_coro %s coro-blocking-call -suffix=MODELS -- \
// RUN:   -config='{CheckOptions: {ModelFiles: "%S/Inputs/house.yaml"}}'

#include "task.h"
#include <cstdio>
#include <fcntl.h>
#include <mutex>
#include <unistd.h>

using namespace mock;

namespace app {
void nap() { ::usleep(1); }
struct Disk {
  void flush(int Mode);
};
} // namespace app

Task<> all(std::mutex &M, app::Disk &D) {
  ::sleep(1);
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread
  // CHECK-MESSAGES-MODELS: :[[@LINE-2]]:3: warning: 'sleep' blocks the thread
  app::nap();
  // CHECK-MESSAGES-DEFAULT: :[[@LINE-1]]:3: warning: 'nap' blocks the thread
  // CHECK-MESSAGES-MODELS: :[[@LINE-2]]:3: warning: 'nap' blocks the thread
  M.lock();
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:5: warning: 'std::mutex::lock' blocks the thread
  M.unlock();
  int File = ::open("a", O_RDONLY);
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:14: warning: 'open' blocks the thread
  std::printf("%d\n", File);
  // CHECK-MESSAGES-MORE: :[[@LINE-1]]:3: warning: 'printf' blocks the thread
  D.flush(1);
  // CHECK-MESSAGES-MODELS: :[[@LINE-1]]:5: warning: 'app::Disk::flush' blocks the thread
  D.flush(0);
  co_return;
}
