// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What stands around an expression: the AST itself knows parts only.

#ifndef CORO_TIDY_FACTS_PARENTS_H
#define CORO_TIDY_FACTS_PARENTS_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"

namespace clang::tidy::coro {

class Parents {
public:
  Parents() = default;

  /// Walks what \p Function evaluates, in source order, and calls \p Visit for
  /// each statement and expression.
  Parents(const FunctionDecl &Function,
          llvm::function_ref<void(const Stmt *)> Visit);

  /// The statement or expression of which \p Part is an immediate part; null
  /// for the body of the function.
  const Stmt *of(const Stmt *Part) const { return Map.lookup(Part); }

  /// Whether the value of \p E is used: not of an expression statement.
  bool useValueOf(const Expr &E) const;

private:
  llvm::DenseMap<const Stmt *, const Stmt *> Map;
};

/// Whether \p Parent passes the value of its operand on unchanged.
bool passesValueOn(const Stmt &Parent);

/// Whether \p Site stands in an operand or a branch that is never evaluated.
/// Asks the AST for what is around it, which costs a walk over all of it the
/// first time.
bool isInUnevaluated(const ASTContext &Context, const Expr &Site);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_PARENTS_H
