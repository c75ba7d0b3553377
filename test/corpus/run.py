#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""run.py: what coro-tidy finds in real projects, and what people think of it.

projects/NAME.json says of a project where it comes from, its commit, the units
that were analysed, and of each finding whether it is right:

    right      the code does what the check says
    debatable  it does, and its authors may well want it so
    wrong      it does not
    unread     nobody has looked

    run.py table                     the numbers, as docs/real-code.md has them
    run.py compare TOOL FOLDER [NAME...]   what a change adds and removes
    run.py record TOOL FOLDER [NAME...]    the same, and writes it down

TOOL is a coro-tidy, FOLDER/NAME a checkout of the commit with its
compile_commands.json. A finding is known by its check, file and line. What
`record` adds is unread, and what is gone is removed; for a new project give it
projects/NAME.json with "repository", "commit" and "units" first.
"""

import collections
import json
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path(__file__).resolve().parent / "projects"
VERDICTS = ["right", "debatable", "wrong", "unread"]


def read(name):
    path = DATA / f"{name}.json"
    project = json.loads(path.read_text(encoding="utf-8"))
    for key in ("repository", "commit", "units"):
        if not project.get(key):
            sys.exit(f"{path}: '{key}' is missing")
    for number, found in enumerate(project.setdefault("findings", [])):
        if found.get("verdict") not in VERDICTS:
            sys.exit(f"{path}: finding {number}: the verdict is one of "
                     f"{', '.join(VERDICTS)}")
        if found["verdict"] in ("debatable", "wrong") and not found.get("why"):
            sys.exit(f"{path}: finding {number}: 'why' is missing")
    return project


def write(name, project):
    """A line for each finding, so that a diff shows what came and went."""
    findings = sorted(project.pop("findings"), key=place)
    lines = ",\n".join("    " + json.dumps(each) for each in findings)
    head = json.dumps(project, indent=2)[:-2]
    (DATA / f"{name}.json").write_text(
        f'{head},\n  "findings": [\n{lines}\n  ]\n}}\n', encoding="utf-8")


def place(found):
    return found["file"], found["line"], found["check"]


def analyse(tool, folder, units):
    """The findings of a run, and the units that could not be analysed."""
    with tempfile.NamedTemporaryFile(suffix=".json") as report:
        done = subprocess.run(
            [tool, "-p", folder, "--no-cache", "--config={}", "--quiet",
             "--format", "json", "-o", report.name,
             *(str(folder / unit) for unit in units)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode not in (0, 1, 3):
            sys.exit(f"{folder}: {done.stderr}")
        found = json.load(open(report.name, encoding="utf-8"))
    failed = [unit["file"] for unit in found["units"]
              if unit["outcome"] not in ("analysed", "cached")]
    return [{key: each[key] for key in ("check", "file", "line", "function")}
            for each in found["findings"]], failed


def compare(tool, root, name, records):
    project = read(name)
    new, failed = analyse(tool, root / name, project["units"])
    old = collections.defaultdict(list)
    for found in project["findings"]:
        old[place(found)].append(found)
    findings = []
    for found in new:
        known = old[place(found)]
        if not known:
            print(f"{name}: + {found['file']}:{found['line']} {found['check']}")
        findings.append(known.pop() if known else found | {"verdict": "unread"})
    for found in (each for known in old.values() for each in known):
        print(f"{name}: - {found['file']}:{found['line']} {found['check']} "
              f"({found['verdict']})")
    for unit in failed:
        print(f"{name}: not analysed: {unit}")
    if records:
        write(name, project | {"findings": findings})


def table(names):
    print("| project | units | findings | right | debatable | wrong |")
    print("|---|--:|--:|--:|--:|--:|")
    total = collections.Counter()
    for name in names:
        project = read(name)
        row = collections.Counter(each["verdict"] for each in project["findings"])
        if row["unread"]:
            sys.exit(f"{name}: {row['unread']} findings are unread")
        row["units"] = len(project["units"])
        total += row
        print_row(f"{project['repository']} @ {project['commit'][:10]}", row)
    print_row("in all", total)


def print_row(name, row):
    counts = [row[each] for each in VERDICTS[:3]]
    print(f"| {name} | {row['units']} | {sum(counts)} | "
          f"{' | '.join(map(str, counts))} |")


def main():
    known = sorted(path.stem for path in DATA.glob("*.json"))
    command, *arguments = sys.argv[1:] or [""]
    if command == "table" and not arguments:
        table(known)
    elif command in ("compare", "record") and len(arguments) >= 2:
        tool, root, *names = arguments
        for name in names or known:
            compare(tool, Path(root).resolve(), name, command == "record")
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
