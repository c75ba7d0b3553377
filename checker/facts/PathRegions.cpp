// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The shape of the flow, apart from what is known on the ways through it: which
// blocks matter to a search, and where two blocks decide by one condition.

#include "facts/Paths.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {

Paths::Region
Paths::region(const CFGBlock &From,
              const llvm::DenseSet<const CFGBlock *> *Inside,
              llvm::function_ref<bool(const CFGBlock &)> Ends) const {
  Region Result;
  llvm::SmallVector<const CFGBlock *, 16> Pending{&From};
  while (!Pending.empty()) {
    const CFGBlock *Current = Pending.pop_back_val();
    if (!Result.Blocks.insert(Current).second ||
        (Current != &From && Ends(*Current)))
      continue;
    Predicates.addAsked(*Current, Result.Asked);
    for (const CFGBlock::AdjacentBlock &Next : Current->succs())
      if (const CFGBlock *To = Next.getReachableBlock();
          To && (!Inside || Inside->contains(To)))
        Pending.push_back(To);
  }
  return Result;
}

llvm::DenseSet<const CFGBlock *>
Paths::leadingTo(llvm::ArrayRef<const CFGBlock *> Targets) const {
  llvm::DenseSet<const CFGBlock *> Result;
  llvm::SmallVector<const CFGBlock *, 16> Pending(Targets);
  while (!Pending.empty()) {
    const CFGBlock *Current = Pending.pop_back_val();
    if (!Result.insert(Current).second)
      continue;
    for (const CFGBlock::AdjacentBlock &Before : Current->preds())
      if (const CFGBlock *From = Before.getReachableBlock())
        Pending.push_back(From);
  }
  return Result;
}

/// The logical operator in \p Block that has \p Part as an operand, or an
/// operand of an operand, and gives its value there.
static const Stmt *wholeOf(const Stmt *Part, const CFGBlock &Block) {
  for (const CFGElement &Element : Block) {
    auto Statement = Element.getAs<CFGStmt>();
    const auto *Whole =
        Statement ? dyn_cast<BinaryOperator>(Statement->getStmt()) : nullptr;
    if (!Whole || !Whole->isLogicalOp())
      continue;
    llvm::SmallVector<const Expr *, 4> Pending{Whole};
    while (!Pending.empty()) {
      const Expr *Current = Pending.pop_back_val()->IgnoreParens();
      if (Current == Part)
        return Whole;
      const auto *Logical = dyn_cast<BinaryOperator>(Current);
      if (Logical && Logical->isLogicalOp())
        Pending.append({Logical->getLHS(), Logical->getRHS()});
    }
  }
  return nullptr;
}

/// What is known of a logical operator after going from \p Block to
/// \p Successor. Where temporaries end after the condition, all of "a && b" is
/// decided once more behind them:
///   if (co_await f() && ready_)
Paths::Shortcut Paths::shortcutBy(const CFGBlock &Block,
                                  const CFGBlock &Successor, bool Outcome,
                                  Shortcut Before) {
  const auto *Logical =
      dyn_cast_or_null<BinaryOperator>(Block.getTerminatorStmt());
  if (!Logical || !Logical->isLogicalOp() ||
      !Block.getTerminator().isStmtBranch())
    return Before;
  const Stmt *Whole = wholeOf(Logical, Successor);
  return Whole ? Shortcut{Whole, Outcome} : Shortcut();
}

} // namespace clang::tidy::coro
