// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Borrowing.h"
#include "coroutine/Coroutines.h"
#include "facts/FrameUses.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {
namespace {

const FunctionDecl *callOperatorOf(const CXXRecordDecl &Closure) {
  const CXXMethodDecl *Operator = Closure.getLambdaCallOperator();
  if (Operator && Operator->getDescribedFunctionTemplate())
    for (const FunctionDecl *Each :
         Operator->getDescribedFunctionTemplate()->specializations())
      return Each;
  return Operator;
}

bool isByReference(const ParmVarDecl &Parameter) {
  return Parameter.getType()->isReferenceType();
}

} // namespace

/// What the task of a coroutine in sight refers to.
void Borrowing::setByFrame(const FunctionDecl &Coroutine, Borrowed &Result) {
  const TaskTraits *Traits = Unit.taskTypes().traits(Coroutine.getReturnType());
  if (!Traits)
    return;
  FrameUses Uses = usesOfFrame(Coroutine, Traits->Begins == Start::Lazy);
  Result.Object = Uses.Object;
  // Where nobody can wait, the parameter is judged by all that it is given.
  if (Traits->isForgotten())
    Uses.Parameters = usesOfFrame(Coroutine, /*BeginsLater=*/true).Parameters;
  if (!Traits->isFireAndForget() || Traits->isForgotten())
    for (unsigned I = 0; I < Coroutine.getNumParams(); ++I)
      if (Uses.Parameters.contains(Coroutine.getParamDecl(I)))
        Result.Parameters.insert(I);
}

/// Whether \p Function makes a task or what holds one.
bool Borrowing::makesTask(const FunctionDecl &Function) {
  auto [Entry, IsNew] = Makers.try_emplace(&Function, false);
  if (!IsNew)
    return Entry->second;
  return Makers[&Function] = llvm::any_of(
             Unit.values().scan(Function).Calls, [&](const CallExpr *Site) {
               if (!Site->isPRValue() || !Site->getType()->isRecordType())
                 return false;
               const TaskTraits *Traits =
                   Unit.taskTypes().traits(Site->getType());
               return Traits && (Traits->Awaitable || Traits->CoroutineResult);
             });
}

/// Whether a look at \p Function may find something: it makes a task, or calls
/// what makes one of its arguments.
bool Borrowing::mayLend(const FunctionDecl &Function) {
  return makesTask(Function) ||
         llvm::any_of(
             Unit.values().scan(Function).Calls, [&](const CallExpr *Site) {
               const FunctionDecl *Callee = Site->getDirectCallee();
               Callee = Callee ? Callee->getDefinition() : nullptr;
               return Callee && !Unit.isForeign(Callee->getLocation()) &&
                      makesTask(*Callee);
             });
}

const Borrows &Borrowing::borrowsOf(const FunctionDecl &Function) {
  return summaryOf(Function).What;
}

Borrowing::Summary &Borrowing::summaryOf(const FunctionDecl &Function) {
  const FunctionDecl *Definition = Function.getDefinition();
  const FunctionDecl *Key = Definition ? Definition : &Function;
  Summary &Result = Known[Key];
  if (Result.IsLookedAt)
    return Result;
  Result.IsLookedAt = true; // ends recursion
  if (Key->isInvalidDecl() || Key->isDependentContext())
    return Result;
  bool IsCoroutine = coroutineBody(*Key) != nullptr;
  if (IsCoroutine)
    setByFrame(*Key, Result.What.ByResult);
  else if (!Key->hasBody() || Unit.isForeign(Key->getLocation()))
    setByDeclaration(*Key, Result.What.ByResult);
  if (Key->hasBody() && !Unit.isForeign(Key->getLocation()) && mayLend(*Key)) {
    Borrowed OfFrame = Result.What.ByResult;
    look(*Key, Result);
    if (IsCoroutine)
      Result.What.ByResult = OfFrame;
  }
  setByAttributes(*Key, Result.What.ByResult);
  return Result;
}

llvm::ArrayRef<DanglingTask> Borrowing::findings() {
  if (Found)
    return *Found;
  Found.emplace();
  for (const FunctionDecl *Each : Unit.functions()) {
    const std::vector<DanglingTask> &Here = summaryOf(*Each).Dangling;
    Found->insert(Found->end(), Here.begin(), Here.end());
    const std::vector<DanglingTask> &Left = summaryOf(*Each).LeftAlone;
    Alone.insert(Alone.end(), Left.begin(), Left.end());
  }
  return *Found;
}

/// The closure type \p Type if it is that of a coroutine that uses captures.
const CXXRecordDecl *Borrowing::lentClosure(QualType Type) {
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  if (!Class || !Class->isLambda() || Class->isDependentContext())
    return nullptr;
  const FunctionDecl *Operator = callOperatorOf(*Class);
  if (!Operator || !coroutineBody(*Operator))
    return nullptr;
  const Borrowed &Lent = borrowsOf(*Operator).ByResult;
  // [x](this auto &self) { ... }
  bool ByParameter = hasExplicitObject(*Operator) &&
                     Lent.Parameters.contains(0) &&
                     isByReference(*Operator->getParamDecl(0));
  return Lent.Object || ByParameter ? Class : nullptr;
}

/// The closure that the callable \p Value holds, if it is that of a coroutine
/// that uses its captures: std::function<Task<>()>([x]() -> Task<> { ... })
const CXXRecordDecl *Borrowing::closureIn(const Expr *Value,
                                          const FunctionDecl &Within) {
  for (unsigned Depth = 0; Value && Depth < 4; ++Depth) {
    Value = stripped(Value);
    if (!Value)
      return nullptr;
    if (const CXXRecordDecl *Found = lentClosure(Value->getType()))
      return Found;
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value)) {
      Value = Construct->getNumArgs() > 0 ? Construct->getArg(0) : nullptr;
      continue;
    }
    const ValueDecl *Named = namedBy(Value);
    const auto *Variable = dyn_cast_or_null<VarDecl>(Named);
    Value = Variable && Variable->hasLocalStorage()
                ? Unit.values().onlyValue(*Variable, Within)
                : nullptr;
  }
  return nullptr;
}

