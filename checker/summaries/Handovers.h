// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a function that returns a task is given to somebody who calls it and
// drops what it returns.

#ifndef CORO_TIDY_SUMMARIES_HANDOVERS_H
#define CORO_TIDY_SUMMARIES_HANDOVERS_H

#include "summaries/TranslationUnit.h"

namespace clang::tidy::coro {

struct Handover {
  const Expr *Site;     // the call or construction that gives it away
  const Expr *Callable; // what returns the task
  TaskTraits Traits;    // of the task
  /// Where the result is dropped; invalid when a model or a type says so.
  SourceLocation DroppedAt;
};

/// The places of \p Unit at which a task is lost in a callback.
std::vector<Handover> findHandovers(TranslationUnit &Unit);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_HANDOVERS_H
