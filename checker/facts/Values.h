// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The values that variables and members are seen to have. This is a look at
// what is written, not a proof: who writes elsewhere is not known.

#ifndef CORO_TIDY_FACTS_VALUES_H
#define CORO_TIDY_FACTS_VALUES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"
#include <memory>
#include <vector>

namespace clang::tidy::coro {

/// \p E without parentheses, implicit conversions, temporaries and copies.
const Expr *stripped(const Expr *E);

/// The variable or member that \p E names; null for other expressions. What is
/// reached through a pointer, an iterator or an index counts as the variable.
const ValueDecl *namedBy(const Expr *E);

/// Whether the operands of \p S are never evaluated: sizeof, noexcept(...),
/// typeid of a type, a requires-expression.
bool isUnevaluated(const Stmt *S);

/// Visits the expressions and statements under \p Root in source order, each
/// once: of a co_await only the operand, nothing unevaluated, no body of a
/// lambda, and no discarded branch. \p Visit returns whether to go deeper.
void forEachEvaluated(const ASTContext &Context, const Stmt *Root,
                      llvm::function_ref<bool(const Stmt *)> Visit);

/// Calls \p Visit for each part of \p S that runs as part of it.
void forEachPart(const ASTContext &Context, const Stmt &S,
                 llvm::function_ref<void(const Stmt *)> Visit);

/// What one body writes and calls.
struct BodyScan {
  llvm::DenseMap<const ValueDecl *, llvm::SmallVector<const Expr *, 2>> Writes;
  std::vector<const CallExpr *> Calls;
  std::vector<const Expr *> Returned;
  /// Macros that something is compared with: errno == EAGAIN
  std::vector<const IntegerLiteral *> Compared;
};

/// Finds and keeps the scans of the functions and classes that were asked for.
class Values {
public:
  /// The values that \p Declaration, a variable or member, is seen to get.
  /// \p Within is the function that asks.
  llvm::SmallVector<const Expr *, 4> of(const ValueDecl &Declaration,
                                        const FunctionDecl &Within);

  /// The value of \p Declaration if it is seen to have one only; else null.
  const Expr *onlyValue(const ValueDecl &Declaration,
                        const FunctionDecl &Within);

  /// The scan of \p Function's body; empty without one.
  const BodyScan &scan(const FunctionDecl &Function);

  /// Whether \p Variable is moved from or returned anywhere in \p Within: then
  /// what it holds ends elsewhere.
  bool isGivenAway(const VarDecl &Variable, const FunctionDecl &Within);

  /// The functions in which \p Declaration may be given a value: \p Within for
  /// a variable, the methods of its class for a member.
  llvm::SmallVector<const FunctionDecl *, 8>
  writersOf(const ValueDecl &Declaration, const FunctionDecl &Within);

private:
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<BodyScan>> Scans;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_VALUES_H
