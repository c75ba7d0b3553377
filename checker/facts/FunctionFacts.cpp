// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/FunctionFacts.h"
#include "coroutine/Coroutines.h"
#include "facts/BlockingFacts.h"
#include "facts/CallCollector.h"
#include "facts/Flow.h"
#include "llvm/ADT/DenseMap.h"

namespace clang::tidy::coro {
namespace {

/// Everything that stands in an operand that is never evaluated.
llvm::SmallPtrSet<const Stmt *, 8> unevaluatedIn(const Flow &Order) {
  llvm::SmallPtrSet<const Stmt *, 8> Result;
  llvm::SmallVector<const Stmt *, 8> Pending;
  for (const CFGBlock *Block : Order.blocks())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (isUnevaluated(Statement->getStmt()))
          Pending.push_back(Statement->getStmt());
  while (!Pending.empty())
    for (const Stmt *Child : Pending.pop_back_val()->children())
      if (Child && Result.insert(Child).second)
        Pending.push_back(Child);
  return Result;
}

/// Where the variables of a coroutine are awaited.
class AwaitedVariables {
public:
  explicit AwaitedVariables(const Flow &Order) : Order(Order) {}

  void add(const CFGElement &Element, const CFGBlock &Block) {
    auto Statement = Element.getAs<CFGStmt>();
    const auto *Await =
        Statement ? dyn_cast<CoawaitExpr>(Statement->getStmt()) : nullptr;
    const auto *Named =
        Await ? dyn_cast<DeclRefExpr>(stripped(Await->getOperand())) : nullptr;
    if (Named)
      Places[Named->getDecl()].push_back(&Block);
  }

  /// Whether \p Variable was awaited on every way to \p Block. Then it has come
  /// to its end, and its destructor has nothing to wait for.
  bool hasEnded(const VarDecl &Variable, const CFGBlock &Block) const {
    auto Found = Places.find(&Variable);
    return Found != Places.end() &&
           llvm::any_of(Found->second, [&](const CFGBlock *Each) {
             return Order.isAlwaysBefore(*Each, Block);
           });
  }

private:
  const Flow &Order;
  llvm::DenseMap<const ValueDecl *, llvm::SmallVector<const CFGBlock *, 1>>
      Places;
};

void addElement(CallCollector &Collect, const CFGElement &Element,
                const CFGBlock &Block, const AwaitedVariables &Awaited,
                const FunctionDecl &Function, Values &Seen,
                const llvm::SmallPtrSet<const Stmt *, 8> &Unevaluated) {
  if (auto Statement = Element.getAs<CFGStmt>()) {
    if (!Unevaluated.contains(Statement->getStmt()))
      Collect.add(*Statement->getStmt());
  } else if (auto End = Element.getAs<CFGAutomaticObjDtor>()) {
    const VarDecl *Variable = End->getVarDecl();
    if (!Seen.isGivenAway(*Variable, Function) &&
        !Awaited.hasEnded(*Variable, Block))
      Collect.addDestruction(Variable->getType().getNonReferenceType(),
                             Variable->getLocation(), Variable, nullptr);
  } else if (auto Temporary = Element.getAs<CFGTemporaryDtor>()) {
    const Expr *Site = Temporary->getBindTemporaryExpr()->getSubExpr();
    Collect.addDestruction(Site->getType(), Site->getExprLoc(), nullptr, Site);
  } else if (auto Member = Element.getAs<CFGMemberDtor>()) {
    Collect.addDestruction(Member->getFieldDecl()->getType(),
                           Member->getFieldDecl()->getLocation(), nullptr,
                           nullptr);
  } else if (auto Base = Element.getAs<CFGBaseDtor>()) {
    Collect.addDestruction(Base->getBaseSpecifier()->getType(),
                           Function.getLocation(), nullptr, nullptr);
  }
}

/// Where awaiting \p Suspend moves the coroutine.
Move moveOf(const CoawaitExpr &Suspend, const Models &Library,
            Conditions &Decide, const FunctionDecl &Within) {
  const auto *Site = dyn_cast_or_null<CallExpr>(stripped(Suspend.getOperand()));
  const FunctionDecl *Callee = Site ? Site->getDirectCallee() : nullptr;
  if (!Callee)
    return Move::None;
  Call At;
  At.setCall(*Site);
  for (const FunctionModel *Model :
       Library.functions(*Callee, At.objectClass()))
    if (Model->MovesTo != Move::None &&
        llvm::all_of(Model->When, [&](const Condition &Test) {
          return Decide.decide(Test, At, Within).Holds == Verdict::Yes;
        }))
      return Model->MovesTo;
  return Move::None;
}

/// For each block, whether blocking is allowed where it begins: on every way
/// to it the coroutine has moved to where it is.
class ThreadState {
public:
  ThreadState(const Flow &Order, const Models &Library, Conditions &Decide,
              const FunctionDecl &Within) {
    for (const CFGBlock *Block : Order.blocks())
      for (const CFGElement &Element : *Block)
        if (auto Statement = Element.getAs<CFGStmt>())
          if (const auto *Await = dyn_cast<CoawaitExpr>(Statement->getStmt()))
            if (Move To = moveOf(*Await, Library, Decide, Within);
                To != Move::None)
              Moves[Await] = To;
    if (!Moves.empty())
      solve(Order);
  }

