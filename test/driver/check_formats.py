#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""check_formats.py --writer UNIT-TESTS --tools LLVM-BIN --work FOLDER

Has sample reports written in every format, and reads them with programs that
others wrote:

  sarif    the schema of SARIF 2.1.0, with ajv        npm
  rdjsonl  rdformat-validator                         npm
  gitlab   Code Climate's types, with TypeScript      npm
  junit    junitparser                                Debian, or any Python's
  yaml     clang-apply-replacements, on the sources   the LLVM of the build

Packages of npm are installed into FOLDER. Exits with 1 if a report is wrong, and
with 77 if one could not be read because its reader cannot be had.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path

PACKAGES = ["@microsoft/jest-sarif@1.0.0-beta.0", "ajv@6.12.6",
            "@umbrelladocs/rdformat-validator@1.0.0",
            "codeclimate-types@0.3.1", "typescript@5.9.3"]

READ_SARIF = """
const fs = require('fs'), Ajv = require('ajv');
const ajv = new Ajv({schemaId: 'auto', meta: false, allErrors: true});
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
ajv._opts.defaultMeta = 'http://json-schema.org/draft-04/schema#';
const folder = 'node_modules/@microsoft/jest-sarif/lib/schemas/';
const schema = fs.readdirSync(folder).find(name => name.startsWith('sarif-2.1.0'));
const isValid = ajv.compile(JSON.parse(fs.readFileSync(folder + schema)));
for (const file of process.argv.slice(1))
  if (!isValid(JSON.parse(fs.readFileSync(file))))
    console.log(file, JSON.stringify(isValid.errors, null, 1));
"""

READ_RDJSONL = """
const fs = require('fs');
const {RDFormatValidator} = require('@umbrelladocs/rdformat-validator');
const reader = new RDFormatValidator({strictMode: true, allowExtraFields: false});
for (const file of process.argv.slice(1))
  for (const line of fs.readFileSync(file, 'utf8').split('\\n').slice(0, -1)) {
    const result = reader.validateObject(JSON.parse(line));
    if (!result.valid) console.log(file, JSON.stringify(result.errors), line);
  }
"""

READ_JUNIT = """
import sys
from junitparser import Error, Failure, JUnitXml
for file in sys.argv[1:]:
    report = JUnitXml.fromfile(file)
    cases = [case for suite in report for case in suite]
    said = (report.tests, report.failures, report.errors)
    report.update_statistics()
    if said != (report.tests, report.failures, report.errors):
        print(file, "counts wrongly:", said)
    kinds = [type(result) for case in cases for result in case.result]
    if (kinds.count(Failure), kinds.count(Error)) != said[1:]:
        print(file, "has other results than it says:", kinds)
"""

# What is wrong, and which readers could not be had.
problems = []
missing = []


def output(*command, **options):
    return subprocess.run(command, text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False, **options)


def silent(what, process):
    """A reader that agrees says nothing."""
    if process.returncode or process.stdout.strip():
        problems.append(f"{what}: exit code {process.returncode}\n{process.stdout}")
    else:
        print(f"{what}: read")


def npm_packages(folder):
    """Whether the packages are in the folder; installs them."""
    done = folder / "installed"
    wanted = "\n".join(PACKAGES)
    if done.is_file() and done.read_text() == wanted:
        return True
    if not shutil.which("npm"):
        return False
    folder.mkdir(parents=True, exist_ok=True)
    try:
        process = output("npm", "install", "--no-save", "--no-audit", "--no-fund",
                         "--ignore-scripts", "--prefix", folder, *PACKAGES,
                         timeout=300)
    except subprocess.TimeoutExpired:
        return False
    if process.returncode:
        print(process.stdout)
        return False
    done.write_text(wanted)
    return True


def python_with(module):
    for python in (sys.executable, "/usr/bin/python3"):
        if os.access(python, os.X_OK) and not output(
                python, "-c", f"import {module}").returncode:
            return python
    return None


def read_json(samples):
    for file in samples.glob("*/report.json"):
        report = json.loads(file.read_text())
        if report["summary"]["findings"] != len(report["findings"]):
            problems.append(f"{file}: counts wrongly")
        for finding in report["findings"]:
            if not finding["check"] or not re.fullmatch(r"[0-9a-f]{40}",
                                                        finding["fingerprint"]):
                problems.append(f"{file}: {finding}")
    print("json: read")


def read_with_npm(samples, packages):
    def files(name):
        return [str(path) for path in sorted(samples.glob(f"*/report.{name}"))]

    if not npm_packages(packages):
        missing.append("sarif, rdjsonl and gitlab (npm)")
        return
    for name, program in (("sarif", READ_SARIF), ("rdjsonl", READ_RDJSONL)):
        silent(name, output("node", "-e", program, *files(name), cwd=packages))
    for number, file in enumerate(files("gitlab")):
        (packages / f"gitlab{number}.ts").write_text(
            "import {Issue} from 'codeclimate-types';\n"
            "type Reported = Issue & {fingerprint: string, severity: string};\n"
            f"export const issues: Reported[] = {Path(file).read_text()};\n")
    silent("gitlab", output("node_modules/.bin/tsc", "--noEmit", "--strict",
                            *[path.name for path in packages.glob("gitlab*.ts")],
                            cwd=packages))


def read_junit(samples):
    files = [str(path) for path in sorted(samples.glob("*/report.junit"))]
    for file in files:
        ElementTree.parse(file)
    python = python_with("junitparser")
    if python:
        silent("junit", output(python, "-c", READ_JUNIT, *files))
    else:
        missing.append("junit (python3-junitparser)")


def read_yaml(samples, tools):
    """Applies the fixes of the sample to its sources."""
    folder = samples / "yaml"
    folder.mkdir()
    shutil.copy(samples / "full/report.yaml", folder)
    silent("yaml", output(f"{tools}/clang-apply-replacements", folder))
    text = (samples / "project/src/my file.cpp").read_text()
    if "\n  co_await work(2);\n" not in text:
        problems.append(f"yaml: the fix gave\n{text}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for option in ("--writer", "--tools", "--work"):
        parser.add_argument(option, required=True)
    arguments = parser.parse_args()

    work = Path(arguments.work).resolve()
    samples = work / "samples"
    shutil.rmtree(samples, ignore_errors=True)
    written = output(arguments.writer, "--gtest_filter=ReportSample.*",
                     env={**os.environ, "CORO_TIDY_SAMPLES": str(samples)})
    if written.returncode or not (samples / "full/report.sarif").is_file():
        sys.exit(f"no samples:\n{written.stdout}")

    read_json(samples)
    read_with_npm(samples, work / "npm")
    read_junit(samples)
    read_yaml(samples, arguments.tools)
    if problems:
        sys.exit("\n".join(problems))
    if missing:
        print("NOT CHECKED, for want of a reader: " + "; ".join(missing))
        sys.exit(77)


main()
