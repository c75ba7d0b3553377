// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether co_await may be put before an expression.

#ifndef CORO_TIDY_SUMMARIES_AWAITING_H
#define CORO_TIDY_SUMMARIES_AWAITING_H

#include "facts/DiscardedValues.h"
#include "facts/LocalUses.h"
#include "summaries/TranslationUnit.h"

namespace clang::tidy::coro {

/// Whether "co_await Lost.Value;" compiles where it stands and means what was
/// wanted: in a coroutine that awaits, outside of handlers and of templates,
/// and accepted by the promise. Errs towards no.
bool canAwait(TranslationUnit &Unit, const DiscardedValue &Lost,
              const TaskTraits &Traits);

/// Whether the promise of the coroutine \p Within has an await_transform for
/// just the class \p Class, so that co_await gives a value of it a meaning.
bool isAwaitedByPromise(TranslationUnit &Unit, const CXXRecordDecl &Class,
                        const FunctionDecl &Within);

/// Whether a coroutine that returns a lazy task of \p Type can await such a
/// task, whatever it is called with.
bool canAwaitOwn(TranslationUnit &Unit, QualType Type);

/// Whether each "return f();" of the ordinary function of \p Uses can become
/// "co_return co_await f();": then the function is a coroutine, which begins
/// when it is awaited, as the tasks do that it returned. Errs towards no.
bool canAwaitReturns(TranslationUnit &Unit, const LocalUses &Uses);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_AWAITING_H
