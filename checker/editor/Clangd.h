// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The few functions of clangd that we call or stand before. Its headers are in
// no package. A function that changes its parameters changes its symbol, and
// then the linker says so; of one that changes its result it says nothing, so
// these are functions that gave the same ever since LLVM 19.

#ifndef CORO_TIDY_EDITOR_CLANGD_H
#define CORO_TIDY_EDITOR_CLANGD_H

#include "clang-tidy/ClangTidyOptions.h"
#include "llvm/ADT/FunctionExtras.h"
#include "llvm/Support/FormatVariadic.h"
#include <optional>
#include <string>

namespace clang::clangd {

int clangdMain(int Count, char **Arguments);

class Logger {
public:
  enum Level { Debug, Verbose, Info, Error };
};

namespace detail {
void logImpl(Logger::Level Level, const char *Format,
             const llvm::formatv_object_base &Message);
} // namespace detail

/// Changes the options for the file that is named.
using TidyProvider = llvm::unique_function<void(tidy::ClangTidyOptions &,
                                                llvm::StringRef) const>;

} // namespace clang::clangd

#endif // CORO_TIDY_EDITOR_CLANGD_H
