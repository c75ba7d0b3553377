#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""parity.py: the doors find the same.

Compares, for each test of the checks and each file of the example, what
clang-tidy finds with the plugin, what coro-tidy finds, and what coro-tidy finds
when it parses the bodies in system headers too. Takes one of ten files; with
--all, which takes a quarter of an hour, all of them.
"""

import argparse
import concurrent.futures
import glob
import os
import re
import shlex
import subprocess
import sys

FINDING = re.compile(r"^(.+?):(\d+):(\d+): (?:warning|error): (.*\[coro-.*\])$")

parser = argparse.ArgumentParser()
for name in ("tidy", "plugin", "driver", "source"):
    parser.add_argument(f"--{name}", required=True)
parser.add_argument("--all", action="store_true")
parser.add_argument("files", nargs="*")
options = parser.parse_args()
root = options.source


def flags_of(file):
    """The flags that the first RUN line of a test gives to the compiler."""
    with open(file, encoding="utf-8") as test:
        lines = re.findall(r"RUN:(.*)", test.read())
    run = " ".join(lines).replace("\\", " ").split("%check_coro")
    parts = " ".join(shlex.split(run[1] if len(run) > 1 else "")).split(" -- ")
    folder = os.path.dirname(file)
    own = parts[2].split() if len(parts) > 2 else []
    return ["-std=c++20", "-I", f"{root}/test/mocks", "-I", folder,
            *(flag.replace("%S", folder) for flag in own)]


def findings(command):
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, text=True)
    found = set()
    for line in done.stdout.splitlines():
        if match := FINDING.match(line):
            place = os.path.realpath(match[1])
            found.add((place, int(match[2]), int(match[3]),
                       match[4].replace(",-warnings-as-errors", "")))
    return found


def compare(file, flags):
    tidy = findings([options.tidy, f"--load={options.plugin}", "--quiet",
                     "--checks=-*,coro-*", "--config={}", "--header-filter=.*",
                     file, "--", *flags])
    driver = [options.driver, file, "--config={}", "--no-cache", "--quiet"]
    ours = findings([*driver, "--", *flags])
    whole = findings([*driver, "--parse-everything", "--", *flags])
    return [f"{name}: {place}:{line}:{column}: {message}"
            for name, which in (("clang-tidy alone", tidy - ours),
                                ("coro-tidy alone", ours - tidy),
                                ("with --parse-everything alone", whole - ours),
                                ("without --parse-everything alone", ours - whole))
            for place, line, column, message in sorted(which)]


def main():
    work = [(file, flags_of(file))
            for file in sorted(glob.glob(f"{root}/test/checks/*/*.cpp"))
            if "header-" not in open(file, encoding="utf-8").read()[:2000]]
    if not options.all and not options.files:
        work = work[::10]
    work += [(file, ["-std=c++20"])
             for file in sorted(glob.glob(f"{root}/docs/examples/relay/*.cpp"))]
    if options.files:
        work = [each for each in work
                if any(part in each[0] for part in options.files)]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        differences = sum(pool.map(lambda each: compare(*each), work), [])
    print("\n".join(differences))
    print(f"{len(work)} files, {len(differences)} differences")
    sys.exit(1 if differences or not work else 0)


main()
