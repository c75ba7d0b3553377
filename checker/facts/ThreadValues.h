// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What belongs to the thread in which a coroutine got it, and is used after a
// suspension, when the coroutine may be in another thread.

#ifndef CORO_TIDY_FACTS_THREADVALUES_H
#define CORO_TIDY_FACTS_THREADVALUES_H

#include "facts/Values.h"
#include "models/Models.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {

/// A use of what belongs to another thread, perhaps.
struct ThreadValue {
  enum Kind {
    Address,  // auto &buffer = threadLocalBuffer;
    Identity, // auto id = std::this_thread::get_id();
    Error,    // errno, of a call before the suspension
  };
  Kind What;
  const ValueDecl *Kept; // the variable; null for an error
  const Expr *Origin;    // what gave it
  const CoroutineSuspendExpr *Across;
  const Expr *Use; // the first one, in source order
};

/// The values of threads that \p Coroutine uses after a suspension.
std::vector<ThreadValue> threadValuesAcross(const FunctionDecl &Coroutine,
                                            const Models &Library,
                                            Values &Seen);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_THREADVALUES_H
