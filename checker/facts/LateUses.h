// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a coroutine uses what its reference-like parameters refer to while it
// is suspended, or after that.

#ifndef CORO_TIDY_FACTS_LATEUSES_H
#define CORO_TIDY_FACTS_LATEUSES_H

#include "facts/Paths.h"
#include "facts/Referents.h"
#include "facts/TaskFate.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <functional>

namespace clang::tidy::coro {

/// A use of what a parameter refers to.
struct LateUse {
  const Expr *Use;
  /// What the coroutine is suspended at before; null for its beginning.
  const CoroutineSuspendExpr *Across;
  /// What is awaited uses it: co_await put(key)
  bool Meanwhile = false;
};

class LateUses {
public:
  /// Whether the task that a call makes refers to the argument of that index,
  /// without one to its object, while it runs.
  using Keeping =
      std::function<bool(const CallExpr &, std::optional<unsigned>)>;

  LateUses(const FunctionDecl &Coroutine, Values &Seen, TaskTypes &Types,
           const Models &Library, Keeping Keeps);

  /// The first use of \p Parameter after a suspension, or while awaiting.
  std::optional<LateUse> of(const ParmVarDecl &Parameter) const;

  /// The first use at all, as that of a coroutine which begins suspended.
  std::optional<LateUse> afterBeginning(const ParmVarDecl &Parameter) const;

private:
  using Names = llvm::SmallPtrSet<const ValueDecl *, 4>;

  Names namesFor(const ParmVarDecl &Parameter) const;
  bool refersTo(const Expr &E, bool IsBound, const Names &Known) const;
  const Expr *keptBy(const CallExpr &Site, const Names &Known) const;
  llvm::SmallPtrSet<const CoroutineSuspendExpr *, 8>
  suspensionsWith(const ParmVarDecl &Parameter) const;
  std::optional<LateUse> usedAfter(const ParmVarDecl &Parameter,
                                   const Names &Known) const;
  std::optional<LateUse> usedMeanwhile(const Names &Known) const;
  const Expr *useAt(const CFGElement &Element, const Names &Known) const;
  const Expr *useInHandler(const CoroutineSuspendExpr &Await,
                           const Names &Known) const;
  bool isMadeOf(const Expr &Init, const Names &Known) const;
  const Expr *usedWithValueOf(const CoroutineSuspendExpr &Await,
                              const Names &Known) const;
  bool isAssigned(const Expr &Mention) const;
  bool awaitsIt(const CoroutineSuspendExpr &Await, const Names &Known) const;

  const FunctionDecl &Coroutine;
  Values &Seen;
  TaskTypes &Types;
  const Models &Library;
  Keeping Keeps;
  LocalUses Uses;
  Flow Order;
  std::unique_ptr<Paths> Search;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_LATEUSES_H
