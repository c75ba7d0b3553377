// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "store.h"
#include "task.h"
#include "version.h"

mock::Task<> answer() {
  save(version());
  co_return;
}

int main() {}
