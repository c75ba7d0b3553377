// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a condition asks, in a form in which two conditions that ask the same,
// or the opposite, can be told.

#ifndef CORO_TIDY_FACTS_PREDICATES_H
#define CORO_TIDY_FACTS_PREDICATES_H

#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>
#include <string>

namespace clang::tidy::coro {

/// A condition as "Subject == Value", or the opposite. So are written:
///   ready      as ready != 0               p.has_value()  as p? != 0
///   n > 0      as n != 0, if unsigned      !ids.empty()   as ids.size != 0
///   a >= b     as (a < b) == 0             mode == Fast   as mode == 1
struct Predicate {
  std::string Subject;
  std::string Value = "0";
  bool Negated = false;
  /// The variables, and members of this, that Subject depends on.
  llvm::SmallVector<const ValueDecl *, 2> Mentions;
};

/// The predicate that \p Condition asks. None where it calls what may answer
/// otherwise the next time though nothing that it mentions has changed.
std::optional<Predicate> predicateOf(const Expr &Condition,
                                     const ASTContext &Context);

/// What \p Switched is compared with, as Subject; for a switch.
std::optional<Predicate> subjectOf(const Expr &Switched,
                                   const ASTContext &Context);

/// That the range \p Range is empty.
std::optional<Predicate> emptinessOf(const Expr &Range,
                                     const ASTContext &Context);

/// The Subject of a predicate about \p Variable alone.
std::string subjectFor(const ValueDecl &Variable);

/// The Subject of the size of \p Container.
std::string sizeSubjectFor(const ValueDecl &Container);

/// The Value of the constant \p E; none if it is no integral constant.
std::optional<std::string> valueOf(const Expr &E, const ASTContext &Context);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_PREDICATES_H
