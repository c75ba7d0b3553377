// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/KnownPredicates.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {
namespace {

/// Each takes a bit in each block.
constexpr size_t MaxFollowed = 2000;

using State = KnownPredicates::State;
using Knowledge = KnownPredicates::Knowledge;

Knowledge knownOf(const State &Now, unsigned Index) {
  for (const auto &[Number, What] : Now)
    if (Number == Index)
      return What;
  return KnownPredicates::Unknown;
}

void set(State &Now, unsigned Index, Knowledge What) {
  llvm::erase_if(Now, [&](const auto &Each) { return Each.first == Index; });
  if (What != KnownPredicates::Unknown)
    Now.push_back({Index, What});
}

bool isGrowth(const Expr *Value) {
  const auto *Step = dyn_cast<UnaryOperator>(Value);
  return Step && Step->isIncrementOp();
}

} // namespace

KnownPredicates::KnownPredicates(const FunctionDecl &Function,
                                 const Flow &Order, Values &Seen)
    : Context(Function.getASTContext()) {
  Uses Found;
  llvm::DenseSet<const ValueDecl *> Mentioned;
  for (const CFGBlock *Block : Order.blocks())
    if (const Expr *Condition = decidedAtEnd(*Block))
      addUses(*Condition, Block->getTerminatorStmt(), Found, Mentioned);
  if (Found.empty())
    return;
  Changing = findChanges(Function, Mentioned);
  auto &Writes = Seen.scan(Function).Writes;
  for (const auto &[Subject, Same] : Found) {
    const auto &Mentions = Same.front().What.Mentions;
    bool IsSet = Mentions.size() == 1 && Writes.count(Mentions.front());
    bool IsStable = llvm::none_of(Mentions, [&](const ValueDecl *Each) {
      return Changing.Elsewhere.contains(Each);
    });
    if (IsStable && (Same.size() > 1 || IsSet))
      for (const Use &Each : Same)
        follow(Each);
  }
  findCounters(Writes);
  findAskedLater(Order);
}

llvm::ArrayRef<unsigned> KnownPredicates::about(llvm::StringRef Subject) const {
  auto Found = BySubject.find(Subject);
  return Found == BySubject.end() ? llvm::ArrayRef<unsigned>()
                                  : llvm::ArrayRef<unsigned>(Found->second);
}

llvm::ArrayRef<unsigned>
KnownPredicates::mentioning(const ValueDecl &Variable) const {
  auto Found = ByMention.find(&Variable);
  return Found == ByMention.end() ? llvm::ArrayRef<unsigned>()
                                  : llvm::ArrayRef<unsigned>(Found->second);
}

/// Adds to \p Found what \p Condition, which \p Terminator decides by, asks.
void KnownPredicates::addUses(const Expr &Condition, const Stmt *Terminator,
                              Uses &Found,
                              llvm::DenseSet<const ValueDecl *> &Mentioned) {
  const auto *Switch = dyn_cast_or_null<SwitchStmt>(Terminator);
  bool IsRange = isa_and_nonnull<CXXForRangeStmt>(Terminator);
  std::optional<Predicate> What = Switch    ? subjectOf(Condition, Context)
                                  : IsRange ? emptinessOf(Condition, Context)
                                            : predicateOf(Condition, Context);
  if (!What)
    return;
  Mentioned.insert(What->Mentions.begin(), What->Mentions.end());
  if (IsRange)
    What->Negated = !What->Negated; // it goes on while there are more
  if (!Switch) {
    Found[What->Subject].push_back({&Condition, *What});
    return;
  }
  Switched &Known = Switches[&Condition];
  Known.Subject = What->Subject;
  for (const SwitchCase *Each = Switch->getSwitchCaseList(); Each;
       Each = Each->getNextSwitchCase())
    if (const auto *Case = dyn_cast<CaseStmt>(Each))
      if (auto Value = valueOf(*Case->getLHS(), Context)) {
        Known.Cases.push_back({Case, *Value});
        What->Value = *Value;
        Found[What->Subject].push_back({nullptr, *What});
      }
}

void KnownPredicates::follow(const Use &Asking) {
  Numbers &Same = BySubject[Asking.What.Subject];
  auto Found = llvm::find_if(Same, [&](unsigned Each) {
    return Followed[Each].Value == Asking.What.Value;
  });
  unsigned Index = Found == Same.end() ? Followed.size() : *Found;
  if (Found == Same.end()) {
    if (Followed.size() == MaxFollowed)
      return;
    Followed.push_back(
        {Asking.What.Subject, Asking.What.Value, Asking.What.Mentions});
    Same.push_back(Index);
    for (const ValueDecl *Each : Asking.What.Mentions)
      ByMention[Each].push_back(Index);
  }
  if (Asking.Condition)
    Asked.insert({Asking.Condition, {Index, !Asking.What.Negated}});
}

