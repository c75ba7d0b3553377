// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Paths.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>
#include <set>

namespace clang::tidy::coro {
namespace {

/// Blocks entered, each time with other knowledge, in one search and in all
/// searches in a function.
constexpr size_t MaxEntered = 10000;
constexpr size_t MaxEnteredByAll = 300000;

/// The predicates that are followed at a time: a block has 3 to the power of it
/// states at worst.
constexpr size_t MaxKnown = 8;

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
    : Function(Function), Order(Order), Predicates(Function, Order, Seen),
      Left(MaxEnteredByAll) {
  if (Predicates.isEmpty())
    return;
  // Where there are too many ways less is remembered on each.
  for (size_t Most : {MaxKnown, MaxKnown / 2, size_t(1)}) {
    findKnown(Most);
    if (!KnownAt.empty())
      return;
  }
}

/// Notes what may be known where the blocks begin, \p Most at a time.
void Paths::findKnown(size_t Most) {
  std::vector<Node> Nodes{{&Order.entry(), {}, false, -1}};
  bool IsComplete = true;
  follow(
      Nodes, 0, /*AtExit=*/false,
      [](const CFGElement &) { return Paths::GoOn; },
      [](const CFGBlock &, bool) { return true; }, Most, nullptr, &IsComplete);
  if (!IsComplete)
    return;
  for (const Node &Each : Nodes)
    if (auto &Known = KnownAt[Each.Block];
        !llvm::is_contained(Known, Each.Known))
      Known.push_back(Each.Known);
}

/// Whether \p Block decides by \p Operator, or by the opposite if \p Negated.
static bool decidesBy(const CFGBlock &Block, const Stmt *Operator,
                      bool &Negated) {
  const auto *Condition =
      dyn_cast_or_null<Expr>(Block.getTerminatorCondition());
  Negated = false;
  while (Condition) {
    Condition = Condition->IgnoreParenImpCasts();
    if (const auto *Full = dyn_cast<FullExpr>(Condition)) {
      Condition = Full->getSubExpr();
      continue;
    }
    const auto *Not = dyn_cast<UnaryOperator>(Condition);
    if (!Not || Not->getOpcode() != UO_LNot)
      break;
    Negated = !Negated;
    Condition = Not->getSubExpr();
  }
  return Operator && Condition == Operator;
}

std::optional<Way>
Paths::search(const CFGBlock &From, size_t Index, bool AtExit,
              llvm::function_ref<Step(const CFGElement &)> Visit,
              const ValueDecl *Container, const Region *Within) const {
  std::vector<Node> Nodes = startingAt(From, Within);
  return follow(
      Nodes, Index, AtExit, Visit,
      [&](const CFGBlock &Block, bool Outcome) {
        return !Container || !findsEmpty(Block, Outcome, *Container);
      },
      MaxKnown, Within);
}

std::optional<Way>
Paths::search(const CFGBlock &From, size_t Index, bool AtExit,
              llvm::function_ref<Step(const CFGElement &)> Visit,
              llvm::function_ref<bool(const Expr &, bool)> MayGo) const {
  std::vector<Node> Nodes = startingAt(From, nullptr);
  return follow(
      Nodes, Index, AtExit, Visit,
      [&](const CFGBlock &Block, bool Outcome) {
        const Expr *Condition =
            Block.succ_size() == 2 &&
                    !isa_and_nonnull<SwitchStmt, CXXForRangeStmt>(
                        Block.getTerminatorStmt())
                ? decidedAtEnd(Block)
                : nullptr;
        return !Condition || MayGo(*Condition, Outcome);
      },
      MaxKnown, nullptr);
}

/// The block \p From with all that may be known where it begins.
std::vector<Paths::Node> Paths::startingAt(const CFGBlock &From,
                                           const Region *Within) const {
  std::vector<Node> Nodes;
  auto Known = KnownAt.find(&From);
  if (Known == KnownAt.end()) // the handler of an exception
    return {{&From, {}, false, -1}};
  std::set<KnownPredicates::State> Different;
  for (KnownPredicates::State Each : Known->second) {
    Predicates.forget(Each, From, MaxKnown, Within ? &Within->Asked : nullptr);
    if (Different.insert(Each).second)
      Nodes.push_back({&From, Each, false, -1});
  }
  return Nodes;
}

/// Adds to \p Nodes what is reached from them.
std::optional<Way>
Paths::follow(std::vector<Node> &Nodes, size_t Index, bool AtExit,
              llvm::function_ref<Step(const CFGElement &)> Visit,
              llvm::function_ref<bool(const CFGBlock &, bool)> MayGo,
              size_t Most, const Region *Within, bool *IsComplete) const {
  std::set<std::tuple<const CFGBlock *, KnownPredicates::State, bool,
                      const Stmt *, bool>>
      Entered;
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
    if (Nodes.size() > MaxEntered || Left == 0) {
      if (IsComplete)
        *IsComplete = false;
      return std::nullopt;
    }
    --Left;
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
    const Shortcut Cut = Nodes[Current].Cut;
    bool Negated = false;
    bool IsDecided = IsBranch && decidesBy(*Block, Cut.Of, Negated);
    bool Outcome = true;
    for (const CFGBlock::AdjacentBlock &Edge : Block->succs()) {
      const CFGBlock *Successor = Edge.getReachableBlock();
      KnownPredicates::State Then = Known;
      bool Possible = IsDecided
                          ? Outcome == (Cut.Value != Negated)
                          : Predicates.learn(Then, *Block, Successor, Outcome,
                                             Nodes[Current].Again) &&
                                MayGo(*Block, Outcome);
      if (IsBranch && !Outcome && !Nodes[Current].Again &&
          surelyRunsOnce(Terminator, Function.getASTContext()))
        Possible = false;
      bool IsTrue = std::exchange(Outcome, false);
      bool Again = Block->getLoopTarget() != nullptr;
      if (!Successor || !Possible ||
          (Within && !Within->Blocks.contains(Successor)))
        continue;
      Predicates.forget(Then, *Successor, Most,
                        Within ? &Within->Asked : nullptr);
      Shortcut Next =
          IsDecided ? Shortcut() : shortcutBy(*Block, *Successor, IsTrue, Cut);
      if (Entered.insert({Successor, Then, Again, Next.Of, Next.Value}).second)
        Nodes.push_back(
            {Successor, Then, Again, static_cast<int>(Current), Next});
    }
  }
  return std::nullopt;
}

} // namespace clang::tidy::coro
