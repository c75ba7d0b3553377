// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Changes.h"
#include "facts/Parents.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

enum class Effect { Read, Change, Share };

/// What the expression around \p Mention does to what it names.
Effect effectOn(const Expr &Mention, const Parents &Around) {
  if (Mention.getType().isConstQualified())
    return Effect::Read;
  const Stmt *Inner = &Mention;
  for (const Stmt *Outer = Around.of(Inner); Outer;
       Inner = Outer, Outer = Around.of(Outer)) {
    if (const auto *Cast = dyn_cast<CastExpr>(Outer)) {
      if (Cast->getCastKind() == CK_LValueToRValue ||
          Cast->getCastKind() == CK_ToVoid ||
          Cast->getType().isConstQualified())
        return Effect::Read;
      continue;
    }
    if (isa<ParenExpr, FullExpr>(Outer))
      continue;
    if (const auto *Member = dyn_cast<MemberExpr>(Outer)) {
      const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
      if (!Method)
        continue;
      return Method->isConst() ? Effect::Read : Effect::Change;
    }
    // *pointer, ids[i]: what is reached is not the variable.
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Outer);
        Operator && (Operator->getOperator() == OO_Star ||
                     Operator->getOperator() == OO_Arrow))
      return Effect::Read;
    if (const auto *Address = dyn_cast<UnaryOperator>(Outer))
      return Address->getOpcode() == UO_AddrOf ? Effect::Share : Effect::Change;
    if (const auto *Declaration = dyn_cast<DeclStmt>(Outer)) {
      const auto *Declared =
          Declaration->isSingleDecl()
              ? dyn_cast<VarDecl>(Declaration->getSingleDecl())
              : nullptr;
      // The hidden reference of a range-based for
      return Declared && Declared->isImplicit() ? Effect::Read : Effect::Share;
    }
    if (isa<LambdaExpr>(Outer))
      return Effect::Share;
    return isa<CompoundStmt>(Outer) ? Effect::Read : Effect::Change;
  }
  return Effect::Read;
}

} // namespace

Changes findChanges(const FunctionDecl &Function,
                    const llvm::DenseSet<const ValueDecl *> &Variables) {
  Changes Result;
  std::vector<std::pair<const Expr *, const ValueDecl *>> Mentions;
  Parents Around(Function, [&](const Stmt *S) {
    const ValueDecl *Named = nullptr;
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
      Named = Reference->getDecl();
    else if (const auto *Member = dyn_cast<MemberExpr>(S))
      Named = Member->getMemberDecl();
    if (Named && Variables.contains(Named))
      Mentions.push_back({cast<Expr>(S), Named});
  });
  for (auto [Mention, Named] : Mentions) {
    Effect Found = effectOn(*Mention, Around);
    if (Found == Effect::Share ||
        (Found == Effect::Change && isa<FieldDecl>(Named)))
      Result.Elsewhere.insert(Named);
    else if (Found == Effect::Change)
      Result.At[Mention] = Named;
  }
  return Result;
}

} // namespace clang::tidy::coro
