#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a check over a test and compares the findings with the test's comments.

In a test:

    // RUN: %check_coro %s CHECK [-suffix=NAME] [-expect-clang-tidy-error]
    // RUN:   [-- CLANG-TIDY-ARGUMENTS [-- COMPILER-ARGUMENTS]]

    sleep(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: ...

CHECK-MESSAGES  the warnings and errors, all of them and in order; a test
                without any must be silent
CHECK-NOTES     the same with the notes
CHECK-FIXES     the text after --fix, which has to compile, to offer no fix
                again and to be rid of the warnings that were fixed
With -suffix=NAME also CHECK-MESSAGES-NAME and so on. With
-expect-clang-tidy-error the test does not compile, and what the compiler says
about that is not looked at. The language is C++20 and test/mocks is on the
include path unless the arguments say more.
"""

import argparse
import os
import re
import shlex
import subprocess
import sys
import tempfile

DIAGNOSTIC = re.compile(r"^(?:.+:\d+:\d+: )?(warning|error|fatal error|note): ")
APPLIED = "note: FIX-IT applied suggested code changes"
DIRECTIVE = r"//\s*(?:%s)(?:-(?:NEXT|SAME|DAG|NOT|LABEL|COUNT-\d+))?:"


def fail(message, output=""):
    sys.exit(f"check_coro_tidy: {message}\n{output}")


def split_at_dashes(arguments):
    """Three lists: ours, clang-tidy's, the compiler's."""
    parts = [[]]
    for argument in arguments:
        if argument == "--" and len(parts) < 3:
            parts.append([])
        else:
            parts[-1].append(argument)
    return (parts + [[], []])[:3]


def parse_arguments():
    own, tidy, compiler = split_at_dashes(sys.argv[1:])
    parser = argparse.ArgumentParser(prog="check_coro_tidy", allow_abbrev=False)
    parser.add_argument("--tools", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--mocks", required=True)
    parser.add_argument("file")
    parser.add_argument("check")
    parser.add_argument("-suffix")
    parser.add_argument("-expect-clang-tidy-error", action="store_true",
                        dest="expect_error")
    options = parser.parse_args(own)
    options.tidy = tidy
    options.compiler = ["-std=c++20", "-I", options.mocks,
                        "-I", os.path.dirname(options.file)]
    # Clang 16 knows the later standards by these names only.
    options.compiler += [{"-std=c++23": "-std=c++2b",
                          "-std=c++26": "-std=c++2c"}.get(a, a)
                         for a in compiler]
    return options


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    print("$", shlex.join(command), f"\n{done.stdout}", flush=True)
    return done


def given(arguments, *names):
    return any(a.lstrip("-").split("=")[0] in names for a in arguments)


def run_tidy(options, file, *more):
    """The diagnostics that clang-tidy prints, a line each."""
    command = [f"{options.tools}/clang-tidy", f"--load={options.plugin}",
               f"--checks=-*,{options.check}", *options.tidy, *more]
    if not given(options.tidy, "config", "config-file"):
        command.append("--config={}")
    if not given(options.tidy, "header-filter"):
        command.append("--header-filter=.*")
    done = run([*command, file, "--", *options.compiler])
    if done.returncode < 0 or "Stack dump:" in done.stdout:
        fail("clang-tidy crashed")
    if "load request ignored" in done.stdout:
        fail("the plugin was not loaded")
    lines = [line for line in done.stdout.splitlines() if DIAGNOSTIC.match(line)]
    if options.expect_error:
        lines = [line for line in lines if "[clang-diagnostic-" not in line]
    elif done.returncode != 0 and not any(" error: " in line for line in lines):
        fail(f"clang-tidy ended with {done.returncode}")
    return lines


def prefixes(text, kind, suffix):
    """Those of CHECK-KIND and CHECK-KIND-SUFFIX that the test uses."""
    names = [f"CHECK-{kind}"] + ([f"CHECK-{kind}-{suffix}"] if suffix else [])
    return [name for name in names if re.search(DIRECTIVE % name, text)]


def file_check(options, names, text, *more):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as checked:
        checked.write(text)
        checked.flush()
        done = run([f"{options.tools}/FileCheck", options.file,
                    f"--input-file={checked.name}", "--allow-empty",
                    f"--check-prefixes={','.join(names)}", *more])
    if done.returncode != 0:
        fail(f"the {names[0]} lines do not hold")


def is_note(line):
    return DIAGNOSTIC.match(line)[1] == "note"


def check_messages(options, text):
    found = run_tidy(options, options.file)
    names = prefixes(text, "NOTES", options.suffix)
    messages = prefixes(text, "MESSAGES", options.suffix)
    if names and messages:
        fail("CHECK-NOTES and CHECK-MESSAGES in one test")
    if not names:
        found = [line for line in found if not is_note(line)]
        names = messages
    if not names and found:
        fail("expected silence, found:", "\n".join(found))
    if names:
        file_check(options, names, "\n".join(found) + "\n",
                   "--implicit-check-not={{warning|error|note}}: ")


def check_fixes(options, text, names):
    """Fixes a copy, in which the expectations themselves are left out."""
    bare = re.sub(r"// *CHECK-[A-Z]+.*", "//", text)
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, os.path.basename(options.file))
        with open(copy, "w", encoding="utf-8") as out:
            out.write(bare)
        first = run_tidy(options, copy, "--fix")
        with open(copy, encoding="utf-8") as fixed_file:
            fixed = fixed_file.read()
        file_check(options, names, fixed, "--strict-whitespace")

        clang = [f"{options.tools}/clang", "-x", "c++", "-fsyntax-only"]
        if run([*clang, *options.compiler, copy]).returncode != 0:
            fail("the fixed text does not compile")

        again = run_tidy(options, copy, "--fix")
        if any(APPLIED in line for line in again):
            fail("the fixed text is fixed once more")
        left = [line for line in first if not is_note(line)]
        fixed_count = sum(APPLIED in after and not is_note(line)
                          for line, after in zip(first, first[1:]))
        if fixed_count == 0:
            fail("CHECK-FIXES, but nothing was fixed")
        remaining = sum(not is_note(line) for line in again)
        if remaining != len(left) - fixed_count:
            fail(f"{len(left)} warnings, {fixed_count} fixed, and now "
                 f"{remaining}")


def main():
    options = parse_arguments()
    with open(options.file, encoding="utf-8") as test:
        text = test.read()
    check_messages(options, text)
    fixes = prefixes(text, "FIXES", options.suffix)
    if fixes:
        check_fixes(options, text, fixes)


if __name__ == "__main__":
    main()
