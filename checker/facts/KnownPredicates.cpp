// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/KnownPredicates.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

namespace clang::tidy::coro {
namespace {

/// The states of a block are 3 to the power of it, at worst.
constexpr size_t MaxFollowed = 8;

bool isGrowth(const Expr *Value) {
  const auto *Step = dyn_cast<UnaryOperator>(Value);
  return Step && Step->isIncrementOp();
}

} // namespace

KnownPredicates::KnownPredicates(const FunctionDecl &Function,
                                 const Flow &Order, Values &Seen)
    : Context(Function.getASTContext()) {
  struct Use {
    const Expr *Condition;
    Predicate What;
  };
  // By subject, in the order of the blocks.
  llvm::MapVector<std::string, std::vector<Use>,
                  std::map<std::string, unsigned>>
      Uses;
  llvm::DenseSet<const ValueDecl *> Mentioned;
  for (const CFGBlock *Block : Order.blocks()) {
    const Expr *Condition = decidedAtEnd(*Block);
    if (!Condition)
      continue;
    const auto *Switch =
        dyn_cast_or_null<SwitchStmt>(Block->getTerminatorStmt());
    bool IsRange = isa_and_nonnull<CXXForRangeStmt>(Block->getTerminatorStmt());
    std::optional<Predicate> What = Switch ? subjectOf(*Condition, Context)
                                    : IsRange
                                        ? emptinessOf(*Condition, Context)
                                        : predicateOf(*Condition, Context);
    if (!What)
      continue;
    Mentioned.insert(What->Mentions.begin(), What->Mentions.end());
    std::vector<Use> &Same = Uses[What->Subject];
    if (IsRange)
      What->Negated = !What->Negated; // it goes on while there are more
    if (!Switch) {
      Same.push_back({Condition, *What});
      continue;
    }
    Switched &Known = Switches[Condition];
    Known.Subject = What->Subject;
    for (const SwitchCase *Each = Switch->getSwitchCaseList(); Each;
         Each = Each->getNextSwitchCase())
      if (const auto *Case = dyn_cast<CaseStmt>(Each))
        if (auto Value = valueOf(*Case->getLHS(), Context)) {
          Known.Cases.push_back({Case, *Value});
          What->Value = *Value;
          Same.push_back({nullptr, *What});
        }
  }
  if (Uses.empty())
    return;
  Changing = findChanges(Function, Mentioned);
  auto &Writes = Seen.scan(Function).Writes;
  for (const auto &[Subject, Same] : Uses) {
    if (Same.empty())
      continue;
    const auto &Mentions = Same.front().What.Mentions;
    bool IsSet = Mentions.size() == 1 && Writes.count(Mentions.front());
    if ((Same.size() < 2 && !IsSet) ||
        llvm::any_of(Mentions, [&](const ValueDecl *Each) {
          return Changing.Elsewhere.contains(Each);
        }))
      continue;
    for (const Use &Each : Same) {
      auto Found = llvm::find_if(Followed, [&](const Entry &Known) {
        return Known.Subject == Subject && Known.Value == Each.What.Value;
      });
      size_t Index = Found - Followed.begin();
      if (Found == Followed.end()) {
        if (Followed.size() == MaxFollowed)
          continue;
        Followed.push_back({Subject, Each.What.Value, Mentions});
      }
      if (Each.Condition)
        Asked.insert({Each.Condition, {Index, !Each.What.Negated}});
    }
  }
  findCounters(Function, Seen);
}

void KnownPredicates::findCounters(const FunctionDecl &Function, Values &Seen) {
  auto &Writes = Seen.scan(Function).Writes;
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
  for (size_t I = 0; I < Followed.size(); ++I)
    if (Followed[I].Subject == Subject)
      Now[I] = Followed[I].Value == Value ? IsTrue : IsFalse;
}

void KnownPredicates::assign(State &Now, const ValueDecl &Variable,
                             const Expr *Value) const {
  for (size_t I = 0; I < Followed.size(); ++I)
    if (llvm::is_contained(Followed[I].Mentions, &Variable))
      Now[I] = Unknown;
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
  for (size_t I = 0; I < Followed.size(); ++I) {
    if (Followed[I].Subject == First->second + "<" + Subject) // == 0
      Now[I] = HasGrown ? IsFalse : IsTrue;
    else if (HasGrown && Followed[I].Subject == Subject &&
             Followed[I].Value == First->second)
      Now[I] = IsFalse;
  }
}

void KnownPredicates::update(State &Now, const CFGElement &Element) const {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement || Followed.empty())
    return;
  const Stmt *S = Statement->getStmt();
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *Each : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(Each))
        assign(Now, *Variable, Variable->getInit());
    return;
  }
  if (const auto *Assignment = dyn_cast<BinaryOperator>(S)) {
    const ValueDecl *Named = Assignment->getOpcode() == BO_Assign
                                 ? namedBy(Assignment->getLHS())
                                 : nullptr;
    if (isa_and_nonnull<VarDecl>(Named))
      assign(Now, *Named, Assignment->getRHS());
  } else if (const auto *Step = dyn_cast<UnaryOperator>(S)) {
    const ValueDecl *Named =
        Step->isIncrementOp() ? namedBy(Step->getSubExpr()) : nullptr;
    if (isa_and_nonnull<VarDecl>(Named))
      assign(Now, *Named, Step);
  } else if (const ValueDecl *Changed = Changing.At.lookup(S)) {
    assign(Now, *Changed, nullptr);
  }
}

bool KnownPredicates::learn(State &Now, Answer What) const {
  Knowledge Outcome = What.Holds ? IsTrue : IsFalse;
  if (Now[What.Index] != Unknown && Now[What.Index] != Outcome)
    return false;
  Now[What.Index] = Outcome;
  // What equals one value equals no other.
  if (What.Holds)
    for (size_t I = 0; I < Followed.size(); ++I) {
      if (I == What.Index ||
          Followed[I].Subject != Followed[What.Index].Subject)
        continue;
      if (Now[I] == IsTrue)
        return false;
      Now[I] = IsFalse;
    }
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
  for (size_t I = 0; I < Followed.size(); ++I) {
    if (Followed[I].Subject != Switch->second.Subject)
      continue;
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
