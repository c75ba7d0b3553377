// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "plugin/Host.h"
#include "llvm/Compat.h"
#include "llvm/Support/raw_ostream.h"
#include <cstdio>

namespace clang::tidy::coro {

bool hostFits() {
  // "Debian clang version 22.1.8 (...)", from the host's own library.
  std::string Host = getClangFullVersion();
  unsigned Major = 0, Minor = 0;
  size_t At = Host.find("version ");
  if (At != std::string::npos)
    std::sscanf(Host.c_str() + At, "version %u.%u", &Major, &Minor);
  if (Major == BuiltForMajor && Minor == BuiltForMinor)
    return true;
  std::fprintf(stderr,
               "coro-tidy: error: this plugin is built for clang %u.%u, but "
               "the program that loads it is '%s'; its checks are not "
               "registered. Load the plugin built for clang %u, or run "
               "clang-tidy-%u.\n",
               BuiltForMajor, BuiltForMinor, Host.c_str(), Major,
               BuiltForMajor);
  return false;
}

} // namespace clang::tidy::coro
