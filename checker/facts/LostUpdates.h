// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shared state that a coroutine reads or checks before it is suspended, and
// writes or relies on after it.

#ifndef CORO_TIDY_FACTS_LOSTUPDATES_H
#define CORO_TIDY_FACTS_LOSTUPDATES_H

#include "facts/PlaceChecks.h"
#include "facts/StateFlow.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {

struct LostUpdate {
  enum Kind {
    OldValue, // auto n = count_; co_await f(); count_ = n + 1;
    OldCheck, // if (link_) { co_await f(); link_->send(); }
  };
  Kind What;
  /// The write or the use after the suspension.
  PlaceUse Use;
  /// Where it was read or checked.
  const Expr *Before;
  /// The member or variable that was checked, which may be another one.
  const ValueDecl *Checked;
  const CoroutineSuspendExpr *Suspension;
  /// Where other code changes it; null if only another run of the same
  /// coroutine does.
  const PlaceUse *Change;
};

class LostUpdates {
public:
  /// \p Uses are those in \p Function, of which \p Around are the parents.
  LostUpdates(const FunctionDecl &Function, const Models &Library, Values &Seen,
              llvm::ArrayRef<PlaceUse> Uses, const Parents &Around,
              KnownUses &Others);

  std::vector<LostUpdate> find();

private:
  using Position = StateFlow::Position;
  using Stale = StateFlow::Stale;
  using Edge = StateFlow::Edge;
  /// A value that is read, and what names the object.
  using Reads = llvm::SmallVector<const Expr *, 2>;
  void addReads(const Expr &Value, const std::string &Text, unsigned Depth,
                Reads &Found) const;
  void findOldValues();
  void findOldChecks();
  void check(const Edge &Decided, const PlaceCheck &Known,
             llvm::ArrayRef<PlaceCheck> Together);
  void checkRelated(const Edge &Decided, const PlaceCheck &Known);
  /// Adds each use that \p Relies on \p Known, is reached by \p Decided only,
  /// and comes after a suspension in which \p Change may have spoiled it. Who
  /// changes, or looks anew at, what \p IsSame has asked again.
  void addLate(const Edge &Decided, const PlaceCheck &Known,
               const PlaceUse &Change,
               llvm::function_ref<bool(const PlaceUse &)> Relies,
               llvm::function_ref<bool(const PlaceUse &)> IsSame);
  void checkUnused(const Edge &Decided, const PlaceCheck &Known);
  bool isConsumed(const Edge &Decided, const PlaceCheck &Known);
  static bool reserves(const PlaceUse &Use, const PlaceCheck &Known,
                       llvm::ArrayRef<PlaceCheck> Together);

  bool changesItself(const PlaceCheck &Known) const;
  bool isPartOfOwnWrite(const PlaceUse &Read) const;
  void add(LostUpdate::Kind What, const Stale &Found, const PlaceCheck *Known,
           const Expr &Before, const PlaceUse *Change);

  const FunctionDecl &Function;
  const ASTContext &Context;
  const Models &Library;
  Values &Seen;
  llvm::ArrayRef<PlaceUse> Uses;
  const Parents &Around;
  KnownUses &Others;

  StateFlow Run;
  llvm::DenseMap<const Expr *, const PlaceUse *> ByMention;
  std::vector<LostUpdate> Result;
  llvm::DenseSet<const Expr *> Done;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_LOSTUPDATES_H
