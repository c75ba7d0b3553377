// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes the summary of a translation unit from its picture.

#ifndef CORO_TIDY_SUMMARIES_SUMMARIZE_H
#define CORO_TIDY_SUMMARIES_SUMMARIZE_H

#include "summaries/Blocking.h"
#include "summaries/UnitSummary.h"

namespace clang::tidy::coro {

/// Says what would become of findings at the given places.
using Judge = llvm::function_ref<std::vector<Standing>(
    llvm::ArrayRef<SourceLocation> Places)>;

/// Adds to \p Result, which has a File, the functions of \p Unit that block, or
/// call what is not in sight: those that other units can call, the coroutines
/// and awaiters, and what they reach. \p Query says which functions never
/// count.
void summarize(TranslationUnit &Unit, const BlockingQuery &Query, Judge Judged,
               UnitSummary &Result);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_SUMMARIZE_H
