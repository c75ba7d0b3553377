// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The analysis of one translation unit, in this process: one parse gives its
// findings, its summary for the linker, and the files that it was made from.

#ifndef CORO_TIDY_DRIVER_UNITANALYSIS_H
#define CORO_TIDY_DRIVER_UNITANALYSIS_H

#include "driver/Finding.h"
#include "summaries/UnitSummary.h"
#include "clang/Tooling/CompilationDatabase.h"

namespace clang::tidy::coro {

/// How units are analysed; the same for all units of a run.
struct AnalysisOptions {
  /// Globs of checks, as for clang-tidy; empty: all, as .clang-tidy says.
  std::string Checks;
  /// A regular expression for the headers in which findings count.
  std::string HeaderFilter;
  /// A configuration instead of .clang-tidy files.
  std::string Config;
  /// Compiler arguments to add to each command.
  std::vector<std::string> ExtraArguments;
  /// Parse the bodies of functions in system headers too.
  bool ParsesEverything = false;
};

/// A file that a unit was made from.
struct Dependency {
  std::string File; // absolute
  std::string Hash; // contentHash of the text that was read
};

/// All that is known of a unit; the contents of its summary file.
struct UnitRecord {
  /// Why it could not be analysed, or empty.
  std::string Problem;
  /// What is wrong in the configuration, or empty.
  std::string Configuration;
  std::vector<Finding> Findings;
  UnitSummary Summary;
  std::vector<Dependency> Dependencies;
};

void map(Archive &With, UnitRecord &Each);

/// Analyses what \p Command compiles. What cannot be analysed is said in
/// Problem; nothing is printed.
UnitRecord analyseUnit(const tooling::CompileCommand &Command,
                       const AnalysisOptions &Options);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_UNITANALYSIS_H
