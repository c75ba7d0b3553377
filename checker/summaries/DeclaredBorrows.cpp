// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the declaration of a function says about what its task refers to.

#include "summaries/Borrowing.h"
#include "clang/AST/Attr.h"
#include "clang/AST/TypeLoc.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {
namespace {

// Task<> run() [[clang::lifetimebound]];
bool isObjectBound(const FunctionDecl &Function) {
  const TypeSourceInfo *Written = Function.getTypeSourceInfo();
  if (!Written)
    return false;
  TypeLoc Type = Written->getTypeLoc();
  for (auto Attributed = Type.getAsAdjusted<AttributedTypeLoc>(); Attributed;
       Attributed = Type.getAsAdjusted<AttributedTypeLoc>()) {
    if (Attributed.getAttrAs<LifetimeBoundAttr>())
      return true;
    Type = Attributed.getModifiedLoc();
  }
  return false;
}

bool isInstance(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->isInstance();
}

/// Whether the type of the task that \p Function returns says that each such
/// task refers to what its function was given.
bool isTypeBound(const FunctionDecl &Function) {
  const CXXRecordDecl *Class = Function.getReturnType()->getAsCXXRecordDecl();
  return Class && bindsArguments(*Class) && !disablesLifetimeBound(Function);
}

} // namespace

/// Adds what attributes of \p Function itself say. They come before its body.
void Borrowing::setByAttributes(const FunctionDecl &Function,
                                Borrowed &Result) {
  if (disablesLifetimeBound(Function))
    Result = {};
  Result.Object |= isInstance(Function) && isObjectBound(Function);
  for (unsigned I = 0; I < Function.getNumParams(); ++I)
    if (Function.getParamDecl(I)->hasAttr<LifetimeBoundAttr>())
      Result.Parameters.insert(I);
}

/// Whether an attribute says that the task of \p Function, of which nothing
/// else may be in sight, refers to what it was given.
bool Borrowing::isDeclaredToBorrow(const FunctionDecl &Function) {
  if (!Function.getReturnType()->isRecordType())
    return false;
  Borrowed Declared;
  setByAttributes(Function, Declared);
  return isTypeBound(Function) || !Declared.isEmpty();
}

/// What the declaration of \p Function says where its body is not in sight: a
/// lazy task is taken to use all late.
void Borrowing::setByDeclaration(const FunctionDecl &Function,
                                 Borrowed &Result) {
  const TaskTraits *Traits = Unit.taskTypes().traits(Function.getReturnType());
  bool IsLazy = Traits && Traits->CoroutineResult &&
                Traits->Begins == Start::Lazy &&
                !Unit.isForeign(Function.getLocation());
  if (!IsLazy && !isTypeBound(Function))
    return;
  Result.Object = isInstance(Function);
  for (unsigned I = 0; I < Function.getNumParams(); ++I) {
    QualType Type = Function.getParamDecl(I)->getType();
    // A task that is given to a combinator is moved into it.
    if (Type->isRValueReferenceType() &&
        holdsTask(Type.getNonReferenceType(), Unit.taskTypes()))
      continue;
    Result.Parameters.insert(I);
  }
}

} // namespace clang::tidy::coro
