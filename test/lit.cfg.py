# Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# A test is a .cpp or .test file with RUN lines. In them:
#   %check_coro %s CHECK ...  a check's findings, see check_coro_tidy.py
#   %clang_tidy ...           clang-tidy with the plugin loaded
#   %clang_tidy_alone ...     clang-tidy without it
#   %database FOLDER UNIT...  makes a compile database, see driver/inputs
#   %exits N COMMAND          runs it; it has to end with the exit code N
#   %plugin                   the plugin's file
#   %coro_tidy, %coro_clangd  these programs
#   %mocks                    the folder of the mocks
#   %llvm_tools, %llvm_include  the folders of LLVM's programs and headers
#   %cxx, %cmake, %python     the tools that build the project
#   %source, %build           the repository and the build directory
# Features: llvm-N, coro-clangd where that is built, header-NAME for each library
# whose headers are found, and make if it is there.

import glob
import os
import shutil
import sys

import lit.formats

config.name = "coro-tidy"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".cpp", ".test"]
config.excludes = ["mocks", "unit", "benchmark", "inputs", "Inputs"]
config.test_source_root = os.path.dirname(__file__)
config.environment["PATH"] = os.pathsep.join(
    [config.llvm_tools, os.environ.get("PATH", "")])

tidy = os.path.join(config.llvm_tools, "clang-tidy")
mocks = os.path.join(config.test_source_root, "mocks")
python = f'"{sys.executable}"'
check_coro = (f'{python} "{config.test_source_root}/check_coro_tidy.py" '
              f'--tools "{config.llvm_tools}" --plugin "{config.plugin}" '
              f'--mocks "{mocks}"')

# The first that fits is taken, so longer names stand first.
config.substitutions += [
    ("%check_coro", check_coro),
    ("%clang_tidy_alone", f'"{tidy}"'),
    ("%clang_tidy", f'"{tidy}" --load="{config.plugin}"'),
    ("%database", f'{python} "{config.test_source_root}/driver/inputs/'
                  f'database.py" --mocks "{mocks}"'),
    ("%exits", f'{python} "{config.test_source_root}/exits.py"'),
    ("%coro_tidy", f'"{config.coro_tidy}"'),
    ("%plugin", f'"{config.plugin}"'),
    ("%coro_clangd", f'"{config.coro_clangd}"'),
    ("%mocks", f'"{mocks}"'),
    ("%python", python),
    ("%source", config.source_root),
    ("%build", config.build_root),
    ("%cmake", f'"{config.cmake}"'),
    ("%cxx", f'"{config.cxx}"'),
    ("%llvm_tools", config.llvm_tools),
    ("%llvm_include", f'"{config.llvm_include}"'),
    ("%llvm_major", str(config.llvm_major)),
]

config.available_features.add(f"llvm-{config.llvm_major}")
if config.has_clangd:
    config.available_features.add("coro-clangd")
if shutil.which("nvim"):
    config.available_features.add("neovim")

# Real headers that the model tests use where they are installed.
HEADERS = {
    "asio": "asio.hpp",
    "boost-asio": "boost/asio/awaitable.hpp",
    "curl": "curl/curl.h",
    "grpc": "grpcpp/grpcpp.h",
    "hiredis": "hiredis/hiredis.h",
    "libpq": "postgresql/libpq-fe.h",
    "mysql": "mysql/mysql.h",
    "openssl": "openssl/ssl.h",
    "qt": "qt*/QtCore/QObject",
    "sqlite": "sqlite3.h",
    "zmq": "zmq.h",
}
for name, header in HEADERS.items():
    if any(glob.glob(os.path.join(root, header))
           for root in ("/usr/include", "/usr/include/*-linux-gnu",
                        "/usr/local/include")):
        config.available_features.add(f"header-{name}")

for program in ("make",):
    if shutil.which(program):
        config.available_features.add(program)

# A clang-tidy of another LLVM, which must not take the plugin.
others = [path for path in (f"/usr/lib/llvm-{major}/bin/clang-tidy"
                            for major in range(16, 23)
                            if major != config.llvm_major)
          if os.path.exists(path)]
if others:
    config.available_features.add("other-host")
    config.environment["OTHER_HOSTS"] = " ".join(others)
