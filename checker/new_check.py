#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""new_check.py NAME "Finds SENTENCE."

Makes the check coro-NAME: its class, its tests, its page, its registration and
its row in the README. The sentence says what the check finds, and stands in all
three texts. What is made builds and passes its tests; it finds coroutines that
are called 'placeholder', until you change that.
"""

import argparse
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULE = ROOT / "checker/plugin/CoroTidyModule.cpp"
README = ROOT / "README.md"

LICENSE = """\
// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""

HEADER = LICENSE + """
#ifndef CORO_TIDY_CHECKS_{guard}_H
#define CORO_TIDY_CHECKS_{guard}_H

#include "checks/CoroCheck.h"

namespace clang::tidy::coro {{

{comment}
///
/// For the user-facing documentation see docs/checks/{name}.md
class {class_name} : public CoroCheck {{
public:
  {class_name}(llvm::StringRef Name, ClangTidyContext *Context,
               std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;
}};

}} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_{guard}_H
"""

SOURCE = LICENSE + """
#include "checks/{class_name}.h"
#include "coroutine/Coroutines.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {{
namespace {{

constexpr Option Declared[] = {{CoroCheck::ModelFiles}};

// mock::Task<> placeholder() {{ co_return; }}
bool isFound(const FunctionDecl &Function) {{
  return coroutineBody(Function) && unqualifiedName(Function) == "placeholder";
}}

}} // namespace

{class_name}::{class_name}(llvm::StringRef Name, ClangTidyContext *Context,
                           std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {{}}

void {class_name}::checkUnit(TranslationUnit &Unit) {{
  for (const FunctionDecl *Function : Unit.functions())
    if (isFound(*Function))
      diag(Function->getLocation(), "%0 is a placeholder")
          << displayName(*Function);
}}

}} // namespace clang::tidy::coro
"""

FLAGGED = LICENSE + """
// RUN: %check_coro %s coro-{name}

#include "task.h"

using namespace mock;

Task<> placeholder() {{ co_return; }}
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: {{{{.*}}}} is a placeholder
"""

ACCEPTED = LICENSE + """
// RUN: %check_coro %s coro-{name}

#include "task.h"

using namespace mock;

// Another name.
Task<> fine() {{ co_return; }}

namespace ordinary {{
// Not a coroutine.
void placeholder() {{}}
}} // namespace ordinary
"""

PAGE = """\
# coro-{name}

{sentence}

## What it finds

## Why it is a bug

## Example

```cpp bad
Task<> placeholder() {{ // warning
  co_return;
}}
```

```cpp good
Task<> betterName() {{
  co_return;
}}
```

## Options

| option | default | meaning |
|---|---|---|
| `ModelFiles` | | further model files, separated by `;` |

## Limits

## How to silence it

`// NOLINT(coro-{name})` on the line of the finding.

## See also
"""


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(path.relative_to(ROOT))


def insert_sorted(text, pattern, line):
    """Puts a line among those that match the pattern, in the order of names."""
    lines = text.splitlines(keepends=True)
    alike = [index for index, each in enumerate(lines) if re.match(pattern, each)]
    if not alike:
        sys.exit(f"new_check.py: no place for: {line}")
    after = [index for index in alike if lines[index] < line]
    lines.insert(after[-1] + 1 if after else alike[0], line + "\n")
    return "".join(lines)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", 1)[1],
                                     usage='new_check.py NAME "Finds SENTENCE."')
    parser.add_argument("name", help="what the bad pattern is: lost-task")
    parser.add_argument("sentence")
    arguments = parser.parse_args()
    arguments.name = arguments.name.removeprefix("coro-")
    if not re.fullmatch(r"[a-z]+(-[a-z]+)*", arguments.name):
        parser.error(f"'{arguments.name}' is not made of lower-case-words")
    if not re.fullmatch(r"Finds [^.|\n]+\.", arguments.sentence):
        parser.error("the sentence is to be one: 'Finds ... .'")
    return arguments


def main():
    arguments = parse_arguments()
    name, sentence = arguments.name, arguments.sentence
    class_name = "".join(map(str.capitalize, name.split("-"))) + "Check"
    files = {
        f"checker/checks/{class_name}.h": HEADER,
        f"checker/checks/{class_name}.cpp": SOURCE,
        f"test/checks/{name}/flagged.cpp": FLAGGED,
        f"test/checks/{name}/accepted.cpp": ACCEPTED,
        f"docs/checks/{name}.md": PAGE,
    }
    for path in files:
        if (ROOT / path).exists():
            sys.exit(f"new_check.py: {path} is there already")

    module = insert_sorted(MODULE.read_text(encoding="utf-8"), r'#include "checks/',
                           f'#include "checks/{class_name}.h"')
    # One line each, as long as they are; clang-format breaks them again.
    module = re.sub(r"(?m)^ {2}registerCheck<[^;]*;",
                    lambda match: "  " + " ".join(match[0].split()), module)
    module = insert_sorted(module, r"  registerCheck<",
                           f'  registerCheck<{class_name}>("coro-{name}", '
                           "Factories, State);")
    readme = insert_sorted(README.read_text(encoding="utf-8"), r"\| .*\bcoro-",
                           f"| [coro-{name}](docs/checks/{name}.md) | "
                           f"{sentence.removeprefix('Finds ').rstrip('.')} |")
    values = {"name": name, "class_name": class_name, "sentence": sentence,
              "guard": class_name.upper(),
              "comment": textwrap.fill(sentence, 80, initial_indent="/// ",
                                       subsequent_indent="/// ")}
    for path, text in files.items():
        write(ROOT / path, text.format(**values))
    write(MODULE, module)
    write(README, readme)

    formatter = shutil.which("clang-format-22") or shutil.which("clang-format")
    if formatter:
        subprocess.run([formatter, "-i", "--style=file", MODULE,
                        *(ROOT / path for path in files if path.startswith("checker"))],
                       check=True)


if __name__ == "__main__":
    main()