void Borrowing::look(const FunctionDecl &Function, Summary &Result) {
  LocalUses Uses(Function);
  for (const CallExpr *Site : Uses.calls())
    lookAtCall(Uses, *Site, Result);
}

void Borrowing::lookAtCall(const LocalUses &Uses, const CallExpr &Site,
                           Summary &Result) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee || Site.isTypeDependent())
    return;
  const TaskTraits *Traits = Unit.taskTypes().traits(Site.getType());
  bool IsEager = !Traits || Traits->Begins != Start::Lazy;
  bool IsForeign = Unit.isForeign(Callee->getLocation());
  // std::function<Task<>()> f;  f()
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Site);
  if (IsForeign && Operator && Operator->getOperator() == OO_Call && Traits &&
      Traits->CoroutineResult && !IsEager && !coroutineBody(*Callee)) {
    ReferentList Callables;
    Referents(Uses, Unit.values(), Unit.models())
        .addBound(Operator->getArg(0), Callables);
    TaskFate Fate = fateOfMade(Uses, Site);
    for (const Referent &Each : Callables)
      judge(Uses, {&Site, Each, nullptr, Fate, nullptr, &Uses.function()},
            IsEager, /*IsCalled=*/true, Result);
    return;
  }
  if (IsForeign && !coroutineBody(*Callee) && !isDeclaredToBorrow(*Callee))
    return;
  const Borrows What = borrowsOf(*Callee);
  if (!What.ByResult.isEmpty() && Site.isPRValue() &&
      holdsTaskOrRuns(Site.getType()))
    lookAtLent(Uses, Site, What.ByResult, fateOfMade(Uses, Site), IsEager,
               Result);
  if (!What.ByStarted.isEmpty())
    lookAtLent(Uses, Site, What.ByStarted, {TaskFate::Started, nullptr, &Site},
               /*IsEager=*/true, Result);
}

/// Whether a value of \p Type is a task, holds one, or stands for one that
/// runs.
bool Borrowing::holdsTaskOrRuns(QualType Type) {
  const TaskTraits *Traits = Unit.taskTypes().traits(Type);
  return (Traits && Traits->CoroutineResult) ||
         holdsTask(Type, Unit.taskTypes());
}

/// Looks at what \p Site lends to the task that it makes.
void Borrowing::lookAtLent(const LocalUses &Uses, const CallExpr &Site,
                           const Borrowed &What, const TaskFate &Fate,
                           bool IsEager, Summary &Result) {
  Call At;
  At.setCall(Site);
  if (!At.Callee)
    return;
  // The first parameter stands for the object.
  if (At.Object && hasExplicitObject(*At.Callee)) {
    At.Arguments.insert(At.Arguments.begin(), At.Object);
    At.Object = nullptr;
  }
  const TaskTraits *Made = Unit.taskTypes().traits(Site.getType());
  Referents Lent(Uses, Unit.values(), Unit.models());
  auto Judge = [&](const ReferentList &All, const ParmVarDecl *Parameter,
                   const Expr *Argument, bool IsCalled) {
    for (const Referent &Each : All) {
      DanglingTask Found{&Site, Each,    Parameter,
                         Fate,  nullptr, &Uses.function()};
      Found.ByForgotten = Parameter && Made && Made->isForgotten();
      if (!IsCalled && !Found.ByForgotten)
        Found.Closure = lentClosure(Argument->getType());
      judge(Uses, Found, IsEager, IsCalled, Result);
    }
  };
  const auto *Method = dyn_cast<CXXMethodDecl>(At.Callee);
  // Who can keep itself alive does so, as a rule.
  bool KeepsItself =
      Method && findMember(*Method->getParent(), "shared_from_this");
  if (What.Object && At.Object && !KeepsItself) {
    ReferentList All;
    if (At.Object->getType()->isPointerType())
      Lent.addViewed(At.Object, All);
    else if (!holdsTask(At.Object->getType(), Unit.taskTypes()))
      Lent.addBound(At.Object, All);
    Judge(All, nullptr, At.Object, /*IsCalled=*/false);
  }
  auto LookAtParameter = [&](unsigned I, bool IsViewed) {
    if (I >= At.Arguments.size() || I >= At.Callee->getNumParams())
      return;
    const ParmVarDecl &Parameter = *At.Callee->getParamDecl(I);
    ReferentList All;
    if (isByReference(Parameter) && !IsViewed)
      Lent.addBound(At.Arguments[I], All);
    if (!isByReference(Parameter) ||
        isView(Parameter.getType().getNonReferenceType()))
      Lent.addViewed(At.Arguments[I], All);
    Judge(All, &Parameter, At.Arguments[I], /*IsCalled=*/false);
  };
  for (unsigned I : What.Parameters)
    LookAtParameter(I, /*IsViewed=*/false);
  for (unsigned I : What.Viewed)
    LookAtParameter(I, /*IsViewed=*/true);
  for (unsigned I : What.Called)
    if (I < At.Arguments.size()) {
      if (const CXXRecordDecl *Closure =
              closureIn(At.Arguments[I], Uses.function()))
        judge(Uses,
              {&Site,
               {Referent::Temporary, At.Arguments[I]},
               At.Callee->getParamDecl(I),
               Fate,
               Closure,
               &Uses.function()},
              IsEager, /*IsCalled=*/false, Result);
    }
}

} // namespace clang::tidy::coro
