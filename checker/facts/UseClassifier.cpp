// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/UseClassifier.h"
#include "facts/Values.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {

/// What \p Condition asks for being there: given of given.has_value()
static const Expr *asked(const Expr *Condition) {
  Condition = Condition ? stripped(Condition) : nullptr;
  const auto *Site = dyn_cast_or_null<CXXMemberCallExpr>(Condition);
  bool IsQuestion = Site && Site->getType()->isBooleanType() &&
                    isNullable(Site->getObjectType());
  return IsQuestion ? Site->getImplicitObjectArgument() : Condition;
}

void UseClassifier::classify() {
  Inner = Result.Mention;
  Result.At = Result.Mention;
  for (const Stmt *Outer = Around.of(Inner); Outer && step(*Outer);
       Inner = Outer, Outer = Around.of(Outer))
    ;
  Result.IsValueChecked = Result.What == PlaceUse::Assign && Result.Value &&
                          isChecked(*Result.Value);
}

/// Whether the assignment of \p Value stands behind an if that asks for it:
///   if (given) link_ = given;   if (given && open) link_ = std::move(given);
bool UseClassifier::isChecked(const Expr &Value) const {
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(stripped(&Value));
  const Stmt *Child = Result.Mention;
  for (const Stmt *Outer = Named ? Around.of(Child) : nullptr; Outer;
       Child = Outer, Outer = Around.of(Outer)) {
    const auto *If = dyn_cast<IfStmt>(Outer);
    if (!If || If->getThen() != Child)
      continue;
    llvm::SmallVector<const Expr *, 4> Asked{If->getCond()};
    while (!Asked.empty()) {
      const Expr *Current = Asked.pop_back_val();
      if (const auto *Both = dyn_cast_or_null<BinaryOperator>(
              Current ? Current->IgnoreParenImpCasts() : nullptr);
          Both && Both->getOpcode() == BO_LAnd)
        Asked.append({Both->getLHS(), Both->getRHS()});
      else if (namedBy(asked(Current)) == Named->getDecl())
        return true;
    }
  }
  return false;
}

void UseClassifier::accessBy(const Stmt &Site, const Expr *Key) {
  Result.What = PlaceUse::Access;
  Result.Key = Key;
  const Stmt *At = &Site;
  const Stmt *Outer = Around.of(At);
  while (Outer && (passesValueOn(*Outer) || isa<ImplicitCastExpr>(Outer)))
    At = Outer, Outer = Around.of(At);
  const auto *Method = dyn_cast_or_null<MemberExpr>(Outer);
  const Stmt *Called = Method ? Around.of(Method) : nullptr;
  if (isa_and_nonnull<CXXMemberCallExpr>(Called) &&
      isa<CXXMethodDecl>(Method->getMemberDecl())) {
    Result.At = Called;
    Result.IsEnd = stateUse(*cast<CXXMethodDecl>(Method->getMemberDecl()),
                            Library) == StateUse::End;
  }
}

bool UseClassifier::stepCast(const CastExpr &Cast) {
  switch (Cast.getCastKind()) {
  case CK_LValueToRValue:
    if (!IsElement)
      Result.What = PlaceUse::Read;
    return true;
  case CK_PointerToBoolean:
  case CK_IntegralToBoolean:
    return is(PlaceUse::Ask);
  case CK_ToVoid:
    return is(PlaceUse::Other);
  default:
    return true;
  }
}

bool UseClassifier::stepBinary(const BinaryOperator &Binary) {
  if (Binary.isComparisonOp() || Binary.isLogicalOp())
    return is(PlaceUse::Ask);
  if (Binary.isAssignmentOp() && Binary.getLHS() == Inner) {
    Result.Value = Binary.getRHS();
    if (IsElement) {
      if (Binary.getOpcode() != BO_Assign)
        Result.Value = nullptr;
      return is(PlaceUse::Add);
    }
    return is(Binary.getOpcode() == BO_Assign ? PlaceUse::Assign
                                              : PlaceUse::Update);
  }
  return false;
}

