// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/DanglingCaptureCheck.h"
#include "summaries/Borrowing.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

} // namespace

DanglingCaptureCheck::DanglingCaptureCheck(llvm::StringRef Name,
                                           ClangTidyContext *Context,
                                           std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void DanglingCaptureCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const DanglingTask &Lost : Unit.borrowing().findings())
    if (Lost.Closure && Reported.insert(Lost.Closure->getLocation()).second)
      report(Unit, Lost);
}

void DanglingCaptureCheck::report(TranslationUnit &Unit,
                                  const DanglingTask &Lost) {
  bool IsTemporary = Lost.Lent.What == Referent::Temporary;
  reportAt(Unit, Lost.Closure->getLocation(),
           "the captures of this lambda coroutine die before it ends: "
           "%select{its closure is a temporary|they live in %1}0")
      << !IsTemporary << Lost.Lent.Variable;
  noteFate(Unit, Lost);
  reportAt(Unit, Lost.Closure->getLocation(),
           "give it what it needs as parameters%select{|, or let it deduce "
           "its object by value: (this auto self)}0",
           DiagnosticIDs::Note)
      << Unit.context().getLangOpts().CPlusPlus23;
}

} // namespace clang::tidy::coro
