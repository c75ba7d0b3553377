# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A client for the language server protocol: as much of an editor as the tests
need. What is waited for has to come within a time, or the test fails."""

import json
import os
import queue
import subprocess
import tempfile
import threading
import time
import urllib.parse

PATIENCE = float(os.environ.get("CORO_TIDY_PATIENCE", 120))  # seconds


class ServerGone(Exception):
    """The server ended, or says nothing any more."""


def uri_of(path):
    return "file://" + urllib.parse.quote(os.path.realpath(path))


def path_of(uri):
    return urllib.parse.unquote(urllib.parse.urlparse(uri).path)


class Document:
    def __init__(self, path, text):
        self.uri = uri_of(path)
        self.text = text
        self.version = 1


class Server:
    """coro-clangd in the folder ROOT. COMMANDS gives the compile command of
    files for which there is no compile_commands.json."""

    def __init__(self, program, root, arguments=(), commands=None):
        self.log_file = tempfile.TemporaryFile("w+", errors="replace")
        self.process = subprocess.Popen(
            [program, "--background-index=false", *arguments], cwd=root,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log_file)
        self.messages = queue.Queue()
        self.published = {}
        self.ids = 0
        threading.Thread(target=self._read, daemon=True).start()
        changes = {path: {"workingDirectory": root, "compilationCommand": command}
                   for path, command in (commands or {}).items()}
        reply = self.request("initialize", {
            "processId": os.getpid(), "rootUri": uri_of(root),
            "capabilities": {"textDocument": {
                "publishDiagnostics": {"relatedInformation": True,
                                       "codeActionsInline": False},
                "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {
                    "valueSet": ["quickfix", "refactor"]}}}}},
            "initializationOptions": {"compilationDatabaseChanges": changes}})
        self.info = reply["serverInfo"]
        self.notify("initialized", {})

    def _read(self):
        stream = self.process.stdout
        while True:
            length = None
            while (line := stream.readline().strip()):
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    length = int(value)
            if length is None:
                self.messages.put(None)
                return
            self.messages.put(json.loads(stream.read(length)))

    def _send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        try:
            self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
            self.process.stdin.flush()
        except (BrokenPipeError, ConnectionResetError):
            raise ServerGone("the server has ended") from None

    def _receive(self, until):
        """Takes the next message; keeps what was published."""
        try:
            message = self.messages.get(timeout=max(0.01, until - time.monotonic()))
        except queue.Empty:
            raise ServerGone(f"no answer within {PATIENCE:g} seconds") from None
        if message is None:
            raise ServerGone(f"the server has ended ({self.process.wait(10)})")
        if message.get("method") == "textDocument/publishDiagnostics":
            given = message["params"]
            self.published[given["uri"]] = given
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": None})
        return message

    def notify(self, method, params):
        self._send({"method": method, "params": params})

    def request(self, method, params):
        self.ids += 1
        self._send({"id": self.ids, "method": method, "params": params})
        until = time.monotonic() + PATIENCE
        while True:
            message = self._receive(until)
            if message.get("id") == self.ids and "method" not in message:
                if "error" in message:
                    raise ServerGone(f"{method}: {message['error']}")
                return message["result"]

    def open(self, path, text=None):
        if text is None:
            with open(path, encoding="utf-8") as file:
                text = file.read()
        document = Document(path, text)
        self.notify("textDocument/didOpen", {"textDocument": {
            "uri": document.uri, "languageId": "cpp", "version": 1, "text": text}})
        return document

    def change(self, document, text):
        document.text = text
        document.version += 1
        self.notify("textDocument/didChange", {
            "textDocument": {"uri": document.uri, "version": document.version},
            "contentChanges": [{"text": text}], "wantDiagnostics": True})

    def close(self, document):
        self.notify("textDocument/didClose",
                    {"textDocument": {"uri": document.uri}})
        self.published.pop(document.uri, None)

    def diagnostics(self, document):
        """Those of the document as it is now."""
        until = time.monotonic() + PATIENCE
        while True:
            given = self.published.get(document.uri)
            if given and given.get("version") == document.version:
                return given["diagnostics"]
            self._receive(until)

    def fixes(self, document, diagnostic):
        """The code actions that mend what is diagnosed."""
        actions = self.request("textDocument/codeAction", {
            "textDocument": {"uri": document.uri}, "range": diagnostic["range"],
            "context": {"diagnostics": [diagnostic], "only": ["quickfix"]}})
        return [each for each in actions if each.get("kind") == "quickfix"]

    def log(self):
        self.log_file.seek(0)
        return self.log_file.read()

    def stop(self):
        """Ends the server as an editor does; returns its exit code."""
        try:
            self.request("shutdown", None)
            self.notify("exit", None)
            return self.process.wait(PATIENCE)
        except (ServerGone, subprocess.TimeoutExpired):
            self.process.kill()
            return self.process.wait()


def apply(document, action):
    """The text of DOCUMENT after the code action."""
    edits = action["edit"]["changes"][document.uri]
    lines = document.text.splitlines(keepends=True)

    def offset(place):
        return sum(map(len, lines[:place["line"]])) + place["character"]

    text = document.text
    for edit in sorted(edits, key=lambda each: -offset(each["range"]["start"])):
        start, end = (offset(edit["range"][side]) for side in ("start", "end"))
        text = text[:start] + edit["newText"] + text[end:]
    return text


def ours(diagnostics):
    return [each for each in diagnostics
            if str(each.get("code", "")).startswith("coro-")]


def line_of(diagnostic):
    return diagnostic["range"]["start"]["line"] + 1


def chain_of(diagnostic):
    """FILE:LINE and message of each note."""
    return [(os.path.basename(path_of(each["location"]["uri"])),
             each["location"]["range"]["start"]["line"] + 1, each["message"])
            for each in diagnostic.get("relatedInformation", [])]
