// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether a unit parses with other texts of its files, for fixes.

#ifndef CORO_TIDY_DRIVER_PARSE_H
#define CORO_TIDY_DRIVER_PARSE_H

#include "driver/Fixes.h"
#include "driver/UnitAnalysis.h"

namespace clang::tidy::coro {

/// The first error of what \p Command compiles if the files in \p Changed have
/// the text given there; empty if there is none.
std::string parseErrors(const tooling::CompileCommand &Command,
                        const AnalysisOptions &Options,
                        const FileTexts &Changed);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_PARSE_H
