// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-thread-local-across-suspension
//
// The error of a call whose result goes into a variable that is set again.

#include "task.h"

#include <cerrno>
#include <unistd.h>

using namespace mock;

Task<> pause_for(int milliseconds);

Task<long> retry(int fd, const void *data, unsigned long size) {
  long sent = ::write(fd, data, size);
  for (int i = 0; sent < 0 && i < 3; ++i) {
    co_await pause_for(10);
    if (errno != EAGAIN)
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the error of a call is read after the coroutine was suspended [coro-thread-local-across-suspension]
      co_return -1;
    sent = ::write(fd, data, size);
  }
  co_return sent;
}
Task<long> until_done(int fd, void *data, unsigned long size) {
  long got = ::read(fd, data, size);
  while (got < 0) {
    co_await pause_for(10);
    if (errno == EBADF)
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the error of a call is read after the coroutine was suspended [coro-thread-local-across-suspension]
      break;
    got = ::read(fd, data, size);
  }
  co_return got;
}

// Fine because errno is asked before the wait
Task<long> retry_ok(int fd, const void *data, unsigned long size) {
  long sent = ::write(fd, data, size);
  for (int i = 0; sent < 0 && i < 3; ++i) {
    if (errno != EAGAIN)
      co_return -1;
    co_await pause_for(10);
    sent = ::write(fd, data, size);
  }
  co_return sent;
}
// Fine because the call is made again before errno is asked
Task<long> again(int fd, const void *data, unsigned long size) {
  long sent = ::write(fd, data, size);
  while (sent < 0) {
    co_await pause_for(10);
    sent = ::write(fd, data, size);
    if (sent < 0 && errno != EAGAIN)
      co_return -1;
  }
  co_return sent;
}
