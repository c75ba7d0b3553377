// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The commands of coro-tidy. Each gives the exit code of the program.

#ifndef CORO_TIDY_DRIVER_COMMANDS_H
#define CORO_TIDY_DRIVER_COMMANDS_H

#include "driver/CommandLine.h"

namespace clang::tidy::coro {

/// coro-tidy [-p BUILD] [PATH...]: analyses, links, reports.
ExitCode check(const CommandLine &Wanted);

/// coro-tidy baseline: writes what is found now to the baseline file.
ExitCode writeBaseline(const CommandLine &Wanted);

/// coro-tidy summarize FILE -o SUMMARY: analyses one unit.
ExitCode summarizeUnit(const CommandLine &Wanted);

/// coro-tidy link SUMMARY...: joins and reports.
ExitCode link(const CommandLine &Wanted);

/// coro-tidy why FUNCTION: the chains by which it blocks.
ExitCode why(const CommandLine &Wanted);

/// coro-tidy callers CATEGORY: the functions that reach a call of the category.
ExitCode callers(const CommandLine &Wanted);

/// --list-checks
ExitCode listChecks(const CommandLine &Wanted);

/// --explain CHECK
ExitCode explain(const CommandLine &Wanted);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_COMMANDS_H
