#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Types into coro-clangd what is not a program yet: files that end after any of
their tokens, and files in which tokens are missing. It has to answer each.

usage: incomplete.py --coro-clangd FILE [--files N] [--every N] [--deletions N] [--seed N]
                     [--keep FOLDER] [--database FOLDER] PATH... [-- FLAGS]

PATH is a file or a folder of them.

--files N      of the files so many, chosen at random
--every N      of the prefixes each Nth (1: all), from a random one on
--deletions N  so many texts per file in which 1 to 8 tokens are deleted
--keep FOLDER  where texts go that brought the server down
--database     the folder of compile_commands.json, instead of FLAGS
"""

import argparse
import os
import random
import re
import sys
import time

import lsp

TOKEN = re.compile(r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'
                       |\w+|::|->|&&|\|\||[<>=!+\-*/]=|\+\+|--|\S""",
                   re.VERBOSE | re.DOTALL)


def texts_of(text, given, chance):
    """What one types, each with what was done to get it."""
    # The includes stay as they are; clangd builds them once.
    includes = [match.end() for match in re.finditer(r"^#include.*$", text, re.M)]
    start = max(includes, default=0)
    tokens = [match.span() for match in TOKEN.finditer(text, start)
              if not match[0].startswith(("//", "/*"))]
    first = chance.randrange(given.every)
    for _, end in tokens[first::given.every]:
        yield f"cut at {end}", text[:end]
    for _ in range(given.deletions):
        gone = sorted(chance.sample(tokens, min(len(tokens), chance.randint(1, 8))),
                      reverse=True)
        broken = text
        for begin, end in gone:
            broken = broken[:begin] + broken[end:]
        yield f"without the tokens at {[begin for begin, _ in gone]}", broken


def main():
    arguments, flags = sys.argv[1:], []
    if "--" in arguments:
        at = arguments.index("--")
        arguments, flags = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--coro-clangd", required=True)
    parser.add_argument("--files", type=int)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--deletions", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep")
    parser.add_argument("--database")
    parser.add_argument("paths", nargs="+")
    given = parser.parse_args(arguments)
    chance = random.Random(given.seed)
    files = sorted(os.path.realpath(file) for path in given.paths for file in (
        [path] if os.path.isfile(path) else
        [os.path.join(folder, name) for folder, _, names in os.walk(path)
         for name in names if name.endswith(".cpp")]))
    if given.files:
        files = chance.sample(files, min(given.files, len(files)))
    commands = {} if given.database else {
        file: ["clang++", *flags, "-c", file] for file in files}
    options = [f"--compile-commands-dir={given.database}"] if given.database else []

    def start():
        return lsp.Server(given.coro_clangd, os.path.dirname(files[0]), options,
                          commands)

    server, count, found, slowest, wrong = start(), 0, 0, (0, ""), 0
    for file in files:
        with open(file, encoding="utf-8") as opened:
            text = opened.read()
        document = server.open(file, text)
        server.diagnostics(document)
        for what, broken in texts_of(text, given, chance):
            begun = time.monotonic()
            try:
                server.change(document, broken)
                found += len(lsp.ours(server.diagnostics(document)))
            except lsp.ServerGone as gone:
                wrong += 1
                print(f"{file} {what}: {gone}")
                if given.keep:
                    os.makedirs(given.keep, exist_ok=True)
                    kept = os.path.join(given.keep, f"{wrong}.cpp")
                    with open(kept, "w", encoding="utf-8") as out:
                        out.write(broken)
                    with open(kept + ".log", "w", encoding="utf-8") as out:
                        out.write(server.log())
                server.stop()
                server = start()
                document = server.open(file, text)
                server.diagnostics(document)
            count += 1
            slowest = max(slowest, (time.monotonic() - begun, f"{file} {what}"))
        server.close(document)
    if server.stop() != 0:
        wrong += 1
        print("the server does not end well")
    print(f"{count} texts, {found} findings, {wrong} crashes or hangs; the slowest "
          f"took {slowest[0]:.1f} s: {slowest[1]}")
    # Without any finding the files did not compile as they are.
    sys.exit(wrong != 0 or found == 0)


main()
