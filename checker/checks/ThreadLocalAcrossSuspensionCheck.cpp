// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/ThreadLocalAcrossSuspensionCheck.h"
#include "summaries/AcrossSuspensions.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

} // namespace

ThreadLocalAcrossSuspensionCheck::ThreadLocalAcrossSuspensionCheck(
    llvm::StringRef Name, ClangTidyContext *Context,
    std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void ThreadLocalAcrossSuspensionCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const ThreadValue &Each : findThreadValues(Unit))
    if (Reported.insert(Each.Use->getExprLoc()).second)
      report(Unit, Each);
}

void ThreadLocalAcrossSuspensionCheck::report(TranslationUnit &Unit,
                                              const ThreadValue &Found) {
  if (Found.What == ThreadValue::Error)
    reportAt(Unit, Found.Use->getExprLoc(),
             "the error of a call is read after the coroutine was suspended");
  else
    reportAt(Unit, Found.Use->getExprLoc(),
             "%0 %select{refers to a thread-local variable|belongs to the "
             "thread}1 from before the coroutine was suspended")
        << Found.Kept << (Found.What == ThreadValue::Identity);
  reportAt(Unit, Found.Origin->getExprLoc(),
           Found.What == ThreadValue::Error ? "it is of the call here"
                                            : "it is got here",
           DiagnosticIDs::Note);
  reportAt(Unit, Found.Across->getExprLoc(),
           "the coroutine may go on in another thread here; %select{get it "
           "again afterwards|keep the error before}0",
           DiagnosticIDs::Note)
      << (Found.What == ThreadValue::Error);
}

} // namespace clang::tidy::coro
