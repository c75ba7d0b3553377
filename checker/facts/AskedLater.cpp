// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How long it is worth to know the answer to a question: until what it is about
// changes, or nobody asks it any more.

#include "facts/KnownPredicates.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {

/// Calls \p Visit for each variable that \p Element changes, with its new value
/// if that is known.
void KnownPredicates::forEachChange(
    const CFGElement &Element,
    llvm::function_ref<void(const ValueDecl &, const Expr *)> Visit) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return;
  const Stmt *S = Statement->getStmt();
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *Each : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(Each))
        Visit(*Variable, Variable->getInit());
    return;
  }
  if (const auto *Assignment = dyn_cast<BinaryOperator>(S)) {
    const ValueDecl *Named = Assignment->getOpcode() == BO_Assign
                                 ? namedBy(Assignment->getLHS())
                                 : nullptr;
    if (isa_and_nonnull<VarDecl>(Named))
      Visit(*Named, Assignment->getRHS());
  } else if (const auto *Step = dyn_cast<UnaryOperator>(S)) {
    const ValueDecl *Named =
        Step->isIncrementOp() ? namedBy(Step->getSubExpr()) : nullptr;
    if (isa_and_nonnull<VarDecl>(Named))
      Visit(*Named, Step);
  } else if (const ValueDecl *Changed = Changing.At.lookup(S)) {
    Visit(*Changed, nullptr);
  }
}

/// Goes backwards through the blocks until nothing is new.
void KnownPredicates::findAskedLater(const Flow &Order) {
  unsigned Count = Followed.size();
  if (Count == 0)
    return;
  llvm::DenseMap<const CFGBlock *, llvm::BitVector> Changed, AskedAtEnd;
  for (const CFGBlock *Block : Order.blocks()) {
    llvm::BitVector &Lost = Changed.try_emplace(Block, Count).first->second;
    for (const CFGElement &Element : *Block)
      forEachChange(Element, [&](const ValueDecl &Variable, const Expr *) {
        for (unsigned Each : mentioning(Variable))
          Lost.set(Each);
      });
    addAsked(*Block, AskedAtEnd[Block]);
    AskedLater.try_emplace(Block, Count);
  }
  for (bool IsNew = true; std::exchange(IsNew, false);)
    for (const CFGBlock *Block : llvm::reverse(Order.blocks())) {
      llvm::BitVector Here = AskedAtEnd.find(Block)->second;
      for (const CFGBlock::AdjacentBlock &Next : Block->succs())
        if (auto Found = AskedLater.find(Next.getReachableBlock());
            Found != AskedLater.end())
          Here |= Found->second;
      Here.reset(Changed.find(Block)->second);
      llvm::BitVector &Before = AskedLater.find(Block)->second;
      if (Before != Here) {
        Before = std::move(Here);
        IsNew = true;
      }
    }
}

void KnownPredicates::addAsked(const CFGBlock &Block,
                               llvm::BitVector &Wanted) const {
  Wanted.resize(Followed.size());
  const Expr *Condition = decidedAtEnd(Block);
  if (auto Found = Asked.find(Condition); Found != Asked.end())
    Wanted.set(Found->second.Index);
  if (auto Found = Switches.find(Condition); Found != Switches.end())
    for (unsigned Each : about(Found->second.Subject))
      Wanted.set(Each);
}

void KnownPredicates::forget(State &Now, const CFGBlock &Block, size_t Most,
                             const llvm::BitVector *Wanted) const {
  auto Later = AskedLater.find(&Block);
  if (Later != AskedLater.end())
    llvm::erase_if(
        Now, [&](const auto &Each) { return !Later->second.test(Each.first); });
  if (Wanted)
    llvm::erase_if(Now,
                   [&](const auto &Each) { return !Wanted->test(Each.first); });
  if (Now.size() > Most)
    Now.erase(Now.begin(), Now.end() - Most);
}

} // namespace clang::tidy::coro