bool UseClassifier::stepOperator(const CXXOperatorCallExpr &Site) {
  bool IsObject = Site.getNumArgs() > 0 && Site.getArg(0) == Inner;
  OverloadedOperatorKind Kind = Site.getOperator();
  if (Site.isComparisonOp())
    return is(PlaceUse::Ask);
  if (!IsObject || IsElement) {
    if (IsObject && Site.isAssignmentOp() && Site.getNumArgs() == 2) {
      Result.Value = Kind == OO_Equal ? Site.getArg(1) : nullptr;
      return isCall(PlaceUse::Add, Site);
    }
    return IsMoved ? is(PlaceUse::Give) : stepCall(Site);
  }
  if (Kind == OO_Arrow || (Kind == OO_Star && Site.getNumArgs() == 1)) {
    accessBy(Site, nullptr);
    return false;
  }
  if (Kind == OO_Call)
    return isCall(PlaceUse::Access, Site);
  if (Kind == OO_Subscript && Site.getNumArgs() == 2) {
    accessBy(Site, Site.getArg(1));
    Result.IsIndexed = IsElement = true;
    return true;
  }
  if (Site.isAssignmentOp() && Site.getNumArgs() == 2) {
    Result.Value = Site.getArg(1);
    return isCall(Kind == OO_Equal ? PlaceUse::Assign : PlaceUse::Update, Site);
  }
  if (Kind == OO_PlusPlus || Kind == OO_MinusMinus)
    return isCall(PlaceUse::Update, Site);
  return stepCall(Site);
}

bool UseClassifier::stepCall(const CallExpr &Site) {
  if (Site.isCallToStdMove()) {
    IsMoved = true;
    return true;
  }
  const FunctionDecl *Callee = Site.getDirectCallee();
  unsigned Skipped =
      isa<CXXOperatorCallExpr>(Site) && isa_and_nonnull<CXXMethodDecl>(Callee);
  for (unsigned I = 0; I < Site.getNumArgs(); ++I) {
    if (Site.getArg(I) != Inner)
      continue;
    if (IsMoved)
      return isCall(PlaceUse::Give, Site);
    if (!Callee || I < Skipped || I - Skipped >= Callee->getNumParams())
      return false;
    QualType Type = Callee->getParamDecl(I - Skipped)->getType();
    // swap(queue_, mine)   std::exchange(busy_, true)
    if (Type->isLValueReferenceType() &&
        !Type.getNonReferenceType().isConstQualified() && !IsElement)
      return isCall(PlaceUse::Clear, Site);
  }
  return false;
}

/// Goes on outwards from Inner while that is true.
bool UseClassifier::step(const Stmt &Outer) {
  if (const auto *Cast = dyn_cast<CastExpr>(&Outer))
    return stepCast(*Cast);
  if (passesValueOn(Outer))
    return true;
  if (const auto *Member = dyn_cast<MemberExpr>(&Outer)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
    if (Member->isArrow()) {
      accessBy(*Inner, nullptr);
      return false;
    }
    const auto *Site = dyn_cast_or_null<CXXMemberCallExpr>(Around.of(&Outer));
    if (Method && Site)
      callMethod(*Method, *Site);
    else if (IsElement)
      return true;
    return false;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&Outer)) {
    if (Unary->isIncrementDecrementOp())
      return is(IsElement ? PlaceUse::Add : PlaceUse::Update);
    if (Unary->getOpcode() == UO_Deref)
      accessBy(Outer, nullptr);
    else if (Unary->getOpcode() == UO_LNot)
      Result.What = PlaceUse::Ask;
    else
      return Unary->getOpcode() != UO_AddrOf;
    return false;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(&Outer))
    return stepBinary(*Binary);
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(&Outer)) {
    if (Element->getBase() != Inner)
      return is(PlaceUse::Index);
    accessBy(Outer, Element->getIdx());
    Result.IsIndexed = IsElement = true;
    return true;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Outer)) {
    // rows[cursor_]
    if (Operator->getOperator() == OO_Subscript &&
        Operator->getNumArgs() == 2 && Operator->getArg(1) == Inner &&
        Inner->children().begin() != Inner->children().end())
      Result.What = PlaceUse::Index;
    return stepOperator(*Operator);
  }
  if (const auto *Site = dyn_cast<CallExpr>(&Outer))
    return stepCall(*Site);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Outer)) {
    if (IsMoved)
      return isCall(PlaceUse::Give, *Construct);
    if (Construct->getConstructor()->isCopyConstructor() && !IsElement)
      Result.What = PlaceUse::Read;
    return false;
  }
  if (isa<IfStmt, WhileStmt, DoStmt, ForStmt, SwitchStmt>(&Outer) &&
      !isa<CompoundStmt>(Inner))
    return is(PlaceUse::Ask);
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(&Outer))
    return Choice->getCond() == Inner ? is(PlaceUse::Ask) : true;
  return false;
}

} // namespace clang::tidy::coro
