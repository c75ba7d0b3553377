// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Predicates.h"
#include "facts/Values.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

/// Whether an object of \p Type may change while nobody in sight touches it.
bool changesByItself(QualType Type) {
  const CXXRecordDecl *Class = Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Type.getNonReferenceType().isVolatileQualified() ||
         (Class && Class->isInStdNamespace() && Class->getIdentifier() &&
          Class->getName().starts_with("atomic")) ||
         (Type->isReferenceType() && !Class &&
          !Type.getNonReferenceType().isConstQualified());
}

/// Writes an expression as text, with the addresses of what it names.
class Writer {
public:
  explicit Writer(const ASTContext &Context) : Context(Context) {}

  /// Appends \p E to Text; false if it may give something else each time.
  bool write(const Expr *E);

  std::string Text;
  llvm::SmallVector<const ValueDecl *, 2> Mentions;

private:
  bool writeOperator(llvm::StringRef Name,
                     llvm::ArrayRef<const Expr *> Operands);
  bool writeCall(const CXXMemberCallExpr &Site);

  const ASTContext &Context;
  unsigned Depth = 0;
};

bool Writer::writeOperator(llvm::StringRef Name,
                           llvm::ArrayRef<const Expr *> Operands) {
  Text += "(";
  for (const Expr *Each : Operands) {
    if (!write(Each))
      return false;
    Text += Name;
  }
  Text += ")";
  return true;
}

// name.size()   options.limit()   optional.has_value()
bool Writer::writeCall(const CXXMemberCallExpr &Site) {
  const CXXMethodDecl *Method = Site.getMethodDecl();
  const Expr *Object = Site.getImplicitObjectArgument();
  if (!Method || !Method->isConst() || !Object || !write(Object))
    return false;
  const auto *Conversion = dyn_cast<CXXConversionDecl>(Method);
  bool IsNamed = Method->getIdentifier() && Site.getNumArgs() == 0;
  if ((Conversion && Conversion->getConversionType()->isBooleanType()) ||
      (IsNamed && Method->getName() == "has_value")) {
    Text += "?";
    return true;
  }
  if (IsNamed && Method->getName() == "size") {
    Text += ".size";
    return true;
  }
  Text += "." + subjectFor(*Method->getCanonicalDecl());
  for (const Expr *Each : Site.arguments()) {
    Text += ",";
    if (!write(Each))
      return false;
  }
  return true;
}

bool Writer::write(const Expr *E) {
  constexpr unsigned MaxDepth = 32;
  if (++Depth > MaxDepth)
    return false;
  E = stripped(E);
  if (auto Constant = valueOf(*E, Context)) {
    Text += *Constant;
    return true;
  }
  if (isa<CXXThisExpr>(E)) {
    Text += "this";
    return true;
  }
  if (const auto *Named = dyn_cast<DeclRefExpr>(E)) {
    const auto *Variable = dyn_cast<VarDecl>(Named->getDecl());
    bool IsFixed = Variable && (Variable->hasLocalStorage() ||
                                Variable->getType().isConstQualified());
    if (!isa<BindingDecl>(Named->getDecl()) &&
        (!IsFixed || changesByItself(Variable->getType())))
      return false;
    Mentions.push_back(Named->getDecl());
    Text += subjectFor(*Named->getDecl());
    return true;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (!isa<FieldDecl>(Member->getMemberDecl()) ||
        changesByItself(Member->getMemberDecl()->getType()) ||
        !write(Member->getBase()))
      return false;
    Mentions.push_back(Member->getMemberDecl());
    Text += "." + subjectFor(*Member->getMemberDecl());
    return true;
  }
  if (const auto *Site = dyn_cast<CXXMemberCallExpr>(E))
    return writeCall(*Site);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    OverloadedOperatorKind Kind = Operator->getOperator();
    bool IsAccess = Kind == OO_Star || Kind == OO_Arrow;
    return (IsAccess || Operator->isComparisonOp()) &&
           writeOperator(getOperatorSpelling(Kind),
                         {Operator->getArgs(), Operator->getNumArgs()});
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return !Unary->isIncrementDecrementOp() &&
           writeOperator(UnaryOperator::getOpcodeStr(Unary->getOpcode()),
                         {Unary->getSubExpr()});
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return !Binary->isAssignmentOp() && !Binary->isCommaOp() &&
           writeOperator(Binary->getOpcodeStr(),
                         {Binary->getLHS(), Binary->getRHS()});
  return false;
}

struct Comparison {
  BinaryOperatorKind Kind;
  const Expr *Left;
  const Expr *Right;
};

/// \p E as a comparison of two operands, built in or overloaded.
std::optional<Comparison> comparisonIn(const Expr *E) {
  if (const auto *Rewritten = dyn_cast<CXXRewrittenBinaryOperator>(E)) {
    auto Form = Rewritten->getDecomposedForm();
    return Comparison{Form.Opcode, Form.LHS, Form.RHS};
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E);
      Binary && Binary->isComparisonOp())
    return Comparison{Binary->getOpcode(), Binary->getLHS(), Binary->getRHS()};
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
  if (Operator && Operator->isComparisonOp() && Operator->getNumArgs() == 2)
    return Comparison{
        BinaryOperator::getOverloadedOpcode(Operator->getOperator()),
        Operator->getArg(0), Operator->getArg(1)};
  return std::nullopt;
}

