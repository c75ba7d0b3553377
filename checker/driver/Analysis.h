// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The whole of a run: analyse each unit that has changed, join their summaries,
// and report what both give.

#ifndef CORO_TIDY_DRIVER_ANALYSIS_H
#define CORO_TIDY_DRIVER_ANALYSIS_H

#include "driver/Project.h"
#include "driver/UnitAnalysis.h"
#include "llvm/ADT/StringMap.h"

namespace clang::tidy::coro {

struct RunOptions {
  AnalysisOptions Analysis;
  unsigned Processes = 1;
  unsigned Timeout = 0; // seconds for each unit; 0: no limit
  /// Where the index goes, and what is kept between runs.
  std::string CacheFolder;
  bool KeepsNothing = false; // neither reads nor fills the cache
  bool ShowsProgress = false;
};

/// Where a file that a fix would change comes from.
struct FixedFile {
  std::string Hash;          // of the text that was analysed
  std::vector<size_t> Units; // those that include it, and compile
};

struct RunResult {
  Report Found;
  llvm::StringMap<FixedFile> FixedFiles;
};

/// Analyses \p Of. Fails if the configuration is wrong or nothing can be
/// written; what becomes of single units is said in the report.
llvm::Expected<RunResult> analyse(const Project &Of, const RunOptions &Options);

/// Joins the summaries in \p Files: the findings of all units and across them.
/// With \p IndexFile the project index is written there.
llvm::Expected<Report> linkSummaries(const std::vector<std::string> &Files,
                                     llvm::StringRef IndexFile);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_ANALYSIS_H
