// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the local variables of one function stand: their scopes and mentions.

#ifndef CORO_TIDY_FACTS_LOCALUSES_H
#define CORO_TIDY_FACTS_LOCALUSES_H

#include "facts/Parents.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallVector.h"
#include <vector>

namespace clang::tidy::coro {

class LocalUses {
public:
  explicit LocalUses(const FunctionDecl &Function);

  const FunctionDecl &function() const { return Function; }
  const Parents &around() const { return Around; }

  /// The calls, co_awaits and returns, in the order of the source.
  const std::vector<const CallExpr *> &calls() const { return Calls; }
  const std::vector<const CoroutineSuspendExpr *> &awaits() const {
    return Awaits;
  }
  const std::vector<const ReturnStmt *> &returns() const { return Returns; }

  /// The parameters and local variables, in that order.
  const std::vector<const VarDecl *> &locals() const { return Locals; }

  /// The mentions of the variable or member \p Variable.
  llvm::ArrayRef<const Expr *> mentionsOf(const ValueDecl &Variable) const;

  /// The statement with which \p Local goes out of scope; null for what this
  /// function does not declare.
  const Stmt *scopeOf(const VarDecl &Local) const;

  /// The declaration of \p Local; null for a parameter.
  const DeclStmt *declarationOf(const VarDecl &Local) const {
    return Declarations.lookup(&Local);
  }

  bool isWithin(const Stmt &S, const Stmt &Scope) const;

  /// Whether \p Second stands behind \p First.
  bool isBehind(const Stmt &Second, const Stmt &First) const {
    return Order.lookup(&Second) > Order.lookup(&First);
  }

  /// Whether \p Second may run after \p First before \p Scope ends: it stands
  /// behind it, or in a loop with it.
  bool mayFollow(const Stmt &Second, const Stmt &First,
                 const Stmt &Scope) const;

  /// The variables and members that \p Root mentions.
  llvm::SmallVector<const ValueDecl *, 4> mentionedIn(const Stmt &Root) const;

private:
  const FunctionDecl &Function;
  std::vector<const VarDecl *> Locals;
  std::vector<const CallExpr *> Calls;
  std::vector<const CoroutineSuspendExpr *> Awaits;
  std::vector<const ReturnStmt *> Returns;
  llvm::DenseMap<const VarDecl *, const DeclStmt *> Declarations;
  llvm::DenseMap<const ValueDecl *, llvm::SmallVector<const Expr *, 2>>
      Mentions;
  llvm::DenseMap<const Stmt *, unsigned> Order;
  Parents Around; // the last one: it fills the others
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_LOCALUSES_H
