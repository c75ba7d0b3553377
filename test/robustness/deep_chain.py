# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a program in which a coroutine sleeps 100,000 calls down."""

DEPTH = 100_000
print('#include "task.h"\n#include <unistd.h>')
print("void f0() { ::sleep(1); }")
for depth in range(1, DEPTH):
    print(f"void f{depth}() {{ f{depth - 1}(); }}")
print(f"mock::Task<> deep() {{ f{DEPTH - 1}(); co_return; }}")
