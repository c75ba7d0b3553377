// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Places.h"
#include "coroutine/Coroutines.h"
#include "facts/Predicates.h"
#include "facts/Values.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/SpecialMembers.h"

namespace clang::tidy::coro {
namespace {

constexpr unsigned MaxDepth = 16;

std::optional<Place> named(const Expr *E, const FunctionDecl &Within,
                           unsigned Depth);

/// Whether \p Variable is captured by reference by the lambda that \p Within
/// is the body of.
bool isCapturedByReference(const VarDecl &Variable,
                           const FunctionDecl &Within) {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Within);
  if (!Method || !Method->getParent()->isLambda())
    return false;
  for (const LambdaCapture &Each : Method->getParent()->captures())
    if (Each.capturesVariable() && Each.getCapturedVar() == &Variable)
      return Each.getCaptureKind() == LCK_ByRef ||
             Variable.getType()->isReferenceType();
  return false;
}

Place variable(const VarDecl &Variable, const FunctionDecl &Within,
               unsigned Depth) {
  QualType Type = Variable.getType();
  bool IsLocal = Variable.hasLocalStorage();
  // auto &queue = queue_;
  if (IsLocal && Type->isReferenceType() && Variable.getInit() &&
      !isa<ParmVarDecl>(Variable) && !Variable.isInitCapture())
    if (auto Bound = named(Variable.getInit(), Within, Depth))
      return *Bound;
  Place Result;
  Result.Declaration = &Variable;
  Result.Text = subjectFor(Variable);
  bool IsOuter = IsLocal && isCapturedByReference(Variable, Within);
  Result.ByReference = IsOuter || (IsLocal && Type->isLValueReferenceType());
  Result.IsShared =
      Result.ByReference || (!IsLocal && !Variable.getTLSKind() &&
                             !Type.getNonReferenceType().isConstQualified());
  return Result;
}

/// What is reached through \p Base, as by * or ->; none if that is unknown.
std::optional<Place> target(const Expr &Base, const FunctionDecl &Within,
                            unsigned Depth) {
  auto Result = named(&Base, Within, Depth);
  if (!Result)
    return Result;
  // Not that of a base class, as std::shared_ptr has them
  QualType Type = stripped(&Base)->getType().getNonReferenceType();
  if (!isNullable(Type)) // an iterator
    return std::nullopt;
  Result->Text += "*";
  Result->IsPart = true;
  if (Type->isPointerType() || sharesTarget(Type)) {
    // auto room = std::make_shared<Room>();   - nobody else knows it
    const auto *Variable = dyn_cast_or_null<VarDecl>(Result->Declaration);
    const Expr *Init =
        Variable && Variable->hasLocalStorage() && !isa<ParmVarDecl>(Variable)
            ? Variable->getInit()
            : nullptr;
    const Expr *Made = Init ? stripped(Init) : nullptr;
    const auto *Site = dyn_cast_or_null<CallExpr>(Made);
    bool IsNew =
        isa_and_nonnull<CXXNewExpr>(Made) ||
        (Site && Site->getDirectCallee() &&
         Site->getDirectCallee()->isInStdNamespace() &&
         Site->getDirectCallee()->getPrimaryTemplate() && Site->isPRValue());
    if (!IsNew) {
      Result->IsShared = true;
      Result->ByReference = false;
    }
  }
  return Result;
}

std::optional<Place> element(const Expr &Base, const Expr &Index,
                             const FunctionDecl &Within, unsigned Depth) {
  auto Result = named(&Base, Within, Depth);
  auto Key = subjectOf(Index, Within.getASTContext());
  if (!Result)
    return Result;
  if (Base.getType()->isPointerType() &&
      !isa<ArrayType>(Base.IgnoreParenImpCasts()->getType().getTypePtr()))
    Result->IsShared = true;
  Result->Text += "[" +
                  (Key ? Key->Subject
                       : llvm::utohexstr(reinterpret_cast<uintptr_t>(&Index))) +
                  "]";
  return Result;
}

std::optional<Place> named(const Expr *E, const FunctionDecl &Within,
                           unsigned Depth) {
  if (Depth > MaxDepth)
    return std::nullopt;
  E = stripped(E);
  if (!E || E->getType().isNull())
    return std::nullopt;
  if (isa<CXXThisExpr>(E))
    return Place{nullptr, "this", true, false};
  if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
    const auto *Named = dyn_cast<VarDecl>(Reference->getDecl());
    return Named ? std::optional(variable(*Named, Within, Depth + 1))
                 : std::nullopt;
  }
  if (const auto *Member = dyn_cast<MemberExpr>(E)) {
    if (const auto *Static = dyn_cast<VarDecl>(Member->getMemberDecl()))
      return variable(*Static, Within, Depth + 1);
    if (!isa<FieldDecl>(Member->getMemberDecl()))
      return std::nullopt;
    const Expr *Base = Member->getBase();
    bool ThroughPointer =
        Member->isArrow() && !isa<CXXThisExpr>(stripped(Base));
    auto Result = ThroughPointer ? target(*Base, Within, Depth + 1)
                                 : named(Base, Within, Depth + 1);
    // session(id).state   it->second   - some object
    if (!Result)
      Result =
          Place{nullptr, llvm::utohexstr(reinterpret_cast<uintptr_t>(E)),
                !Base->isPRValue() || Base->getType()->isPointerType(), false};
    Result->Declaration = &memberOfPattern(*Member->getMemberDecl());
    Result->IsPart = false;
    Result->Text += "." + subjectFor(*Result->Declaration);
    return Result;
  }
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
    return element(*Element->getBase(), *Element->getIdx(), Within, Depth + 1);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref
               ? target(*Unary->getSubExpr(), Within, Depth + 1)
               : std::nullopt;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
    OverloadedOperatorKind Kind = Operator->getOperator();
    if (Kind == OO_Arrow || (Kind == OO_Star && Operator->getNumArgs() == 1))
      return target(*Operator->getArg(0), Within, Depth + 1);
    if (Kind == OO_Subscript && Operator->getNumArgs() == 2)
      return element(*Operator->getArg(0), *Operator->getArg(1), Within,
                     Depth + 1);
  }
  return std::nullopt;
}

