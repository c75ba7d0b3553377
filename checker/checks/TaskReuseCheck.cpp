// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/TaskReuseCheck.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {

static constexpr Option Declared[] = {CoroCheck::ModelFiles};

TaskReuseCheck::TaskReuseCheck(llvm::StringRef Name, ClangTidyContext *Context,
                               std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void TaskReuseCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const auto &Tasks : Unit.taskVariables())
    for (const ReusedTask &Reused : Tasks->reused()) {
      SourceLocation Place = Reused.Second->Mention->getExprLoc();
      if (!Reported.insert(Place).second)
        continue;
      reportAt(Unit, Place,
               "the task %0 is %select{moved|awaited}1 %select{after it was "
               "%select{moved|awaited}2|again in the next round of the loop}3")
          << Reused.Second->Variable->Declaration
          << (Reused.Second->What == TaskEvent::Await)
          << (Reused.First->What == TaskEvent::Await)
          << (Reused.First == Reused.Second);
      if (Reused.First != Reused.Second)
        reportAt(Unit, Reused.First->Mention->getExprLoc(),
                 "it was %select{moved|awaited}0 here", DiagnosticIDs::Note)
            << (Reused.First->What == TaskEvent::Await);
    }
}

} // namespace clang::tidy::coro
