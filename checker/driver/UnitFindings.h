// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes findings as values from what clang-tidy collected.

#ifndef CORO_TIDY_DRIVER_UNITFINDINGS_H
#define CORO_TIDY_DRIVER_UNITFINDINGS_H

#include "clang-tidy/ClangTidyDiagnosticConsumer.h"
#include "driver/UnitAnalysis.h"
#include "summaries/TranslationUnit.h"

namespace clang::tidy::coro {

/// Adds \p Errors to \p Result: those of our checks as findings, those of the
/// compiler as the problem, those about the configuration as such.
void addFindings(const std::vector<ClangTidyError> &Errors,
                 TranslationUnit *Unit, SourceManager &Sources,
                 UnitRecord &Result);

/// The same for errors without a translation unit.
void addProblems(const std::vector<ClangTidyError> &Errors, UnitRecord &Result);

/// The names that \p Message quotes, which stay when it is worded anew.
std::string subjectOf(llvm::StringRef Message);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_UNITFINDINGS_H
