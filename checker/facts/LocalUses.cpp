// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/LocalUses.h"
#include "coroutine/Coroutines.h"
#include "facts/Values.h"

namespace clang::tidy::coro {

LocalUses::LocalUses(const FunctionDecl &Function)
    : Function(Function), Locals(Function.param_begin(), Function.param_end()),
      Around(Function, [&](const Stmt *S) {
        Order.try_emplace(S, Order.size() + 1);
        if (const auto *Reference = dyn_cast<DeclRefExpr>(S))
          Mentions[Reference->getDecl()].push_back(Reference);
        else if (const auto *Member = dyn_cast<MemberExpr>(S))
          Mentions[Member->getMemberDecl()].push_back(Member);
        else if (const auto *Site = dyn_cast<CallExpr>(S))
          Calls.push_back(Site);
        else if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
          Awaits.push_back(Await);
        else if (const auto *Return = dyn_cast<ReturnStmt>(S))
          Returns.push_back(Return);
        else if (const auto *Declaration = dyn_cast<DeclStmt>(S))
          for (const Decl *Each : Declaration->decls())
            if (const auto *Variable = dyn_cast<VarDecl>(Each)) {
              Declarations[Variable] = Declaration;
              Locals.push_back(Variable);
            }
      }) {}

llvm::ArrayRef<const Expr *>
LocalUses::mentionsOf(const ValueDecl &Variable) const {
  auto Found = Mentions.find(&Variable);
  return Found == Mentions.end() ? llvm::ArrayRef<const Expr *>()
                                 : llvm::ArrayRef<const Expr *>(Found->second);
}

const Stmt *LocalUses::scopeOf(const VarDecl &Local) const {
  if (const DeclStmt *Declaration = declarationOf(Local))
    return Around.of(Declaration);
  return isa<ParmVarDecl>(Local) && Local.getDeclContext() == &Function
             ? writtenBody(Function)
             : nullptr;
}

bool LocalUses::isWithin(const Stmt &S, const Stmt &Scope) const {
  for (const Stmt *Outer = &S; Outer; Outer = Around.of(Outer))
    if (Outer == &Scope)
      return true;
  return false;
}

bool LocalUses::mayFollow(const Stmt &Second, const Stmt &First,
                          const Stmt &Scope) const {
  if (!isWithin(Second, Scope) || isWithin(Second, First))
    return false;
  if (isBehind(Second, First))
    return true;
  for (const Stmt *Outer = &First; Outer && Outer != &Scope;
       Outer = Around.of(Outer))
    if (isa<ForStmt, WhileStmt, DoStmt, CXXForRangeStmt>(Outer) &&
        isWithin(Second, *Outer))
      return true;
  return false;
}

llvm::SmallVector<const ValueDecl *, 4>
LocalUses::mentionedIn(const Stmt &Root) const {
  llvm::SmallVector<const ValueDecl *, 4> Result;
  forEachEvaluated(Function.getASTContext(), &Root, [&](const Stmt *S) {
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S);
        Reference && isa<VarDecl>(Reference->getDecl()))
      Result.push_back(Reference->getDecl());
    else if (const auto *Member = dyn_cast<MemberExpr>(S);
             Member && isa<FieldDecl>(Member->getMemberDecl()))
      Result.push_back(Member->getMemberDecl());
    return true;
  });
  return Result;
}

} // namespace clang::tidy::coro
