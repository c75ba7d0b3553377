// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// RUN: %check_coro %s coro-thread-local-across-suspension

#include "task.h"

using namespace mock;

Task<> placeholder() { co_return; }
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: {{.*}} is a placeholder
