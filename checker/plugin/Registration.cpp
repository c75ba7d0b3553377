// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The door through which clang-tidy comes in.

#include "plugin/CoroTidyModule.h"
#include "plugin/Host.h"

namespace clang::tidy::coro {

/// Registers the module with a host of the right version, else says why not.
static const bool Registered = [] {
  if (!hostFits())
    return false;
  static ClangTidyModuleRegistry::Add<CoroTidyModule> Module(
      "coro-module", "Finds misuse of C++20 coroutines.");
  return true;
}();

} // namespace clang::tidy::coro
