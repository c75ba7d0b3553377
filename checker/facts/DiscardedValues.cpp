// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/DiscardedValues.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {
namespace {

// std::ignore = f();
const Expr *assignedToIgnore(const Expr *E) {
  const auto *Assignment = dyn_cast<CXXOperatorCallExpr>(E);
  if (!Assignment || Assignment->getOperator() != OO_Equal)
    return nullptr;
  const auto *Target =
      dyn_cast<DeclRefExpr>(Assignment->getArg(0)->IgnoreParenImpCasts());
  const ValueDecl *Named = Target ? Target->getDecl() : nullptr;
  bool IsIgnore = Named && Named->isInStdNamespace() &&
                  Named->getIdentifier() && Named->getName() == "ignore";
  return IsIgnore ? Assignment->getArg(1) : nullptr;
}

const Expr *withoutTemporaries(const Expr *E) {
  while (true) {
    const Expr *Inner = E->IgnoreParens();
    if (const auto *Cleanups = dyn_cast<ExprWithCleanups>(Inner))
      Inner = Cleanups->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(Inner))
      Inner = Temporary->getSubExpr();
    else if (const auto *Bound = dyn_cast<CXXBindTemporaryExpr>(Inner))
      Inner = Bound->getSubExpr();
    else if (const auto *Constant = dyn_cast<ConstantExpr>(Inner))
      Inner = Constant->getSubExpr();
    else if (const auto *Cast = dyn_cast<ImplicitCastExpr>(Inner);
             Cast && Cast->getCastKind() == CK_NoOp)
      Inner = Cast->getSubExpr();
    if (Inner == E)
      return E;
    E = Inner;
  }
}

/// Walks the statements of one function; expressions are looked at only where
/// their value is not used.
class Walker {
public:
  Walker(const ASTContext &Context, const FunctionDecl &Function)
      : Context(Context), Function(Function) {}

  std::vector<DiscardedValue> run(const Stmt *Body) {
    visit(Body, false);
    while (!Pending.empty()) {
      auto [S, InHandler] = Pending.pop_back_val();
      visitParts(*S, InHandler);
    }
    return std::move(Result);
  }

private:
  /// An expression as a statement throws its value away.
  void visit(const Stmt *S, bool InHandler) {
    if (const auto *E = dyn_cast_or_null<Expr>(S))
      addDiscarded(E, {nullptr, false, InHandler, &Function}, Result);
    else if (S)
      Pending.push_back({S, InHandler});
  }

  void visitParts(const Stmt &S, bool InHandler) {
    auto Visit = [&](const Stmt *Part) { visit(Part, InHandler); };
    if (const auto *If = dyn_cast<IfStmt>(&S)) {
      Visit(If->getInit());
      if (If->isConstexpr() && !If->getCond()->isValueDependent()) {
        if (auto Taken = If->getNondiscardedCase(Context))
          Visit(*Taken);
        return;
      }
      Visit(If->getThen());
      Visit(If->getElse());
    } else if (const auto *For = dyn_cast<ForStmt>(&S)) {
      Visit(For->getInit());
      Visit(For->getInc());
      Visit(For->getBody());
    } else if (const auto *While = dyn_cast<WhileStmt>(&S)) {
      Visit(While->getBody());
    } else if (const auto *Do = dyn_cast<DoStmt>(&S)) {
      Visit(Do->getBody());
    } else if (const auto *Range = dyn_cast<CXXForRangeStmt>(&S)) {
      Visit(Range->getInit());
      Visit(Range->getBody());
    } else if (const auto *Switch = dyn_cast<SwitchStmt>(&S)) {
      Visit(Switch->getInit());
      Visit(Switch->getBody());
    } else if (const auto *Case = dyn_cast<SwitchCase>(&S)) {
      Visit(Case->getSubStmt());
    } else if (const auto *Label = dyn_cast<LabelStmt>(&S)) {
      Visit(Label->getSubStmt());
    } else if (const auto *Attributed = dyn_cast<AttributedStmt>(&S)) {
      Visit(Attributed->getSubStmt());
    } else if (const auto *Try = dyn_cast<CXXTryStmt>(&S)) {
      Visit(Try->getTryBlock());
      for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
        visit(Try->getHandler(I)->getHandlerBlock(), /*InHandler=*/true);
    } else if (const auto *Compound = dyn_cast<CompoundStmt>(&S)) {
      for (const Stmt *Each : Compound->body())
        Visit(Each);
    }
  }

  const ASTContext &Context;
  const FunctionDecl &Function;
  std::vector<DiscardedValue> Result;
  llvm::SmallVector<std::pair<const Stmt *, bool>, 32> Pending;
};

} // namespace

void addDiscarded(const Expr *E, DiscardedValue Where,
                  std::vector<DiscardedValue> &Result) {
  llvm::SmallVector<std::pair<const Expr *, bool>, 4> Pending{
      {E, Where.OnPurpose}};
  while (!Pending.empty()) {
    auto [Current, OnPurpose] = Pending.pop_back_val();
    Current = withoutTemporaries(Current);
    if (const auto *Comma = dyn_cast<BinaryOperator>(Current);
        Comma && Comma->getOpcode() == BO_Comma) {
      Pending.push_back({Comma->getRHS(), OnPurpose});
      Pending.push_back({Comma->getLHS(), false});
    } else if (const auto *Logical = dyn_cast<BinaryOperator>(Current);
               Logical && Logical->isLogicalOp()) {
      Pending.push_back({Logical->getRHS(), OnPurpose});
    } else if (const auto *Choice = dyn_cast<ConditionalOperator>(Current);
               Choice && Choice->getType()->isVoidType()) {
      Pending.push_back({Choice->getFalseExpr(), OnPurpose});
      Pending.push_back({Choice->getTrueExpr(), OnPurpose});
    } else if (const auto *Cast = dyn_cast<CastExpr>(Current);
               Cast && Cast->getCastKind() == CK_ToVoid) {
      Pending.push_back(
          {Cast->getSubExpr(), OnPurpose || isa<ExplicitCastExpr>(Cast)});
    } else if (const Expr *Ignored = assignedToIgnore(Current)) {
      Pending.push_back({Ignored, true});
    } else if (isa<CoawaitExpr>(Current) ||
               (Current->isPRValue() && Current->getType()->isRecordType())) {
      Where.Value = Current;
      Where.OnPurpose = OnPurpose;
      Result.push_back(Where);
    }
  }
}

std::vector<DiscardedValue> discardedValues(const ASTContext &Context,
                                            const FunctionDecl &Function) {
  return Walker(Context, Function).run(writtenBody(Function));
}

} // namespace clang::tidy::coro
