#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""damage.py CACHE: damages each file in the cache, each in another way."""

import os
import sys

units = os.path.join(sys.argv[1], "units")
files = [os.path.join(units, name) for name in sorted(os.listdir(units))]
for number, file in enumerate([os.path.join(sys.argv[1], "index"), *files]):
    if os.path.basename(file).startswith("llvmcache.timestamp"):
        continue
    with open(file, "rb") as old:
        text = bytearray(old.read())
    if number % 4 == 0:
        text = text[: len(text) // 2]
    elif number % 4 == 1:
        text[-1] ^= 1
    elif number % 4 == 2:
        text = b""
    else:
        text = b"nonsense\n" * 100
    with open(file, "wb") as new:
        new.write(text)
