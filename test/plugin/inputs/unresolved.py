# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""unresolved.py PLUGIN HOST: the symbols that the plugin needs must be in the
host or in its libraries, the weak ones too."""

import re
import subprocess
import sys


def symbols(file, *options):
    listing = subprocess.run(["llvm-nm", "--dynamic", *options, file], check=True,
                             capture_output=True, text=True).stdout
    return {line.split()[-1].split("@")[0] for line in listing.splitlines()}


plugin, host = sys.argv[1:]
libraries = re.findall(r"=> (/\S+)", subprocess.run(
    ["ldd", host], check=True, capture_output=True, text=True).stdout)
defined = set().union(*(symbols(file, "--defined-only")
                        for file in [host, *libraries]))
# Hooks that the tool chain's start-up code asks for; nobody needs to have them.
optional = {"__gmon_start__", "_ITM_registerTMCloneTable",
            "_ITM_deregisterTMCloneTable"}
missing = symbols(plugin, "--undefined-only") - defined - optional
sys.exit("\n".join(sorted(missing)) or 0)