bool hasMember(QualType Type, llvm::StringRef Name) {
  const CXXRecordDecl *Class = classOf(Type);
  return Class && findMember(*Class, Name);
}

} // namespace

std::optional<Place> placeNamedBy(const Expr *E, const FunctionDecl &Within) {
  return E ? named(E, Within, 0) : std::nullopt;
}

const ValueDecl &memberOfPattern(const ValueDecl &Member) {
  const auto *Field = dyn_cast<FieldDecl>(&Member);
  const auto *Class =
      Field ? dyn_cast<CXXRecordDecl>(Field->getParent()) : nullptr;
  const CXXRecordDecl *Pattern =
      Class ? Class->getTemplateInstantiationPattern() : nullptr;
  if (!Pattern)
    return Member;
  for (const FieldDecl *Each : Pattern->fields())
    if (Each->getFieldIndex() == Field->getFieldIndex())
      return *Each;
  return Member;
}

bool isNullable(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isPointerType())
    return true;
  const CXXRecordDecl *Class = classOf(Type);
  if (!Class || !Class->hasDefinition())
    return false;
  ASTContext &Context = Class->getASTContext();
  DeclarationName ToBool =
      Context.DeclarationNames.getCXXConversionFunctionName(
          Context.getCanonicalType(Context.BoolTy));
  return findMember(*Class, ToBool) || isWeak(Type);
}

bool isWeak(QualType Type) { return hasMember(Type, "expired"); }

bool sharesTarget(QualType Type) {
  const CXXRecordDecl *Class = classOf(Type);
  if (!Class || !Class->hasDefinition() || hasMember(Type, "has_value"))
    return false;
  DeclarationName Arrow =
      Class->getASTContext().DeclarationNames.getCXXOperatorName(OO_Arrow);
  return findMember(*Class, Arrow) && !hasDeletedImplicitCopy(*Class) &&
         !llvm::any_of(Class->ctors(), [](const CXXConstructorDecl *Each) {
           return Each->isCopyConstructor() && Each->isDeleted();
         });
}

} // namespace clang::tidy::coro
