// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Parents.h"
#include "coroutine/Coroutines.h"
#include "facts/Values.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ParentMapContext.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {

Parents::Parents(const FunctionDecl &Function,
                 llvm::function_ref<void(const Stmt *)> Visit) {
  const ASTContext &Context = Function.getASTContext();
  auto Look = [&](const Stmt *S) {
    forEachPart(Context, *S, [&](const Stmt *Part) { Map[Part] = S; });
    Visit(S);
    return true;
  };
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    for (const CXXCtorInitializer *Init : Constructor->inits())
      forEachEvaluated(Context, Init->getInit(), Look);
  forEachEvaluated(Context, writtenBody(Function), Look);
}

bool Parents::useValueOf(const Expr &E) const {
  const Stmt *Parent = of(&E);
  while (Parent && passesValueOn(*Parent))
    Parent = of(Parent);
  const auto *Cast = dyn_cast_or_null<CastExpr>(Parent);
  return isa_and_nonnull<Expr, DeclStmt, ReturnStmt, CoreturnStmt>(Parent) &&
         !(Cast && Cast->getCastKind() == CK_ToVoid);
}

bool passesValueOn(const Stmt &Parent) {
  if (const auto *Cast = dyn_cast<CastExpr>(&Parent))
    return Cast->getCastKind() == CK_NoOp ||
           Cast->getCastKind() == CK_LValueToRValue ||
           Cast->getCastKind() == CK_ConstructorConversion ||
           Cast->getCastKind() == CK_DerivedToBase ||
           Cast->getCastKind() == CK_UncheckedDerivedToBase;
  return isa<ParenExpr, FullExpr, MaterializeTemporaryExpr,
             CXXBindTemporaryExpr>(&Parent);
}

bool isInUnevaluated(const ASTContext &Context, const Expr &Site) {
  DynTypedNode Node = DynTypedNode::create(Site);
  while (true) {
    auto Above = const_cast<ASTContext &>(Context).getParents(Node);
    if (Above.empty())
      return false;
    DynTypedNode Outer = Above[0];
    if (Outer.get<StaticAssertDecl>() || Outer.get<DecltypeTypeLoc>())
      return true;
    if (const auto *S = Outer.get<Stmt>(); S && isUnevaluated(S))
      return true;
    const auto *If = Outer.get<IfStmt>();
    if (If && If->isConstexpr() && !If->getCond()->isValueDependent()) {
      auto Taken = If->getNondiscardedCase(Context);
      if (Taken && Node.get<Stmt>() != If->getCond() &&
          Node.get<Stmt>() != *Taken)
        return true;
    }
    Node = Outer;
  }
}

} // namespace clang::tidy::coro
