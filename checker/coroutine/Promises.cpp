// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "coroutine/Promises.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::coro {

bool looksAtArguments(const CXXRecordDecl &Promise) {
  for (const Decl *Each : Promise.decls()) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Each))
      Each = Template->getTemplatedDecl();
    const auto *Constructor = dyn_cast<CXXConstructorDecl>(Each);
    if (Constructor && !Constructor->isCopyOrMoveConstructor() &&
        (Constructor->getNumParams() > 0 || Constructor->isVariadic()))
      return true;
  }
  DeclarationName New =
      Promise.getASTContext().DeclarationNames.getCXXOperatorName(OO_New);
  const NamedDecl *First = findMember(Promise, New);
  if (!First)
    return false;
  for (const NamedDecl *Each : First->getDeclContext()->lookup(New)) {
    const auto *Function = dyn_cast<FunctionDecl>(Each);
    if (!Function || Function->getNumParams() > 1)
      return true;
  }
  return false;
}

} // namespace clang::tidy::coro
