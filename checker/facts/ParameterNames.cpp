// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Under which names a coroutine uses what a parameter refers to.

#include "facts/Call.h"
#include "facts/LateUses.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {
namespace {

/// std::vector<std::string_view>   std::optional<std::span<int>>
bool holdsViews(QualType Type) {
  const auto *Holder = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type->getAsCXXRecordDecl());
  return Holder &&
         llvm::any_of(Holder->getTemplateArgs().asArray(),
                      [](const TemplateArgument &Each) {
                        return Each.getKind() == TemplateArgument::Type &&
                               Each.getAsType()->isRecordType() &&
                               isView(Each.getAsType());
                      });
}

/// class Scope { const std::string &name; };   Scope scope(name);
bool keepsReferences(const CXXRecordDecl &Class) {
  return Class.hasDefinition() && !Class.isInStdNamespace() &&
         llvm::any_of(Class.getDefinition()->fields(),
                      [](const FieldDecl *Field) {
                        return Field->getType()->isReferenceType() ||
                               isView(Field->getType());
                      });
}

} // namespace

/// Whether a reference bound to \p E, or with no \p IsBound the value of \p E,
/// refers to what one of \p Known does.
bool LateUses::refersTo(const Expr &E, bool IsBound, const Names &Known) const {
  ReferentList All;
  Referents Of(Uses, Seen, Library);
  if (IsBound)
    Of.addBound(&E, All);
  else
    Of.addViewed(&E, All);
  return llvm::any_of(All, [&](const Referent &Each) {
    return Each.Variable && Known.contains(Each.Variable) &&
           (Each.What == Referent::Outside || isView(Each.Variable->getType()));
  });
}

/// The argument, or object, that the task which \p Site makes refers to while
/// it runs, if that is what one of \p Known refers to.
const Expr *LateUses::keptBy(const CallExpr &Site, const Names &Known) const {
  Call At;
  At.setCall(Site);
  if (!At.Callee || hasExplicitObject(*At.Callee) ||
      !holdsTask(Site.getType(), Types))
    return nullptr;
  if (At.Object && Keeps(Site, std::nullopt)) {
    const ValueDecl *Named = namedBy(At.Object);
    if (Named && Known.contains(Named))
      return At.Object;
  }
  for (unsigned I = 0; I < At.Arguments.size() && I < At.Callee->getNumParams();
       ++I) {
    const Expr &Argument = *At.Arguments[I];
    QualType Type = At.Callee->getParamDecl(I)->getType();
    bool IsBound =
        Type->isReferenceType() && refersTo(Argument, /*IsBound=*/true, Known);
    bool IsViewed = isView(Type.getNonReferenceType()) &&
                    refersTo(Argument, /*IsBound=*/false, Known);
    if ((IsBound || IsViewed) && Keeps(Site, I))
      return &Argument;
  }
  return nullptr;
}

/// Whether the parts of what \p Init makes refer to what one of \p Known does:
///   std::vector<std::string_view> words = split(text);   Scope scope(name);
bool LateUses::isMadeOf(const Expr &Init, const Names &Known) const {
  const Expr *Made = stripped(&Init);
  auto IsAnyOf = [&](auto Arguments) {
    return llvm::any_of(Arguments, [&](const Expr *Each) {
      return (Each->isGLValue() && refersTo(*Each, /*IsBound=*/true, Known)) ||
             refersTo(*Each, /*IsBound=*/false, Known);
    });
  };
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Made))
    return keepsReferences(*Construct->getConstructor()->getParent()) &&
           IsAnyOf(Construct->arguments());
  const auto *Site = dyn_cast<CallExpr>(Made);
  return Site && holdsViews(Site->getType()) && IsAnyOf(Site->arguments());
}

/// \p Parameter, and the local variables that refer to what it refers to.
LateUses::Names LateUses::namesFor(const ParmVarDecl &Parameter) const {
  Names Result;
  Result.insert(&Parameter);
  for (const VarDecl *Local : Uses.locals()) {
    const Expr *Init = isa<ParmVarDecl>(Local) ? nullptr : Local->getInit();
    if (!Init || Local->isStaticLocal())
      continue;
    QualType Type = Local->getType();
    const auto *Task = dyn_cast<CallExpr>(stripped(Init));
    bool Refers = refersTo(*Init, Type->isReferenceType(), Result);
    if (!Type->isReferenceType())
      Refers |= isMadeOf(*Init, Result) || (Task && keptBy(*Task, Result));
    if (!Refers)
      continue;
    Result.insert(Local);
    if (const auto *Group = dyn_cast<DecompositionDecl>(Local))
      Result.insert(Group->bindings().begin(), Group->bindings().end());
  }
  return Result;
}

} // namespace clang::tidy::coro
