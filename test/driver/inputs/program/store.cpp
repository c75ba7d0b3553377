// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "store.h"
#include <unistd.h>

static void sync(int file) { fsync(file); }

void save(int file) { sync(file); }
