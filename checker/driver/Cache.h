// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Keeps what was found out about a unit for as long as nothing changes that it
// was made from. Several runs may use one cache at the same time.

#ifndef CORO_TIDY_DRIVER_CACHE_H
#define CORO_TIDY_DRIVER_CACHE_H

#include "driver/UnitAnalysis.h"
#include "llvm/ADT/StringMap.h"

namespace clang::tidy::coro {

/// The version that summary files are written for: readers of another one do
/// without them.
llvm::StringRef summaryVersion();

/// Reads the summary file \p File. Fails if it is missing, damaged or of
/// another version.
llvm::Expected<UnitRecord> readSummary(llvm::StringRef File);

class Cache {
public:
  /// The cache in \p Folder, which need not exist; an empty name: none.
  explicit Cache(std::string Folder) : Folder(std::move(Folder)) {}

  /// Where the record of what \p Command compiles under \p Options is kept.
  /// Fails if its configuration is malformed.
  llvm::Expected<std::string> fileFor(const tooling::CompileCommand &Command,
                                      const AnalysisOptions &Options);

  /// The record in \p File if all that it was made from is still the same. A
  /// damaged one is taken for missing.
  std::optional<UnitRecord> find(llvm::StringRef File);

  /// Takes away old entries until the cache is within its bounds: 1 GB, and 30
  /// days without use.
  void prune() const;

private:
  /// The hash of what \p File holds now; read once in a run.
  const std::string &currentHash(const std::string &File);

  std::string Folder;
  llvm::StringMap<std::string> Hashes;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_CACHE_H
