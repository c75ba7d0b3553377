// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the coroutines of a unit keep while they are suspended, though it
// belongs to the thread.

#ifndef CORO_TIDY_SUMMARIES_ACROSSSUSPENSIONS_H
#define CORO_TIDY_SUMMARIES_ACROSSSUSPENSIONS_H

#include "facts/HeldLocks.h"
#include "facts/ThreadValues.h"
#include "summaries/TranslationUnit.h"

namespace clang::tidy::coro {

/// The locks that the coroutines of \p Unit hold at a suspension, in the order
/// of the walk.
std::vector<HeldLock> findHeldLocks(TranslationUnit &Unit);

/// What the coroutines of \p Unit got from their thread and use after a
/// suspension, in the order of the walk; not of those that stay in their
/// thread.
std::vector<ThreadValue> findThreadValues(TranslationUnit &Unit);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_ACROSSSUSPENSIONS_H
