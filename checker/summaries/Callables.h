// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which functions a call or a callable value can run, as far as it is seen.

#ifndef CORO_TIDY_SUMMARIES_CALLABLES_H
#define CORO_TIDY_SUMMARIES_CALLABLES_H

#include "summaries/TranslationUnit.h"

namespace clang::tidy::coro {

/// What a callable value may be.
struct Callables {
  llvm::SmallVector<const FunctionDecl *, 2> Functions;
  /// It is this parameter of the function in which it stands.
  std::optional<unsigned> Parameter;
};

/// Resolves \p Value, which stands in \p Within: a lambda, a function or
/// pointer to one, a functor, a std::function and the like, whose value is
/// visible.
Callables resolveCallable(TranslationUnit &Unit, const Expr *Value,
                          const FunctionDecl &Within);

/// The functions that \p At, which stands in \p Within, calls itself: the
/// callee, and for a virtual call the overriders in sight.
Callables resolveCallees(TranslationUnit &Unit, const Call &At,
                         const FunctionDecl &Within);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_CALLABLES_H
