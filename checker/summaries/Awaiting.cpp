// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Awaiting.h"
#include "coroutine/Coroutines.h"
#include "coroutine/Promises.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

/// Whether a temporary of type \p Class may be awaited: not where each of its
/// operators co_await is for lvalues.
bool acceptsTemporary(const CXXRecordDecl &Class) {
  DeclarationName Await =
      Class.getASTContext().DeclarationNames.getCXXOperatorName(OO_Coawait);
  const NamedDecl *First = findMember(Class, Await);
  if (!First)
    return true;
  for (const NamedDecl *Each : First->getDeclContext()->lookup(Await)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Each);
    if (!Method || Method->getRefQualifier() != RQ_LValue)
      return true;
  }
  return false;
}

/// Whether an await_transform of \p Promise takes a value of type \p Class:
/// one whose parameter is that class or template, or, with \p OrAny, any type.
bool transforms(const CXXRecordDecl &Promise, const CXXRecordDecl &Class,
                bool OrAny) {
  const NamedDecl *First = findMember(Promise, "await_transform");
  if (!First)
    return OrAny;
  const DeclContext *Owner = First->getDeclContext();
  for (const NamedDecl *Each : Owner->lookup(First->getDeclName())) {
    const auto *Template = dyn_cast<FunctionTemplateDecl>(Each);
    const auto *Function = dyn_cast<FunctionDecl>(
        Template ? Template->getTemplatedDecl() : Each->getUnderlyingDecl());
    if (!Function || Function->isDeleted() || Function->getNumParams() == 0)
      continue;
    QualType Parameter =
        Function->getParamDecl(0)->getType().getNonReferenceType();
    if (Template && !classOf(Parameter)) {
      if (OrAny)
        return true;
      continue;
    }
    const CXXRecordDecl *Taken = classOf(Parameter);
    if (Taken &&
        Taken->getQualifiedNameAsString() == Class.getQualifiedNameAsString())
      return true;
  }
  return false;
}

const CXXRecordDecl *promiseOf(TranslationUnit &Unit,
                               const FunctionDecl &Coroutine) {
  const CXXRecordDecl *Result = classOf(Coroutine.getReturnType());
  return Result ? Unit.taskTypes().promiseOf(*Result) : nullptr;
}

} // namespace

bool isAwaitedByPromise(TranslationUnit &Unit, const CXXRecordDecl &Class,
                        const FunctionDecl &Within) {
  if (!coroutineBody(Within))
    return false;
  const CXXRecordDecl *Promise = promiseOf(Unit, Within);
  return Promise && transforms(*Promise, Class, /*OrAny=*/false);
}

bool canAwait(TranslationUnit &Unit, const DiscardedValue &Lost,
              const TaskTraits &Traits) {
  const FunctionDecl *Within = Lost.Within;
  if (!Within || Lost.InHandler || Lost.OnPurpose || !Traits.Awaitable ||
      !coroutineBody(*Within) || Within->isDependentContext() ||
      Within->isTemplateInstantiation() ||
      Lost.Value->getBeginLoc().isMacroID() ||
      Lost.Value->getEndLoc().isMacroID())
    return false;
  const TaskTraits *Own = Unit.taskTypes().traits(Within->getReturnType());
  if (!Own || Own->Generator || !Own->AcceptsAwait)
    return false;
  const CXXRecordDecl *Promise = promiseOf(Unit, *Within);
  const CXXRecordDecl *Class = Lost.Value->getType()->getAsCXXRecordDecl();
  return Promise && Class && transforms(*Promise, *Class, /*OrAny=*/true) &&
         acceptsTemporary(*Class);
}

bool canAwaitOwn(TranslationUnit &Unit, QualType Type) {
  const TaskTraits *Traits = Unit.taskTypes().traits(Type);
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Traits || !Traits->CoroutineResult || !Traits->Awaitable ||
      Traits->Generator || !Traits->AcceptsAwait ||
      Traits->Begins != Start::Lazy)
    return false;
  const CXXRecordDecl *Promise = Unit.taskTypes().promiseOf(*Class);
  return Promise && !looksAtArguments(*Promise) &&
         transforms(*Promise, *Class, /*OrAny=*/true) &&
         acceptsTemporary(*Class);
}

} // namespace clang::tidy::coro
