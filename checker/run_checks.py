#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs clang-tidy with the plugin over a project, for checker/run.

Each finding is printed once, with its notes, however many translation units
show it. What could not be analysed is listed: no findings and no analysis are
two things.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import re
import subprocess
import sys

CLEAN, FINDINGS, USAGE, NOT_ANALYSED = 0, 1, 2, 3

DIAGNOSTIC = re.compile(r"^(?:(.+?):(\d+):(\d+): )?(warning|error|fatal error|note): "
                        r"(.*?)(?: \[([^\[\]]+)\])?$")
CONFIGURATION = re.compile(r"^(?:.*: )?(?:warning|error): .* \[clang-tidy-config\]$|"
                           r"^.*\.clang-tidy:\d+:\d+: error: .*$|"
                           r"^Error parsing .*$|^Error: invalid configuration .*$",
                           re.M)
# What GCC knows and Clang takes for an error.
GCC_ONLY = ("-fcoroutines", "-fconcepts", "-fmodules-ts", "-fno-var-tracking",
            "-fvar-tracking", "-fconcepts-diagnostics-depth")
HEADERS = (".h", ".hh", ".hpp", ".hxx", ".ipp")
SOURCES = (".c++", ".cc", ".cp", ".cpp", ".cxx", *HEADERS)

Unit = collections.namedtuple("Unit", "file arguments")
Finding = collections.namedtuple("Finding", "file line column check text")
Result = collections.namedtuple("Result", "unit findings problem configuration")


def usage_error(message):
    print(f"coro-tidy: {message}", file=sys.stderr)
    sys.exit(USAGE)


def counted(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def parse_arguments():
    """Ours, and what stands after -- (None without it)."""
    own, flags = sys.argv[1:], None
    if "--" in own:
        dashes = own.index("--")
        own, flags = own[:dashes], own[dashes + 1:]
    parser = argparse.ArgumentParser(prog="run_checks.py")
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--planted", metavar="DIRECTORY",
                        help="compare with the 'planted:' comments there")
    parser.add_argument("paths", nargs="+")
    return parser.parse_args(own), flags


def require_plugin(tidy):
    """clang-tidy only grumbles when it cannot load a plugin, and ends with 0."""
    done = subprocess.run([*tidy, "--list-checks"], capture_output=True, text=True)
    if "coro-blocking-call" not in done.stdout:
        usage_error(f"'{tidy[0]}' does not have the coro checks with "
                    f"{tidy[1]}:\n{done.stderr.strip()}")


def database_in(directory):
    for candidate in (directory, os.path.join(directory, "build")):
        path = os.path.join(candidate, "compile_commands.json")
        if os.path.isfile(path):
            return path
    return None


def database_above(file):
    directory = os.path.dirname(os.path.abspath(file))
    while True:
        found = database_in(directory)
        if found or directory == os.path.dirname(directory):
            return found
        directory = os.path.dirname(directory)


def read_database(path):
    """The C++ units of a compile_commands.json, each file once."""
    try:
        with open(path, encoding="utf-8") as file:
            entries = json.load(file)
        files = [os.path.normpath(os.path.join(entry["directory"], entry["file"]))
                 for entry in entries]
    except (OSError, ValueError, KeyError, TypeError) as error:
        usage_error(f"cannot read {path}: {error}")
    arguments = ["-p", os.path.dirname(path)]
    return [Unit(file, arguments) for file in dict.fromkeys(files)
            if os.path.splitext(file)[1].lower() not in (".c", ".s", ".m", ".asm")]


def units_of(path, flags):
    if os.path.isdir(path):
        if flags is not None:
            usage_error(f"'{path}' is a directory; only files take flags after --")
        # Of a database further up only what lies in this directory counts.
        database, root = database_in(path), ""
        if not database:
            database, root = database_above(path), os.path.realpath(path) + os.sep
        if not database:
            usage_error(f"no compile_commands.json for '{path}'; with CMake, "
                        "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON makes one")
        units = [unit for unit in read_database(database)
                 if os.path.realpath(unit.file).startswith(root)]
        if not units:
            usage_error(f"no C++ file for '{path}' in {database}")
        return units
    if not os.path.isfile(path):
        usage_error(f"'{path}' does not exist")
    if flags is not None:
        return [Unit(os.path.abspath(path), ["--", *flags])]
    database = database_above(path)
    if not database:
        usage_error(f"no compile_commands.json for '{path}'; give its flags after --")
    known = [unit for unit in read_database(database)
             if os.path.realpath(unit.file) == os.path.realpath(path)]
    if not known and not path.endswith(HEADERS):
        usage_error(f"'{path}' is not in {database}; give its flags after --")
    # clang-tidy takes the flags of a header from a file with a similar name.
    return known or [Unit(os.path.abspath(path), ["-p", os.path.dirname(database)])]


def removal_of_gcc_flags(tidy):
    """From LLVM 21 on, clang-tidy can leave out what only GCC understands."""
    text = subprocess.run([tidy, "--help"], capture_output=True, text=True).stdout
    if "--removed-arg" not in text:
        return []
    return [f"--removed-arg={flag}" for flag in GCC_ONLY]


