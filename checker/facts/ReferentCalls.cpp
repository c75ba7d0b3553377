// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Referents.h"
#include "clang/AST/Attr.h"

namespace clang::tidy::coro {
namespace {

/// Whether \p Class owns what it gives access to: a container, a string, a
/// std::unique_ptr.
bool isOwner(const CXXRecordDecl &Class) { return Class.hasAttr<OwnerAttr>(); }

/// Whether \p Method is operator* or operator-> of what may be a pointer.
bool isPointerOperator(const CXXMethodDecl &Method) {
  return Method.getOverloadedOperator() == OO_Star ||
         Method.getOverloadedOperator() == OO_Arrow;
}

bool isStd(const FunctionDecl &Function) { return Function.isInStdNamespace(); }

} // namespace

void Referents::addVariable(const DeclRefExpr &Mention, bool IsBound,
                            ReferentList &Result, unsigned Depth) {
  const auto *Variable = dyn_cast<VarDecl>(Mention.getDecl());
  if (!Variable || !Variable->hasLocalStorage())
    return;
  const FunctionDecl &Within = Uses.function();
  if (Mention.refersToEnclosingVariableOrCapture()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(&Within);
    if (!IsBound || !Method || !Method->getParent()->isLambda())
      return;
    for (const LambdaCapture &Each : Method->getParent()->captures())
      if (Each.capturesVariable() && Each.getCapturedVar() == Variable &&
          Each.getCaptureKind() == LCK_ByCopy &&
          !Variable->getType()->isReferenceType())
        Result.push_back({Referent::Object, &Mention});
    return;
  }
  QualType Type = Variable->getType();
  bool IsReference = Type->isReferenceType();
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  bool MayCapture = Class && Class->isLambda() && !isa<ParmVarDecl>(Variable);
  if (!IsBound && !isView(Type.getNonReferenceType()) && !MayCapture)
    return;
  if (IsBound && !IsReference) {
    Result.push_back({Referent::Local, &Mention, Variable});
    return;
  }
  if (isa<ParmVarDecl>(Variable)) {
    Result.push_back({Referent::Outside, &Mention, Variable, !IsBound});
    return;
  }
  if (IsReference) {
    const Expr *Init = Variable->getInit();
    return IsBound ? addBound(Init, Result, Depth)
                   : addViewed(Init, Result, Depth);
  }
  // const char *p = s.c_str();  f(p)
  const Expr *Value = Seen.onlyValue(*Variable, Within);
  if (!Value)
    return;
  size_t First = Result.size();
  addViewed(Value, Result, Depth);
  // What was a temporary there has dangled before.
  Result.erase(std::remove_if(Result.begin() + First, Result.end(),
                              [](const Referent &Each) {
                                return Each.What == Referent::Temporary;
                              }),
               Result.end());
}

/// Whether \p Value is made by std::make_unique and its like.
bool Referents::isMadeInPlace(const Expr *Value) const {
  const auto *Maker =
      dyn_cast_or_null<CallExpr>(Value ? stripped(Value) : nullptr);
  const FunctionDecl *Callee = Maker ? Maker->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  for (const FunctionModel *Model : Library.functions(*Callee, nullptr))
    if (Model->Constructs)
      return true;
  return false;
}

/// Whether the smart pointer \p Owner alone keeps what it points to: it is made
/// here, and nobody is given a copy.
bool Referents::isSoleOwner(const Expr &Owner) const {
  const Expr *Named = stripped(&Owner);
  if (isMadeInPlace(Named))
    return true;
  const auto *Mention = dyn_cast<DeclRefExpr>(Named);
  const auto *Variable =
      Mention ? dyn_cast<VarDecl>(Mention->getDecl()) : nullptr;
  if (!Variable || !Variable->isLocalVarDecl() || !Variable->getInit() ||
      Variable->getType()->isReferenceType() ||
      !isMadeInPlace(Variable->getInit()))
    return false;
  return llvm::all_of(Uses.mentionsOf(*Variable), [&](const Expr *Each) {
    const Stmt *Outer = Uses.around().of(Each);
    while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(Outer))
      Outer = Uses.around().of(Outer);
    const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Outer);
    return Operator && (Operator->getOperator() == OO_Arrow ||
                        Operator->getOperator() == OO_Star);
  });
}

