// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "task.h"
#include <unistd.h>

mock::Task<> coroutine() {
  sleep(1);
  co_return;
}
