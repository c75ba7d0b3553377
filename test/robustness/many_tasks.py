# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints coroutines with many tasks, each awaited under one of two opposite
conditions, and two tasks more that are awaited under one condition only."""

COUNT = 300


def opposite(name, task):
    return f"""\
  auto {task} = work();
  if ({name})
    co_await std::move({task});
  log();
  if (!{name})
    co_await std::move({task});
"""


def lost(name, task):
    return f"  auto {task} = work();\n  if ({name})\n    co_await std::move({task});\n"


print('#include "task.h"\n#include <utility>')
print("using namespace mock;\nTask<> work();\nvoid log();")
flags = [f"flag{i}" for i in range(COUNT)]
declared = ", ".join(f"bool {each}" for each in flags)

print(f"Task<> row({declared}) {{")
for i, each in enumerate(flags):
    print(opposite(each, f"task{i}"), end="")
print(lost(flags[0], "last"), end="}\n")

# All questions are asked again in the next round.
print(f"Task<> loop({declared}, int rounds) {{\n  while (rounds-- > 0) {{")
for i, each in enumerate(flags):
    print(opposite(each, f"task{i}"), end="")
print("  }\n}")

# All questions are asked first, and once more at the end.
print(f"Task<> around({declared}) {{")
for each in flags[:40]:
    print(f"  if ({each})\n    log();")
for i, each in enumerate(flags):
    print(opposite(each, f"task{i}"), end="")
for each in flags[:40]:
    print(f"  if ({each})\n    log();")
print(lost(flags[0], "end"), end="}\n")
