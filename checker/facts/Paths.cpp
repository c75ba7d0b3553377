// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Paths.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>
#include <set>

namespace clang::tidy::coro {
namespace {

/// Blocks entered, each time with other knowledge, in one search.
constexpr size_t MaxEntered = 10000;

std::optional<int64_t> number(const Expr *E, const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || !E->EvaluateAsInt(Result, Context))
    return std::nullopt;
  // ULLONG_MAX is no number to count to.
  if (!Result.Val.getInt().isRepresentableByInt64())
    return std::nullopt;
  return Result.Val.getInt().getExtValue();
}

// for (int i = 0; i < 3; ++i)
bool surelyRunsOnce(const Stmt *Loop, const ASTContext &Context) {
  const auto *For = dyn_cast_or_null<ForStmt>(Loop);
  const auto *Test =
      For ? dyn_cast_or_null<BinaryOperator>(For->getCond()) : nullptr;
  const auto *Init = For ? dyn_cast_or_null<DeclStmt>(For->getInit()) : nullptr;
  if (!Test || !Init || !Init->isSingleDecl() || !Test->isComparisonOp())
    return false;
  const auto *Counter = dyn_cast<VarDecl>(Init->getSingleDecl());
  if (!Counter || namedBy(Test->getLHS()) != Counter)
    return false;
  auto First = number(Counter->getInit(), Context);
  auto Bound = number(Test->getRHS(), Context);
  if (!First || !Bound)
    return false;
  switch (Test->getOpcode()) {
  case BO_LT:
    return *First < *Bound;
  case BO_LE:
    return *First <= *Bound;
  case BO_GT:
    return *First > *Bound;
  case BO_GE:
    return *First >= *Bound;
  case BO_NE:
    return *First != *Bound;
  default:
    return false;
  }
}

/// Whether \p Block asks whether \p Container is empty, and \p Outcome says
/// yes.
bool findsEmpty(const CFGBlock &Block, bool Outcome,
                const ValueDecl &Container) {
  const Expr *Condition = decidedAtEnd(Block);
  std::optional<Predicate> Asked;
  if (Condition && Block.succ_size() == 2)
    Asked = predicateOf(*Condition, Container.getASTContext());
  return Asked && Asked->Subject == sizeSubjectFor(Container) &&
         Asked->Value == "0" && Asked->Negated != Outcome;
}

} // namespace

const Expr *Way::Branch::condition() const {
  return At->succ_size() == 2 &&
                 !isa_and_nonnull<SwitchStmt>(At->getTerminatorStmt())
             ? dyn_cast_or_null<Expr>(At->getTerminatorCondition())
             : nullptr;
}

Paths::Paths(const FunctionDecl &Function, const Flow &Order, Values &Seen)
    : Function(Function), Order(Order), Predicates(Function, Order, Seen) {
  std::vector<Node> Nodes{{&Order.entry(), Predicates.nothing(), false, -1}};
  if (Predicates.isEmpty())
    return;
  follow(
      Nodes, 0, /*AtExit=*/false,
      [](const CFGElement &) { return Paths::GoOn; },
      [](const CFGBlock &, bool) { return true; });
  if (Nodes.size() <= MaxEntered)
    for (const Node &Each : Nodes)
      KnownAt[Each.Block].push_back(Each.Known);
}

std::optional<Way>
Paths::search(const CFGBlock &From, size_t Index, bool AtExit,
              llvm::function_ref<Step(const CFGElement &)> Visit,
              const ValueDecl *Container) const {
  std::vector<Node> Nodes = startingAt(From);
  return follow(Nodes, Index, AtExit, Visit,
                [&](const CFGBlock &Block, bool Outcome) {
                  return !Container || !findsEmpty(Block, Outcome, *Container);
                });
}

