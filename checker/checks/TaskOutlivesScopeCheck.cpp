// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/TaskOutlivesScopeCheck.h"
#include "coroutine/Coroutines.h"
#include "summaries/Awaiting.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Names.h"
#include "llvm/SourceText.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

/// Whether \p Function gives what its caller asks for, by a completion token
/// say, and a task only if that is it:   template <class Token> auto f(Token t)
bool leavesResultToCaller(const FunctionDecl &Function) {
  const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern();
  if (!Pattern)
    return false;
  QualType Written = Pattern->getReturnType();
  // Task<T> depends on the arguments, too, but is a task with all of them.
  bool NamesClass = Written->getAs<TemplateSpecializationType>() ||
                    Written->getAsCXXRecordDecl();
  return Written->isUndeducedType() ||
         (Written->isDependentType() && !NamesClass);
}

/// Whether \p Function is an ordinary one that returns a task.
bool returnsTask(TranslationUnit &Unit, const FunctionDecl &Function) {
  return !Function.isDependentContext() && !coroutineBody(Function) &&
         !leavesResultToCaller(Function) &&
         holdsTask(Function.getReturnType(), Unit.taskTypes());
}

/// return f();   becomes   co_return co_await f();
llvm::SmallVector<FixItHint, 4> awaitReturns(TranslationUnit &Unit,
                                             const LocalUses &Uses) {
  llvm::SmallVector<FixItHint, 4> Result;
  if (!canAwaitReturns(Unit, Uses))
    return Result;
  for (const ReturnStmt *Each : Uses.returns()) {
    llvm::SmallVector<FixItHint, 2> Await = prependOperator(
        "co_await", *Each->getRetValue()->IgnoreImplicit(), Unit.context());
    SourceLocation Place = Each->getReturnLoc();
    if (Await.empty() || Place.isInvalid() || Place.isMacroID())
      return {};
    Result.push_back(
        FixItHint::CreateReplacement(SourceRange(Place), "co_return"));
    Result.append(Await);
  }
  return Result;
}

} // namespace

TaskOutlivesScopeCheck::TaskOutlivesScopeCheck(
    llvm::StringRef Name, ClangTidyContext *Context,
    std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void TaskOutlivesScopeCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const FunctionDecl *Function : Unit.functions()) {
    if (!returnsTask(Unit, *Function))
      continue;
    LocalUses Uses(*Function);
    ReturnedTasks Returned(Uses, Unit.taskTypes(), Unit.values(),
                           Unit.models());
    std::vector<EndedScope> Found = Returned.endedScopes();
    for (const EndedScope &Ended : Found)
      if (Reported.insert(Ended.Task.Return->getBeginLoc()).second) {
        // One fix cures all findings of the function.
        bool IsFirst = &Ended == &Found.front();
        report(Unit, Ended,
               IsFirst ? awaitReturns(Unit, Uses)
                       : llvm::SmallVector<FixItHint, 4>());
      }
  }
}

void TaskOutlivesScopeCheck::report(TranslationUnit &Unit,
                                    const EndedScope &Ended,
                                    llvm::ArrayRef<FixItHint> Fix) {
  SourceLocation Place = Ended.Task.Return->getBeginLoc();
  if (Ended.Try) {
    reportAt(Unit, Place,
             "the handlers of this try block do not see what the returned task "
             "throws: it has not begun")
        << Fix;
    reportAt(Unit, Ended.Try->getHandler(0)->getBeginLoc(),
             "what the task throws does not come here", DiagnosticIDs::Note);
  } else {
    reportAt(Unit, Place, "%0 ends before the returned task has begun")
        << Ended.Guard << Fix;
    reportAt(Unit, Ended.Guard->getLocation(), "it is declared here",
             DiagnosticIDs::Note);
  }
  reportAt(Unit, Ended.Task.Made->getExprLoc(),
           "the task of %0 is lazy; make this function a coroutine: co_return "
           "co_await",
           DiagnosticIDs::Note)
      << displayName(*Ended.Task.Made->getDirectCallee());
}

} // namespace clang::tidy::coro
