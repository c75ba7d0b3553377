// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The writers of the formats, one per file, and what several of them need.

#ifndef CORO_TIDY_DRIVER_REPORTERS_H
#define CORO_TIDY_DRIVER_REPORTERS_H

#include "driver/Formats.h"
#include <map>
#include <string>

namespace clang::tidy::coro {

void writeText(const Report &, const ReportContext &, llvm::raw_ostream &);
void writeSarif(const Report &, const ReportContext &, llvm::raw_ostream &);
void writeGitLab(const Report &, const ReportContext &, llvm::raw_ostream &);
void writeGitHub(const Report &, const ReportContext &, llvm::raw_ostream &);
void writeRDJsonLines(const Report &, const ReportContext &,
                      llvm::raw_ostream &);
void writeJUnit(const Report &, const ReportContext &, llvm::raw_ostream &);
void writeJson(const Report &, const ReportContext &, llvm::raw_ostream &);
void writeYaml(const Report &, const ReportContext &, llvm::raw_ostream &);

/// The name under which formats that know only findings show a unit that could
/// not be analysed, so that it is not taken for clean.
inline constexpr llvm::StringLiteral NotAnalysed = "not-analysed";

/// "could not be analysed: 'x.h' file not found"
std::string problemOf(const UnitStatus &Unit);

/// What the caller knows of \p Check.
CheckDescription describe(const ReportContext &Context, llvm::StringRef Check);

/// "src/a.cpp:3:7", relative to \p Root if it is in it; "" without a place.
std::string placeOf(const Location &At, llvm::StringRef Root);

/// The notes as lines of text, "src/a.cpp:3:7: note: 'f' calls 'g' here", each
/// with a line break before it.
std::string notesOf(const Finding &Of, llvm::StringRef Root);

std::map<std::string, unsigned> findingsPerCheck(const Report &Result);
unsigned countUnits(const Report &Result, UnitStatus::State Outcome);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_REPORTERS_H
