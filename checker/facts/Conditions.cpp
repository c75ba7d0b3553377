// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Conditions.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

constexpr unsigned MaxDepth = 4; // of values that are named by other values

/// The parameter of \p Within that \p E names.
std::optional<unsigned> parameterOf(const Expr *E, const FunctionDecl &Within) {
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(namedBy(E));
  if (!Parameter || Parameter->getFunctionScopeIndex() >= Within.getNumParams())
    return std::nullopt;
  unsigned Index = Parameter->getFunctionScopeIndex();
  return Within.getParamDecl(Index) == Parameter ? std::optional(Index)
                                                 : std::nullopt;
}

bool canEvaluate(const Expr *E) {
  return E && !E->isValueDependent() && !E->containsErrors();
}

/// Whether each number in \p Value is zero.
bool allZero(const APValue &Value) {
  switch (Value.getKind()) {
  case APValue::Int:
    return Value.getInt() == 0;
  case APValue::Float:
    return Value.getFloat().isZero();
  case APValue::Struct:
    for (unsigned I = 0; I < Value.getStructNumFields(); ++I)
      if (!allZero(Value.getStructField(I)))
        return false;
    return Value.getStructNumFields() + Value.getStructNumBases() > 0;
  default:
    return false;
  }
}

/// The stream at the left end of "in >> a >> b" and of "out.write(x).flush()".
const Expr *chainedOn(const Expr *E) {
  while (true) {
    E = stripped(E);
    if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(E);
        Operator && Operator->isGLValue() &&
        (Operator->getOperator() == OO_LessLess ||
         Operator->getOperator() == OO_GreaterGreater)) {
      E = Operator->getArg(0);
    } else if (const auto *Member = dyn_cast_or_null<CXXMemberCallExpr>(E);
               Member && Member->isGLValue() && Member->getRecordDecl() &&
               Member->getType()->getAsCXXRecordDecl() &&
               Member->getType()->getAsCXXRecordDecl()->getCanonicalDecl() ==
                   Member->getRecordDecl()->getCanonicalDecl()) {
      E = Member->getImplicitObjectArgument();
    } else {
      return E;
    }
  }
}

} // namespace

Verdict Conditions::decide(const Condition &Test, const Call &At,
                           const FunctionDecl &Within) {
  if (Test.Object) {
    if (At.Object)
      return decide(Test, At.Object, Within);
    if (At.Variable && !Test.From.empty()) {
      for (const Expr *Value : Seen.of(*At.Variable, Within))
        if (comesFrom(Value, Test, Within))
          return Verdict::of(true);
      return Verdict::of(false);
    }
    return {};
  }
  if (*Test.Argument >= At.Arguments.size())
    return Verdict::of(false);
  return decide(Test, At.Arguments[*Test.Argument], Within);
}

Verdict Conditions::decide(const Condition &Test, const Expr *Subject,
                           const FunctionDecl &Within) {
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(Subject))
    Subject = Default->getExpr();
  if (!Subject || Subject->getType().isNull() || Subject->isTypeDependent() ||
      Subject->containsErrors())
    return {};
  // cond ? MSG_DONTWAIT : MSG_DONTWAIT | MSG_PEEK
  if (const auto *Choice = dyn_cast_or_null<ConditionalOperator>(
          Subject->IgnoreParenImpCasts())) {
    Verdict Then = decide(Test, Choice->getTrueExpr(), Within);
    Verdict Else = decide(Test, Choice->getFalseExpr(), Within);
    return Then.Holds == Else.Holds ? Verdict{Then.Holds, std::nullopt}
                                    : Verdict{};
  }
  Verdict Result;
  if (!Test.From.empty()) {
    if (comesFrom(Subject, Test, Within))
      return Verdict::of(true);
  } else if (!Test.Equals.empty()) {
    std::optional<llvm::APSInt> Wanted = Names.valueOf(Test.Equals);
    std::optional<llvm::APSInt> Value = constantOf(Subject, Within);
    if (Wanted && Value)
      return Verdict::of(llvm::APSInt::isSameValue(*Wanted, *Value));
  } else if (!Test.Flag.empty()) {
    if (std::optional<llvm::APSInt> Flag = Names.valueOf(Test.Flag))
      Result = hasFlag(Subject, *Flag, Within);
  } else if (Test.Zero) {
    if (isZero(Subject, Within))
      return Verdict::of(true);
  } else if (Test.Null) {
    if (canEvaluate(Subject))
      return Verdict::of(
          Subject->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                         Expr::NPC_NeverValueDependent) !=
          Expr::NPCK_NotNull);
  } else if (Test.Nonblocking) {
    if (isNonblocking(Subject, Within, 0) || handlesWouldBlock(Within))
      return Verdict::of(true);
  } else if (!Test.Type.empty()) {
    if (hasType(Subject, Test.Type))
      return Verdict::of(true);
  } else if (!Test.Variable.empty()) {
    const ValueDecl *Named = namedBy(chainedOn(Subject));
    if (Named && llvm::is_contained(Test.Variable, qualifiedName(*Named)))
      return Verdict::of(true);
  }
  if (Result.Holds == Verdict::Unknown)
    Result.Parameter = parameterOf(chainedOn(Subject), Within);
  return Result;
}

std::optional<llvm::APSInt> Conditions::constantOf(const Expr *E,
                                                   const FunctionDecl &Within) {
  for (unsigned Depth = 0; canEvaluate(E) && Depth < MaxDepth; ++Depth) {
    Expr::EvalResult Result;
    if (E->EvaluateAsInt(Result, Context))
      return Result.Val.getInt();
    const ValueDecl *Named = namedBy(E);
    E = Named ? Seen.onlyValue(*Named, Within) : nullptr;
  }
  return std::nullopt;
}

