#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What .clangd and .clang-tidy say to coro-clangd about the checks.

usage: options.py CORO-CLANGD MOCKS WORK
"""

import os
import sys

import lsp

TEXT = """#include "task.h"
#include <unistd.h>
mock::Task<> other();
mock::Task<> coroutine() {
  sleep(1);
  other();
  co_return;
}
"""
BOTH = {"coro-blocking-call", "coro-discarded-task"}
# The name, .clang-tidy, .clangd, and what is found.
CASES = [
    ("nothing", None, None, BOTH),
    ("clang-tidy's own", "Checks: '-*,bugprone-*'", None, BOTH),
    ("one of ours off", "Checks: '-coro-discarded-task'", None,
     {"coro-blocking-call"}),
    ("one of ours on", "Checks: '-*,coro-discarded-task'", None,
     {"coro-discarded-task"}),
    ("another check of coroutines",
     "Checks: '-*,cppcoreguidelines-avoid-capturing-lambda-coroutines'", None, BOTH),
    ("all of ours off", "Checks: '-*,bugprone-*,-coro-*'", None, set()),
    ("off in .clangd", None, "Diagnostics: {ClangTidy: {Remove: coro-*}}", set()),
    ("on in .clangd", "Checks: '-coro-*'",
     "Diagnostics: {ClangTidy: {Add: coro-blocking-call}}", {"coro-blocking-call"}),
    ("suppressed in .clangd", None,
     "Diagnostics: {Suppress: coro-blocking-call}", {"coro-discarded-task"}),
    ("an option in .clangd", None,
     "Diagnostics: {ClangTidy: {CheckOptions: "
     "{coro-blocking-call.AllowedFunctions: sleep}}}", {"coro-discarded-task"}),
    ("an option in .clang-tidy",
     "CheckOptions: {coro-blocking-call.AllowedFunctions: sleep}", None,
     {"coro-discarded-task"}),
]


def main():
    program, mocks, work = sys.argv[1:]
    wrong = 0
    commands, files = {}, {}
    for number, (name, tidy, clangd, wanted) in enumerate(CASES):
        folder = os.path.join(work, str(number))
        os.makedirs(folder)
        for file, content in ((".clang-tidy", tidy), (".clangd", clangd)):
            if content:
                with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
                    out.write(content + "\n")
        path = os.path.join(os.path.realpath(folder), "main.cpp")
        with open(path, "w", encoding="utf-8") as out:
            out.write(TEXT)
        commands[path] = ["clang++", "-std=c++20", f"-I{mocks}", "-c", path]
        files[path] = (name, wanted)
    server = lsp.Server(program, work, commands=commands)
    for path, (name, wanted) in files.items():
        document = server.open(path)
        found = {each["code"] for each in lsp.ours(server.diagnostics(document))}
        wrong += found != wanted
        print(f"{'ok' if found == wanted else 'WRONG'}: {name}: {sorted(found)}")
    wrong += server.stop() != 0
    if wrong:
        print(server.log())
    sys.exit(wrong != 0)


main()
