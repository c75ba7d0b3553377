// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What templates in sight do with the callables that they are given.

#ifndef CORO_TIDY_SUMMARIES_GIVENCALLABLES_H
#define CORO_TIDY_SUMMARIES_GIVENCALLABLES_H

#include "summaries/TranslationUnit.h"

namespace clang::tidy::coro {

class GivenCallables {
public:
  explicit GivenCallables(TranslationUnit &Unit) : Unit(Unit) {}

  /// The parameter of a template whose value \p Callable is, perhaps moved,
  /// forwarded, copied or captured; null for other expressions.
  const ParmVarDecl *parameterIn(const Expr *Callable) const;

  /// Notes that the result of \p Given is dropped at \p Place.
  void setDropped(const ParmVarDecl &Given, SourceLocation Place) {
    Dropped.try_emplace(&Given, Place);
  }

  /// How many parameters are known to be dropped.
  size_t size() const { return Dropped.size(); }

  /// Where \p Callee calls its parameter \p Index, or a lambda in it does, and
  /// drops the result; or where it gives it to what does. Invalid if nowhere.
  SourceLocation dropsParameter(const FunctionDecl &Callee, unsigned Index);

  /// Where a method of \p Class, made from a template, calls a member of type
  /// \p Type and drops the result: a scope guard. Invalid if nowhere.
  SourceLocation dropsMember(const CXXRecordDecl &Class, QualType Type);

private:
  const Expr *calledObject(const CallExpr &Site) const;
  template <typename Visitor>
  void forEachDroppedCall(const FunctionDecl &Function, Visitor Visit);

  TranslationUnit &Unit;
  llvm::DenseMap<const ParmVarDecl *, SourceLocation> Dropped;
};

/// What \p Site calls, as far as the syntax tells.
const Expr *calledIn(const CallExpr &Site);

/// Whether \p Value is a call of a callable that was given to a template: then
/// what is lost is the fault of who gave it.
bool callsGivenCallable(TranslationUnit &Unit, const Expr &Value);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_GIVENCALLABLES_H
