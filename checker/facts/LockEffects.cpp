// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "coroutine/Coroutines.h"
#include "facts/LockTypes.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::coro {
namespace {

/// How many calls deep a wrapper is looked through.
constexpr unsigned MaxDepth = 3;

/// Whether the body of \p Function is looked at: an ordinary one of the user.
bool isInSight(const FunctionDecl &Function) {
  return Function.hasBody() && !coroutineBody(*Function.getDefinition()) &&
         !Function.getASTContext().getSourceManager().isInSystemHeader(
             Function.getLocation());
}

bool isThreadLocal(const ValueDecl *Declaration) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Declaration);
  return Variable && Variable->getTLSKind() != VarDecl::TLS_None;
}

/// Whether \p E denotes a thread_local variable: trace, or current() of
///   Trace *&current() { thread_local Trace *trace; return trace; }
bool isThreadLocal(const Expr &E, Values &Seen) {
  if (const auto *Reference = dyn_cast<DeclRefExpr>(&E))
    return isThreadLocal(Reference->getDecl());
  const auto *Site = dyn_cast<CallExpr>(&E);
  const FunctionDecl *Callee = Site ? Site->getDirectCallee() : nullptr;
  return Callee && Callee->getReturnType()->isReferenceType() &&
         isInSight(*Callee) &&
         llvm::any_of(Seen.scan(*Callee).Returned, [](const Expr *Each) {
           return isThreadLocal(namedBy(Each));
         });
}

/// Whether \p Target belongs to \p Within alone: a local variable.
bool isLocal(const Expr &Target, const FunctionDecl &Within) {
  const Expr *E = stripped(&Target);
  while (const auto *Member = dyn_cast_or_null<MemberExpr>(E))
    E = stripped(Member->getBase());
  const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E);
  const auto *Variable =
      Reference ? dyn_cast<VarDecl>(Reference->getDecl()) : nullptr;
  return Variable && Variable->isLocalVarDecl() &&
         Variable->getParentFunctionOrMethod() == &Within &&
         !Variable->getType()->isReferenceType() &&
         !Variable->getType()->isPointerType();
}

} // namespace

LockEffect LockTypes::effectOf(const CallExpr &Site) {
  LockEffect Result;
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee || !isInSight(*Callee))
    return Result;
  const LockEffect &Inside = effectOf(*Callee);
  Result.ChangesThread = Inside.ChangesThread;
  if (Inside.Acts.empty())
    return Result;
  // The object and the arguments under the names that the callee has for them.
  llvm::SmallVector<std::pair<std::string, std::string>, 4> Names;
  unsigned First = 0;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (const auto *OnObject = dyn_cast<CXXMemberCallExpr>(&Site)) {
    if (const Expr *Object = OnObject->getImplicitObjectArgument())
      Names.push_back({ThisPath.str(), pathOf(Object)});
  } else if (isa<CXXOperatorCallExpr>(Site) && Method) {
    First = 1;
    // In a lambda this is that of the function around it.
    if (!Method->getParent()->isLambda())
      Names.push_back({ThisPath.str(), pathOf(Site.getArg(0))});
  }
  for (unsigned I = 0;
       I < Callee->getNumParams() && I + First < Site.getNumArgs(); ++I)
    Names.push_back(
        {pathOf(*Callee->getParamDecl(I)), pathOf(Site.getArg(I + First))});
  for (const LockEffect::Act &Each : Inside.Acts) {
    std::string Path = Each.Path;
    for (const auto &[Inner, Outer] : Names)
      if (auto Renamed = rebased(Each.Path, Inner, Outer))
        Path = *Renamed;
    Result.Acts.push_back({Each.Locks, Path});
  }
  return Result;
}

void LockTypes::addCall(const CallExpr &Site, const FunctionDecl &Within,
                        LockEffect &Result) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee)
    return;
  if (std::optional<LockCall> Found = lockCall(Site)) {
    for (const Expr *Each : Found->Targets)
      if (!isLocal(*Each, Within))
        Result.Acts.push_back({Found->Locks, pathOf(Each)});
    return;
  }
  for (const FunctionModel *Model : Library.functions(*Callee, nullptr))
    Result.ChangesThread |= Model->ChangesThread;
  if (!isInSight(*Callee) || CallDepth >= MaxDepth)
    return;
  LockEffect Inside = effectOf(Site);
  Result.Acts.append(Inside.Acts.begin(), Inside.Acts.end());
  // Of other functions that change a thread_local variable only those count
  // that do nothing else: a log has its own reasons.
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  const auto *Around = dyn_cast<CXXMethodDecl>(&Within);
  const auto *Body =
      dyn_cast_or_null<CompoundStmt>(Callee->getDefinition()->getBody());
  if (Inside.ChangesThread &&
      ((Method && Around && Method->getParent() == Around->getParent()) ||
       (Body && Body->size() == 1)))
    Result.ChangesThread = true;
}

void LockTypes::addEffect(const FunctionDecl &Function, LockEffect &Result) {
  llvm::SmallPtrSet<const Expr *, 8> Read;
  const ASTContext &Context = Function.getASTContext();
  auto Visit = [&](const Stmt *S) {
    if (const auto *Cast = dyn_cast<ImplicitCastExpr>(S);
        Cast && (Cast->getCastKind() == CK_LValueToRValue ||
                 Cast->getType().isConstQualified()))
      Read.insert(Cast->getSubExpr()->IgnoreParens());
    if (const auto *Site = dyn_cast<CallExpr>(S))
      addCall(*Site, Function, Result);
    if (const auto *E = dyn_cast<Expr>(S);
        E && !Read.contains(E) && isThreadLocal(*E, Seen))
      Result.ChangesThread = true;
    return true;
  };
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(&Function))
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      const Expr *Value = Init->getInit();
      if (!Value)
        continue;
      forEachEvaluated(Context, Value, Visit);
      LockRole Role = classify(Value->getType()).Role;
      const auto *Made = dyn_cast<CXXConstructExpr>(Value->IgnoreImplicit());
      if (Init->isDelegatingInitializer() && Made) {
        LockEffect Other = effectOf(*Made->getConstructor());
        Result.Acts.append(Other.Acts.begin(), Other.Acts.end());
        Result.ChangesThread |= Other.ChangesThread;
      } else if ((Role == LockRole::Lock || Role == LockRole::Scope) &&
                 isHeldBy(Value)) {
        std::string Path = ThisPath.str();
        if (const FieldDecl *Member = Init->getAnyMember())
          Path += "." + pathOf(*Member);
        Result.Acts.push_back({true, Path});
      }
    }
  forEachEvaluated(Context, writtenBody(Function), Visit);
}

const LockEffect &LockTypes::effectOf(const FunctionDecl &Function) {
  const FunctionDecl *Definition = Function.getDefinition();
  if (!Definition)
    Definition = &Function;
  auto [Entry, IsNew] = Effects.try_emplace(Definition);
  LockEffect &Result = Entry->second; // a function that calls itself: nothing
  if (!IsNew || !Definition->hasBody() || Definition->isDependentContext())
    return Result;
  ++CallDepth;
  LockEffect Found;
  addEffect(*Definition, Found);
  --CallDepth;
  Result = std::move(Found);
  return Result;
}

} // namespace clang::tidy::coro