/// Whether \p Value has all bits of \p Flag; of wider numbers the lowest 64.
static bool hasBits(const llvm::APSInt &Value, const llvm::APSInt &Flag) {
  uint64_t Wanted = Flag.extOrTrunc(64).getZExtValue();
  return (Value.extOrTrunc(64).getZExtValue() & Wanted) == Wanted;
}

Verdict Conditions::hasFlag(const Expr *E, const llvm::APSInt &Flag,
                            const FunctionDecl &Within) {
  if (std::optional<llvm::APSInt> Value = constantOf(E, Within))
    return Verdict::of(hasBits(*Value, Flag));
  // flags | MSG_DONTWAIT
  if (const auto *Or = dyn_cast<BinaryOperator>(stripped(E));
      Or && Or->getOpcode() == BO_Or)
    for (const Expr *Side : {Or->getLHS(), Or->getRHS()})
      if (hasFlag(Side, Flag, Within).Holds == Verdict::Yes)
        return Verdict::of(true);
  // flags |= MSG_DONTWAIT;  ...  recv(s, p, n, flags)
  if (const ValueDecl *Named = namedBy(E); Named && !parameterOf(E, Within))
    for (const Expr *Value : Seen.of(*Named, Within))
      if (std::optional<llvm::APSInt> Known = constantOf(Value, Within))
        if (hasBits(*Known, Flag))
          return Verdict::of(true);
  return {};
}

bool Conditions::isZero(const Expr *E, const FunctionDecl &Within) {
  return isZeroValue(E, Within, 0);
}

bool Conditions::isZeroValue(const Expr *E, const FunctionDecl &Within,
                             unsigned Depth) {
  if (!canEvaluate(E) || Depth > MaxDepth)
    return false;
  const Expr *Inner = stripped(E);
  if (!canEvaluate(Inner) ||
      Inner->isNullPointerConstant(const_cast<ASTContext &>(Context),
                                   Expr::NPC_NeverValueDependent) ==
          Expr::NPCK_CXX11_nullptr)
    return false;
  // 0   0s   milliseconds(0)   duration::zero()
  Expr::EvalResult Result;
  if (Inner->isPRValue() && (Inner->getType()->isRecordType() ||
                             Inner->getType()->isArithmeticType()))
    if (Inner->EvaluateAsConstantExpr(Result, Context) && allZero(Result.Val))
      return true;
  // &no_wait
  if (const auto *Address = dyn_cast<UnaryOperator>(Inner);
      Address && Address->getOpcode() == UO_AddrOf)
    return isZeroValue(Address->getSubExpr(), Within, Depth + 1);
  // timeval no_wait{0, 0};
  if (const auto *Braced = dyn_cast<InitListExpr>(Inner))
    return llvm::all_of(Braced->inits(), [&](const Expr *Each) {
      return isa<ImplicitValueInitExpr>(Each) ||
             isZeroValue(Each, Within, Depth + 1);
    });
  if (isa<CXXScalarValueInitExpr, ImplicitValueInitExpr>(Inner))
    return true;
  // A conversion between durations.
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Inner))
    return Construct->getNumArgs() == 1 &&
           isZeroValue(Construct->getArg(0), Within, Depth + 1);
  const ValueDecl *Named = namedBy(Inner);
  if (!Named || isa<ParmVarDecl>(Named))
    return false;
  llvm::SmallVector<const Expr *, 4> Seen = this->Seen.of(*Named, Within);
  return !Seen.empty() && llvm::all_of(Seen, [&](const Expr *Value) {
    // "timespec t;" is a construction without arguments; its members are
    // written one by one.
    const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
    bool Uninitialised = Construct && Construct->getNumArgs() == 0;
    return (Uninitialised && Seen.size() > 1) ||
           isZeroValue(Value, Within, Depth + 1);
  });
}

bool Conditions::hasType(const Expr *E, llvm::ArrayRef<std::string> Types) {
  // The chain may give a base: "file << a << b" is an ostream after the first.
  E = chainedOn(E);
  QualType Type = E->getType();
  if (Type->isPointerType())
    Type = Type->getPointeeType();
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  if (!Record)
    return false;
  if (Models::isOneOf(*Record, Types))
    return true;
  if (!Record->hasDefinition())
    return false;
  return !Record->forallBases([&](const CXXRecordDecl *Base) {
    return !Models::isOneOf(*Base, Types);
  });
}

bool Conditions::comesFrom(const Expr *E, const Condition &Test,
                           const FunctionDecl &Within) {
  E = stripped(E);
  if (const auto *Site = dyn_cast_or_null<CallExpr>(E)) {
    const FunctionDecl *Callee = Site->getDirectCallee();
    if (!Callee || !llvm::is_contained(Test.From, qualifiedName(*Callee)))
      return false;
    if (Test.Equals.empty())
      return true;
    std::optional<llvm::APSInt> Wanted = Names.valueOf(Test.Equals);
    std::optional<llvm::APSInt> Value =
        Site->getNumArgs() > 0 ? constantOf(Site->getArg(0), Within)
                               : std::nullopt;
    return Wanted && Value && llvm::APSInt::isSameValue(*Wanted, *Value);
  }
  const ValueDecl *Named = namedBy(E);
  if (!Named || isa<ParmVarDecl>(Named))
    return false;
  return llvm::any_of(Seen.of(*Named, Within), [&](const Expr *Value) {
    const auto *Site = dyn_cast_or_null<CallExpr>(stripped(Value));
    return Site && comesFrom(Site, Test, Within);
  });
}

} // namespace clang::tidy::coro
