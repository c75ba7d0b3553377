// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_LLVM_GLOBS_H
#define CORO_TIDY_LLVM_GLOBS_H

#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::coro {

/// Calls \p Each with every glob of \p Globs, which is written as clang-tidy's
/// option Checks: separated by commas or lines.
template <typename Function>
void forEachGlob(llvm::StringRef Globs, Function Each) {
  while (!Globs.empty()) {
    size_t End = Globs.find_first_of(",\n");
    Each(Globs.substr(0, End).trim());
    Globs = End == llvm::StringRef::npos ? "" : Globs.substr(End + 1);
  }
}

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_GLOBS_H
