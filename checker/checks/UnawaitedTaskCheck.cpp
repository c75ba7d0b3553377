// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/UnawaitedTaskCheck.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

llvm::StringRef fateOf(const TaskTraits &Traits) {
  if (Traits.Begins == Start::Lazy)
    return "; it is lazy, so it does not run";
  if (Traits.Begins == Start::Eager)
    return "; it is eager, so nobody sees its end";
  return "";
}

/// The function that gave the task; null when it is not seen.
const FunctionDecl *makerOf(const LostTask &Lost) {
  const auto *Declaration =
      Lost.Created ? dyn_cast<DeclStmt>(Lost.Created->At) : nullptr;
  const auto *Variable = dyn_cast<VarDecl>(Lost.Variable->Declaration);
  const Expr *Value = nullptr;
  if (Declaration && Variable)
    Value = Variable->getInit();
  else if (const auto *Assignment =
               Lost.Created ? dyn_cast<CXXOperatorCallExpr>(Lost.Created->At)
                            : nullptr)
    Value = Assignment->getNumArgs() == 2 ? Assignment->getArg(1) : nullptr;
  const auto *Site = Value ? dyn_cast<CallExpr>(stripped(Value)) : nullptr;
  return Site ? Site->getDirectCallee() : nullptr;
}

} // namespace

UnawaitedTaskCheck::UnawaitedTaskCheck(llvm::StringRef Name,
                                       ClangTidyContext *Context,
                                       std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void UnawaitedTaskCheck::checkUnit(TranslationUnit &Unit) {
  // Where code is missing, so may be its use of a task.
  if (Unit.context().getDiagnostics().hasUncompilableErrorOccurred())
    return;
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const auto &Tasks : Unit.taskVariables())
    for (const LostTask &Lost : Tasks->lost())
      if (Reported.insert(Lost.Variable->Declaration->getLocation()).second)
        report(Unit, Lost);
}

/// Says which way was taken to the loss.
void UnawaitedTaskCheck::noteDecision(TranslationUnit &Unit,
                                      const Way::Branch &Decision) {
  const Expr *Condition = Decision.condition();
  const auto *Switch =
      dyn_cast_or_null<SwitchStmt>(Decision.At->getTerminatorStmt());
  const auto *Range =
      dyn_cast_or_null<CXXForRangeStmt>(Decision.At->getTerminatorStmt());
  const auto *Label = dyn_cast_or_null<SwitchCase>(Decision.Taken->getLabel());
  if (Range)
    reportAt(Unit, Range->getBeginLoc(),
             "it is lost when this loop %select{ends|goes on}0",
             DiagnosticIDs::Note)
        << Decision.outcome();
  else if (Condition)
    reportAt(Unit, Condition->getExprLoc(),
             "it is lost when this is %select{false|true}0",
             DiagnosticIDs::Note)
        << Decision.outcome();
  else if (Switch && Label)
    reportAt(Unit, Label->getBeginLoc(), "it is lost in this case",
             DiagnosticIDs::Note);
  else if (Switch)
    reportAt(Unit, Switch->getBeginLoc(), "it is lost when no case is taken",
             DiagnosticIDs::Note);
}

void UnawaitedTaskCheck::report(TranslationUnit &Unit, const LostTask &Lost) {
  const TaskVariable &Variable = *Lost.Variable;
  // Where the lost task came from: its variable, or what overwrites itself.
  SourceLocation Place = Variable.Declaration->getLocation();
  if (Lost.OverwrittenBy && Lost.Created && Lost.Created->Mention)
    Place = Lost.Created->Mention->getBeginLoc();
  llvm::StringRef Kind = Variable.Traits.Generator         ? "generator"
                         : Variable.Traits.CoroutineResult ? "task"
                                                           : "awaitable";
  bool IsPartial = Lost.IsPartial && !Variable.Traits.Generator;
  reportAt(Unit, Place,
           "the %0%select{| in}1 %2 is %select{never|on some path neither}3 "
           "%select{awaited %select{or|nor}3 handed on|iterated}4%5")
      << Kind << Variable.IsHolder << Variable.Declaration << IsPartial
      << Variable.Traits.Generator << fateOf(Variable.Traits);
  if (const FunctionDecl *Maker = makerOf(Lost))
    reportAt(Unit, Lost.Created->At->getBeginLoc(), "%0 makes it here",
             DiagnosticIDs::Note)
        << displayName(*Maker);
  if (IsPartial && Lost.Decision)
    noteDecision(Unit, *Lost.Decision);
  if (Lost.OverwrittenBy)
    reportAt(Unit, Lost.OverwrittenBy->At->getBeginLoc(),
             "it is overwritten here", DiagnosticIDs::Note);
  else if (Lost.Leaving)
    reportAt(Unit,
             isa<CompoundStmt>(Lost.Leaving) ? Lost.Leaving->getEndLoc()
                                             : Lost.Leaving->getBeginLoc(),
             "its scope ends here", DiagnosticIDs::Note);
}

} // namespace clang::tidy::coro
