// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes the summary of a translation unit from its picture.

#ifndef CORO_TIDY_SUMMARIES_SUMMARIZE_H
#define CORO_TIDY_SUMMARIES_SUMMARIZE_H

#include "summaries/Blocking.h"
#include "summaries/UnitSummary.h"

namespace clang::tidy::coro {

/// The functions of \p Unit that block, or call what is not in sight: those
/// that other units can call, the coroutines and awaiters, and what they reach.
/// \p Query says which functions never count. \p File is the main file.
std::vector<FunctionSummary> summarize(TranslationUnit &Unit,
                                       const BlockingQuery &Query,
                                       llvm::StringRef File);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_SUMMARIZE_H
