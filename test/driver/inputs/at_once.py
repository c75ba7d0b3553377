#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""at_once.py CORO-TIDY -p FOLDER: kills runs, then does several at once.

Each of the latter has to end with findings, and to say the same.
"""

import os
import shutil
import subprocess
import sys
import time

command = [*sys.argv[1:], "--quiet"]
cache = os.path.join(sys.argv[-1], ".cache")


def start():
    return subprocess.Popen(command, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT)


for delay in (0.01, 0.05, 0.1, 0.2, 0.4, 0.8):
    shutil.rmtree(cache, ignore_errors=True)
    run = start()
    time.sleep(delay)
    run.kill()
    run.communicate()
    if subprocess.run(command, stdout=subprocess.DEVNULL).returncode != 1:
        sys.exit(f"a run after one that was killed at {delay} s failed")

shutil.rmtree(cache)
outputs = []
runs = [start() for _ in range(4)]
for run in runs:
    outputs.append(run.communicate()[0])
    if run.returncode != 1:
        sys.exit(f"exit code {run.returncode}: {outputs[-1].decode()}")
if len(set(outputs)) != 1:
    sys.exit("runs at once differ")
