// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The order of the uses of shared state in one coroutine, and its suspensions.

#ifndef CORO_TIDY_FACTS_STATEFLOW_H
#define CORO_TIDY_FACTS_STATEFLOW_H

#include "facts/Exclusion.h"
#include "facts/Paths.h"
#include "llvm/ADT/DenseSet.h"
#include <map>
#include <memory>

namespace clang::tidy::coro {

class StateFlow {
public:
  /// An element: the first Index ones of the block come before it.
  struct Position {
    const CFGBlock *Block = nullptr;
    size_t Index = 0;
  };
  /// A use that is reached after a suspension.
  struct Stale {
    const PlaceUse *Use;
    const CoroutineSuspendExpr *Suspension;
  };
  /// One outcome of a branch.
  struct Edge {
    const CFGBlock *From;
    const CFGBlock *To;
  };

  /// \p Uses are those in \p Function, of which \p Around are the parents.
  StateFlow(const FunctionDecl &Function, const Models &Library, Values &Seen,
            llvm::ArrayRef<PlaceUse> Uses, const Parents &Around,
            KnownUses &Others);

  bool isKnown() const { return Order.isKnown(); }
  const Flow &order() const { return Order; }

  /// What methods of this object do that are called.
  llvm::ArrayRef<std::unique_ptr<PlaceUse>> usesByCalls() const {
    return ByCalls;
  }

  /// Has search see \p Use, which is none of those that were given.
  void addUse(const PlaceUse &Use) { UsesAt[Use.At].push_back(&Use); }

  /// Where \p S is evaluated; without a block if that is not known.
  Position positionOf(const Stmt &S) const { return Positions.lookup(&S); }

  /// Where what \p Decided has been asked by \p Mention.
  Position checkedAt(const Edge &Decided, const Expr &Mention) const;

  /// Searches for a use that \p IsWanted, after a suspension, on the ways from
  /// \p From on which \p Renews never holds.
  std::vector<Stale>
  search(Position From, llvm::function_ref<bool(const PlaceUse &)> IsWanted,
         llvm::function_ref<bool(const PlaceUse &, bool IsSuspended)> Renews);

  /// Whether no way leads to \p Block but by \p Decided.
  bool passesOnlyBy(const Edge &Decided, const CFGBlock &Block);

  /// Whom the coroutine keeps out at both places.
  Exclusion::Kept keepsOut(Position First, Position Second);

  /// A change of \p Declaration in another function that \p Counts; null
  /// without one.
  const PlaceUse *
  changeElsewhere(const ValueDecl &Declaration,
                  llvm::function_ref<bool(const PlaceUse &)> Counts) const;

  /// Whether \p Use asks what would tell, too, that \p Declaration was changed:
  /// what the functions that change it change with it, or a number that is
  /// compared with what it was before.
  ///   if (closed_) co_return;   if (generation_ != mine) co_return;
  bool tellsOfChange(const PlaceUse &Use, const ValueDecl &Declaration) const;

  /// Whether \p Other is another function that may run meanwhile: not a
  /// constructor, a destructor or an assignment of the whole object.
  bool isElsewhere(const FunctionDecl &Other) const;

  /// Whether \p Inner stands in the body of a loop that serves: while (open_),
  /// for (;;). One that counts does not.
  bool isWorker(const Stmt &Inner) const;

  bool isLoopCondition(const Stmt &Inner) const;

private:
  void findPositions(llvm::ArrayRef<PlaceUse> Uses);
  void addCallOnThis(const CXXMemberCallExpr &Site);

  const FunctionDecl &Function;
  const Models &Library;
  Values &Seen;
  llvm::ArrayRef<PlaceUse> Uses;
  const Parents &Around;
  KnownUses &Others;

  Flow Order;
  std::unique_ptr<Paths> Ways;
  std::unique_ptr<Exclusion> Alone;
  llvm::DenseMap<const Stmt *, Position> Positions;
  llvm::DenseMap<const Stmt *, llvm::SmallVector<const PlaceUse *, 1>> UsesAt;
  std::map<std::pair<const CFGBlock *, const CFGBlock *>,
           llvm::DenseSet<const CFGBlock *>>
      WithoutEdge;
  std::vector<std::unique_ptr<PlaceUse>> ByCalls;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_STATEFLOW_H
