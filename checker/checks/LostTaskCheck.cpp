// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/LostTaskCheck.h"
#include "facts/TaskVariable.h"
#include "summaries/GivenCallables.h"
#include "summaries/Handovers.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMapContext.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

/// Whether the conversion \p Test is written out.
bool isExplicit(TranslationUnit &Unit, const CallExpr &Test) {
  DynTypedNode Node = DynTypedNode::create(Test);
  while (true) {
    auto Above = const_cast<ASTContext &>(Unit.context()).getParents(Node);
    const auto *Parent = Above.empty() ? nullptr : Above[0].get<Expr>();
    if (!Parent || !isa<CastExpr, FullExpr, ParenExpr>(Parent))
      return false;
    if (isa<ExplicitCastExpr>(Parent))
      return true;
    Node = Above[0];
  }
}

/// The task that \p Test asks for being there, though what it gives was meant;
/// null for a variable, whose state is asked on purpose.
const CXXRecordDecl *testedTask(TranslationUnit &Unit, const CallExpr &Test) {
  const auto *Made =
      dyn_cast<CallExpr>(testedBy(Test)->IgnoreUnlessSpelledInSource());
  if (!Made)
    return nullptr;
  const FunctionDecl *Maker = Made->getDirectCallee();
  // std::exchange(task, {})  - a task that is kept elsewhere
  if (!Maker || !Made->isPRValue() ||
      (Unit.isForeign(Maker->getLocation()) &&
       Maker->getOverloadedOperator() != OO_Call))
    return nullptr;
  const CXXRecordDecl *Class = Made->getType()->getAsCXXRecordDecl();
  const TaskTraits *Traits = Unit.taskTypes().traits(Made->getType());
  // A copy may be a handle of a task that is kept elsewhere.
  bool IsTask = Traits && Traits->CoroutineResult && Traits->IsSingleUse &&
                !Traits->Generator && !Traits->isFireAndForget();
  // std::optional<Task<>> find();   if (find())
  IsTask |= Class && taskHeldBy(*Class, Unit.taskTypes(), Unit.models());
  // Who gave a predicate to a template is told by its own finding;
  // assert(bool(task())) tests on purpose.
  return IsTask && !callsGivenCallable(Unit, *Made) &&
                 !(Test.getExprLoc().isMacroID() && isExplicit(Unit, Test))
             ? Class
             : nullptr;
}

} // namespace

LostTaskCheck::LostTaskCheck(llvm::StringRef Name, ClangTidyContext *Context,
                             std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void LostTaskCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const Handover &Lost : findHandovers(Unit)) {
    // A conversion and the call around it hand over the same callable.
    if (!Reported.insert(stripped(Lost.Callable)->getExprLoc()).second)
      continue;
    reportAt(Unit, Lost.Site->getExprLoc(),
             "the task that this callback returns is lost: its result is "
             "ignored%select{|, and it is lazy, so it never runs}0")
        << (Lost.Traits.Begins == Start::Lazy);
    if (Lost.DroppedAt.isValid())
      reportAt(Unit, Lost.DroppedAt, "it is dropped here", DiagnosticIDs::Note);
    reportAt(Unit, Lost.Callable->getExprLoc(),
             "give a function that starts the task and keeps it, such as one "
             "that spawns it on an executor",
             DiagnosticIDs::Note);
  }
  for (const CallExpr *Test : Unit.tests())
    if (const CXXRecordDecl *Task = testedTask(Unit, *Test))
      if (Reported.insert(Test->getExprLoc()).second) {
        reportAt(Unit, Test->getExprLoc(),
                 "this tests whether there is a task of type %0, not what it "
                 "gives")
            << Task;
        reportAt(Unit, Test->getExprLoc(), "co_await it to get its result",
                 DiagnosticIDs::Note);
      }
}

} // namespace clang::tidy::coro
