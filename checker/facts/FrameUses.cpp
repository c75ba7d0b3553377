// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/FrameUses.h"
#include "coroutine/Coroutines.h"
#include "facts/Flow.h"
#include "facts/Values.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {
namespace {

/// Adds what \p Root mentions; what is awaited in it has been evaluated before.
void addMentions(const ASTContext &Context, const Stmt *Root, bool WithAwaited,
                 FrameUses &Result) {
  forEachEvaluated(Context, Root, [&](const Stmt *S) {
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S)) {
      if (Reference->refersToEnclosingVariableOrCapture())
        Result.Object = true;
      else if (isa<ParmVarDecl>(Reference->getDecl()))
        Result.Parameters.insert(Reference->getDecl());
    }
    Result.Object |= isa<CXXThisExpr>(S);
    return WithAwaited || !isa<CoroutineSuspendExpr>(S);
  });
}

bool suspends(const CFGBlock &Block) {
  return llvm::any_of(Block, [](const CFGElement &Element) {
    return suspensionAt(Element) != nullptr;
  });
}

/// The blocks that begin after a suspension on some way.
llvm::DenseSet<const CFGBlock *> blocksAfterSuspension(const Flow &Order) {
  llvm::DenseSet<const CFGBlock *> Result;
  llvm::SmallVector<const CFGBlock *, 16> Pending;
  for (const CFGBlock *Block : Order.blocks())
    if (suspends(*Block))
      Pending.push_back(Block);
  while (!Pending.empty())
    for (const CFGBlock *Next : Pending.pop_back_val()->succs())
      if (Next && Result.insert(Next).second)
        Pending.push_back(Next);
  return Result;
}

} // namespace

FrameUses usesOfFrame(const FunctionDecl &Coroutine, bool BeginsLater) {
  FrameUses Result;
  const ASTContext &Context = Coroutine.getASTContext();
  if (BeginsLater) {
    addMentions(Context, writtenBody(Coroutine), /*WithAwaited=*/true, Result);
  } else {
    Flow Order(Coroutine, Flow::References);
    if (!Order.isKnown())
      return Result;
    llvm::DenseSet<const CFGBlock *> After = blocksAfterSuspension(Order);
    for (const CFGBlock *Block : Order.blocks()) {
      bool IsAfter = After.contains(Block);
      for (const CFGElement &Element : *Block) {
        auto Statement = Element.getAs<CFGStmt>();
        if (IsAfter && Statement)
          addMentions(Context, Statement->getStmt(), /*WithAwaited=*/false,
                      Result);
        IsAfter |= suspensionAt(Element) != nullptr;
      }
    }
  }
  // [x](this auto self) { ... }: the frame has a copy of the closure.
  if (Result.Object && hasExplicitObject(Coroutine)) {
    Result.Object = false;
    Result.Parameters.insert(Coroutine.getParamDecl(0));
  }
  return Result;
}

} // namespace clang::tidy::coro
