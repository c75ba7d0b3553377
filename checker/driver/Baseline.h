// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The findings of an old code base that are known and left for later, in a file
// that lives with the code. docs/baseline.md is for those who use it.

#ifndef CORO_TIDY_DRIVER_BASELINE_H
#define CORO_TIDY_DRIVER_BASELINE_H

#include "driver/Finding.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace clang::tidy::coro {

/// Findings in one file that have the same fingerprint: a line of the baseline.
struct KnownFindings {
  std::string Fingerprint; // with ordinal 0
  unsigned Count = 1;
  std::string Check;
  std::string File; // from the folder of the baseline, with slashes
  std::string Function;
  std::string Subject;
};

class Baseline {
public:
  /// What makes all findings of \p Of known, for a file at \p Path.
  static Baseline of(const Report &Of, llvm::StringRef Path);

  /// Reads the file at \p Path. Whatever this program would not write is an
  /// error that names the file, the line and the column.
  static llvm::Expected<Baseline> read(llvm::StringRef Path);

  /// Writes the file at \p Path, as a whole or not at all.
  llvm::Error write(llvm::StringRef Path) const;

  /// Takes the known findings out of \p From. Of several that are alike, so
  /// many go as are known: those in the file that the baseline names, then any,
  /// since files are renamed; those that stay are the last. Gives the stale
  /// entries, each with the number that was not there any more; none if a unit
  /// was not analysed, since nobody knows. Also who asked for a part of the
  /// project only does not know.
  std::vector<KnownFindings> filter(Report &From) const;

  /// Sorted by file, check, function and subject.
  const std::vector<KnownFindings> &entries() const { return Entries; }

private:
  std::string Folder; // absolute
  std::vector<KnownFindings> Entries;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_BASELINE_H