/// What *p, p->x and p[i] refer to.
void Referents::addPointee(const Expr *Pointer, ReferentList &Result,
                           unsigned Depth) {
  const Expr *Plain = Pointer->IgnoreParenImpCasts();
  // p->x of a smart pointer is p.operator->()->x.
  if (const auto *Arrow = dyn_cast<CXXOperatorCallExpr>(Plain))
    if (Arrow->getOperator() == OO_Arrow)
      return addCall(*Arrow, /*IsBound=*/true, Result, Depth);
  addViewed(Pointer, Result, Depth);
}

void Referents::addCall(const CallExpr &Site, bool IsBound,
                        ReferentList &Result, unsigned Depth) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee)
    return;
  if (Site.isCallToStdMove() && Site.getNumArgs() == 1)
    return IsBound ? addBound(Site.getArg(0), Result, Depth)
                   : addViewed(Site.getArg(0), Result, Depth);
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  const Expr *Object = nullptr;
  if (const auto *Called = dyn_cast<CXXMemberCallExpr>(&Site))
    Object = Called->getImplicitObjectArgument();
  else if (Method && isa<CXXOperatorCallExpr>(Site) && Site.getNumArgs() > 0)
    Object = Site.getArg(0);
  if (Object && Method) {
    const CXXRecordDecl *Class =
        Object->getType()->isPointerType()
            ? Object->getType()->getPointeeCXXRecordDecl()
            : Object->getType()->getAsCXXRecordDecl();
    bool IsArrow = Object->getType()->isPointerType();
    bool GivesAccess = IsBound
                           ? Site.isGLValue() || Site.getType()->isPointerType()
                           : isView(Site.getType());
    if (!Class || !GivesAccess || Method->isStatic())
      return;
    if (!IsArrow && isView(Object->getType()))
      return addViewed(Object, Result, Depth);
    // std::string s;  s.c_str()   unique->x   config.name()
    bool IsPart = isOwner(*Class) || isa<CXXConversionDecl>(Method) ||
                  (IsBound && Site.isGLValue() && !isStd(*Method) &&
                   !isPointerOperator(*Method));
    if (IsPart) {
      size_t First = Result.size();
      IsArrow ? addPointee(Object, Result, Depth)
              : addBound(Object, Result, Depth);
      // The contents of what is moved away live on.
      Result.erase(std::remove_if(Result.begin() + First, Result.end(),
                                  [&](const Referent &Each) {
                                    return Each.What == Referent::Local &&
                                           Seen.isGivenAway(*Each.Variable,
                                                            Uses.function());
                                  }),
                   Result.end());
      return;
    }
    // std::make_shared<Session>()->run()
    if (!IsArrow && isSoleOwner(*Object))
      addBound(Object, Result, Depth);
    return;
  }
  // std::ref(x)   asio::buffer(s)   trim(view)
  if (IsBound && !Site.isGLValue())
    return;
  bool IsForwarding = IsBound && Callee->getNumParams() == 1 && isStd(*Callee);
  if (!IsForwarding &&
      (IsBound || !isView(Site.getType()) || Site.getType()->isPointerType()))
    return;
  for (unsigned I = 0; I < Site.getNumArgs() && I < Callee->getNumParams(); ++I)
    if (IsForwarding)
      addBound(Site.getArg(I), Result, Depth);
    else
      addArgument(Site.getArg(I), Callee->getParamDecl(I)->getType(), Result,
                  Depth);
}

} // namespace clang::tidy::coro
