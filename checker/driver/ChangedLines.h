// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The lines in which findings count: those that changed, or those that the
// command line names.

#ifndef CORO_TIDY_DRIVER_CHANGEDLINES_H
#define CORO_TIDY_DRIVER_CHANGEDLINES_H

#include "driver/Finding.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

namespace clang::tidy::coro {

/// Lines of a file, the last one included.
struct LineRange {
  unsigned First = 1;
  unsigned Last = ~0u;
};

class LineFilter {
public:
  /// All lines count.
  LineFilter() = default;

  /// The format of clang-tidy's option, in which names are ends of names:
  ///   [{"name":"file.cpp","lines":[[1,3],[5,7]]},{"name":"all.h"}]
  static llvm::Expected<LineFilter> parse(llvm::StringRef Json);

  /// What changed since the branch left \p Ref, committed or not, in the git
  /// repository around \p Folder. Files that git does not know yet are new.
  static llvm::Expected<LineFilter> changedSince(llvm::StringRef Ref,
                                                 llvm::StringRef Folder = ".");

  /// Whether the line counts. What has no place does.
  bool includes(const Location &Place) const;

  /// Whether the line of \p Of or of one of its notes counts: who makes a
  /// helper block sees the coroutines that call it. clang-tidy decides alike.
  bool includes(const Finding &Of) const;

private:
  struct Named {
    std::string Ending;
    std::vector<LineRange> Lines; // none: all
  };

  bool IsLimited = false;
  /// The first whose ending fits speaks for a file.
  std::vector<Named> Endings;
  /// By the real paths of the files.
  llvm::StringMap<std::vector<LineRange>> Changed;
};

/// The lines that \p Patch, which git wrote, adds to each file, whose names are
/// relative to \p Root. For tests.
llvm::StringMap<std::vector<LineRange>> addedLines(llvm::StringRef Patch,
                                                   llvm::StringRef Root);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_CHANGEDLINES_H
