// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: %check_coro %s coro-thread-local-across-suspension

#include "task.h"

using namespace mock;

// Another name.
Task<> fine() { co_return; }

namespace ordinary {
// Not a coroutine.
void placeholder() {}
} // namespace ordinary
