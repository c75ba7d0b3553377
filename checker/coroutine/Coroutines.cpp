// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "coroutine/Coroutines.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::coro {

const CoroutineBodyStmt *coroutineBody(const FunctionDecl &Function) {
  if (Function.isInvalidDecl())
    return nullptr;
  const auto *Body = dyn_cast_or_null<CoroutineBodyStmt>(Function.getBody());
  return Body && Body->getBody() ? Body : nullptr;
}

const Stmt *writtenBody(const FunctionDecl &Function) {
  const Stmt *Body = Function.getBody();
  if (const auto *Coroutine = dyn_cast_or_null<CoroutineBodyStmt>(Body))
    return Coroutine->getBody();
  return Body;
}

const CXXRecordDecl *classOf(QualType Type) {
  if (Type.isNull())
    return nullptr;
  Type = Type.getNonReferenceType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record) {
    const auto *Dependent = Type->getAs<TemplateSpecializationType>();
    TemplateDecl *Template =
        Dependent ? Dependent->getTemplateName().getAsTemplateDecl() : nullptr;
    if (auto *Alias = dyn_cast_or_null<TypeAliasTemplateDecl>(Template))
      return classOf(Alias->getTemplatedDecl()->getUnderlyingType());
    Record = Template
                 ? dyn_cast_or_null<CXXRecordDecl>(Template->getTemplatedDecl())
                 : nullptr;
  }
  return Record ? definitionOrPattern(*Record) : nullptr;
}

const CXXRecordDecl *definitionOrPattern(const CXXRecordDecl &Declared) {
  const CXXRecordDecl *Record = &Declared;
  if (const CXXRecordDecl *Definition = Record->getDefinition())
    return Definition;
  if (const CXXRecordDecl *Member = Record->getInstantiatedFromMemberClass())
    if (const CXXRecordDecl *Pattern = Member->getDefinition())
      return Pattern;
  if (const auto *Specialization =
          dyn_cast<ClassTemplateSpecializationDecl>(Record))
    if (const CXXRecordDecl *Pattern = Specialization->getSpecializedTemplate()
                                           ->getTemplatedDecl()
                                           ->getDefinition())
      return Pattern;
  return Record;
}

const NamedDecl *findMember(const CXXRecordDecl &Record, DeclarationName Name) {
  llvm::SmallVector<const CXXRecordDecl *, 8> Pending{&Record};
  llvm::SmallPtrSet<const CXXRecordDecl *, 8> Seen;
  while (!Pending.empty()) {
    const CXXRecordDecl *Current = Pending.pop_back_val()->getDefinition();
    if (!Current || !Seen.insert(Current).second)
      continue;
    for (const NamedDecl *Found : Current->lookup(Name))
      return Found->getUnderlyingDecl();
    for (const CXXBaseSpecifier &Base : Current->bases())
      if (const CXXRecordDecl *BaseClass = classOf(Base.getType()))
        Pending.push_back(BaseClass);
  }
  return nullptr;
}

const NamedDecl *findMember(const CXXRecordDecl &Record, llvm::StringRef Name) {
  return findMember(Record, &Record.getASTContext().Idents.get(Name));
}

bool isAwaiter(const CXXRecordDecl &Record) {
  return findMember(Record, "await_ready") &&
         findMember(Record, "await_suspend") &&
         findMember(Record, "await_resume");
}

bool isAwaiterMethod(const FunctionDecl &Function) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  const IdentifierInfo *Name = Method ? Method->getIdentifier() : nullptr;
  if (!Name)
    return false;
  bool NameFits = Name->isStr("await_ready") || Name->isStr("await_suspend") ||
                  Name->isStr("await_resume");
  return NameFits && isAwaiter(*Method->getParent());
}

const Expr *onlyReturnValue(const FunctionDecl *Function) {
  const auto *Body =
      Function ? dyn_cast_or_null<CompoundStmt>(Function->getBody()) : nullptr;
  if (!Body || Body->size() != 1)
    return nullptr;
  const auto *Return = dyn_cast<ReturnStmt>(Body->body_front());
  return Return ? Return->getRetValue() : nullptr;
}

std::optional<bool> constantResult(const FunctionDecl *Function) {
  const Expr *Value = onlyReturnValue(Function);
  if (!Value)
    return std::nullopt;
  if (const auto *Literal =
          dyn_cast<CXXBoolLiteralExpr>(Value->IgnoreParenImpCasts()))
    return Literal->getValue();
  return std::nullopt;
}

bool maySuspend(const CoroutineSuspendExpr &Await) {
  const Expr *Ready = Await.getReadyExpr();
  const auto *Asked =
      Ready ? dyn_cast<CallExpr>(Ready->IgnoreImplicit()) : nullptr;
  return !Asked ||
         constantResult(Asked->getDirectCallee()) != std::optional(true);
}

} // namespace clang::tidy::coro
