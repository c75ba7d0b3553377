#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""doc_examples.py ROOT MOCKS CLANG-TIDY...: runs the examples of the docs.

A page docs/checks/NAME.md has blocks that begin with ```cpp bad or ```cpp good.
In a bad one coro-NAME has to warn on exactly the lines that end in a comment
`// warning`; in a good one nowhere. Each has to compile, after

    #include "task.h"
    using namespace mock;
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

PRELUDE = '#include "task.h"\nusing namespace mock;\n'


def blocks(text):
    """Line number, kind and code of each marked block."""
    for match in re.finditer(r"^```cpp (bad|good)\n(.*?)^```$", text, re.M | re.S):
        yield text.count("\n", 0, match.start()) + 2, match[1], match[2]


def check(tidy, mocks, name, code):
    """The lines of the warnings, and the compiler's errors."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "prelude.h").write_text(PRELUDE)
        file = Path(folder, "example.cpp")
        file.write_text(code)
        done = subprocess.run(
            [*tidy, f"--checks=-*,{name}", "--config={}", str(file), "--",
             "-std=c++20", "-I", mocks, "-include", f"{folder}/prelude.h"],
            capture_output=True, text=True)
        warned = re.findall(rf"example\.cpp:(\d+):\d+: warning: .*\[{name}\]",
                            done.stdout)
        errors = [] if done.returncode == 0 else [done.stdout + done.stderr]
        return {int(line) for line in warned}, errors


def problems_of(page, mocks, tidy):
    name = f"coro-{page.stem}"
    seen = set()
    for start, kind, code in blocks(page.read_text(encoding="utf-8")):
        seen.add(kind)
        lines = code.splitlines()
        marked = {number for number, line in enumerate(lines, 1)
                  if re.search(r"// warning\b", line)}
        if (kind == "bad") != bool(marked):
            yield f"{page}:{start}: a {kind} example with {len(marked)} marked lines"
        warned, errors = check(tidy, mocks, name, code)
        yield from (f"{page}:{start}: {error}" for error in errors)
        for number in sorted(marked ^ warned):
            what = "no warning" if number in marked else "an unmarked warning"
            yield f"{page}:{start + number - 1}: {what}: {lines[number - 1].strip()}"
    for kind in {"bad", "good"} - seen:
        yield f"{page}: has no {kind} example"


def main():
    root, mocks, *tidy = sys.argv[1:]
    pages = sorted(Path(root, "docs", "checks").glob("*.md"))
    problems = [problem for page in pages for problem in problems_of(page, mocks, tidy)]
    if not pages:
        problems.append("no pages")
    print("\n".join(problems) or f"the examples of {len(pages)} pages hold")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
