// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stands before functions of clangd: the linker's option --wrap leads
// calls of SYMBOL to __wrap_SYMBOL, and __real_SYMBOL to SYMBOL.

#include "editor/Clangd.h"
#include "plugin/CheckGlobs.h"

#define REAL(SYMBOL) __asm__("__real_" SYMBOL)
#define WRAP(SYMBOL) __asm__("__wrap_" SYMBOL)
#define VERSION_STRING "_ZN5clang6clangd13versionStringB5cxx11Ev"
#define IS_FAST_TIDY_CHECK "_ZN5clang6clangd15isFastTidyCheckEN4llvm9StringRefE"
#define PROVIDE_DEFAULT_CHECKS "_ZN5clang6clangd20provideDefaultChecksEv"

namespace clang::clangd {

std::string realVersion() REAL(VERSION_STRING);
std::string version() WRAP(VERSION_STRING);
std::optional<bool> reallyIsFast(llvm::StringRef Check)
    REAL(IS_FAST_TIDY_CHECK);
std::optional<bool> isFast(llvm::StringRef Check) WRAP(IS_FAST_TIDY_CHECK);
TidyProvider realDefaultChecks() REAL(PROVIDE_DEFAULT_CHECKS);
TidyProvider defaultChecks() WRAP(PROVIDE_DEFAULT_CHECKS);

/// For --version, the log and the handshake with the editor. Editors look for
/// "clangd version 22.1.8" in it.
std::string version() {
  return realVersion() + " with coro-tidy " CORO_TIDY_VERSION;
}

/// Checks that clangd does not know as fast it leaves out, without a word.
std::optional<bool> isFast(llvm::StringRef Check) {
  if (Check.starts_with("coro-"))
    return true;
  return reallyIsFast(Check);
}

/// Called after .clang-tidy and .clangd were read: turns our checks on, unless
/// they say otherwise.
TidyProvider defaultChecks() {
  return [Real = realDefaultChecks()](tidy::ClangTidyOptions &Options,
                                      llvm::StringRef File) {
    std::string Given = tidy::coro::coroGlobs(Options.Checks.value_or(""));
    Real(Options, File);
    *Options.Checks += ",coro-*," + Given;
  };
}

} // namespace clang::clangd
