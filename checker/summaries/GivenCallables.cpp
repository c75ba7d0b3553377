// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/GivenCallables.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

/// What \p Callable, if it is a call by \p Library of std::forward and its
/// like, stands for; else itself.
const Expr *unwrapped(const Expr *Callable, const Models &Library) {
  Callable = stripped(Callable);
  const auto *Site = dyn_cast<CallExpr>(Callable);
  const FunctionDecl *Wrapper = Site ? Site->getDirectCallee() : nullptr;
  if (Wrapper)
    for (const FunctionModel *Model : Library.functions(*Wrapper, nullptr))
      if (Model->Wraps && *Model->Wraps < Site->getNumArgs())
        return stripped(Site->getArg(*Model->Wraps));
  return Callable;
}

/// Whether \p Class is made from a template, itself or what is around it.
bool isInstantiated(const CXXRecordDecl &Class) {
  if (isa<ClassTemplateSpecializationDecl>(Class) ||
      Class.getInstantiatedFromMemberClass())
    return true;
  const auto *Around =
      dyn_cast_or_null<FunctionDecl>(Class.getParentFunctionOrMethod());
  return Around && Around->isTemplateInstantiation();
}

/// Whether the type of \p Parameter was chosen by who called the template.
bool isChosenByCaller(const ParmVarDecl &Parameter) {
  const auto *Function = dyn_cast<FunctionDecl>(Parameter.getDeclContext());
  if (!Function || !Function->isTemplateInstantiation())
    return false;
  const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern();
  unsigned Index = Parameter.getFunctionScopeIndex();
  // With a pack the parameters do not correspond.
  return !Pattern || Pattern->getNumParams() != Function->getNumParams() ||
         Pattern->getParamDecl(Index)->getType()->isDependentType();
}

/// The same for a member of a class template.
bool isChosenByCaller(const FieldDecl &Member) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Member.getParent());
  if (!Class || !isInstantiated(*Class))
    return false;
  const CXXRecordDecl *Pattern = Class->getTemplateInstantiationPattern();
  if (!Pattern)
    return true;
  for (const FieldDecl *Each : Pattern->fields())
    if (Each->getFieldIndex() == Member.getFieldIndex())
      return Each->getType()->isDependentType();
  return true;
}

/// Whether an object of type \p Member is one of type \p Type or may hold one.
bool holds(const ASTContext &Context, QualType Member, QualType Type) {
  if (Context.hasSameUnqualifiedType(Member.getNonReferenceType(), Type))
    return true;
  const auto *Owner = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Member->getAsCXXRecordDecl());
  return Owner &&
         llvm::any_of(Owner->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &Each) {
                        return Each.getKind() == TemplateArgument::Type &&
                               Context.hasSameUnqualifiedType(Each.getAsType(),
                                                              Type);
                      });
}

} // namespace

const Expr *calledIn(const CallExpr &Site) {
  if (isa<CXXOperatorCallExpr>(Site) && Site.getNumArgs() > 0)
    return Site.getArg(0);
  // (object->*member)(3)
  const auto *Access =
      dyn_cast<BinaryOperator>(Site.getCallee()->IgnoreParens());
  return Access && Access->isPtrMemOp() ? Access->getRHS() : Site.getCallee();
}

const ParmVarDecl *GivenCallables::parameterIn(const Expr *Callable) const {
  for (unsigned Step = 0; Callable && Step < 8; ++Step) {
    Callable = unwrapped(Callable, Unit.models());
    const ValueDecl *Named = namedBy(Callable);
    if (const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Named))
      return isChosenByCaller(*Parameter) ? Parameter : nullptr;
    // auto copy = f;   [copy = std::move(f)]
    const auto *Copy = dyn_cast_or_null<VarDecl>(Named);
    const Expr *Init = Copy ? Copy->getInit() : nullptr;
    if (!Init && !isa<CallExpr>(Callable))
      return nullptr;
    if (Init)
      Callable = Init;
  }
  return nullptr;
}

/// What \p Site calls; of std::invoke(f) that is f.
const Expr *GivenCallables::calledObject(const CallExpr &Site) const {
  if (const FunctionDecl *Callee = Site.getDirectCallee())
    for (const FunctionModel *Model : Unit.models().functions(*Callee, nullptr))
      for (unsigned Index : Model->Calls)
        if (Index < Site.getNumArgs())
          return Site.getArg(Index);
  return calledIn(Site);
}

/// Calls \p Visit for each call in \p Function and its lambdas whose value is
/// thrown away.
template <typename Visitor>
void GivenCallables::forEachDroppedCall(const FunctionDecl &Function,
                                        Visitor Visit) {
  llvm::SmallVector<const FunctionDecl *, 4> Pending{&Function};
  while (!Pending.empty()) {
    const FunctionDecl *Current = Pending.pop_back_val();
    for (const DiscardedValue &Lost : discardedValues(Unit.context(), *Current))
      if (const auto *Site = dyn_cast<CallExpr>(Lost.Value))
        Visit(*Site);
    forEachEvaluated(Unit.context(), writtenBody(*Current), [&](const Stmt *S) {
      if (const auto *Lambda = dyn_cast<LambdaExpr>(S))
        if (!Lambda->isGenericLambda() && Lambda->getCallOperator())
          Pending.push_back(Lambda->getCallOperator());
      return true;
    });
  }
}

SourceLocation GivenCallables::dropsParameter(const FunctionDecl &Callee,
                                              unsigned Index) {
  const FunctionDecl *Definition = Callee.getDefinition();
  if (!Definition || Index >= Definition->getNumParams() ||
      Unit.isForeign(Definition->getLocation()))
    return {};
  const ParmVarDecl *Given = Definition->getParamDecl(Index);
  // void fire(std::function<Task<>()> f) { f(); }  - is to blame itself
  if (Given->getType().getNonReferenceType()->isRecordType() &&
      !isChosenByCaller(*Given))
    return {};
  SourceLocation Result = Dropped.lookup(Given);
  if (Result.isValid())
    return Result;
  forEachDroppedCall(*Definition, [&](const CallExpr &Site) {
    const Expr *Called = calledObject(Site);
    if (Result.isInvalid() &&
        (parameterIn(Called) == Given || namedBy(Called) == Given))
      Result = Site.getExprLoc();
  });
  return Result;
}

SourceLocation GivenCallables::dropsMember(const CXXRecordDecl &Class,
                                           QualType Type) {
  if (!isInstantiated(Class) || Unit.isForeign(Class.getLocation()))
    return {};
  if (Type->isFunctionType())
    Type = Unit.context().getPointerType(Type);
  SourceLocation Result;
  for (const CXXMethodDecl *Method : Class.methods())
    if (Method->hasBody())
      forEachDroppedCall(*Method, [&](const CallExpr &Site) {
        const auto *Member = dyn_cast_or_null<FieldDecl>(
            namedBy(unwrapped(calledObject(Site), Unit.models())));
        if (Result.isInvalid() && Member &&
            holds(Unit.context(), Member->getType(), Type))
          Result = Site.getExprLoc();
      });
  return Result;
}

bool callsGivenCallable(TranslationUnit &Unit, const Expr &Value) {
  const auto *Called = dyn_cast<CallExpr>(&Value);
  if (!Called)
    return false;
  const auto *Member = dyn_cast_or_null<FieldDecl>(namedBy(calledIn(*Called)));
  return (Member && !Unit.isForeign(Member->getLocation()) &&
          isChosenByCaller(*Member)) ||
         GivenCallables(Unit).parameterIn(calledIn(*Called));
}

} // namespace clang::tidy::coro
