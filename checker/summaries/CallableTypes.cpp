// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/CallableTypes.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {

/// Whether a function with \p Candidate's parameters is the one that a call by
/// \p Wanted runs.
static bool fits(const FunctionDecl &Candidate,
                 const FunctionProtoType &Wanted) {
  if (Candidate.getNumParams() != Wanted.getNumParams())
    return false;
  for (unsigned I = 0; I < Wanted.getNumParams(); ++I)
    if (!Candidate.getASTContext().hasSameUnqualifiedType(
            Candidate.getParamDecl(I)->getType().getNonReferenceType(),
            Wanted.getParamType(I).getNonReferenceType()))
      return false;
  return true;
}

QualType resultOfCalling(QualType Type, const FunctionProtoType *Signature) {
  Type = Type.getNonReferenceType();
  if (const auto *Member = Type->getAs<MemberPointerType>())
    Type = Member->getPointeeType();
  else if (Type->isPointerType())
    Type = Type->getPointeeType();
  if (const auto *Function = Type->getAs<FunctionType>())
    return Function->getReturnType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->getDefinition())
    return {};
  DeclarationName Name =
      Class->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  llvm::SmallVector<const FunctionDecl *, 2> Operators;
  for (const NamedDecl *Found : Class->getDefinition()->lookup(Name)) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Found))
      Operators.append(Template->spec_begin(), Template->spec_end());
    else if (const auto *Operator = dyn_cast<FunctionDecl>(Found))
      Operators.push_back(Operator);
  }
  if (Operators.size() > 1 && Signature)
    llvm::erase_if(Operators, [&](const FunctionDecl *Each) {
      return !fits(*Each, *Signature);
    });
  // Several that give the same are as good as one.
  for (const FunctionDecl *Each : Operators)
    if (!Class->getASTContext().hasSameType(Each->getReturnType(),
                                            Operators.front()->getReturnType()))
      return {};
  return Operators.empty() ? QualType() : Operators.front()->getReturnType();
}

const FunctionProtoType *dropsResult(const CXXRecordDecl &Class) {
  const auto *Wrapper = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  if (!Wrapper || Wrapper->getTemplateArgs().size() == 0)
    return nullptr;
  // std::move_only_function has its signature in a pack.
  TemplateArgument First = Wrapper->getTemplateArgs().get(0);
  if (First.getKind() == TemplateArgument::Pack && First.pack_size() > 0)
    First = *First.pack_begin();
  const auto *Signature = First.getKind() == TemplateArgument::Type
                              ? First.getAsType()->getAs<FunctionProtoType>()
                              : nullptr;
  return Signature && (Signature->getReturnType()->isVoidType() ||
                       Signature->getReturnType()->isBooleanType())
             ? Signature
             : nullptr;
}

/// Whether an object of \p Class can be called, at a glance.
static bool isCallable(const CXXRecordDecl &Class) {
  if (Class.isLambda())
    return true;
  if (Class.isInStdNamespace()) {
    // std::function<Task<>()>
    const auto *Wrapper = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
    const TemplateArgument *First = Wrapper && Wrapper->getTemplateArgs().size()
                                        ? &Wrapper->getTemplateArgs().get(0)
                                        : nullptr;
    return First && First->getKind() == TemplateArgument::Type &&
           (First->getAsType()->isFunctionType() ||
            First->getAsType()->isMemberFunctionPointerType() ||
            First->getAsType()->isFunctionPointerType());
  }
  DeclarationName Name =
      Class.getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  return Class.getDefinition() && !Class.getDefinition()->lookup(Name).empty();
}

bool looksCallable(const Expr *E) {
  QualType Type = E->getType();
  if (Type.isNull()) // a braced list in a template
    return false;
  if (Type->isFunctionPointerType() || Type->isFunctionType() ||
      Type->isMemberFunctionPointerType())
    return true;
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class)
    return false;
  const Expr *Spelled = E->IgnoreUnlessSpelledInSource();
  // std::bind_front(&Session::serve, this)
  const auto *Bound = dyn_cast<CallExpr>(Spelled);
  return isa<LambdaExpr>(Spelled) || isCallable(*Class) ||
         (Bound && Bound->getNumArgs() > 0 && looksCallable(Bound->getArg(0)));
}

} // namespace clang::tidy::coro
