// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/DanglingCaptureCheck.h"
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
  const TypeSourceInfo *Written =
      Operator ? Operator->getTypeSourceInfo() : nullptr;
  auto Type = Written ? Written->getTypeLoc().getAs<FunctionProtoTypeLoc>()
                      : FunctionProtoTypeLoc();
  bool IsMoved =
      Lost.Lent.What == Referent::Temporary && Lost.Lent.At->isXValue();
  if (!canDeduceObject(Unit.context().getLangOpts()) || !Type ||
      !Operator->isConst() || hasExplicitObject(*Operator) ||
      (!IsMoved && hasDeletedImplicitCopy(*Lost.Closure)))
    return {};
  // What a copy refers to is as dead as before.
  for (const LambdaCapture &Each : Lost.Closure->captures())
    if (Each.getCaptureKind() == LCK_ByRef)
      return {};
  SourceLocation Open = Type.getLParenLoc();
  if (Open.isInvalid() || Open.isMacroID() ||
      *Unit.context().getSourceManager().getCharacterData(Open) != '(')
    return {};
  return Open.getLocWithOffset(1);
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
  }
  noteFate(Unit, Lost);
  reportAt(Unit, Lost.Closure->getLocation(),
           "give it what it needs as parameters%select{|, or let it deduce "
           "its object by value: (this auto)}0",
           DiagnosticIDs::Note)
      << canDeduceObject(Unit.context().getLangOpts());
}

} // namespace clang::tidy::coro
