// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Paths.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/STLExtras.h"
#include <deque>
#include <set>

namespace clang::tidy::coro {
namespace {

constexpr size_t MaxFlags = 4; // the states of a block are 3 to the power of it

const CXXBoolLiteralExpr *literal(const Expr *E) {
  return dyn_cast_or_null<CXXBoolLiteralExpr>(E ? stripped(E) : nullptr);
}

std::optional<int64_t> number(const Expr *E, const ASTContext &Context) {
  Expr::EvalResult Result;
  if (!E || E->isValueDependent() || !E->EvaluateAsInt(Result, Context))
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

} // namespace

Paths::Paths(const FunctionDecl &Function, const Flow &Order, Values &Seen)
    : Function(Function), Order(Order) {
  for (const CFGBlock *Block : Order.blocks()) {
    const auto *Condition =
        dyn_cast_or_null<Expr>(Block->getTerminatorCondition());
    if (!Condition || Block->succ_size() != 2)
      continue;
    Condition = stripped(Condition);
    while (const auto *Not = dyn_cast<UnaryOperator>(Condition)) {
      if (Not->getOpcode() != UO_LNot)
        break;
      Condition = stripped(Not->getSubExpr());
    }
    const auto *Named = dyn_cast<DeclRefExpr>(Condition);
    if (Named && Flags.size() < MaxFlags &&
        !llvm::is_contained(Flags, Named->getDecl()) &&
        isFlag(*Named->getDecl(), Seen))
      Flags.push_back(Named->getDecl());
  }
}

/// Whether the value of \p Variable is known from the conditions that asked it:
/// it has one value only, or is set to nothing but true and false.
bool Paths::isFlag(const ValueDecl &Variable, Values &Seen) const {
  const auto *Local = dyn_cast<VarDecl>(&Variable);
  if (!Local || !Local->hasLocalStorage() ||
      Local->getType()->isReferenceType() || Local->getType()->isRecordType())
    return false;
  auto &Writes = Seen.scan(Function).Writes;
  auto Found = Writes.find(&Variable);
  if (Found == Writes.end())
    return true;
  return llvm::all_of(Found->second, [&](const Expr *Value) {
    return Value == Local->getInit() || literal(Value);
  });
}

Paths::Asked Paths::flagIn(const Stmt *Condition) const {
  Asked Result;
  const auto *E = dyn_cast_or_null<Expr>(Condition);
  while (E) {
    E = stripped(E);
    const auto *Not = dyn_cast<UnaryOperator>(E);
    if (!Not || Not->getOpcode() != UO_LNot)
      break;
    Result.Negated = !Result.Negated;
    E = Not->getSubExpr();
  }
  if (const auto *Named = dyn_cast_or_null<DeclRefExpr>(E))
    for (size_t I = 0; I < Flags.size(); ++I)
      if (Flags[I] == Named->getDecl())
        Result.Flag = I;
  return Result;
}

// bool first = true;   first = false;
void Paths::update(State &Known, const CFGElement &Element) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement || Flags.empty())
    return;
  auto Set = [&](const ValueDecl *Written, const Expr *Value) {
    auto Flag = llvm::find(Flags, Written);
    if (Flag == Flags.end())
      return;
    const CXXBoolLiteralExpr *Literal = literal(Value);
    Known[Flag - Flags.begin()] =
        Literal ? (Literal->getValue() ? IsTrue : IsFalse) : Unknown;
  };
  const Stmt *S = Statement->getStmt();
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *Each : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(Each))
        Set(Variable, Variable->getInit());
  } else if (const auto *Assignment = dyn_cast<BinaryOperator>(S)) {
    if (Assignment->isAssignmentOp())
      Set(namedBy(Assignment->getLHS()), Assignment->getRHS());
  }
}

/// Adds that \p Condition had \p Outcome; false when that contradicts what is
/// known.
bool Paths::learn(State &Known, const Stmt *Condition, bool Outcome) const {
  Asked What = flagIn(Condition);
  if (!What.Flag)
    return true;
  Knowledge Now = Outcome != What.Negated ? IsTrue : IsFalse;
  if (Known[*What.Flag] != Unknown && Known[*What.Flag] != Now)
    return false;
  Known[*What.Flag] = Now;
  return true;
}

std::optional<Way>
Paths::search(const CFGBlock &From, size_t Index, bool AtExit,
              llvm::function_ref<Step(const CFGElement &)> Visit) const {
  struct Node {
    const CFGBlock *Block;
    State Known;
    bool Again; // entered by the edge back to the head of a loop
    int Previous;
  };
  State Start(Flags.size(), Unknown);
  for (const Flow::Guard &Guard : Order.guardsOf(From))
    if (!Guard.Case)
      learn(Start, Guard.Condition, Guard.Holds);
  std::vector<Node> Nodes{{&From, Start, false, -1}};
  std::set<std::tuple<const CFGBlock *, State, bool>> Entered;
  auto WayTo = [&](int At) {
    Way Result;
    for (; At >= 0 && Nodes[At].Previous >= 0; At = Nodes[At].Previous) {
      const CFGBlock *Branch = Nodes[Nodes[At].Previous].Block;
      const auto *Condition =
          dyn_cast_or_null<Expr>(Branch->getTerminatorCondition());
      if (!Condition || Branch->succ_size() != 2)
        continue;
      Result.Condition = Condition;
      Result.Outcome = *Branch->succ_begin() == Nodes[At].Block;
      break;
    }
    return Result;
  };

  for (size_t Current = 0; Current < Nodes.size(); ++Current) {
    const CFGBlock *Block = Nodes[Current].Block;
    State Known = Nodes[Current].Known;
    size_t Position = 0;
    bool Ends = Block->hasNoReturnElement();
    for (const CFGElement &Element : *Block) {
      if (Current == 0 && Position++ < Index)
        continue;
      update(Known, Element);
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
    const Stmt *Condition = Block->getTerminatorCondition();
    bool IsBranch = Condition && Block->succ_size() == 2 &&
                    !isa_and_nonnull<SwitchStmt>(Block->getTerminatorStmt());
    bool Outcome = true;
    for (const CFGBlock::AdjacentBlock &Edge : Block->succs()) {
      State Then = Known;
      bool Possible = !IsBranch || learn(Then, Condition, Outcome);
      if (IsBranch && !Outcome && !Nodes[Current].Again &&
          surelyRunsOnce(Block->getTerminatorStmt(), Function.getASTContext()))
        Possible = false;
      Outcome = false;
      const CFGBlock *Successor = Edge.getReachableBlock();
      bool Again = Block->getLoopTarget() != nullptr;
      if (Successor && Possible &&
          Entered.insert({Successor, Then, Again}).second)
        Nodes.push_back({Successor, Then, Again, static_cast<int>(Current)});
    }
  }
  return std::nullopt;
}

} // namespace clang::tidy::coro
