// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Flow.h"
#include "coroutine/Coroutines.h"
#include "facts/Values.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::coro {
namespace {

/// How deep co_await is nested in co_await under \p Body. Clang keeps the
/// operand several times, and its CFG builder looks at each copy for
/// temporaries, so that its work doubles with each level.
unsigned awaitNesting(const ASTContext &Context, const Stmt *Body) {
  unsigned Deepest = 0;
  llvm::SmallVector<std::pair<const Stmt *, unsigned>, 16> Pending{{Body, 0}};
  while (!Pending.empty()) {
    auto [Root, Depth] = Pending.pop_back_val();
    Deepest = std::max(Deepest, Depth);
    forEachEvaluated(Context, Root, [&, Depth = Depth](const Stmt *S) {
      const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(S);
      if (Suspend)
        Pending.push_back({Suspend->getOperand(), Depth + 1});
      return !Suspend;
    });
  }
  return Deepest;
}

std::unique_ptr<CFG> buildGraph(const FunctionDecl &Function,
                                Flow::Detail Wanted) {
  const Stmt *Body = writtenBody(Function);
  if (!Body || Function.isDependentContext())
    return nullptr;
  ASTContext &Context = Function.getASTContext();
  CFG::BuildOptions Options;
  Options.AddInitializers = true;
  Options.AddImplicitDtors = true;
  Options.AddTemporaryDtors = true;
  Options.AddCXXDefaultInitExprInCtors = true;
  Options.setAlwaysAdd(Stmt::CoawaitExprClass)
      .setAlwaysAdd(Stmt::CoyieldExprClass)
      .setAlwaysAdd(Stmt::CXXInheritedCtorInitExprClass)
      .setAlwaysAdd(Stmt::InitListExprClass)
      .setAlwaysAdd(Stmt::CXXNoexceptExprClass)
      .setAlwaysAdd(Stmt::CXXTypeidExprClass);
  if (Wanted == Flow::Objects)
    Options.setAlwaysAdd(Stmt::MemberExprClass);
  if (Wanted != Flow::Calls)
    Options.setAlwaysAdd(Stmt::DeclRefExprClass)
        .setAlwaysAdd(Stmt::CXXThrowExprClass);
  if (coroutineBody(Function)) {
    unsigned Nesting = awaitNesting(Context, Body);
    if (Nesting > 8)
      return nullptr;
    Options.AddTemporaryDtors = Nesting <= 3;
  }
  return CFG::buildCFG(&Function, const_cast<Stmt *>(Body), &Context, Options);
}

} // namespace

const Expr *decidedAtEnd(const CFGBlock &Block) {
  const auto *Range =
      dyn_cast_or_null<CXXForRangeStmt>(Block.getTerminatorStmt());
  if (Range)
    return Range->getRangeInit();
  if (Block.succ_size() < 2)
    return nullptr;
  const auto *Condition =
      dyn_cast_or_null<Expr>(Block.getTerminatorCondition());
  while (Condition) {
    Condition = Condition->IgnoreParens();
    const auto *Logical = dyn_cast<BinaryOperator>(Condition);
    if (!Logical || !Logical->isLogicalOp())
      break;
    Condition = Logical->getRHS();
  }
  return Condition;
}

const CoroutineSuspendExpr *suspensionAt(const CFGElement &Element) {
  auto Statement = Element.getAs<CFGStmt>();
  const auto *Await = Statement
                          ? dyn_cast<CoroutineSuspendExpr>(Statement->getStmt())
                          : nullptr;
  return Await && maySuspend(*Await) ? Await : nullptr;
}

Flow::Flow(const FunctionDecl &Function, Detail Wanted)
    : Graph(buildGraph(Function, Wanted)) {
  if (Graph)
    findReachable();
}

void Flow::findReachable() {
  // A handler is entered from the try block, for which the graph has no edge.
  llvm::SmallVector<const CFGBlock *, 4> Roots;
  for (const CFGBlock *Try : Graph->try_blocks())
    Roots.push_back(Try);
  Roots.push_back(&Graph->getEntry());

  // Reverse post-order, without recursion.
  llvm::SmallPtrSet<const CFGBlock *, 32> Seen;
  llvm::SmallVector<std::pair<const CFGBlock *, CFGBlock::const_succ_iterator>,
                    32>
      Path;
  for (const CFGBlock *Root : Roots) {
    if (!Seen.insert(Root).second)
      continue;
    Path.push_back({Root, Root->succ_begin()});
    while (!Path.empty()) {
      auto &[Block, Next] = Path.back();
      if (Next == Block->succ_end()) {
        Reachable.push_back(Block);
        Path.pop_back();
        continue;
      }
      const CFGBlock *Successor = (Next++)->getReachableBlock();
      if (Successor && Seen.insert(Successor).second)
        Path.push_back({Successor, Successor->succ_begin()});
    }
  }
  std::reverse(Reachable.begin(), Reachable.end());
}

const CFGDomTree &Flow::dominators() const {
  if (!Dominators)
    Dominators = std::make_unique<CFGDomTree>(Graph.get());
  return *Dominators;
}

bool Flow::isAlwaysBefore(const CFGBlock &First, const CFGBlock &Block) const {
  return dominators().dominates(&First, &Block);
}

std::vector<Flow::Guard> Flow::guardsOf(const CFGBlock &Block) const {
  std::vector<Guard> Result;
  const auto *Node = const_cast<CFGDomTree &>(dominators())
                         .getBase()
                         .getNode(const_cast<CFGBlock *>(&Block));
  for (Node = Node ? Node->getIDom() : nullptr; Node; Node = Node->getIDom()) {
    const CFGBlock *Deciding = Node->getBlock();
    const auto *Condition =
        dyn_cast_or_null<Expr>(Deciding->getTerminatorCondition());
    if (!Condition)
      continue;
    bool IsSwitch = isa_and_nonnull<SwitchStmt>(Deciding->getTerminatorStmt());
    bool Holds = true;
    for (const CFGBlock *Successor : Deciding->succs()) {
      if (Successor && Successor->pred_size() == 1 &&
          dominators().dominates(Successor, &Block)) {
        const auto *Label = dyn_cast_or_null<CaseStmt>(Successor->getLabel());
        if (!IsSwitch)
          Result.push_back({Condition, Holds});
        else if (Label)
          Result.push_back({Condition, true, Label->getLHS()});
        break;
      }
      Holds = false;
    }
  }
  return Result;
}

} // namespace clang::tidy::coro
