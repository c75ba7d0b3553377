#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""database.py FOLDER UNIT...: writes FOLDER/compile_commands.json.

A UNIT is a file of FOLDER and the flags that are its own: "a.cpp -DX -o a.o".
All have C++20 and the mocks. With --shuffle=N the units are in another order.
"""

import argparse
import json
import os
import random
import shlex

parser = argparse.ArgumentParser()
parser.add_argument("--mocks", required=True)
parser.add_argument("--shuffle", type=int)
parser.add_argument("folder")
parser.add_argument("units", nargs="*")
options = parser.parse_args()

folder = os.path.abspath(options.folder)
entries = []
for unit in options.units:
    file, *flags = shlex.split(unit)
    entries.append({
        "directory": folder, "file": file,
        "arguments": ["clang++", "-std=c++20", "-I", options.mocks, *flags,
                      "-c", file]})
if options.shuffle is not None:
    random.Random(options.shuffle).shuffle(entries)
# A repository of its own, so that the cache is in it and not further up.
os.makedirs(f"{folder}/.git", exist_ok=True)
with open(f"{folder}/compile_commands.json", "w", encoding="utf-8") as out:
    json.dump(entries, out, indent=1)
