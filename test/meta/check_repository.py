#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""check_repository.py [ROOT]: keeps the repository true to itself.

Every function below is a rule; it yields what breaks the rule.
"""

import os
import re
import sys
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()

# A layer includes itself and those to its left; the last two are doors, which
# register the checks as the plugin does.
LAYERS = ["llvm", "coroutine", "models", "facts", "summaries", "checks", "plugin"]
DOORS = ["driver", "editor"]
TOP_LEVEL = {"checker", "test", "docs", "CMakeLists.txt", "README.md", "LICENSE"}
LONGEST_FILE = 300
LIBRARIES = ("asio|boost|cobalt|concurrencpp|cppcoro|drogon|folly|grpc|libcoro|"
             "QCoro|seastar|stdexec|unifex|winrt|async_simple|kj")
SPDX = "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception"


def files(folder, *suffixes):
    for path in sorted((ROOT / folder).rglob("*")):
        parts = path.relative_to(ROOT).parts
        if (path.is_file() and path.suffix in suffixes
                and not parts[0].startswith(("build", ".git"))
                and "__pycache__" not in parts):
            yield path


def text_of(path):
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def name(path):
    return path.relative_to(ROOT).as_posix()


def sources():
    return files("checker", ".h", ".cpp")


def registered_checks():
    """Class and name of each check that a statement of the module pairs."""
    for statement in text_of(ROOT / "checker/plugin/CoroTidyModule.cpp").split(";"):
        class_name = re.search(r"<\s*(\w+Check)\s*>", statement)
        check = re.search(r'"(coro-[\w-]+)"', statement)
        if class_name and check:
            yield class_name[1], check[1]


def class_of(check):
    words = check.removeprefix("coro-").split("-")
    return "".join(word.capitalize() for word in words) + "Check"


def rank(layer):
    return LAYERS.index(layer) if layer in LAYERS else len(LAYERS)


def includes_go_leftward():
    for path in sources():
        layer = path.relative_to(ROOT / "checker").parts[0]
        if layer not in LAYERS + DOORS:
            yield f"{name(path)}: '{layer}' is no layer"
            continue
        for included in re.findall(r'^#\s*include "([^"]+)"', text_of(path), re.M):
            target = included.split("/")[0]
            if not (ROOT / "checker" / included).is_file() or target == layer:
                continue
            if target in DOORS or rank(target) > rank(layer):
                yield f"{name(path)}: includes {included}, to its right"


def checks_are_independent():
    classes = {class_name for class_name, _ in registered_checks()}
    for path in files("checker/checks", ".h", ".cpp"):
        for included in re.findall(r'#\s*include "checks/(\w+)\.h"', text_of(path)):
            if path.stem in classes and included in classes - {path.stem}:
                yield f"{name(path)}: includes the check {included}"


def one_place_knows_llvm_versions():
    for path in sources():
        if (re.search(r"\b(CLANG|LLVM)_VERSION_MAJOR\b", text_of(path))
                and not name(path).startswith("checker/llvm/")):
            yield f"{name(path)}: mentions an LLVM version; checker/llvm does that"


def library_names_are_data():
    for path in sources():
        for number, line in enumerate(text_of(path).splitlines(), 1):
            code = re.sub(r"^\s*//.*", "", line)
            for literal in re.findall(r'"((?:[^"\\]|\\.)*)"', code):
                if re.search(rf"\b(?:{LIBRARIES})::", literal):
                    yield f"{name(path)}:{number}: a library's name in code: {literal}"


def files_are_short():
    for path in sources():
        lines = len(text_of(path).splitlines())
        if lines > LONGEST_FILE:
            yield f"{name(path)}: {lines} lines; what are its two subjects?"


def every_check_is_complete():
    """List = sources = tests = docs = README."""
    checks = list(registered_checks())
    if not checks:
        yield "checker/plugin/CoroTidyModule.cpp: registers no check"
    short_names = {check.removeprefix("coro-") for _, check in checks}
    for class_name, check in checks:
        short = check.removeprefix("coro-")
        if class_name != class_of(check):
            yield f"{check}: its class is {class_name}, not {class_of(check)}"
        for needed in (f"checker/checks/{class_name}.h",
                       f"checker/checks/{class_name}.cpp",
                       f"test/checks/{short}/flagged.cpp",
                       f"test/checks/{short}/accepted.cpp",
                       f"docs/checks/{short}.md"):
            if not (ROOT / needed).is_file():
                yield f"{check}: {needed} is missing"
    for folder in sorted((ROOT / "test/checks").glob("*")):
        if folder.is_dir() and folder.name not in short_names:
            yield f"{name(folder)}: tests of no registered check"
    for page in files("docs/checks", ".md"):
        if page.stem not in short_names:
            yield f"{name(page)}: describes no registered check"
    for path in files("checker/checks", ".cpp"):
        is_base = re.search(r"= 0;", text_of(path.with_suffix(".h")))
        if (path.stem.endswith("Check") and not is_base
                and path.stem not in {class_name for class_name, _ in checks}):
            yield f"{name(path)}: is not registered"


def first_sentence(text):
    """Without the `Finds` that the heading of the README's column says."""
    sentence = re.split(r"(?<=[.!?]) ", " ".join(text.split()))[0]
    return sentence.removeprefix("Finds ").rstrip(".")


