// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The formats in which a report can be written, for people and for machines.
// docs/formats.md says who reads which. Strings that are not valid UTF-8 are
// mended on the way out; a report says the same twice if it is the same.

#ifndef CORO_TIDY_DRIVER_FORMATS_H
#define CORO_TIDY_DRIVER_FORMATS_H

#include "driver/Finding.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <functional>
#include <string>
#include <vector>

namespace clang::tidy::coro {

enum class Format {
  Text,
  Sarif,
  GitLab,
  GitHub,
  RDJsonLines,
  JUnit,
  Json,
  Yaml
};

/// The name by which the command line knows it: "rdjsonl".
llvm::StringRef nameOf(Format Which);

/// All names, in the order of the documentation.
std::vector<llvm::StringRef> formatNames();

/// The format of that name; the error says which there are.
llvm::Expected<Format> parseFormat(llvm::StringRef Name);

/// What formats for machines say of a check.
struct CheckDescription {
  /// One sentence: "Finds calls that block the thread of a coroutine."
  std::string Summary;
  /// The page of the documentation, as Markdown; and where it stands.
  std::string Help;
  std::string Uri;
  std::vector<std::string> Tags;
  /// The notes walk through the program, from one place to the next, as those
  /// about a chain of calls do; otherwise each stands for itself.
  bool NotesAreSteps = false;
};

struct ReportContext {
  /// The folder of the project, absolute. Formats for machines name the files
  /// in it relative to it, and others by their absolute path.
  std::string Root;
  /// The same for people: the folder in which the command was called.
  std::string WorkingDirectory;
  std::string Version;
  /// Where the tool is documented; may be empty.
  std::string Uri;
  /// May be empty, and so may be what it returns.
  std::function<CheckDescription(llvm::StringRef Check)> Describe;
  /// For text.
  bool Color = false;
  /// Text ends with a summary, others tell the time of each unit.
  bool Statistics = false;
};

/// Writes \p Result. Sources are read for snippets, columns and fixes; what
/// cannot be read, or has changed since, is left out.
void writeReport(Format As, const Report &Result, const ReportContext &Context,
                 llvm::raw_ostream &OS);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_FORMATS_H
