// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/UnawaitedTaskCheck.h"
#include "llvm/ADT/DenseSet.h"

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

void UnawaitedTaskCheck::report(TranslationUnit &Unit, const LostTask &Lost) {
  const TaskVariable &Variable = *Lost.Variable;
  // Where the lost task came from: its variable, or what overwrites itself.
  SourceLocation Place = Variable.Declaration->getLocation();
  if (Lost.OverwrittenBy && Lost.Created && Lost.Created->Mention)
    Place = Lost.Created->Mention->getBeginLoc();
  llvm::StringRef Kind = Variable.Traits.Generator         ? "generator"
                         : Variable.Traits.CoroutineResult ? "task"
                                                           : "awaitable";
  bool IsPartial = Lost.By.Condition && !Variable.Traits.Generator;
  reportAt(Unit, Place,
           "the %0%select{| in}1 %2 is %select{never|on some path neither}3 "
           "%select{awaited %select{or|nor}3 handed on|iterated}4%5")
      << Kind << Variable.IsHolder << Variable.Declaration << IsPartial
      << Variable.Traits.Generator << fateOf(Variable.Traits);
  if (IsPartial)
    reportAt(Unit, Lost.By.Condition->getExprLoc(),
             "it is lost when this is %select{false|true}0",
             DiagnosticIDs::Note)
        << Lost.By.Outcome;
  if (Lost.OverwrittenBy)
    reportAt(Unit, Lost.OverwrittenBy->At->getBeginLoc(),
             "it is overwritten here", DiagnosticIDs::Note);
}

} // namespace clang::tidy::coro
