// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Applies the fixes of findings to the files, never so that a file does not
// parse any more.

#ifndef CORO_TIDY_DRIVER_FIXES_H
#define CORO_TIDY_DRIVER_FIXES_H

#include "driver/Common.h"
#include "driver/Finding.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringMap.h"
#include <map>

namespace clang::tidy::coro {

/// The text of files by their names.
using FileTexts = std::map<std::string, std::string>;

/// Whether each unit that includes \p File parses if the files in \p Changed
/// have the text that is given there. Otherwise \p Problem says why not.
using ParseTest = llvm::function_ref<bool(
    llvm::StringRef File, const FileTexts &Changed, std::string &Problem)>;

/// What became of the fixes.
struct FixResult {
  struct Refusal {
    size_t Index; // of the finding
    std::string Reason;
  };
  /// The findings that are fixed, by their indices, in their order.
  std::vector<size_t> Applied;
  /// Those that have a fix and are not fixed, in their order.
  std::vector<Refusal> Refused;
  /// The files that are changed, sorted.
  std::vector<std::string> Changed;
};

/// Applies the fixes of \p Findings, each as a whole or not at all: not if it
/// overlaps one of an earlier finding, if a file of it is not the one that was
/// analysed (\p Hashes has contentHash by the names of files), or if a file
/// that it changes would not parse. An edit that several findings share is made
/// once.
///
/// Files are written after \p Parses has agreed, those of fixes that hang
/// together at a time; so what is on the disk parses at any moment.
FixResult applyFixes(llvm::ArrayRef<Finding> Findings,
                     const llvm::StringMap<std::string> &Hashes,
                     ParseTest Parses);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_FIXES_H
