// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the analysis of a project gives, as plain values: they outlive the
// translation unit that they come from, go through files, and are written in
// any of the formats of reports.

#ifndef CORO_TIDY_DRIVER_FINDING_H
#define CORO_TIDY_DRIVER_FINDING_H

#include "llvm/Archive.h"
#include "llvm/Location.h"
#include <string>
#include <vector>

namespace clang::tidy::coro {

/// A replacement of text.
struct Edit {
  std::string File; // absolute
  unsigned Offset = 0;
  unsigned Length = 0;
  std::string Text;
};

struct Note {
  Location At;
  std::string Message;
};

struct Finding {
  std::string Check; // "coro-blocking-call"
  Location At;
  std::string Message;
  /// Where, why, what to do, and the chain; in the order in which people read.
  std::vector<Note> Notes;
  /// Applied together or not at all.
  std::vector<Edit> Fixes;
  /// WarningsAsErrors of .clang-tidy names the check.
  bool IsError = false;
  /// The function around it, by its full name; empty outside of functions.
  std::string Function;
  /// Tells it from others in the same function and of the same check, and does
  /// not change when code moves: the name of what is called or declared.
  std::string Subject;
};

void map(Archive &With, Note &Each);
void map(Archive &With, Edit &Each);
void map(Archive &With, Finding &Each);

/// What became of one translation unit.
struct UnitStatus {
  enum State { Analysed, Cached, Failed };
  std::string File; // absolute
  State Outcome = Analysed;
  /// Why it could not be analysed.
  std::string Problem;
  double Seconds = 0;
};

/// The result of a run.
struct Report {
  /// Sorted by place; each once, whatever the number of units that show it.
  std::vector<Finding> Findings;
  /// In the order of the compile database.
  std::vector<UnitStatus> Units;
};

/// A name for \p Of that stays the same when lines move or messages are worded
/// anew: a hash of the check, the function, the subject, and \p Ordinal, which
/// tells apart those for which all these are equal.
std::string fingerprint(const Finding &Of, unsigned Ordinal);

/// The fingerprints of \p Findings, in their order.
std::vector<std::string> fingerprints(const std::vector<Finding> &Findings);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_FINDING_H
