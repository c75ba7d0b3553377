// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The expressions of a function whose value is thrown away.

#ifndef CORO_TIDY_FACTS_DISCARDEDVALUES_H
#define CORO_TIDY_FACTS_DISCARDEDVALUES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include <vector>

namespace clang::tidy::coro {

struct DiscardedValue {
  const Expr *Value;
  /// By (void) or an assignment to std::ignore.
  bool OnPurpose;
  /// In a handler, where co_await is not allowed.
  bool InHandler;
  /// The statement is in the body of \p Within.
  const FunctionDecl *Within;
};

/// The values of class type, and the results of co_await, that \p Function
/// throws away: of statements, of init-statements and increments, and left of a
/// comma at their top.
std::vector<DiscardedValue> discardedValues(const ASTContext &Context,
                                            const FunctionDecl &Function);

/// Adds what \p E throws away when its own value is not used.
void addDiscarded(const Expr *E, DiscardedValue Where,
                  std::vector<DiscardedValue> &Result);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_DISCARDEDVALUES_H