/// Whether \p E stands for nothing: nullptr, std::nullopt.
bool isNothing(const Expr *E) {
  const auto *Named = dyn_cast<DeclRefExpr>(stripped(E));
  return isa<CXXNullPtrLiteralExpr>(stripped(E)) ||
         (Named && Named->getDecl()->isInStdNamespace() &&
          Named->getDecl()->getIdentifier() &&
          Named->getDecl()->getName() == "nullopt");
}

std::optional<Predicate> predicateOf(Comparison Test,
                                     const ASTContext &Context) {
  Predicate Result;
  // a > b is b < a, a <= b is not b < a.
  if (Test.Kind == BO_GT || Test.Kind == BO_LE)
    std::swap(Test.Left, Test.Right);
  Result.Negated = Test.Kind == BO_NE;
  Writer Left(Context), Right(Context);
  // 0 == n, but n < 0 stays
  bool IsEquality = Test.Kind == BO_EQ || Test.Kind == BO_NE;
  if (IsEquality &&
      (isNothing(Test.Left) || valueOf(*stripped(Test.Left), Context)))
    std::swap(Test.Left, Test.Right);
  if (!Left.write(Test.Left))
    return std::nullopt;
  Result.Mentions = Left.Mentions;
  Result.Subject = Left.Text;
  if (IsEquality && isNothing(Test.Right)) {
    if (Test.Left->getType()->isRecordType())
      Result.Subject += "?";
    return Result;
  }
  auto Constant = valueOf(*stripped(Test.Right), Context);
  if (IsEquality && Constant) {
    bool IsTrue =
        stripped(Test.Left)->getType()->isBooleanType() && *Constant == "1";
    Result.Negated ^= IsTrue;
    Result.Value = IsTrue ? "0" : *Constant;
    return Result;
  }
  bool IsNot = Test.Kind == BO_LE || Test.Kind == BO_GE; // of Left < Right
  if (!IsEquality) {
    // n < 1 and 0 < n of what is not negative
    bool BelowOne = stripped(Test.Left)->getType()->isUnsignedIntegerType() &&
                    Constant == "1";
    if (BelowOne) {
      Result.Negated = IsNot;
      return Result;
    }
    if (valueOf(*stripped(Test.Left), Context) == "0" &&
        stripped(Test.Right)->getType()->isUnsignedIntegerType()) {
      if (!Right.write(Test.Right))
        return std::nullopt;
      return Predicate{Right.Text, "0", !IsNot, Right.Mentions};
    }
  }
  if (!Right.write(Test.Right))
    return std::nullopt;
  Result.Mentions.append(Right.Mentions.begin(), Right.Mentions.end());
  Result.Subject += (IsEquality ? "==" : "<") + Right.Text;
  // As "(a < b) != 0".
  Result.Negated = IsEquality ? !Result.Negated : !IsNot;
  return Result;
}

} // namespace

std::string subjectFor(const ValueDecl &Variable) {
  return llvm::utohexstr(
      reinterpret_cast<uintptr_t>(Variable.getCanonicalDecl()));
}

std::string sizeSubjectFor(const ValueDecl &Container) {
  return subjectFor(Container) + ".size";
}

std::optional<std::string> valueOf(const Expr &E, const ASTContext &Context) {
  if (isa<CXXNullPtrLiteralExpr>(E))
    return "0";
  Expr::EvalResult Result;
  if (E.isValueDependent() || !E.getType()->isIntegralOrEnumerationType() ||
      !E.EvaluateAsInt(Result, Context))
    return std::nullopt;
  return llvm::toString(Result.Val.getInt(), 10);
}

std::optional<Predicate> predicateOf(const Expr &Condition,
                                     const ASTContext &Context) {
  const Expr *E = stripped(&Condition);
  bool Negated = false;
  while (const auto *Not = dyn_cast<UnaryOperator>(E)) {
    if (Not->getOpcode() != UO_LNot)
      break;
    Negated = !Negated;
    E = stripped(Not->getSubExpr());
  }
  std::optional<Predicate> Result;
  const auto *Site = dyn_cast<CXXMemberCallExpr>(E);
  const CXXMethodDecl *Method = Site ? Site->getMethodDecl() : nullptr;
  if (auto Test = comparisonIn(E)) {
    Result = predicateOf(*Test, Context);
  } else if (Method && Method->isConst() && Method->getIdentifier() &&
             Method->getName() == "empty" && Site->getNumArgs() == 0) {
    Result = emptinessOf(*Site->getImplicitObjectArgument(), Context);
  } else {
    Result = subjectOf(*E, Context);
    if (Result && E->getType()->isRecordType()) // if (optional)
      Result->Subject += "?";
    Negated = !Negated;
  }
  if (Result)
    Result->Negated ^= Negated;
  return Result;
}

std::optional<Predicate> subjectOf(const Expr &Switched,
                                   const ASTContext &Context) {
  Writer Subject(Context);
  if (!Subject.write(&Switched))
    return std::nullopt;
  return Predicate{Subject.Text, "0", false, Subject.Mentions};
}

std::optional<Predicate> emptinessOf(const Expr &Range,
                                     const ASTContext &Context) {
  std::optional<Predicate> Result = subjectOf(Range, Context);
  if (Result)
    Result->Subject += ".size";
  return Result;
}

} // namespace clang::tidy::coro
