#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what the three doors find: clang-tidy with the plugin, coro-tidy and
coro-clangd.

usage: parity.py --tools LLVM-BIN --plugin FILE --coro-tidy FILE
                 --coro-clangd FILE --mocks FOLDER --work FOLDER PATH...

PATH is a file or a folder of them. Each is a project of its own: coro-tidy goes first and writes the index,
which the others then read. Compared are place, check and message of each
finding in the file itself. docs/editor.md lists the KINDS of differences.
"""

import argparse
import collections
import json
import os
import re
import shutil
import subprocess
import sys

import lsp

# Differences that are meant: the check, a part of the line, the doors that do
# not find it, why.
KINDS = [
    ("coro-lost-task", ".enqueue(", ["coro-clangd"],
     "what a template does with a callable is in its body, in a header"),
]
WARNING = re.compile(r"^(.+?):(\d+):(\d+): (?:warning|error): (.*) \[(coro-[\w-]+)")


def flags_of(path, mocks):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    standard = re.search(r"RUN:.*(-std=[\w+]+)", text)
    return [standard[1] if standard else "-std=c++20", f"-I{mocks}"]


def own(found, path):
    """Those of FOUND in PATH itself, without its name."""
    return {rest for file, *rest in map(tuple, found)
            if os.path.realpath(file) == path for rest in [tuple(rest)]}


def with_coro_tidy(given, folder, path, flags):
    done = subprocess.run(
        [given.coro_tidy, "--quiet", "--format=json",
         f"--cache-dir={folder}/.cache/coro-tidy", path, "--", *flags],
        cwd=folder, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        return None
    # Its paths begin at the root of a repository, if there is one.
    return {(os.path.join(folder, os.path.basename(each["file"])), each["line"],
             each["column"], each["message"], each["check"])
            for each in json.loads(done.stdout)["findings"]}


def with_plugin(given, folder, path, flags):
    done = subprocess.run(
        [os.path.join(given.tools, "clang-tidy"), f"--load={given.plugin}",
         "--quiet", "--checks=-*,coro-*", path, "--", *flags],
        cwd=folder, capture_output=True, text=True)
    return {(found[1], int(found[2]), int(found[3]), found[4], found[5])
            for line in done.stdout.splitlines() if (found := WARNING.match(line))}


def with_clangd(server, path):
    document = server.open(path)
    try:
        diagnostics = server.diagnostics(document)
    except lsp.ServerGone as gone:
        sys.exit(f"{path}: {gone}\n{server.log()}")
    found = {(path, lsp.line_of(each), each["range"]["start"]["character"] + 1,
              # clangd begins with a capital and tells of fixes and notes.
              re.split(r" \(fix(?:es)? available\)|\n", each["message"])[0],
              each["code"])
             for each in lsp.ours(diagnostics)}
    server.close(document)
    return {(file, line, column, message[:1].lower() + message[1:], check)
            for file, line, column, message, check in found}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    for option in ("tools", "plugin", "coro-tidy", "coro-clangd", "mocks", "work"):
        parser.add_argument(f"--{option}", required=True)
    parser.add_argument("--all", action="store_true",
                        help="all files; without it one of ten")
    parser.add_argument("paths", nargs="+")
    given = parser.parse_args()
    files = sorted(file for path in given.paths for file in (
        [path] if os.path.isfile(path) else
        [os.path.join(folder, name) for folder, _, names in os.walk(path)
         for name in names if name.endswith(".cpp")]))
    if not given.all:
        files = files[::10]

    work = os.path.realpath(given.work)
    shutil.rmtree(work, ignore_errors=True)
    projects = {}
    for number, file in enumerate(files):
        folder = os.path.join(work, f"{number}")
        shutil.copytree(os.path.dirname(file), folder,
                        ignore=lambda _, names: [
                            each for each in names if each.endswith((".cpp", ".test"))])
        path = shutil.copy(file, folder)
        projects[path] = (file, folder, flags_of(path, given.mocks))
    server = lsp.Server(given.coro_clangd, work, commands={
        path: [os.path.join(given.tools, "clang++"), *flags, "-c", path]
        for path, (_, _, flags) in projects.items()})

    total, differences = collections.Counter(), 0
    for path, (file, folder, flags) in projects.items():
        found = {"coro-tidy": with_coro_tidy(given, folder, path, flags),
                 "plugin": with_plugin(given, folder, path, flags),
                 "coro-clangd": with_clangd(server, path)}
        if found["coro-tidy"] is None:  # does not compile: nothing is promised
            total["left out"] += 1
            continue
        seen = {door: own(each, path) for door, each in found.items()}
        everything = set.union(*seen.values())
        total["findings"] += len(everything)
        total["files"] += 1
        for each in sorted(everything):
            missing = [door for door in seen if each not in seen[door]]
            if not missing:
                continue
            line, column, message, check = each
            with open(path, encoding="utf-8") as opened:
                text = opened.read().splitlines()[line - 1]
            reason = next((why for of, part, doors, why in KINDS
                           if of == check and part in text and doors == missing), "")
            total["meant"] += bool(reason)
            differences += not reason
            print(f"{file}:{line}:{column}: {message} [{check}]: "
                  f"not by {', '.join(missing)}{reason and ': ' + reason}")
    server.stop()
    print(f"{total['files']} files, {total['findings']} findings, "
          f"{differences} differences, {total['meant']} that are meant, "
          f"{total['left out']} files left out")
    sys.exit(differences != 0)


main()