void KnownPredicates::findCounters(const decltype(BodyScan::Writes) &Writes) {
  for (const Entry &Each : Followed)
    for (const ValueDecl *Mentioned : Each.Mentions) {
      const auto *Variable = dyn_cast<VarDecl>(Mentioned);
      auto Found = Writes.find(Mentioned);
      const Expr *Init = Variable ? Variable->getInit() : nullptr;
      if (!Init || Found == Writes.end() ||
          !llvm::all_of(Found->second, [&](const Expr *Value) {
            return Value == Init || isGrowth(Value);
          }))
        continue;
      if (auto First = valueOf(*Init, Context))
        Counters[Mentioned] = *First;
    }
}

/// Takes the subject \p Subject to have \p Value now.
void KnownPredicates::become(State &Now, llvm::StringRef Subject,
                             llvm::StringRef Value) const {
  for (unsigned I : about(Subject))
    set(Now, I, Followed[I].Value == Value ? IsTrue : IsFalse);
}

void KnownPredicates::assign(State &Now, const ValueDecl &Variable,
                             const Expr *Value) const {
  llvm::ArrayRef<unsigned> Concerned = mentioning(Variable);
  if (Concerned.empty())
    return;
  for (unsigned I : Concerned)
    set(Now, I, Unknown);
  if (!Value || Value->getType().isNull())
    return;
  std::string Subject = subjectFor(Variable);
  if (auto Constant = valueOf(*stripped(Value), Context))
    become(Now, Subject, *Constant);
  // i > 0 of a counter from 0
  auto First = Counters.find(&Variable);
  if (First == Counters.end())
    return;
  bool HasGrown = isGrowth(Value);
  for (unsigned I : Concerned) {
    if (Followed[I].Subject == First->second + "<" + Subject) // == 0
      set(Now, I, HasGrown ? IsFalse : IsTrue);
    else if (HasGrown && Followed[I].Subject == Subject &&
             Followed[I].Value == First->second)
      set(Now, I, IsFalse);
  }
}

void KnownPredicates::update(State &Now, const CFGElement &Element) const {
  if (!Followed.empty())
    forEachChange(Element, [&](const ValueDecl &Variable, const Expr *Value) {
      assign(Now, Variable, Value);
    });
}

bool KnownPredicates::learn(State &Now, Answer What) const {
  Knowledge Outcome = What.Holds ? IsTrue : IsFalse;
  Knowledge Before = knownOf(Now, What.Index);
  if (Before != Unknown && Before != Outcome)
    return false;
  // What equals one value equals no other.
  if (What.Holds)
    for (unsigned I : about(Followed[What.Index].Subject)) {
      if (I == What.Index)
        continue;
      if (knownOf(Now, I) == IsTrue)
        return false;
      set(Now, I, IsFalse);
    }
  set(Now, What.Index, Outcome);
  return true;
}

bool KnownPredicates::learn(State &Now, const CFGBlock &Block,
                            const CFGBlock *Successor, bool Outcome,
                            bool Again) const {
  if (Followed.empty())
    return true;
  const Expr *Condition = decidedAtEnd(Block);
  auto Found = Asked.find(Condition);
  if (Found != Asked.end()) {
    // The end of a range is reached with elements, too.
    bool Ends = isa_and_nonnull<CXXForRangeStmt>(Block.getTerminatorStmt()) &&
                !Outcome && Again;
    return Ends ||
           learn(Now, {Found->second.Index, Found->second.Holds == Outcome});
  }
  auto Switch = Switches.find(Condition);
  if (Switch == Switches.end())
    return true;
  for (unsigned I : about(Switch->second.Subject)) {
    for (const auto &[Case, Value] : Switch->second.Cases) {
      bool IsTaken = Successor && Successor->getLabel() == Case;
      // Labels that follow each other: case 1: case 2:
      if (Followed[I].Value == Value &&
          (IsTaken || !isa_and_nonnull<CaseStmt>(
                          Successor ? Successor->getLabel() : nullptr)) &&
          !learn(Now, {I, IsTaken}))
        return false;
    }
  }
  return true;
}

} // namespace clang::tidy::coro
