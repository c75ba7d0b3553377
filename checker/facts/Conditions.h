// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Decides the conditions of models for a call at hand: is this time-out zero,
// was this descriptor made non-blocking?

#ifndef CORO_TIDY_FACTS_CONDITIONS_H
#define CORO_TIDY_FACTS_CONDITIONS_H

#include "facts/Call.h"
#include "facts/Constants.h"
#include "facts/Values.h"
#include "models/Models.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::coro {

/// The answer to a condition.
struct Verdict {
  enum Certainty { No, Unknown, Yes } Holds = Unknown;
  /// Unknown because the value is this parameter of the function.
  std::optional<unsigned> Parameter;

  static Verdict of(bool Known) { return {Known ? Yes : No, std::nullopt}; }
};

/// Decides conditions for the calls of one translation unit.
class Conditions {
public:
  Conditions(const ASTContext &Context, const Models &Library,
             const Constants &Names, Values &Seen)
      : Context(Context), Library(Library), Names(Names), Seen(Seen) {}

  /// Whether \p Test holds for \p At, a call in \p Within. Tests of
  /// 'checked-by' are Unknown here: they need the flow of control.
  Verdict decide(const Condition &Test, const Call &At,
                 const FunctionDecl &Within);

  /// Whether \p Test holds for the value \p Subject in \p Within.
  Verdict decide(const Condition &Test, const Expr *Subject,
                 const FunctionDecl &Within);

  /// Whether \p E is zero: a number, a duration, a pointer to a zeroed struct.
  bool isZero(const Expr *E, const FunctionDecl &Within);

private:
  bool isZeroValue(const Expr *E, const FunctionDecl &Within, unsigned Depth);
  Verdict hasFlag(const Expr *E, const llvm::APSInt &Flag,
                  const FunctionDecl &Within);
  bool hasType(const Expr *E, llvm::ArrayRef<std::string> Types);
  bool comesFrom(const Expr *E, const Condition &Test,
                 const FunctionDecl &Within);
  bool handlesWouldBlock(const FunctionDecl &Within);
  bool isNonblocking(const Expr *E, const FunctionDecl &Within, unsigned Depth);
  bool isNonblockingValue(const Expr &Value, const FunctionDecl &Within,
                          unsigned Depth);
  bool makesNonblocking(const CallExpr &Site, const ValueDecl &Descriptor,
                        const FunctionDecl &Within, unsigned Depth);
  bool resultIsNonblocking(const CallExpr &Site, const FunctionDecl &Within,
                           unsigned Depth);
  bool allHold(const FunctionModel &Model, const CallExpr &Site,
               const FunctionDecl &Within);
  std::optional<llvm::APSInt> constantOf(const Expr *E,
                                         const FunctionDecl &Within);

  /// What isNonblocking is asked about right now.
  llvm::SmallPtrSet<const Expr *, 8> InProgress;

  const ASTContext &Context;
  const Models &Library;
  const Constants &Names;
  Values &Seen;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_CONDITIONS_H