def sentences_of(class_name, check):
    """What the class comment, the page and the README say first of a check."""
    header = text_of(ROOT / f"checker/checks/{class_name}.h")
    comment = re.search(rf"((?:^[ \t]*///?.*\n)+)^class {class_name}\b", header, re.M)
    yield "the class comment", first_sentence(
        re.sub(r"^[ \t]*///? ?", "", comment[1], flags=re.M) if comment else "")
    page = text_of(ROOT / f"docs/checks/{check.removeprefix('coro-')}.md")
    paragraph = re.search(r"^# .*\n\s*\n((?:.+\n?)+)", page)
    yield "the page", first_sentence(paragraph[1] if paragraph else "")
    row = re.search(rf"^\|[^|\n]*\b{check}(?![\w-])[^|\n]*\|([^|\n]*)\|",
                    text_of(ROOT / "README.md"), re.M)
    yield "the README", first_sentence(row[1] if row else "")


def every_check_is_described_alike():
    for class_name, check in registered_checks():
        sentences = dict(sentences_of(class_name, check))
        if len(set(sentences.values())) > 1 or not all(sentences.values()):
            yield f"{check}: " + "; ".join(
                f"{where} says '{said}'" for where, said in sentences.items())


def anchor(heading):
    heading = re.sub(r"[`*]", "", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", heading).replace(" ", "-")


def links_resolve():
    for path in files(".", ".md"):
        text = re.sub(r"^```.*?^```", "", text_of(path), flags=re.M | re.S)
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, fragment = target.partition("#")
            linked = (path.parent / file).resolve() if file else path
            if not linked.exists():
                yield f"{name(path)}: links to {target}, which is not there"
            elif fragment and linked.suffix == ".md" and fragment not in map(
                    anchor, re.findall(r"^#+ (.*)$", text_of(linked), re.M)):
                yield f"{name(path)}: links to {target}, a heading that is not there"


def sources_name_their_license():
    scripts = [path for folder in ("checker", "test", ".ci")
               for path in sorted((ROOT / folder).rglob("*"))
               if path.is_file() and path.suffix == "" and os.access(path, os.X_OK)]
    for path in [*files(".", ".h", ".cpp", ".py", ".cmake", ".sh"), *scripts]:
        if SPDX not in text_of(path)[:500]:
            yield f"{name(path)}: has no '{SPDX}' on top"


def model_files_parse():
    try:
        import yaml
    except ImportError:
        return
    for path in files("checker/models/data", ".yaml"):
        try:
            yaml.safe_load(text_of(path))
        except yaml.YAMLError as error:
            yield f"{name(path)}: {error}"


def top_level_is_small():
    for path in ROOT.iterdir():
        if (path.name not in TOP_LEVEL and not path.name.startswith(".")
                and not re.fullmatch(r"build(-\w+)?", path.name)):
            yield f"{path.name}: does not belong on the top level"


RULES = [includes_go_leftward, checks_are_independent, one_place_knows_llvm_versions,
         library_names_are_data, files_are_short, every_check_is_complete,
         every_check_is_described_alike, links_resolve, sources_name_their_license,
         model_files_parse, top_level_is_small]

broken = [problem for rule in RULES for problem in rule()]
print("\n".join(broken) or f"{len(RULES)} rules hold")
sys.exit(1 if broken else 0)
