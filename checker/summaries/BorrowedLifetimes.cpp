// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether a task outlives what it was lent.

#include "coroutine/Coroutines.h"
#include "facts/TaskCalls.h"
#include "summaries/Borrowing.h"

namespace clang::tidy::coro {
namespace {

/// A parameter of a type that hides what it calls: std::function<Task<>()>
const ParmVarDecl *calledParameter(const Referent &Lent) {
  return dyn_cast_or_null<ParmVarDecl>(Lent.Variable);
}

/// Whether \p Mention uses the task in a variable: not (void)t, t = f() and
/// tasks[i] = f().
bool isUse(const Expr &Mention, const LocalUses &Uses) {
  const Stmt *Inner = &Mention;
  const Stmt *Outer = Uses.around().of(Inner);
  auto IsPlace = [&] {
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Outer))
      return Operator->getOperator() == OO_Subscript &&
             Operator->getArg(0) == Inner;
    return isa<ArraySubscriptExpr>(Outer) || passesValueOn(*Outer);
  };
  for (; Outer && isa<Expr>(Outer) && IsPlace();
       Inner = Outer, Outer = Uses.around().of(Outer))
    ;
  if (!Outer || isa<CompoundStmt>(Outer))
    return false;
  const auto *Assignment = dyn_cast<CXXOperatorCallExpr>(Outer);
  const auto *Cast = dyn_cast<CastExpr>(Outer);
  return !(Cast && Cast->getCastKind() == CK_ToVoid) &&
         !(Assignment && Assignment->getOperator() == OO_Equal &&
           Assignment->getArg(0) == Inner);
}

/// Whether a method is called on the task \p Mention, other than to ask it
/// something: t.resume()
bool isDriven(const Expr &Mention, const LocalUses &Uses) {
  const Stmt *Outer = Uses.around().of(&Mention);
  const auto *Site =
      isa_and_nonnull<MemberExpr>(Outer)
          ? dyn_cast_or_null<CXXMemberCallExpr>(Uses.around().of(Outer))
          : nullptr;
  return Site && Site->getMethodDecl() && !isQuery(*Site->getMethodDecl());
}

} // namespace

/// The fate of the task that \p Task makes. A function in sight that takes it
/// is looked into: template <class T> void go(Task<T> t) { spawn(std::move(t));
/// }
TaskFate Borrowing::fateOfMade(const LocalUses &Uses, const CallExpr &Task) {
  const TaskTraits *Made = Unit.taskTypes().traits(Task.getType());
  if (Made && Made->isForgotten())
    return {TaskFate::Started, nullptr, &Task};
  TaskFate Result =
      fateOf(Task, Uses.around(), Unit.taskTypes(), Unit.models());
  const auto *Taker = Result.What == TaskFate::Unknown
                          ? dyn_cast_or_null<CallExpr>(Result.At)
                          : nullptr;
  const FunctionDecl *Callee = Taker ? Taker->getDirectCallee() : nullptr;
  Callee = Callee ? Callee->getDefinition() : nullptr;
  if (!Callee || coroutineBody(*Callee) || Callee->isDependentContext() ||
      Unit.isForeign(Callee->getLocation()))
    return Result;
  LocalUses Inside(*Callee);
  for (const ParmVarDecl *Parameter : Callee->parameters()) {
    if (!holdsTask(Parameter->getType().getNonReferenceType(),
                   Unit.taskTypes()))
      continue;
    for (const Expr *Mention : Inside.mentionsOf(*Parameter)) {
      TaskFate Then =
          fateOf(*Mention, Inside.around(), Unit.taskTypes(), Unit.models());
      if ((Then.What == TaskFate::Started || Then.What == TaskFate::Kept) &&
          !isWaitedFor(Inside, *Then.At, writtenBody(*Callee), nullptr))
        return {TaskFate::Started, nullptr, Taker};
    }
  }
  return Result;
}

/// Whether the destructor of \p Local waits for something, or stops it.
bool Borrowing::waitsAtEnd(const VarDecl &Local) {
  const CXXRecordDecl *Class = Local.getType()->getAsCXXRecordDecl();
  const FunctionDecl *End =
      Class && Class->hasDefinition() ? Class->getDestructor() : nullptr;
  End = End ? End->getDefinition() : nullptr;
  return End && llvm::any_of(Unit.values().scan(*End).Calls,
                             [&](const CallExpr *Site) {
                               return isWait(*Site, Unit.models());
                             });
}

/// What becomes of the task that runs on by itself from \p Handover on.
Borrowing::Outcome Borrowing::outcomeOfStarted(const LocalUses &Uses,
                                               const DanglingTask &Lent,
                                               const Stmt &Handover) {
  const Referent &What = Lent.Lent;
  // Server server;  server.async_start();   ~Server() { stop(); }
  if (!Lent.Parameter && What.Variable && waitsAtEnd(*What.Variable))
    return Outcome::Fine;
  if (What.What == Referent::Temporary)
    return Outcome::Dies;
  bool IsLocal = What.What == Referent::Local;
  const Stmt *Scope =
      IsLocal ? Uses.scopeOf(*What.Variable) : writtenBody(Uses.function());
  if (isWaitedFor(Uses, Handover, Scope, Lent.Site))
    return Outcome::Fine;
  return IsLocal ? Outcome::Dies : Outcome::Started;
}

