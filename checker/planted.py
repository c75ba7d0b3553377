#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""planted.py DIRECTORY REPORT: compares what was found with what was planted.

DIRECTORY has sources with `// planted: CHECK - why` comments; REPORT is what
`coro-tidy --format=json` says of them. Ends with 0 if they say the same, with 1
if not, and with 3 if something could not be analysed.
"""

import collections
import json
import os
import re
import sys
from pathlib import Path

SOURCES = (".cpp", ".h")

Planted = collections.namedtuple("Planted", "file line check")


def read_planted(directory):
    for path in sorted(Path(directory).resolve().rglob("*")):
        if path.suffix not in SOURCES:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for index, line in enumerate(lines):
            match = re.search(r"// planted: ([\w-]+)", line)
            if not match:
                continue
            # A comment alone on its line is about the code that follows.
            while index < len(lines) - 1 and lines[index].lstrip().startswith("//"):
                index += 1
            yield Planted(str(path), index + 1, match[1])


def read_report(file):
    with open(file, encoding="utf-8") as text:
        report = json.load(text)
    found = [Planted(os.path.realpath(os.path.join(report["root"], each["file"])),
                     each["line"], each["check"]) for each in report["findings"]]
    return found, report["complete"]


def compare(found, planted):
    """Pairs what was found with what was planted, at most one line apart."""
    missing, unexpected = list(planted), []
    for each in found:
        near = [mark for mark in missing if mark.file == each.file
                and mark.check == each.check and abs(mark.line - each.line) <= 1]
        if near:
            missing.remove(min(near, key=lambda mark: abs(mark.line - each.line)))
        else:
            unexpected.append(each)
    return missing, unexpected


def main():
    directory, report = sys.argv[1:]
    planted = list(read_planted(directory))
    found, complete = read_report(report)
    missing, unexpected = compare(found, planted)
    for mark in missing:
        print(f"{mark.file}:{mark.line}: not found: {mark.check}")
    for each in unexpected:
        print(f"{each.file}:{each.line}: not planted: {each.check}")
    rest = "nothing else"
    if unexpected:
        rest = f"and {len(unexpected)} other finding{'s' * (len(unexpected) > 1)}"
    print(f"coro-tidy: found {len(planted) - len(missing)} of {len(planted)} "
          f"planted mistakes, {rest}")
    if not complete:
        sys.exit(3)
    sys.exit(bool(missing or unexpected or not planted))


if __name__ == "__main__":
    main()
