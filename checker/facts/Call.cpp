// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Call.h"
#include "facts/Values.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {

void Call::setCall(const CallExpr &Expression) {
  Callee = Expression.getDirectCallee();
  llvm::ArrayRef<const Expr *> Passed(Expression.getArgs(),
                                      Expression.getNumArgs());
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(&Expression)) {
    Object = Member->getImplicitObjectArgument();
  } else if (isa<CXXOperatorCallExpr>(Expression) && Method &&
             Method->isInstance() && !Passed.empty()) {
    Object = Passed.front();
    Passed = Passed.drop_front();
  }
  Arguments.assign(Passed.begin(), Passed.end());
}

const CXXRecordDecl *Call::objectClass() const {
  if (Object) {
    QualType Type = stripped(Object)->getType();
    if (Type.isNull())
      return nullptr;
    return Type->isPointerType() ? Type->getPointeeCXXRecordDecl()
                                 : Type->getAsCXXRecordDecl();
  }
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Callee);
  return Method ? Method->getParent() : nullptr;
}

} // namespace clang::tidy::coro