std::optional<Way>
Paths::search(const CFGBlock &From, size_t Index, bool AtExit,
              llvm::function_ref<Step(const CFGElement &)> Visit,
              llvm::function_ref<bool(const Expr &, bool)> MayGo) const {
  std::vector<Node> Nodes = startingAt(From);
  return follow(Nodes, Index, AtExit, Visit,
                [&](const CFGBlock &Block, bool Outcome) {
                  const Expr *Condition =
                      Block.succ_size() == 2 &&
                              !isa_and_nonnull<SwitchStmt, CXXForRangeStmt>(
                                  Block.getTerminatorStmt())
                          ? decidedAtEnd(Block)
                          : nullptr;
                  return !Condition || MayGo(*Condition, Outcome);
                });
}

/// The block \p From with all that may be known where it begins.
std::vector<Paths::Node> Paths::startingAt(const CFGBlock &From) const {
  std::vector<Node> Nodes;
  auto Known = KnownAt.find(&From);
  if (Known != KnownAt.end())
    for (const KnownPredicates::State &Each : Known->second)
      Nodes.push_back({&From, Each, false, -1});
  else // the handler of an exception
    Nodes.push_back({&From, Predicates.nothing(), false, -1});
  return Nodes;
}

/// Adds to \p Nodes what is reached from them.
std::optional<Way>
Paths::follow(std::vector<Node> &Nodes, size_t Index, bool AtExit,
              llvm::function_ref<Step(const CFGElement &)> Visit,
              llvm::function_ref<bool(const CFGBlock &, bool)> MayGo) const {
  std::set<std::tuple<const CFGBlock *, KnownPredicates::State, bool>> Entered;
  auto WayTo = [&](int At) {
    Way Result;
    for (; Nodes[At].Previous >= 0; At = Nodes[At].Previous) {
      const CFGBlock *Branch = Nodes[Nodes[At].Previous].Block;
      if (Branch->succ_size() > 1)
        Result.Branches.push_back({Branch, Nodes[At].Block});
    }
    return Result;
  };

  for (size_t Current = 0; Current < Nodes.size(); ++Current) {
    if (Nodes.size() > MaxEntered)
      return std::nullopt;
    const CFGBlock *Block = Nodes[Current].Block;
    KnownPredicates::State Known = Nodes[Current].Known;
    size_t Position = 0;
    bool Ends = Block->hasNoReturnElement();
    for (const CFGElement &Element : *Block) {
      Predicates.update(Known, Element);
      if (Nodes[Current].Previous < 0 && Position++ < Index)
        continue;
      auto Statement = Element.getAs<CFGStmt>();
      Step Next = Visit(Element);
      if (Next == Found)
        return WayTo(Current);
      if (Next == Stop ||
          (Statement && isa<CXXThrowExpr>(Statement->getStmt()))) {
        Ends = true;
        break;
      }
    }
    if (Ends)
      continue;
    if (Block == &Order.exit()) {
      if (AtExit)
        return WayTo(Current);
      continue;
    }
    const Stmt *Terminator = Block->getTerminatorStmt();
    bool IsBranch =
        Block->succ_size() == 2 && !isa_and_nonnull<SwitchStmt>(Terminator);
    bool Outcome = true;
    for (const CFGBlock::AdjacentBlock &Edge : Block->succs()) {
      const CFGBlock *Successor = Edge.getReachableBlock();
      KnownPredicates::State Then = Known;
      bool Possible = Predicates.learn(Then, *Block, Successor, Outcome,
                                       Nodes[Current].Again);
      if (!MayGo(*Block, Outcome))
        Possible = false;
      if (IsBranch && !Outcome && !Nodes[Current].Again &&
          surelyRunsOnce(Terminator, Function.getASTContext()))
        Possible = false;
      Outcome = false;
      bool Again = Block->getLoopTarget() != nullptr;
      if (Successor && Possible &&
          Entered.insert({Successor, Then, Again}).second)
        Nodes.push_back({Successor, Then, Again, static_cast<int>(Current)});
    }
  }
  return std::nullopt;
}

} // namespace clang::tidy::coro