/// What becomes of the task that is stored in a local variable.
Borrowing::Outcome Borrowing::outcomeOfStored(const LocalUses &Uses,
                                              const DanglingTask &Lent) {
  const TaskFate &Fate = Lent.Fate;
  const VarDecl *Local = Lent.Lent.Variable;
  const Stmt *Scope =
      Lent.Lent.What == Referent::Local ? Uses.scopeOf(*Local) : nullptr;
  bool IsAwaitedInScope = false;
  bool IsUsedBehind = false;
  Outcome Result = Outcome::Fine;
  for (const Expr *Mention : Uses.mentionsOf(*Fate.Variable)) {
    if (Uses.isWithin(*Mention, *Fate.At) || !isUse(*Mention, Uses))
      continue;
    if (Lent.Lent.What == Referent::Temporary) {
      if (Uses.isBehind(*Mention, *Fate.At))
        return Outcome::Dies;
      continue;
    }
    TaskFate Then =
        fateOf(*Mention, Uses.around(), Unit.taskTypes(), Unit.models());
    bool IsWithin = Scope && Uses.isWithin(*Mention, *Scope);
    if (!Scope && isDriven(*Mention, Uses))
      return Outcome::Fine;
    if ((Then.What == TaskFate::Awaited || Then.What == TaskFate::Finished ||
         Then.What == TaskFate::Stored) &&
        IsWithin)
      IsAwaitedInScope = true;
    if (Scope && !IsWithin && Uses.isBehind(*Mention, *Fate.At))
      IsUsedBehind = true;
    if (Then.What == TaskFate::Returned)
      Result =
          Lent.Lent.What == Referent::Local ? Outcome::Dies : Outcome::InResult;
    if (Then.What == TaskFate::Started || Then.What == TaskFate::Kept) {
      Result = outcomeOfStarted(Uses, Lent, *Then.At);
    }
  }
  return IsUsedBehind && !IsAwaitedInScope ? Outcome::Dies : Result;
}

Borrowing::Outcome Borrowing::outcomeOf(const LocalUses &Uses,
                                        const DanglingTask &Lent,
                                        bool IsEager) {
  Referent::Kind What = Lent.Lent.What;
  switch (Lent.Fate.What) {
  case TaskFate::Awaited:
  case TaskFate::Finished:
  case TaskFate::Unknown:
    return Outcome::Fine;
  case TaskFate::Discarded:
    if (!IsEager)
      return Outcome::Fine;
    break;
  case TaskFate::Stored:
    return outcomeOfStored(Uses, Lent);
  case TaskFate::Returned:
    return What == Referent::Temporary || What == Referent::Local
               ? Outcome::Dies
               : Outcome::InResult;
  case TaskFate::Kept:
    // What an object keeps in itself ends with it.
    if (What == Referent::Object)
      return Outcome::Fine;
    break;
  case TaskFate::Started:
    break;
  }
  return outcomeOfStarted(Uses, Lent, *Lent.Fate.At);
}

bool Borrowing::isKeptFor(const DanglingTask &Task, const VarDecl &Local) {
  const TaskTraits *Traits = Unit.taskTypes().traits(Task.Site->getType());
  if (!Task.Within || Local.getDeclContext() != Task.Within ||
      Local.getType()->isReferenceType())
    return false;
  LocalUses Uses(*Task.Within);
  DanglingTask Lent = Task;
  Lent.Lent = {Referent::Local, Task.Lent.At, &Local};
  bool IsEager = !Traits || Traits->Begins != Start::Lazy;
  return outcomeOf(Uses, Lent, IsEager) == Outcome::Fine;
}

/// Adds the finding \p Lent, or what follows for the callers. Where \p IsCalled
/// what is lent is a callable of unknown contents.
void Borrowing::judge(const LocalUses &Uses, DanglingTask Lent, bool IsEager,
                      bool IsCalled, Summary &Result) {
  Outcome Found = outcomeOf(Uses, Lent, IsEager);
  const ParmVarDecl *Parameter = calledParameter(Lent.Lent);
  if (Parameter && Parameter->getDeclContext() != &Uses.function())
    Parameter = nullptr;
  if (Found == Outcome::Fine) {
    if (Lent.ByForgotten)
      Waited.insert({Lent.Site, Lent.Parameter->getFunctionScopeIndex()});
    return;
  }
  if (Found == Outcome::Started && Lent.Parameter &&
      Lent.Fate.What != TaskFate::Kept)
    Result.LeftAlone.push_back(Lent);
  // Who calls it is not to blame, nor who calls that.
  if (Lent.ByForgotten && Found != Outcome::Dies)
    return;
  auto AddTo = [&](Borrowed &Callers, bool ByCall) {
    if (Lent.Lent.What == Referent::Object)
      Callers.Object |= !ByCall;
    else if (Parameter && ByCall)
      Callers.Called.insert(Parameter->getFunctionScopeIndex());
    else if (Parameter && Lent.Lent.IsViewed)
      Callers.Viewed.insert(Parameter->getFunctionScopeIndex());
    else if (Parameter)
      Callers.Parameters.insert(Parameter->getFunctionScopeIndex());
  };
  if (Found == Outcome::InResult)
    return AddTo(Result.What.ByResult, IsCalled);
  if (Found == Outcome::Started)
    return AddTo(Result.What.ByStarted, IsCalled);
  if (!IsCalled) {
    Result.Dangling.push_back(Lent);
    return;
  }
  // The closure dies with this function's own copy, whoever made it.
  if (Parameter)
    return AddTo(Result.What.ByStarted, /*ByCall=*/true);
  if (const CXXRecordDecl *Closure = closureIn(Lent.Lent.At, Uses.function())) {
    Lent.Closure = Closure;
    Result.Dangling.push_back(Lent);
  }
}

} // namespace clang::tidy::coro
