#!/usr/bin/env python3
# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""An afternoon with the bundled example in an editor.

usage: example.py CORO-CLANGD CORO-TIDY PROJECT

PROJECT is a copy of docs/examples/relay with a compile_commands.json in build.
"""

import os
import re
import subprocess
import sys

import lsp


def planted(text, marker):
    """LINE and CHECK of each marker; alone on a line it speaks of the next."""
    result = set()
    for number, line in enumerate(text.splitlines(), 1):
        found = re.search(rf"// {marker}: (coro-[a-z-]+)", line)
        if found:
            alone = line.strip().startswith("//")
            result.add((number + alone, found[1]))
    return result


def findings(diagnostics):
    return {(lsp.line_of(each), each["code"]) for each in lsp.ours(diagnostics)}


def expect(condition, what, *seen):
    print(("ok: " if condition else "WRONG: ") + what)
    if not condition:
        sys.exit("\n".join(map(str, seen)))


def refresh_index(coro_tidy, project):
    done = subprocess.run([coro_tidy, "-p", "build", "--quiet",
                           "--cache-dir=.cache/coro-tidy"], cwd=project,
                          stdout=subprocess.DEVNULL)
    expect(done.returncode == 1, "coro-tidy writes the index and has findings",
           done.returncode)


def main():
    coro_clangd, coro_tidy, project = sys.argv[1:]
    project = os.path.realpath(project)
    session = os.path.join(project, "session.cpp")
    server = lsp.Server(coro_clangd, project)
    expect("clangd version" in server.info["version"]
           and "coro-tidy" in server.info["version"],
           "the server names both versions", server.info)

    document = server.open(session)
    text = document.text
    alone = findings(server.diagnostics(document))
    everything = planted(text, "planted") | planted(text, "planted-later")
    expect(alone and alone < everything, "without an index: a part of it all",
           alone, everything)

    refresh_index(coro_tidy, project)
    server.change(document, text + "\n")
    diagnostics = server.diagnostics(document)
    expect(findings(diagnostics) == everything,
           "with the index: what is planted, also what needs other files",
           findings(diagnostics) ^ everything)
    expect("read the index" in server.log(), "the log tells of the index")

    put = next(each for each in lsp.ours(diagnostics) if "put" in each["message"])
    expect(["store.cpp"] * 3 == [file for file, _, _ in lsp.chain_of(put)],
           "the chain goes into another file", put)

    pause = text.splitlines().index("    Pause.async_wait(use_awaitable);") + 1
    lost = next(each for each in lsp.ours(diagnostics)
                if lsp.line_of(each) == pause)
    fixes = server.fixes(document, lost)
    expect(len(fixes) == 1, "one code action for the lost task", fixes)
    server.change(document, lsp.apply(document, fixes[0]))
    expect("co_await Pause.async_wait(use_awaitable);" in document.text,
           "it awaits the task", document.text)
    left = findings(server.diagnostics(document))
    expect(left == everything - {(pause, "coro-discarded-task")},
           "and that finding is gone, alone", left)

    store = os.path.join(project, "store.cpp")
    with open(store, encoding="utf-8") as file:
        helper = file.read()
    helper = helper.replace(
        "  append(Key +", "  std::this_thread::sleep_for("
        "std::chrono::milliseconds(1));\n  append(Key +")
    with open(store, "w", encoding="utf-8") as file:
        file.write(helper)
    refresh_index(coro_tidy, project)
    server.change(document, document.text + "\n")
    chain = next(lsp.chain_of(each)
                 for each in lsp.ours(server.diagnostics(document))
                 if "put" in each["message"])
    expect(any("sleep_for" in message for _, _, message in chain),
           "a helper changed, the index renewed: the new chain", chain)

    index = os.path.join(project, ".cache", "coro-tidy", "index")
    with open(index, "rb") as file:
        whole = file.read()
    for name, content in (("truncated", whole[:len(whole) // 2]),
                          ("foreign", b"not an index\n"), ("cut to nothing", b"")):
        with open(index, "wb") as file:
            file.write(content)
        before = server.log()
        server.change(document, document.text + "\n")
        seen = findings(server.diagnostics(document))
        new = [line for line in server.log()[len(before):].splitlines()
               if "the index" in line]
        expect(len(new) == 1 and new[0].startswith("E") and index in new[0],
               f"refused with one line of the log: a {name} index", new)
        expect(seen and seen < left, "what this file shows is found all the same",
               seen)
    with open(index, "wb") as file:
        file.write(whole)
    server.change(document, document.text + "\n")
    expect(findings(server.diagnostics(document)) == left,
           "a good index is read again")
    expect(server.stop() == 0, "the server ends well")


main()
