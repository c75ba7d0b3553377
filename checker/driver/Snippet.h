// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A line of source with a caret below it, for a terminal: tabs are expanded,
// wide characters counted as wide, and what does not print is spelled out.

#ifndef CORO_TIDY_DRIVER_SNIPPET_H
#define CORO_TIDY_DRIVER_SNIPPET_H

#include "driver/SourceFiles.h"
#include <optional>
#include <string>
#include <vector>

namespace clang::tidy::coro {

struct Snippet {
  std::string Text;
  /// "        ^"
  std::string Caret;
  /// What the fixes insert in this line, each below its place; may be empty.
  std::string Insertion;
};

/// None if the line is not there any more or is too long to be read.
std::optional<Snippet> snippetAt(SourceFiles &Files, const Location &At,
                                 const std::vector<Edit> &Fixes);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_SNIPPET_H
