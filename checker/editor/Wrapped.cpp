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
#define DISABLE_UNUSABLE_CHECKS                                                \
  "_ZN5clang6clangd21disableUnusableChecksEN4llvm8ArrayRefINSt7__cxx1112basic" \
  "_stringIcSt11char_traitsIcESaIcEEEEE"

namespace clang::clangd {

std::string realVersion() REAL(VERSION_STRING);
std::string version() WRAP(VERSION_STRING);
std::optional<bool> reallyIsFast(llvm::StringRef Check)
    REAL(IS_FAST_TIDY_CHECK);
std::optional<bool> isFast(llvm::StringRef Check) WRAP(IS_FAST_TIDY_CHECK);
TidyProvider reallyDisable(llvm::ArrayRef<std::string> More)
    REAL(DISABLE_UNUSABLE_CHECKS);
TidyProvider disable(llvm::ArrayRef<std::string> More)
    WRAP(DISABLE_UNUSABLE_CHECKS);

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

/// The last that has a say, after .clang-tidy, .clangd and clangd's own list:
/// turns our checks on, unless they say otherwise.
TidyProvider disable(llvm::ArrayRef<std::string> More) {
  return [Real = reallyDisable(More)](tidy::ClangTidyOptions &Options,
                                      llvm::StringRef File) {
    std::string Checks = Options.Checks.value_or("");
    Options.Checks = Checks + ",coro-*," + tidy::coro::coroGlobs(Checks);
    Real(Options, File);
  };
}

} // namespace clang::clangd
