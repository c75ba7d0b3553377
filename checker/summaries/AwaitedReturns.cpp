// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether a function that returns tasks can be made a coroutine.

#include "coroutine/Coroutines.h"
#include "coroutine/Promises.h"
#include "facts/LockTypes.h"
#include "facts/Referents.h"
#include "summaries/Awaiting.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {
namespace {

/// Whether \p Type can be moved, or copied, into a frame.
bool canMove(QualType Type) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition())
    return !Class;
  bool IsKnown = false;
  for (const CXXConstructorDecl *Each : Class->ctors()) {
    if (!Each->isCopyOrMoveConstructor())
      continue;
    IsKnown = true;
    if (!Each->isDeleted() && Each->getAccess() == AS_public)
      return true;
  }
  return !IsKnown;
}

/// Whether a caller may give \p Parameter what lives as long as the call only.
bool mayDangle(const ParmVarDecl &Parameter) {
  QualType Type = Parameter.getType();
  if (Type->isRValueReferenceType())
    return true;
  if (Type->isReferenceType() || Type->isPointerType())
    return Type->getPointeeType().isConstQualified();
  return isView(Type);
}

/// Whether the declaration of \p Function lets it be a coroutine, and its
/// parameters still be there when it runs.
bool mayBeCoroutine(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return !Function.isDependentContext() &&
         !Function.isTemplateInstantiation() && !Function.isConstexpr() &&
         !Function.isMain() && !Function.isVariadic() &&
         !Function.getDeclaredReturnType()->getContainedDeducedType() &&
         !isDeclaredWrapper(Function) && writtenBody(Function) &&
         !(Method && Method->getParent()->isLambda() &&
           Method->getParent()->capture_size() > 0) &&
         llvm::all_of(Function.parameters(), [](const ParmVarDecl *Each) {
           return canMove(Each->getType()) && !mayDangle(*Each);
         });
}

bool isInHandler(const Stmt &S, const Parents &Around) {
  for (const Stmt *Outer = &S; Outer; Outer = Around.of(Outer))
    if (isa<CXXCatchStmt>(Outer))
      return true;
  return false;
}

/// return f();   return a ? f() : g();
bool isMadeAs(const Expr *Value, QualType Type) {
  Value = Value ? stripped(Value) : nullptr;
  if (const auto *Choice = dyn_cast_or_null<ConditionalOperator>(Value))
    return isMadeAs(Choice->getTrueExpr(), Type) &&
           isMadeAs(Choice->getFalseExpr(), Type);
  return Value && isa<CallExpr>(Value) && Value->isPRValue() &&
         Value->getType().getCanonicalType().getUnqualifiedType() ==
             Type.getCanonicalType().getUnqualifiedType();
}

/// Whether \p Uses has to do with the locks and scopes of threads: these must
/// not be held across an await.
bool concernsThreads(TranslationUnit &Unit, const LocalUses &Uses) {
  LockTypes Locks(Unit.models(), Unit.taskTypes(), Unit.values());
  return llvm::any_of(Uses.locals(),
                      [&](const VarDecl *Each) {
                        return Locks.classify(Each->getType()).Role !=
                               LockRole::None;
                      }) ||
         llvm::any_of(Uses.calls(), [&](const CallExpr *Each) {
           return Locks.lockCall(*Each).has_value();
         });
}

} // namespace

bool canAwaitReturns(TranslationUnit &Unit, const LocalUses &Uses) {
  const FunctionDecl &Function = Uses.function();
  QualType Type = Function.getReturnType();
  return mayBeCoroutine(Function) && canAwaitOwn(Unit, Type) &&
         llvm::all_of(Uses.returns(),
                      [&](const ReturnStmt *Each) {
                        return isMadeAs(Each->getRetValue(), Type) &&
                               !isInHandler(*Each, Uses.around());
                      }) &&
         !concernsThreads(Unit, Uses);
}

} // namespace clang::tidy::coro
