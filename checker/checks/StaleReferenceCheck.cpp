// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/StaleReferenceCheck.h"
#include "summaries/StateUses.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {

static constexpr Option Declared[] = {CoroCheck::ModelFiles};

StaleReferenceCheck::StaleReferenceCheck(llvm::StringRef Name,
                                         ClangTidyContext *Context,
                                         std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void StaleReferenceCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const StaleReference &Stale :
       Unit.stateUses().staleReferences(Unit.values())) {
    SourceLocation Place = Stale.Borrowed.Range
                               ? Stale.Borrowed.Range->getForLoc()
                               : Stale.Use->getExprLoc();
    if (Reported.insert(Place).second)
      report(Unit, Stale, Place);
  }
}

void StaleReferenceCheck::report(TranslationUnit &Unit,
                                 const StaleReference &Stale,
                                 SourceLocation Place) {
  const Borrow &Of = Stale.Borrowed;
  const ValueDecl *From = Of.From.Declaration;
  if (Of.Range)
    reportAt(Unit, Place,
             "this loop over %0 is suspended, and others change %0 meanwhile")
        << From;
  else
    reportAt(Unit, Place,
             "%0 refers into %1 as that was before a suspension, and may be "
             "stale")
        << Of.Local << From;
  if (!Of.Range)
    reportAt(Unit, Of.Local->getLocation(), "it is obtained here",
             DiagnosticIDs::Note);
  reportAt(Unit, Stale.Suspension->getBeginLoc(),
           "the coroutine may be suspended here, and others run",
           DiagnosticIDs::Note);
  if (Stale.ByItself)
    reportAt(Unit, Stale.Change->Mention->getExprLoc(),
             "another run of this coroutine changes %0 here",
             DiagnosticIDs::Note)
        << From;
  else
    reportAt(Unit, Stale.Change->Mention->getExprLoc(), "%0 changes %1 here",
             DiagnosticIDs::Note)
        << displayName(*Stale.Change->Function) << From;
  reportAt(Unit, Place,
           "%select{look it up again after the suspension, or keep a "
           "copy|loop over a copy}0",
           DiagnosticIDs::Note)
      << (Of.Range != nullptr);
}

} // namespace clang::tidy::coro
