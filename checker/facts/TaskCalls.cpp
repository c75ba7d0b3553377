// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/TaskCalls.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::coro {

bool isQuery(const CXXMethodDecl &Method) {
  return Method.isConst() && Method.getReturnType()->isArithmeticType();
}

bool isAboutSize(const CXXMemberCallExpr &Site, const Parents &Around) {
  const CXXMethodDecl &Method = *Site.getMethodDecl();
  if (!Method.getIdentifier() || Method.getName() == "empty")
    return true;
  if (Method.getReturnType()->isBooleanType())
    return false;
  const Stmt *Inner = &Site;
  const Stmt *Parent = Around.of(Inner);
  for (; Parent && isa<CastExpr, ParenExpr, FullExpr>(Parent);
       Inner = Parent, Parent = Around.of(Parent))
    ;
  // const size_t count = tasks.size();  - to be compared later
  if (isa_and_nonnull<DeclStmt>(Parent))
    return false;
  const auto *Test = dyn_cast_or_null<BinaryOperator>(Parent);
  if (!Test || !Test->isComparisonOp())
    return true;
  const Expr *Other = Test->getLHS() == Inner ? Test->getRHS() : Test->getLHS();
  return Other->isEvaluatable(Method.getASTContext());
}

bool mayBeLeft(const CallExpr &Site, const Stmt &Argument) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee || isa<CXXOperatorCallExpr>(Site))
    return false;
  QualType Result = Callee->getReturnType();
  const auto *Class = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Result->getAsRecordDecl());
  // std::pair<iterator, bool>
  bool Reports = Result->isBooleanType();
  if (Class)
    for (const TemplateArgument &Each : Class->getTemplateArgs().asArray())
      Reports |= Each.getKind() == TemplateArgument::Type &&
                 Each.getAsType()->isBooleanType();
  for (unsigned I = 0; I < Site.getNumArgs(); ++I)
    if (Site.getArg(I) == &Argument && I < Callee->getNumParams())
      return Reports &&
             Callee->getParamDecl(I)->getType()->isRValueReferenceType();
  return false;
}

} // namespace clang::tidy::coro