def parse(output):
    """The findings, and the first error of the compiler, if any."""
    findings, problem, current = [], None, None
    for line in output.splitlines():
        match = DIAGNOSTIC.match(line)
        if match and match[4] != "note":
            # An error that comes from -warnings-as-errors says so after a comma.
            check = (match[6] or "").split(",")[0]
            if not check.startswith("coro-"):
                current = None
                if "error" in match[4]:
                    problem = problem or line
                continue
            current = [line]
            findings.append((match[1], int(match[2]), int(match[3]), check, current))
        elif current is not None and not re.match(r"^\d+ (warning|error)s? ", line):
            current.append(line)
    return [Finding(os.path.normpath(file), line, column, check, "\n".join(text))
            for file, line, column, check, text in findings], problem


def analyse(tidy, unit):
    done = subprocess.run([*tidy, unit.file, *unit.arguments],
                          capture_output=True, text=True, errors="replace")
    findings, problem = parse(done.stdout)
    configuration = "\n".join(dict.fromkeys(
        CONFIGURATION.findall(done.stdout + done.stderr)))
    if done.returncode < 0:
        problem = f"clang-tidy died of signal {-done.returncode}"
    elif "Stack dump:" in done.stderr:
        problem = "clang-tidy crashed"
    elif done.returncode and not problem and not findings:
        problem = (done.stderr.strip().splitlines() or ["no message"])[-1]
    return Result(unit, findings, problem, configuration)


def analyse_all(tidy, units):
    tidy = [*tidy, "--quiet", "--header-filter=.*", *removal_of_gcc_flags(tidy[0])]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(lambda unit: analyse(tidy, unit), units))


Planted = collections.namedtuple("Planted", "file line check")


def read_planted(directory):
    """The mistakes announced by `// planted: CHECK - why` comments."""
    planted = []
    for folder, _, names in sorted(os.walk(directory)):
        for name in sorted(names):
            if not name.endswith(SOURCES):
                continue
            path = os.path.realpath(os.path.join(folder, name))
            with open(path, encoding="utf-8") as file:
                lines = file.read().splitlines()
            for index, line in enumerate(lines):
                match = re.search(r"// planted: ([\w-]+)", line)
                if not match:
                    continue
                # A comment alone on its line is about the code that follows.
                while (index < len(lines) - 1
                       and lines[index].lstrip().startswith("//")):
                    index += 1
                planted.append(Planted(path, index + 1, match[1]))
    return planted


def compare(findings, planted):
    """Pairs the findings with what was planted, at most one line apart."""
    missing, unexpected = list(planted), []
    for finding in findings:
        near = [mark for mark in missing
                if mark.file == os.path.realpath(finding.file)
                and mark.check == finding.check
                and abs(mark.line - finding.line) <= 1]
        if near:
            missing.remove(min(near, key=lambda mark: abs(mark.line - finding.line)))
        else:
            unexpected.append(finding)
    return missing, unexpected


def report_planted(findings, failed, directory):
    planted = read_planted(directory)
    missing, unexpected = compare(findings, planted)
    for mark in missing:
        print(f"{mark.file}:{mark.line}: not found: {mark.check}")
    for finding in unexpected:
        print(f"{finding.file}:{finding.line}: not planted: {finding.check}")
    rest = (f"and {counted(len(unexpected), 'other finding')}" if unexpected
            else "nothing else")
    print(f"coro-tidy: found {len(planted) - len(missing)} of {len(planted)} "
          f"planted mistakes, {rest}"
          + (f"; {counted(len(failed), 'file')} could not be analysed"
             if failed else ""))
    return FINDINGS if missing or unexpected or not planted else CLEAN


def main():
    options, flags = parse_arguments()
    tidy = [options.clang_tidy, f"--load={options.plugin}", "--checks=-*,coro-*"]
    require_plugin(tidy)
    units = list(dict.fromkeys(
        (unit.file, *unit.arguments) for path in options.paths
        for unit in units_of(path, flags)))
    results = analyse_all(tidy, [Unit(file, list(rest)) for file, *rest in units])

    for result in results:
        if result.configuration:
            usage_error(result.configuration)
    findings = {}
    for result in results:
        for finding in result.findings:
            findings.setdefault(finding[:4] + (finding.text.split("\n")[0],), finding)
    findings = sorted(findings.values())
    for finding in findings:
        print(finding.text)
    failed = [result for result in results if result.problem]
    for result in failed:
        print(f"coro-tidy: could not analyse {result.unit.file}: {result.problem}")

    status = FINDINGS if findings else CLEAN
    if options.planted:
        status = report_planted(findings, failed, options.planted)
    else:
        print(f"coro-tidy: {counted(len(findings), 'finding')} in "
              f"{counted(len(units), 'translation unit')}, "
              f"{len(failed)} of which could not be analysed")
    sys.exit(NOT_ANALYSED if failed else status)


if __name__ == "__main__":
    main()
