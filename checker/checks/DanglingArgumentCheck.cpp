// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/DanglingArgumentCheck.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

} // namespace

DanglingArgumentCheck::DanglingArgumentCheck(llvm::StringRef Name,
                                             ClangTidyContext *Context,
                                             std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void DanglingArgumentCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const DanglingTask &Lost : Unit.borrowing().findings())
    if (!Lost.Closure && !Lost.ByForgotten &&
        Reported.insert(Lost.Site->getExprLoc()).second)
      report(Unit, Lost);
}

void DanglingArgumentCheck::report(TranslationUnit &Unit,
                                   const DanglingTask &Lost) {
  const FunctionDecl *Callee = Lost.Site->getDirectCallee();
  bool IsTemporary = Lost.Lent.What == Referent::Temporary;
  bool IsObject = !Lost.Parameter;
  reportAt(Unit, Lost.Site->getExprLoc(),
           "the task of %0 outlives %select{%2|a temporary}1, to which it "
           "refers%select{| as its object}3")
      << displayName(*Callee) << IsTemporary << Lost.Lent.Variable << IsObject;
  if (IsTemporary)
    reportAt(Unit, Lost.Lent.At->getExprLoc(),
             "this temporary ends with the full expression",
             DiagnosticIDs::Note);
  noteFate(Unit, Lost);
  if (IsObject)
    reportAt(Unit, Lost.Lent.At->getExprLoc(),
             "keep the object until the task has ended", DiagnosticIDs::Note);
  else
    reportAt(Unit, Lost.Parameter->getLocation(),
             "take the parameter by value, or keep the argument until the "
             "task has ended",
             DiagnosticIDs::Note);
}

} // namespace clang::tidy::coro
