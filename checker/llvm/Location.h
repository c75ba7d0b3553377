// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A place in a file, as a plain value that outlives its translation unit.

#ifndef CORO_TIDY_LLVM_LOCATION_H
#define CORO_TIDY_LLVM_LOCATION_H

#include "clang/Basic/SourceManager.h"
#include <string>
#include <tuple>

namespace clang::tidy::coro {

/// A place in a file. Lines and columns count from 1, columns in bytes; the
/// offset counts from 0. Nowhere has an empty File.
struct Location {
  std::string File; // absolute, without "." and, but for links, ".."
  unsigned Line = 0;
  unsigned Column = 0;
  unsigned Offset = 0;

  std::tuple<const std::string &, unsigned, unsigned> key() const {
    return {File, Line, Column};
  }
};

/// Where \p Place is in the text that people see.
Location locate(SourceLocation Place, const SourceManager &Sources);

/// \p Place in \p Sources, which read its file if they have not. Invalid if
/// there is no such file or line.
SourceLocation placeOf(const Location &Place, SourceManager &Sources);

/// \p Path in full, as the file manager of \p Sources understands it.
std::string absolutePath(llvm::StringRef Path, const SourceManager &Sources);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_LOCATION_H
