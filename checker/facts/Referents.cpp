// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Referents.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/Attr.h"

namespace clang::tidy::coro {
namespace {

constexpr unsigned MaxDepth = 12;

bool isEmptyClass(QualType Type) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && Class->hasDefinition() && Class->isEmpty();
}

bool isLambdaBody(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->getParent()->isLambda();
}

const Expr *withoutShell(const Expr *E) {
  while (true) {
    const Expr *Before = E;
    E = E->IgnoreParens();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
      E = Default->getExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bound->getSubExpr();
    if (E == Before)
      return E;
  }
}

} // namespace

bool isView(QualType Type) {
  if (Type.isNull() || Type->isDependentType())
    return false;
  Type = Type.getCanonicalType();
  if (Type->isPointerType())
    return !Type->isFunctionPointerType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || Class->isLambda())
    return false;
  Class = Class->getDefinition();
  if (Class->hasAttr<PointerAttr>())
    return true;
  if (Class->isPolymorphic() || !Class->hasTrivialDestructor() ||
      !Class->hasTrivialCopyConstructor() || Class->isUnion())
    return false;
  for (const FieldDecl *Field : Class->fields())
    if (Field->getType()->isReferenceType() || isView(Field->getType()))
      return true;
  for (const CXXBaseSpecifier &Base : Class->bases())
    if (isView(Base.getType()))
      return true;
  return false;
}

void Referents::addBound(const Expr *E, ReferentList &Result, unsigned Depth) {
  if (!E || ++Depth > MaxDepth)
    return;
  E = withoutShell(E);
  if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(E)) {
    if (const auto *Keeper =
            dyn_cast_or_null<VarDecl>(Made->getExtendingDecl()))
      return Keeper->hasLocalStorage()
                 ? (void)Result.push_back({Referent::Local, E, Keeper})
                 : void();
    if (Made->getStorageDuration() == SD_FullExpression &&
        !isEmptyClass(Made->getType()))
      Result.push_back({Referent::Temporary, E});
    return;
  }
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return addBound(Cast->getSubExpr(), Result, Depth);
  if (const auto *Mention = dyn_cast<DeclRefExpr>(E))
    return addVariable(*Mention, /*IsBound=*/true, Result, Depth);
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
    if (!Field || Field->getType()->isReferenceType())
      return;
    return Member->isArrow() ? addPointee(Member->getBase(), Result, Depth)
                             : addBound(Member->getBase(), Result, Depth);
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref
               ? addPointee(Unary->getSubExpr(), Result, Depth)
               : void();
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
    return addPointee(Element->getBase(), Result, Depth);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    addBound(Choice->getTrueExpr(), Result, Depth);
    return addBound(Choice->getFalseExpr(), Result, Depth);
  }
  if (const auto *Site = dyn_cast<CallExpr>(E))
    return addCall(*Site, /*IsBound=*/true, Result, Depth);
}

void Referents::addViewed(const Expr *E, ReferentList &Result, unsigned Depth) {
  if (!E || ++Depth > MaxDepth)
    return;
  E = withoutShell(E);
  if (const auto *Made = dyn_cast<MaterializeTemporaryExpr>(E))
    return addViewed(Made->getSubExpr(), Result, Depth);
  if (const auto *Backing = dyn_cast<CXXStdInitializerListExpr>(E))
    return addBound(Backing->getSubExpr(), Result, Depth);
  if (const auto *Cast = dyn_cast<CastExpr>(E))
    return Cast->getCastKind() == CK_ArrayToPointerDecay
               ? addBound(Cast->getSubExpr(), Result, Depth)
               : addViewed(Cast->getSubExpr(), Result, Depth);
  if (isa<CXXThisExpr>(E)) {
    if (!isLambdaBody(Uses.function()))
      Result.push_back({Referent::Object, E});
    return;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf
               ? addBound(Unary->getSubExpr(), Result, Depth)
               : void();
  if (const auto *Mention = dyn_cast<DeclRefExpr>(E))
    return addVariable(*Mention, /*IsBound=*/false, Result, Depth);
  if (const auto *Sum = dyn_cast<BinaryOperator>(E);
      Sum && Sum->isAdditiveOp() && Sum->getType()->isPointerType())
    return addViewed(Sum->getLHS()->getType()->isPointerType() ? Sum->getLHS()
                                                               : Sum->getRHS(),
                     Result, Depth);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(E)) {
    addViewed(Choice->getTrueExpr(), Result, Depth);
    return addViewed(Choice->getFalseExpr(), Result, Depth);
  }
  if (const auto *Lambda = dyn_cast<LambdaExpr>(E)) {
    auto Init = Lambda->capture_init_begin();
    for (const LambdaCapture &Each : Lambda->captures()) {
      const Expr *Value = *Init++;
      if (Each.capturesVariable() && Each.getCaptureKind() == LCK_ByRef)
        addBound(Value, Result, Depth);
    }
    return;
  }
  if (const auto *Braced = dyn_cast<InitListExpr>(E)) {
    if (!Braced->getType()->isRecordType())
      return;
    for (const Expr *Each : Braced->inits()) {
      if (Each->isGLValue())
        addBound(Each, Result, Depth);
      else if (isView(Each->getType()))
        addViewed(Each, Result, Depth);
    }
    return;
  }
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    const CXXConstructorDecl *Callee = Construct->getConstructor();
    bool IsCopy = Callee->isCopyOrMoveConstructor();
    const Expr *First = Construct->getNumArgs() > 0
                            ? withoutShell(Construct->getArg(0))
                            : nullptr;
    if (IsCopy && First)
      return addViewed(First, Result, Depth);
    // std::function<void()> f([&] { ... })
    if (!isView(Construct->getType())) {
      const Expr *Callable = First ? stripped(First) : nullptr;
      return Callable && isa<LambdaExpr>(Callable)
                 ? addViewed(Callable, Result, Depth)
                 : void();
    }
    for (unsigned I = 0;
         I < Construct->getNumArgs() && I < Callee->getNumParams(); ++I)
      addArgument(Construct->getArg(I), Callee->getParamDecl(I)->getType(),
                  Result, Depth);
    return;
  }
  if (const auto *Site = dyn_cast<CallExpr>(E))
    return addCall(*Site, /*IsBound=*/false, Result, Depth);
}

void Referents::addArgument(const Expr *Argument, QualType Parameter,
                            ReferentList &Result, unsigned Depth) {
  if (isView(Argument->getType()))
    return addViewed(Argument, Result, Depth);
  if (Parameter->isReferenceType())
    addBound(Argument, Result, Depth);
}

} // namespace clang::tidy::coro
