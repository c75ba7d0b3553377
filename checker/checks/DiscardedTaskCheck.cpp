// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/DiscardedTaskCheck.h"
#include "coroutine/Coroutines.h"
#include "summaries/Awaiting.h"
#include "summaries/GivenCallables.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/Names.h"
#include "llvm/SourceText.h"

namespace clang::tidy::coro {
namespace {

constexpr Option ExplicitDiscard{"AllowExplicitDiscard", "true"};
constexpr Option Declared[] = {ExplicitDiscard, CoroCheck::ModelFiles};

/// Whether a model says that throwing \p Value away is meant.
bool isMeant(const Models &Library, const Expr &Value) {
  const CXXRecordDecl *Class = Value.getType()->getAsCXXRecordDecl();
  if (const TypeModel *Model = Class ? Library.type(*Class) : nullptr)
    if (Model->DiscardAllowed || Model->FireAndForget)
      return true;
  const auto *Site = dyn_cast<CallExpr>(&Value);
  const FunctionDecl *Callee = Site ? Site->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(Site);
  return llvm::any_of(
      Library.functions(*Callee, Member ? Member->getRecordDecl() : nullptr),
      [](const FunctionModel *Each) { return Each->DiscardAllowed; });
}

/// What is lost with \p Lost; null when nothing is.
const TaskTraits *lostBy(TranslationUnit &Unit, const DiscardedValue &Lost) {
  const Expr &Value = *Lost.Value;
  const TaskTraits *Traits = Unit.taskTypes().traits(Value.getType());
  if (!Traits || Traits->isFireAndForget() || !Value.isPRValue())
    return nullptr;
  // Who gave the callable is told by coro-lost-task.
  if (Lost.Within && callsGivenCallable(Unit, Value))
    return nullptr;
  static const TaskTraits ByModel = [] {
    TaskTraits Result;
    Result.Awaitable = true;
    return Result;
  }();
  if (!Traits->Awaitable && !Traits->CoroutineResult) {
    const CXXRecordDecl &Class = *Value.getType()->getAsCXXRecordDecl();
    const TypeModel *Model = Unit.models().type(Class);
    if (!(Model && Model->Awaitable) &&
        !(Lost.Within && isAwaitedByPromise(Unit, Class, *Lost.Within)))
      return nullptr;
    Traits = &ByModel;
  }
  // Task<>{}; holds nothing.
  const auto *Construct = dyn_cast<CXXConstructExpr>(&Value);
  if (Construct && Construct->getNumArgs() == 0)
    return nullptr;
  return isMeant(Unit.models(), Value) ? nullptr : Traits;
}

llvm::StringRef kindOf(const TaskTraits &Traits) {
  if (Traits.Generator)
    return "generator";
  return Traits.CoroutineResult ? "task" : "awaitable";
}

llvm::StringRef fateOf(const TaskTraits &Traits) {
  if (Traits.Generator)
    return "it is never iterated";
  if (!Traits.CoroutineResult)
    return "nothing waits for it";
  switch (Traits.Begins) {
  case Start::Lazy:
    return "it is lazy, so it never runs";
  case Start::Eager:
    return "it is eager, so nobody sees its end or its exception";
  case Start::Unknown:
    return "nobody awaits it";
  }
  llvm_unreachable("all starts are named");
}

std::string originOf(const Expr &Value) {
  if (const auto *Site = dyn_cast<CallExpr>(&Value))
    if (const FunctionDecl *Callee = Site->getDirectCallee())
      return " of " + displayName(*Callee);
  return isa<CoawaitExpr>(Value) ? " that co_await gives" : "";
}

} // namespace

DiscardedTaskCheck::DiscardedTaskCheck(llvm::StringRef Name,
                                       ClangTidyContext *Context,
                                       std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared),
      AllowExplicitDiscard(Values.get(ExplicitDiscard) != "false") {}

void DiscardedTaskCheck::checkOptions() {
  llvm::StringRef Value = Values.get(ExplicitDiscard);
  if (Value != "true" && Value != "false")
    reportOption(ExplicitDiscard,
                 "'" + Value + "' is neither 'true' nor 'false'");
}

void DiscardedTaskCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const DiscardedValue &Lost : Unit.discarded()) {
    if (Lost.OnPurpose && AllowExplicitDiscard)
      continue;
    const TaskTraits *Traits = lostBy(Unit, Lost);
    if (Traits && Lost.Value->getExprLoc().isValid() &&
        Reported.insert(Lost.Value->getExprLoc()).second)
      report(Unit, Lost, *Traits);
  }
}

void DiscardedTaskCheck::report(TranslationUnit &Unit,
                                const DiscardedValue &Lost,
                                const TaskTraits &Traits) {
  const Expr &Value = *Lost.Value;
  bool CanAwait = canAwait(Unit, Lost, Traits);
  {
    auto Warning =
        reportAt(Unit, Value.getExprLoc(), "the %0%1 is discarded; %2")
        << kindOf(Traits) << originOf(Value) << fateOf(Traits);
    if (CanAwait)
      for (const FixItHint &Fix :
           prependOperator("co_await", Value, Unit.context()))
        Warning << Fix;
  }
  if (Traits.Generator)
    return;
  if (CanAwait)
    reportAt(Unit, Value.getExprLoc(), "co_await it", DiagnosticIDs::Note);
  else
    reportAt(Unit, Value.getExprLoc(),
             "co_await it in a coroutine, store it, or hand it to an executor",
             DiagnosticIDs::Note);
}

} // namespace clang::tidy::coro
