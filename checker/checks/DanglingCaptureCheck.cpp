// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/DanglingCaptureCheck.h"
#include "coroutine/Coroutines.h"
#include "coroutine/Promises.h"
#include "facts/CalledClosures.h"
#include "summaries/Borrowing.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Compat.h"
#include "llvm/SpecialMembers.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

/// Where "this auto" makes the lambda deduce its object by value, so that the
/// frame has a copy of the closure; invalid where that may not compile.
SourceLocation placeOfObject(TranslationUnit &Unit, const DanglingTask &Lost) {
  const CXXMethodDecl *Operator = Lost.Closure->getLambdaCallOperator();
  bool IsMoved =
      Lost.Lent.What == Referent::Temporary && Lost.Lent.At->isXValue();
  if (!canDeduceObject(Unit.context().getLangOpts()) || !Operator ||
      !Operator->isConst() || hasExplicitObject(*Operator) ||
      (!IsMoved && hasDeletedImplicitCopy(*Lost.Closure)))
    return {};
  // What a copy refers to is as dead as before.
  for (const LambdaCapture &Each : Lost.Closure->captures())
    if (Each.getCaptureKind() == LCK_ByRef)
      return {};
  return beforeParameters(*Operator);
}

/// The edits that pass as arguments what the lambda captures; none where that
/// may not compile, or what it refers to dies as well.
llvm::SmallVector<FixItHint, 3> passCaptures(TranslationUnit &Unit,
                                             const DanglingTask &Lost) {
  if (!Lost.Lent.At || Lost.Lent.What != Referent::Temporary ||
      Lost.Lent.At->getType()->getAsCXXRecordDecl() != Lost.Closure)
    return {};
  const CXXRecordDecl *Class = classOf(Lost.Site->getType());
  const CXXRecordDecl *Promise =
      Class ? Unit.taskTypes().promiseOf(*Class) : nullptr;
  if (!Promise || looksAtArguments(*Promise))
    return {};
  std::optional<CapturesAsArguments> Passed =
      capturesAsArguments(*Lost.Site, Unit.context());
  if (!Passed || !llvm::all_of(Passed->Referred, [&](const VarDecl *Each) {
        return Unit.borrowing().isKeptFor(Lost, *Each);
      }))
    return {};
  return {
      FixItHint::CreateReplacement(Passed->Introducer, "[]"),
      FixItHint::CreateInsertion(Passed->BeforeParameters, Passed->Parameters),
      FixItHint::CreateInsertion(Passed->BeforeArguments, Passed->Arguments)};
}

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
  SourceLocation Object = placeOfObject(Unit, Lost);
  {
    DiagnosticBuilder Builder =
        reportAt(Unit, Lost.Closure->getLocation(),
                 "the captures of this lambda coroutine die before it ends: "
                 "%select{its closure is a temporary|they live in %1}0");
    Builder << !IsTemporary << Lost.Lent.Variable;
    bool HasParameters =
        Lost.Closure->getLambdaCallOperator()->getNumParams() > 0;
    if (Object.isValid())
      Builder << FixItHint::CreateInsertion(
          Object, HasParameters ? "this auto, " : "this auto");
    else
      for (const FixItHint &Each : passCaptures(Unit, Lost))
        Builder << Each;
  }
  noteFate(Unit, Lost);
  reportAt(Unit, Lost.Closure->getLocation(),
           "give it what it needs as parameters%select{|, or let it deduce "
           "its object by value: (this auto)}0",
           DiagnosticIDs::Note)
      << canDeduceObject(Unit.context().getLangOpts());
}

} // namespace clang::tidy::coro
