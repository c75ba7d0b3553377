// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/IgnoredResultCheck.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

/// Whether \p Class has a const method \p Name that takes nothing and gives
/// something.
bool hasQuestion(const CXXRecordDecl &Class, llvm::StringRef Name) {
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(findMember(Class, Name));
  if (!Method)
    return false;
  DeclarationName Overloads = Method->getDeclName();
  for (const NamedDecl *Each : Method->getParent()->lookup(Overloads)) {
    const auto *Question = dyn_cast<CXXMethodDecl>(Each);
    if (Question && Question->isConst() && Question->getNumParams() == 0 &&
        !Question->getReturnType()->isVoidType())
      return true;
  }
  return false;
}

/// Whether \p Class is a value or an error, as std::expected is.
bool holdsError(const CXXRecordDecl &Class) {
  return Class.hasDefinition() && hasQuestion(Class, "error") &&
         (hasQuestion(Class, "has_value") || hasQuestion(Class, "has_error"));
}

/// Why the result of \p Await must be looked at; empty when it need not be.
llvm::StringRef reason(TranslationUnit &Unit, const CoawaitExpr &Await) {
  QualType Type = Await.getType().getNonReferenceType();
  const TagDecl *Declared = Type->getAsTagDecl();
  if (Declared && Declared->hasAttr<WarnUnusedResultAttr>())
    return "its type is [[nodiscard]]";
  const auto *Resume = dyn_cast_or_null<CallExpr>(
      Await.getResumeExpr() ? Await.getResumeExpr()->IgnoreImplicit()
                            : nullptr);
  const FunctionDecl *Method = Resume ? Resume->getDirectCallee() : nullptr;
  if (Method && Method->hasAttr<WarnUnusedResultAttr>())
    return "await_resume is [[nodiscard]]";
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  const TypeModel *Model = Class ? Unit.models().type(*Class) : nullptr;
  if (Class && ((Model && Model->CheckResult) || holdsError(*Class)))
    return "it may be an error or nothing";
  return {};
}

/// The co_await that give \p Value:
///   ok ? co_await commit() : co_await rollback();
llvm::SmallVector<const CoawaitExpr *, 2> awaitsIn(const Expr &Value) {
  llvm::SmallVector<const CoawaitExpr *, 2> Result;
  llvm::SmallVector<const Expr *, 2> Pending{&Value};
  while (!Pending.empty()) {
    const Expr *Current = Pending.pop_back_val()->IgnoreUnlessSpelledInSource();
    if (const auto *Choice = dyn_cast<ConditionalOperator>(Current))
      Pending.append({Choice->getFalseExpr(), Choice->getTrueExpr()});
    else if (const auto *Await = dyn_cast<CoawaitExpr>(Current))
      Result.push_back(Await);
  }
  return Result;
}

} // namespace

IgnoredResultCheck::IgnoredResultCheck(llvm::StringRef Name,
                                       ClangTidyContext *Context,
                                       std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void IgnoredResultCheck::checkUnit(TranslationUnit &Unit) {
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const DiscardedValue &Lost : Unit.discarded()) {
    if (Lost.OnPurpose || Lost.Value->isTypeDependent())
      continue;
    for (const CoawaitExpr *Await : awaitsIn(*Lost.Value)) {
      // A task that co_await gives is lost altogether: coro-discarded-task.
      const TaskTraits *Task = Unit.taskTypes().traits(Await->getType());
      if (Task && (Task->Awaitable || Task->CoroutineResult))
        continue;
      llvm::StringRef Why = reason(Unit, *Await);
      if (!Why.empty() && Reported.insert(Await->getExprLoc()).second)
        reportAt(Unit, Await->getExprLoc(),
                 "nobody looks at the %0 that co_await gives; %1")
            << QualType(Await->getType()->getUnqualifiedDesugaredType(), 0)
            << Why;
    }
  }
}

} // namespace clang::tidy::coro
