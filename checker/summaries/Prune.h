// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Keeps the summaries of units small.

#ifndef CORO_TIDY_SUMMARIES_PRUNE_H
#define CORO_TIDY_SUMMARIES_PRUNE_H

#include "summaries/UnitSummary.h"

namespace clang::tidy::coro {

/// Takes away of \p Functions, those of a unit, and of their calls what leads
/// nowhere: neither to what blocks nor out of the unit.
void keepWhatMatters(std::vector<FunctionSummary> &Functions);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_PRUNE_H
