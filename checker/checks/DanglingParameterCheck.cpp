// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/DanglingParameterCheck.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Strict{"Strict", "false"};
constexpr Option Declared[] = {Strict, CoroCheck::ModelFiles};

} // namespace

DanglingParameterCheck::DanglingParameterCheck(
    llvm::StringRef Name, ClangTidyContext *Context,
    std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared),
      IsStrict(Values.isTrue(Strict)) {}

void DanglingParameterCheck::checkOptions() { checkFlag(Strict); }

void DanglingParameterCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  DanglingParameters Parameters(Unit);
  for (const DanglingParameter &Found : Parameters.find(IsStrict))
    if (Reported.insert(Found.Parameter->getLocation()).second)
      report(Unit, Found);
}

/// Notes why nobody keeps what the parameter refers to.
void DanglingParameterCheck::noteReason(TranslationUnit &Unit,
                                        const DanglingParameter &Found) {
  switch (Found.Why) {
  case DanglingParameter::Broken: {
    bool IsTemporary = Found.Caller->Lent.What == Referent::Temporary;
    reportAt(Unit, Found.Caller->Site->getExprLoc(),
             "here it is given %select{%1|a temporary}0, which ends before the "
             "coroutine",
             DiagnosticIDs::Note)
        << IsTemporary << Found.Caller->Lent.Variable;
    return;
  }
  case DanglingParameter::LeftAlone:
    reportAt(Unit, Found.Caller->Site->getExprLoc(),
             "this caller lets the coroutine run by itself",
             DiagnosticIDs::Note);
    return;
  case DanglingParameter::NobodyWaits:
    reportAt(Unit, Found.Coroutine->getLocation(),
             "nobody can wait for %0 to end", DiagnosticIDs::Note)
        << displayName(*Found.Coroutine);
    return;
  case DanglingParameter::MayBeDropped:
    reportAt(Unit, Found.Coroutine->getLocation(),
             "%0 goes on even if its result is dropped", DiagnosticIDs::Note)
        << displayName(*Found.Coroutine);
    return;
  case DanglingParameter::AnyCaller:
    return;
  }
}

void DanglingParameterCheck::report(TranslationUnit &Unit,
                                    const DanglingParameter &Found) {
  const LateUse &Late = Found.Late;
  reportAt(Unit, Found.Parameter->getLocation(),
           "%0 is used %select{after a suspension|while the coroutine is "
           "suspended}1, when what it refers to may be gone")
      << Found.Parameter << Late.Meanwhile;
  reportAt(Unit, Late.Use->getExprLoc(), "it is used here",
           DiagnosticIDs::Note);
  if (Late.Across)
    reportAt(Unit, Late.Across->getBeginLoc(),
             "the coroutine may be suspended here", DiagnosticIDs::Note);
  else
    reportAt(Unit, Found.Coroutine->getLocation(),
             "the coroutine is suspended before it begins",
             DiagnosticIDs::Note);
  noteReason(Unit, Found);
  QualType Type = Found.Parameter->getType();
  bool IsConst = Type.getNonReferenceType().isConstQualified();
  bool IsShared =
      Type->isPointerType() || (Type->isLValueReferenceType() && !IsConst);
  reportAt(Unit, Found.Parameter->getLocation(),
           "%select{take an owner of it by value|take it by value|let the "
           "coroutine share the object, or keep it until the coroutine has "
           "ended}0",
           DiagnosticIDs::Note)
      << (IsShared ? 2 : Type->isReferenceType());
}

} // namespace clang::tidy::coro