  bool atBegin(const CFGBlock *Block) const { return AtBegin.lookup(Block); }

  /// The state after \p Element.
  bool after(const CFGElement &Element, bool Allowed) const {
    if (Moves.empty())
      return false;
    auto Statement = Element.getAs<CFGStmt>();
    auto Found = Statement ? Moves.find(Statement->getStmt()) : Moves.end();
    return Found == Moves.end() ? Allowed
                                : Found->second == Move::BlockingAllowed;
  }

private:
  void solve(const Flow &Order) {
    // Optimistic start, so that loops keep what holds before them.
    for (const CFGBlock *Block : Order.blocks())
      AtEnd[Block] = true;
    for (bool Changed = true; Changed;) {
      Changed = false;
      for (const CFGBlock *Block : Order.blocks()) {
        // Where a handler begins is not known: unknown is silent.
        bool Allowed = Block != Order.blocks().front();
        for (const CFGBlock::AdjacentBlock &Previous : Block->preds())
          if (const CFGBlock *From = Previous.getReachableBlock())
            if (auto Found = AtEnd.find(From); Found != AtEnd.end())
              Allowed &= Found->second;
        AtBegin[Block] = Allowed;
        for (const CFGElement &Element : *Block)
          Allowed = after(Element, Allowed);
        Changed |= AtEnd[Block] != Allowed;
        AtEnd[Block] = Allowed;
      }
    }
  }

  llvm::DenseMap<const Stmt *, Move> Moves;
  llvm::DenseMap<const CFGBlock *, bool> AtBegin, AtEnd;
};

} // namespace

FunctionFacts collectFacts(const FunctionDecl &Function, const Models &Library,
                           Conditions &Decide, Values &Seen) {
  FunctionFacts Facts;
  Facts.Function = &Function;
  CallCollector Collect(Function.getASTContext(), Library, Facts.Calls);
  BlockingFacts Blocking(Function, Library, Decide, Seen);

  const auto *Destructor = dyn_cast<CXXDestructorDecl>(&Function);
  if (!Function.hasBody()) {
    if (Destructor && Destructor->isDefaulted())
      Collect.addMemberDestructions(*Destructor->getParent());
    Blocking.fill(Facts.Calls, 0, nullptr, nullptr);
    return Facts;
  }
  Flow Order(Function);
  if (!Order.isKnown()) {
    Collect.addAll(writtenBody(Function));
    Blocking.fill(Facts.Calls, 0, nullptr, nullptr);
    return Facts;
  }
  // Worker() : thread(start()) {}   - what start() gives is no temporary.
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (const Expr *Value = Init->getInit()) {
        const auto *Default = dyn_cast<CXXDefaultInitExpr>(Value);
        Collect.noteKept(Default && Default->getExpr() ? *Default->getExpr()
                                                       : *Value);
      }
  auto Unevaluated = unevaluatedIn(Order);
  ThreadState Thread(Order, Library, Decide, Function);
  AwaitedVariables Awaited(Order);
  for (const CFGBlock *Block : Order.blocks()) {
    Collect.BlockingAllowed = Thread.atBegin(Block);
    for (const CFGElement &Element : *Block) {
      size_t First = Facts.Calls.size();
      Awaited.add(Element, *Block);
      addElement(Collect, Element, *Block, Awaited, Function, Seen,
                 Unevaluated);
      Blocking.fill(Facts.Calls, First, &Order, Block);
      Collect.BlockingAllowed = Thread.after(Element, Collect.BlockingAllowed);
    }
  }
  return Facts;
}

} // namespace clang::tidy::coro
