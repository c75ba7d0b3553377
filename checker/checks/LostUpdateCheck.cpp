// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/LostUpdateCheck.h"
#include "summaries/StateUses.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {

static constexpr Option Declared[] = {CoroCheck::ModelFiles};

LostUpdateCheck::LostUpdateCheck(llvm::StringRef Name,
                                 ClangTidyContext *Context,
                                 std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void LostUpdateCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const LostUpdate &Lost : Unit.stateUses().lostUpdates(Unit.values()))
    if (Reported.insert(Lost.Use.Mention->getExprLoc()).second)
      report(Unit, Lost);
}

void LostUpdateCheck::report(TranslationUnit &Unit, const LostUpdate &Lost) {
  const ValueDecl *Used = Lost.Use.Where.Declaration;
  SourceLocation Place = Lost.Use.Mention->getExprLoc();
  bool IsOldValue = Lost.What == LostUpdate::OldValue;
  if (IsOldValue)
    reportAt(Unit, Place,
             "%0 is set from the value that it had before a suspension")
        << Used;
  else
    reportAt(Unit, Place,
             "%0 is %select{used|changed}1 after a suspension, but "
             "%select{%3|it}2 was checked before it")
        << Used << Lost.Use.isChange() << (Lost.Checked == Used)
        << Lost.Checked;
  reportAt(Unit, Lost.Before->getExprLoc(), "it is %select{checked|read}0 here",
           DiagnosticIDs::Note)
      << IsOldValue;
  reportAt(Unit, Lost.Suspension->getBeginLoc(),
           "the coroutine may be suspended here, and others run",
           DiagnosticIDs::Note);
  if (Lost.Change)
    reportAt(Unit, Lost.Change->Mention->getExprLoc(), "%0 changes %1 here",
             DiagnosticIDs::Note)
        << displayName(*Lost.Change->Function) << Lost.Checked;
  else
    reportAt(Unit, Place, "another run of this coroutine may change it",
             DiagnosticIDs::Note);
  reportAt(Unit, Place,
           "%select{check again after the suspension, or claim it "
           "before|read it again after the suspension}0",
           DiagnosticIDs::Note)
      << IsOldValue;
}

} // namespace clang::tidy::coro
