// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "llvm/Names.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/OperatorKinds.h"

namespace clang::tidy::coro {

std::string unqualifiedName(const NamedDecl &Declaration) {
  if (const IdentifierInfo *Identifier = Declaration.getIdentifier())
    return Identifier->getName().str();
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Declaration)) {
    if (isa<CXXConstructorDecl>(Method))
      return Method->getParent()->getName().str();
    if (isa<CXXDestructorDecl>(Method))
      return "~" + Method->getParent()->getName().str();
  }
  OverloadedOperatorKind Operator =
      Declaration.getDeclName().getCXXOverloadedOperator();
  if (Operator == OO_None)
    return Declaration.getDeclName().getAsString();
  llvm::StringRef Spelling = getOperatorSpelling(Operator);
  bool IsWord = isLetter(Spelling.front());
  return (llvm::Twine("operator") + (IsWord ? " " : "") + Spelling).str();
}

std::string qualifiedName(const NamedDecl &Declaration) {
  std::string Name = unqualifiedName(Declaration);
  for (const DeclContext *Context = Declaration.getDeclContext();
       Context && !Context->isTranslationUnit();
       Context = Context->getParent()) {
    const auto *Named = dyn_cast<NamedDecl>(Context);
    if (!Named || Context->isInlineNamespace())
      continue;
    const auto *Class = dyn_cast<CXXRecordDecl>(Context);
    llvm::StringRef Rest = Name;
    if (Class && Class->isLambda() && Rest.consume_front("operator()"))
      Name = ("(lambda)" + Rest).str();
    else if (std::string Outer = unqualifiedName(*Named); !Outer.empty())
      Name = Outer + "::" + Name;
    else
      Name = "(anonymous)::" + Name;
  }
  return Name;
}

std::string displayName(const NamedDecl &Declaration) {
  const auto *Parent = dyn_cast<CXXRecordDecl>(Declaration.getDeclContext());
  if (Parent && Parent->isLambda())
    return "the lambda";
  std::string Name = unqualifiedName(Declaration);
  // A method reads better with its class; the namespaces are noise. What the
  // standard library names is known by its namespace.
  if (Parent && !Parent->getName().empty())
    return "'" + Parent->getName().str() + "::" + Name + "'";
  if (Declaration.isInStdNamespace())
    return "'std::" + Name + "'";
  return "'" + Name + "'";
}

} // namespace clang::tidy::coro
