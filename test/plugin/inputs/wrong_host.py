# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""wrong_host.py PLUGIN MAJOR: loads the plugin into each program that
OTHER_HOSTS names, and looks at what they say."""

import os
import re
import subprocess
import sys
import tempfile

plugin, built_for = sys.argv[1:]


def require(condition, what, done):
    if not condition:
        sys.exit(f"{what}\n{done.args}\nexit code {done.returncode}\n"
                 f"stdout: {done.stdout}\nstderr: {done.stderr}")


for host in os.environ["OTHER_HOSTS"].split():
    host_major = re.search(r"llvm-(\d+)/", host)[1]
    with tempfile.NamedTemporaryFile("w", suffix=".cpp") as source:
        source.write("int main() {}\n")
        source.flush()
        for checks in ("-*,coro-*", "-*,coro-*,misc-*"):
            done = subprocess.run(
                [host, f"--load={plugin}", f"--checks={checks}", source.name, "--"],
                capture_output=True, text=True)
            # With other checks enabled clang-tidy has enough to do without us.
            if "misc" not in checks:
                require(done.returncode > 0, "should fail", done)
            for major in (built_for, host_major):
                require(re.search(rf"coro-tidy.*\b{major}\b", done.stderr),
                        f"should name version {major}", done)
