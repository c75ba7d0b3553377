#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What each check adds to the time in which clangd builds the AST of a file: at
most 8 %, which is what clangd calls fast.

usage: cost.py CORO-CLANGD FILE [COMPILE-COMMANDS-FOLDER]

A check above it is measured again, because other programs run too.
"""

import re
import subprocess
import sys

LIMIT = 8
ATTEMPTS = 5


def measure(program, file, checks, folder):
    done = subprocess.run(
        [program, f"--check={file}", f"--check-tidy-time={checks}",
         "--check-locations=false", f"--compile-commands-dir={folder}"],
        capture_output=True, text=True)
    return {check: int(percent) for check, percent in
            re.findall(r"\] +(coro-[\w-]+) = (-?\d+)%", done.stderr)}


def main():
    program, file = sys.argv[1:3]
    folder = sys.argv[3] if len(sys.argv) > 3 else "."
    best, again = {}, "coro-*"
    for _ in range(ATTEMPTS):
        for check, percent in measure(program, file, again, folder).items():
            best[check] = min(percent, best.get(check, percent))
        slow = [check for check, percent in best.items() if percent > LIMIT]
        if best and not slow:
            break
        again = ",".join(slow) or "coro-*"
    for check, percent in sorted(best.items()):
        print(f"{percent:4} %  {check}")
    sys.exit("no check was measured" if not best else bool(slow))


main()
