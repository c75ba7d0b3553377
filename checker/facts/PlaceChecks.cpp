// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/PlaceChecks.h"
#include "coroutine/Coroutines.h"
#include "facts/Predicates.h"
#include "facts/Values.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/Support/SaveAndRestore.h"

namespace clang::tidy::coro {
namespace {

class Reader {
public:
  Reader(const FunctionDecl &Within, const Models &Library)
      : Within(Within), Context(Within.getASTContext()), Library(Library) {}

  void read(const Expr *E, bool Outcome);

  std::vector<PlaceCheck> Found;

private:
  void add(PlaceCheck::Kind What, const Expr &Mention,
           const Expr *Key = nullptr, std::string Value = {});
  void readCall(const CXXMemberCallExpr &Site, bool Outcome);
  void compare(BinaryOperatorKind Kind, const Expr *Left, const Expr *Right,
               bool Outcome);
  void compareSide(const Expr *Side, const Expr *Other, bool IsEquality,
                   bool IsEqual);
  const Expr *valueAsked(const Expr *E);

  const FunctionDecl &Within;
  const ASTContext &Context;
  const Models &Library;
  const Stmt *AskedAt = nullptr;
  unsigned Depth = 0;
};

std::optional<Place> sharedPlace(const Expr *E, const FunctionDecl &Within) {
  std::optional<Place> Result = placeNamedBy(E, Within);
  if (!Result || !Result->IsShared || !Result->Declaration ||
      Result->Declaration->getType().isConstQualified())
    return std::nullopt;
  return Result;
}

void Reader::add(PlaceCheck::Kind What, const Expr &Mention, const Expr *Key,
                 std::string Value) {
  if (std::optional<Place> Where = sharedPlace(&Mention, Within))
    Found.push_back({What, *Where, &Mention, Key, std::move(Value), AskedAt});
}

/// The variable that \p E names, if it is local and set once.
const VarDecl *localIn(const Expr *E, const FunctionDecl &Within) {
  const auto *Named = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *Variable = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
  return Variable && Variable->isLocalVarDecl() &&
                 Variable->hasLocalStorage() && Variable->getInit() &&
                 !Variable->getType()->isReferenceType() &&
                 Variable->getParentFunctionOrMethod() == &Within
             ? Variable
             : nullptr;
}

/// The only statement that \p Site, an accessor of this object, evaluates.
const Expr *inlined(const CXXMemberCallExpr &Site) {
  const CXXMethodDecl *Method = Site.getMethodDecl();
  const Expr *Object = Site.getImplicitObjectArgument();
  if (!Method || !Method->isConst() || Method->isVirtual() ||
      Site.getNumArgs() > 0 || !Object || !isa<CXXThisExpr>(stripped(Object)))
    return nullptr;
  return onlyReturnValue(Method->getDefinition());
}

void Reader::read(const Expr *E, bool Outcome) {
  constexpr unsigned MaxDepth = 8;
  E = stripped(E);
  if (!E || E->isTypeDependent() || Depth > MaxDepth)
    return;
  ++Depth;
  const auto *Unary = dyn_cast<UnaryOperator>(E);
  const auto *Binary = dyn_cast<BinaryOperator>(E);
  const auto *Site = dyn_cast<CXXMemberCallExpr>(E);
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
  if (Unary && Unary->getOpcode() == UO_LNot) {
    read(Unary->getSubExpr(), !Outcome);
  } else if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    auto Form = Rewritten->getDecomposedForm();
    compare(Form.Opcode, Form.LHS, Form.RHS, Outcome);
  } else if (Binary && Binary->isComparisonOp()) {
    compare(Binary->getOpcode(), Binary->getLHS(), Binary->getRHS(), Outcome);
  } else if (Binary && Binary->isLogicalOp()) {
    // const bool ok = open_ && ready_;
    if ((Binary->getOpcode() == BO_LAnd) == Outcome) {
      read(Binary->getLHS(), Outcome);
      read(Binary->getRHS(), Outcome);
    }
  } else if (Operator && Operator->isComparisonOp() &&
             Operator->getNumArgs() == 2) {
    compare(BinaryOperator::getOverloadedOpcode(Operator->getOperator()),
            Operator->getArg(0), Operator->getArg(1), Outcome);
  } else if (Site) {
    readCall(*Site, Outcome);
  } else if (const VarDecl *Local = localIn(E, Within);
             Local && Local->getType()->isBooleanType() && !AskedAt) {
    AskedAt = Local->getInit();
    read(Local->getInit(), Outcome);
    AskedAt = nullptr;
  } else if (isNullable(E->getType())) {
    add(Outcome ? PlaceCheck::HasValue : PlaceCheck::Null, *E);
  } else if (E->getType()->isBooleanType()) {
    add(PlaceCheck::IsEqual, *E, nullptr, Outcome ? "1" : "0");
  } else if (E->getType()->isScalarType()) {
    add(Outcome ? PlaceCheck::IsOther : PlaceCheck::IsEqual, *E, nullptr, "0");
  }
  --Depth;
}

void Reader::readCall(const CXXMemberCallExpr &Site, bool Outcome) {
  const CXXMethodDecl *Method = Site.getMethodDecl();
  const Expr *Object = Site.getImplicitObjectArgument();
  if (!Method || !Object)
    return;
  if (const Expr *Same = inlined(Site))
    return read(Same, Outcome);
  const Expr *First = Site.getNumArgs() > 0 ? Site.getArg(0) : nullptr;
  bool ByArrow = stripped(Object)->getType()->isPointerType();
  if (ByArrow)
    return;
  if (isa<CXXConversionDecl>(Method)) {
    if (isNullable(Object->getType()))
      add(Outcome ? PlaceCheck::HasValue : PlaceCheck::Null, *Object);
    else // std::atomic<bool>
      add(PlaceCheck::IsEqual, *Object, nullptr, Outcome ? "1" : "0");
    return;
  }
  switch (stateUse(*Method, Library)) {
  case StateUse::IsEmpty:
    return add(Outcome ? PlaceCheck::Empty : PlaceCheck::NotEmpty, *Object);
  case StateUse::HasValue:
    return add(Outcome ? PlaceCheck::HasValue : PlaceCheck::Null, *Object);
  case StateUse::Expired:
    return add(Outcome ? PlaceCheck::Null : PlaceCheck::HasValue, *Object);
  case StateUse::Size:
    return add(Outcome ? PlaceCheck::NotEmpty : PlaceCheck::Empty, *Object);
  case StateUse::HasKey:
    if (First)
      add(Outcome ? PlaceCheck::HasKey : PlaceCheck::NoKey, *Object, First);
    return;
  case StateUse::Load:
    return add(PlaceCheck::IsEqual, *Object, nullptr, Outcome ? "1" : "0");
  default:
    return;
  }
}

/// \p E, or what the local variable that it names was made from.
const Expr *Reader::valueAsked(const Expr *E) {
  E = stripped(E);
  const VarDecl *Local = localIn(E, Within);
  if (!Local || AskedAt)
    return E;
  AskedAt = Local->getInit();
  return stripped(Local->getInit());
}

void Reader::compare(BinaryOperatorKind Kind, const Expr *Left,
                     const Expr *Right, bool Outcome) {
  bool IsEquality = Kind == BO_EQ || Kind == BO_NE;
  bool IsEqual = IsEquality && (Kind == BO_EQ) == Outcome;
  // 0 < n and n > 0 of sizes
  compareSide(Left, Right, IsEquality, IsEqual);
  compareSide(Right, Left, IsEquality, IsEqual);
}

void Reader::compareSide(const Expr *Side, const Expr *Other, bool IsEquality,
                         bool IsEqual) {
  llvm::SaveAndRestore Keep(AskedAt);
  const Expr *E = valueAsked(Side);
  const Expr *With = stripped(Other);
  if (!E || !With || valueOf(*E, Context))
    return;
  const auto *Site = dyn_cast<CXXMemberCallExpr>(E);
  if (Site && inlined(*Site)) {
    E = stripped(inlined(*Site));
    Site = dyn_cast<CXXMemberCallExpr>(E);
  }
  const CXXMethodDecl *Method = Site ? Site->getMethodDecl() : nullptr;
  if (Method && Site->getImplicitObjectArgument()) {
    const Expr *Object = Site->getImplicitObjectArgument();
    const Expr *First = Site->getNumArgs() > 0 ? Site->getArg(0) : nullptr;
    switch (stateUse(*Method, Library)) {
    case StateUse::Find: // m.find(k) == m.end()
      if (First && IsEquality && isa<CXXMemberCallExpr>(With))
        add(IsEqual ? PlaceCheck::NoKey : PlaceCheck::HasKey, *Object, First);
      return;
    case StateUse::HasKey: // m.count(k) == 0
      if (First && IsEquality && valueOf(*With, Context) == "0")
        add(IsEqual ? PlaceCheck::NoKey : PlaceCheck::HasKey, *Object, First);
      return;
    case StateUse::Size:
      if (IsEquality && valueOf(*With, Context) == "0")
        add(IsEqual ? PlaceCheck::Empty : PlaceCheck::NotEmpty, *Object);
      else
        add(PlaceCheck::Size, *Object);
      return;
    case StateUse::Load:
      E = Object;
      break;
    default:
      return;
    }
  }
  auto Constant = valueOf(*With, Context);
  if (placeNamedBy(E, Within)) {
    bool IsNullTest = isNoValue(With) ||
                      (isa<DeclRefExpr>(With) &&
                       cast<DeclRefExpr>(With)->getDecl()->isInStdNamespace());
    if (IsEquality && isNullable(E->getType()) && IsNullTest)
      add(IsEqual ? PlaceCheck::Null : PlaceCheck::HasValue, *E);
    else if (IsEquality && Constant)
      add(IsEqual ? PlaceCheck::IsEqual : PlaceCheck::IsOther, *E, nullptr,
          *Constant);
    else
      add(PlaceCheck::Compare, *E);
    return;
  }
  // used_ + size > capacity_
  forEachEvaluated(Context, E, [&](const Stmt *S) {
    const auto *Part = dyn_cast<Expr>(S);
    const auto *Size = Part ? dyn_cast<CXXMemberCallExpr>(Part) : nullptr;
    if (Size && Size->getMethodDecl() && Size->getImplicitObjectArgument() &&
        stateUse(*Size->getMethodDecl(), Library) == StateUse::Size) {
      add(PlaceCheck::Size, *Size->getImplicitObjectArgument());
      return false;
    }
    if (Part && isa<MemberExpr, DeclRefExpr>(Part)) {
      if (Part->getType()->isArithmeticType())
        add(PlaceCheck::Compare, *Part);
      return false;
    }
    // if (++active_ > limit_)   - that is claimed already
    const auto *Binary = dyn_cast_or_null<BinaryOperator>(Part);
    const auto *Unary = dyn_cast_or_null<UnaryOperator>(Part);
    if ((Binary && Binary->isAssignmentOp()) ||
        (Unary && Unary->isIncrementDecrementOp()))
      return false;
    return Part && isa<BinaryOperator, UnaryOperator, CastExpr, ParenExpr,
                       ExprWithCleanups, MaterializeTemporaryExpr>(Part);
  });
}

} // namespace

std::vector<PlaceCheck> checksIn(const Expr &Condition, bool Outcome,
                                 const FunctionDecl &Within,
                                 const Models &Library) {
  Reader Read(Within, Library);
  Read.read(&Condition, Outcome);
  return std::move(Read.Found);
}

std::vector<PlaceCheck> caseChecks(const Expr &Switched, const Stmt *Label,
                                   const FunctionDecl &Within) {
  const auto *Case = dyn_cast_or_null<CaseStmt>(Label);
  std::optional<Place> Where = sharedPlace(&Switched, Within);
  std::optional<std::string> Value;
  if (Case && Where)
    Value = valueOf(*Case->getLHS(), Within.getASTContext());
  if (!Value)
    return {};
  return {{PlaceCheck::IsEqual, *Where, stripped(&Switched), nullptr, *Value,
           nullptr}};
}

} // namespace clang::tidy::coro
