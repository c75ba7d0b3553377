// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "llvm/SourceText.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

namespace clang::tidy::coro {

SourceLocation reportableLocation(SourceLocation Location,
                                  const SourceManager &Sources) {
  return Location.isValid() && Sources.isInSystemMacro(Location)
             ? Sources.getExpansionLoc(Location)
             : Location;
}

/// Whether \p E is a postfix or primary expression, or a unary one.
static bool bindsTightly(const Expr &E) {
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&E))
    return Operator->getOperator() == OO_Call ||
           Operator->getOperator() == OO_Subscript ||
           Operator->getOperator() == OO_Arrow;
  return isa<CallExpr, CXXConstructExpr, DeclRefExpr, MemberExpr, ParenExpr,
             CXXFunctionalCastExpr, CoawaitExpr>(E);
}

llvm::SmallVector<FixItHint, 2> prependOperator(llvm::StringRef Operator,
                                                const Expr &E,
                                                const ASTContext &Context) {
  SourceLocation Begin = E.getBeginLoc();
  SourceLocation End = Lexer::getLocForEndOfToken(
      E.getEndLoc(), 0, Context.getSourceManager(), Context.getLangOpts());
  if (Begin.isInvalid() || Begin.isMacroID() || End.isInvalid())
    return {};
  bool Tight = bindsTightly(E);
  llvm::SmallVector<FixItHint, 2> Result{FixItHint::CreateInsertion(
      Begin, (Operator + (Tight ? " " : " (")).str())};
  if (!Tight)
    Result.push_back(FixItHint::CreateInsertion(End, ")"));
  return Result;
}

llvm::StringRef textOf(SourceRange Range, const ASTContext &Context) {
  if (Range.isInvalid() || Range.getBegin().isMacroID() ||
      Range.getEnd().isMacroID())
    return {};
  return Lexer::getSourceText(CharSourceRange::getTokenRange(Range),
                              Context.getSourceManager(),
                              Context.getLangOpts());
}

SourceLocation behindToken(llvm::StringRef Token, SourceLocation Last,
                           const ASTContext &Context) {
  const SourceManager &Sources = Context.getSourceManager();
  if (Last.isInvalid() || Last.isMacroID())
    return {};
  auto Next = Lexer::findNextToken(Last, Sources, Context.getLangOpts());
  if (!Next || Next->getLocation().isMacroID() ||
      textOf(Next->getLocation(), Context) != Token)
    return {};
  return Next->getEndLoc();
}

} // namespace clang::tidy::coro
