// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the user asks for.

#ifndef CORO_TIDY_DRIVER_COMMANDLINE_H
#define CORO_TIDY_DRIVER_COMMANDLINE_H

#include "driver/Analysis.h"

namespace clang::tidy::coro {

/// The exit codes of all commands.
enum ExitCode {
  Clean = 0,
  HasFindings = 1,
  WrongUsage = 2, // or configuration, or nothing could be written
  Incomplete = 3, // a unit could not be analysed
};

/// Says on standard error why a command cannot do what it should.
ExitCode fail(llvm::Error Why);

struct CommandLine {
  /// "check", "summarize", "link", "baseline", "why" or "callers".
  std::string Command = "check";
  /// Paths; for why and callers what is asked about; for link the summaries.
  std::vector<std::string> Operands;
  /// How the paths are compiled: what stands after --.
  std::optional<std::vector<std::string>> Flags;

  std::string BuildPath;
  RunOptions Run;
  std::string Format;
  std::string Output; // a file; empty: standard output
  std::string BaselineFile;
  std::string DiffFrom;
  std::string LineFilter;
  std::string IndexFile;
  std::string DependencyFile;
  std::string Explain;
  bool Fix = false;
  bool ListChecks = false;
  bool IsQuiet = false;

  // Of summarize.
  std::string ObjectFile; // or a folder that it is in
  bool IsRelative = false;

  // Of summarize, as the driver calls itself.
  std::string Directory;
  bool IsWholeCommand = false;
};

/// Reads the arguments of the program. Nothing, after an error message, if they
/// are wrong; --help and --version end the program.
std::optional<CommandLine> readCommandLine(int Count, const char **Arguments);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_COMMANDLINE_H
