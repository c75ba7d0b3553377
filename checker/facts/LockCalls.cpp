// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "coroutine/Coroutines.h"
#include "facts/LockTypes.h"
#include "facts/PlaceUses.h"
#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {
namespace {

std::string identity(const Decl &Declaration) {
  return std::to_string(reinterpret_cast<uintptr_t>(&Declaration));
}

// struct defer_lock_t {};  struct adopt_lock_t {};  - by the words in them
bool isTag(const Expr &Argument, llvm::StringRef Word) {
  const CXXRecordDecl *Class = Argument.getType()->getAsCXXRecordDecl();
  return Class && Class->getIdentifier() && Class->hasDefinition() &&
         Class->isEmpty() && Class->getName().contains_insensitive(Word);
}

bool isForeign(const FunctionDecl &Function) {
  return Function.getASTContext().getSourceManager().isInSystemHeader(
      Function.getLocation());
}

/// Whether a lock that \p Constructor makes from nothing is held then:
///   struct [[clang::scoped_lockable]] BigLock { BigLock(); ~BigLock(); };
bool isHeldByDefault(const CXXConstructorDecl &Constructor) {
  const CXXRecordDecl &Class = *Constructor.getParent();
  if (Constructor.hasAttr<AcquireCapabilityAttr>())
    return true;
  return Class.hasAttr<ScopedLockableAttr>() && !Class.hasTrivialDestructor() &&
         !findMember(Class, "lock") && !findMember(Class, "Lock") &&
         llvm::all_of(Class.ctors(), [](const CXXConstructorDecl *Each) {
           return Each->isCopyOrMoveConstructor() ||
                  Each->isDefaultConstructor();
         });
}

} // namespace

std::string pathOf(const ValueDecl &Declaration) {
  return identity(*Declaration.getCanonicalDecl());
}

std::string pathOf(const Expr *E) {
  for (unsigned Depth = 0; Depth < 8; ++Depth) {
    E = stripped(E);
    if (!E)
      break;
    if (isa<CXXThisExpr>(E))
      return ThisPath.str();
    if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      if (Unary->getOpcode() != UO_AddrOf && Unary->getOpcode() != UO_Deref)
        break;
      E = Unary->getSubExpr();
      continue;
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
      if (Operator->getOperator() == OO_Subscript)
        return pathOf(Operator->getArg(0)) + "[" + pathOf(Operator->getArg(1)) +
               "]?";
      if (Operator->getOperator() != OO_Arrow &&
          (Operator->getOperator() != OO_Star || Operator->getNumArgs() != 1))
        break;
      E = Operator->getArg(0);
      continue;
    }
    if (const auto *Reference = dyn_cast<DeclRefExpr>(E)) {
      const auto *Variable = dyn_cast<VarDecl>(Reference->getDecl());
      bool IsAlias = Variable && Variable->isLocalVarDecl() &&
                     Variable->getInit() &&
                     (Variable->getType()->isReferenceType() ||
                      (Variable->getType()->isPointerType() &&
                       Variable->getType().isConstQualified()) ||
                      (Variable->getType()->isPointerType() &&
                       isa<UnaryOperator, CXXMemberCallExpr>(
                           stripped(Variable->getInit()))));
      if (!IsAlias)
        return pathOf(*Reference->getDecl());
      E = Variable->getInit();
      continue;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (isa<VarDecl>(Member->getMemberDecl())) // static
        return pathOf(*Member->getMemberDecl());
      return pathOf(Member->getBase()) + "." +
             identity(*Member->getMemberDecl());
    }
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E))
      return pathOf(Element->getBase()) + "[" + pathOf(Element->getIdx()) +
             "]?";
    if (const auto *Number = dyn_cast<IntegerLiteral>(E))
      return std::to_string(Number->getValue().getLimitedValue());
    if (const auto *Site = dyn_cast<CallExpr>(E)) {
      std::string Result;
      const auto *OnObject = dyn_cast<CXXMemberCallExpr>(Site);
      if (OnObject && OnObject->getImplicitObjectArgument())
        Result = pathOf(OnObject->getImplicitObjectArgument()) + ".";
      if (const FunctionDecl *Callee = Site->getDirectCallee())
        Result += identity(*Callee->getCanonicalDecl());
      for (const Expr *Each : Site->arguments())
        Result += "(" + pathOf(Each) + ")";
      return Result + "?";
    }
    break;
  }
  return "?";
}

std::optional<std::string> rebased(llvm::StringRef Path, llvm::StringRef From,
                                   llvm::StringRef To) {
  if (!Path.consume_front(From) ||
      (!Path.empty() && Path.front() != '.' && Path.front() != '['))
    return std::nullopt;
  return (To + Path).str();
}

bool LockEffect::locks() const {
  return llvm::any_of(Acts, [](const Act &Each) { return Each.Locks; });
}

bool LockEffect::unlocks() const {
  return llvm::any_of(Acts, [](const Act &Each) { return !Each.Locks; });
}

/// locks.emplace_back(mutex)   locks.push_back(std::move(lock))
/// locks.clear()
std::optional<LockCall>
LockTypes::containerCall(const CXXMemberCallExpr &Site) {
  switch (stateUse(*Site.getMethodDecl(), Library)) {
  case StateUse::Add:
    for (const Expr *Each : Site.arguments()) {
      bool IsLock = classify(Each->getType()).Role == LockRole::Lock;
      bool IsMoved = IsLock && Each->isXValue();
      if (isTag(*Each, "defer") || (IsLock && !IsMoved && !isHeldBy(Each)))
        return std::nullopt;
    }
    if (Site.getNumArgs() == 0)
      return std::nullopt;
    return LockCall{true, {Site.getImplicitObjectArgument()}, ""};
  case StateUse::Remove:
  case StateUse::Clear:
    return LockCall{false, {Site.getImplicitObjectArgument()}, ""};
  default:
    return std::nullopt;
  }
}

std::optional<LockCall> LockTypes::lockCall(const CallExpr &Site) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee || isa<CXXOperatorCallExpr>(Site))
    return std::nullopt;
  const auto *OnObject = dyn_cast<CXXMemberCallExpr>(&Site);
  const Expr *Object =
      OnObject ? OnObject->getImplicitObjectArgument() : nullptr;
  QualType ObjectType = Object ? Object->getType() : QualType();
  if (Object && ObjectType->isPointerType())
    ObjectType = ObjectType->getPointeeType();
  if (Object && OnObject->getMethodDecl() && classify(ObjectType).IsContainer)
    return containerCall(*OnObject);
  auto Decide = [&](Target Where, bool Locks,
                    llvm::StringRef Succeeds) -> std::optional<LockCall> {
    LockCall Result{Locks, {}, Succeeds};
    switch (Where.Which) {
    case Target::None:
      return std::nullopt;
    case Target::Object:
      // What is awaited does not hold the thread.
      if (!Object || classify(ObjectType).Role == LockRole::None ||
          Callee->getReturnType()->isRecordType())
        return std::nullopt;
      Result.Targets.push_back(Object);
      return Result;
    case Target::Argument:
      if (Where.Index >= Site.getNumArgs())
        return std::nullopt;
      Result.Targets.push_back(Site.getArg(Where.Index));
      return Result;
    case Target::Arguments:
      Result.Targets.append(Site.arg_begin(), Site.arg_end());
      return Result;
    case Target::Result:
      return Result;
    }
    return std::nullopt;
  };
  Target OfObject;
  OfObject.Which = Target::Object;
  if (Callee->hasAttr<AcquireCapabilityAttr>())
    return Decide(OfObject, true, "");
  if (Callee->hasAttr<TryAcquireCapabilityAttr>())
    return Decide(OfObject, true, "true");
  if (Callee->hasAttr<ReleaseCapabilityAttr>())
    return Decide(OfObject, false, "");
  for (const FunctionModel *Model : Library.functions(
           *Callee,
           ObjectType.isNull() ? nullptr : ObjectType->getAsCXXRecordDecl())) {
    if (auto Found = Decide(Model->Locks, true, Model->Succeeds))
      return Found;
    if (auto Found = Decide(Model->Unlocks, false, ""))
      return Found;
  }
  return std::nullopt;
}

bool LockTypes::isHeldByConstruction(const CXXConstructExpr &Made) {
  const CXXConstructorDecl *Constructor = Made.getConstructor();
  LockClass Class = classify(Made.getType());
  llvm::SmallVector<const Expr *, 4> Written;
  for (const Expr *Each : Made.arguments())
    if (!isa<CXXDefaultArgExpr>(Each))
      Written.push_back(Each);
  if (Constructor->isCopyOrMoveConstructor())
    return !Written.empty() && isHeldBy(Written.front());
  if (llvm::any_of(Written, [](const Expr *Each) {
        return isTag(*Each, "defer") || isTag(*Each, "nullopt");
      }))
    return false;
  const FunctionDecl *Definition = nullptr;
  bool IsInSight = Constructor->hasBody(Definition) && !isForeign(*Definition);
  if (Class.IsContainer)
    return false;
  if (!Class.IsModelled && !Constructor->getParent()->isInStdNamespace() &&
      IsInSight) {
    const LockEffect &Does = effectOf(*Definition);
    if (Does.locks() && !Does.unlocks())
      return true;
    // An object that can lock later, and one that has to do with locks beside
    // other things, need not do so now.
    return Class.Role == LockRole::Scope ||
           !(Class.IsCarrier || findMember(*Constructor->getParent(), "lock"));
  }
  if (Written.empty())
    return (Class.Role == LockRole::Scope && !Class.IsCarrier) ||
           (Class.Role == LockRole::Lock && isHeldByDefault(*Constructor));
  // std::optional<Lock> lock(makeLock());
  if (Written.size() == 1 &&
      classify(Written.front()->getType()).Role == Class.Role)
    return isHeldBy(Written.front());
  if (isa<CXXNullPtrLiteralExpr>(stripped(Written.front())))
    return false;
  return !Class.IsCarrier || Constructor->getParent()->isInStdNamespace();
}

bool LockTypes::isHeldBy(const Expr *Made) {
  while (Made) {
    const Expr *Before = Made;
    Made = Made->IgnoreImplicit()->IgnoreParens();
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Made))
      Made = Cast->getSubExpr();
    if (Made == Before)
      break;
  }
  if (!Made || isa<CoroutineSuspendExpr>(Made))
    return false;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Made))
    return isHeldByConstruction(*Construct);
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(Made))
    return isHeldBy(Choice->getTrueExpr()) || isHeldBy(Choice->getFalseExpr());
  if (const auto *Braced = dyn_cast<InitListExpr>(Made))
    return llvm::any_of(Braced->inits(), [&](const Expr *Each) {
      LockRole Role = classify(Each->getType()).Role;
      return (Role == LockRole::Lock || Role == LockRole::Scope) &&
             isHeldBy(Each);
    });
  const auto *Site = dyn_cast<CallExpr>(Made);
  if (!Site || Site->isCallToStdMove() || Site->isGLValue())
    return false;
  const FunctionDecl *Callee = Site->getDirectCallee();
  if (!Callee || !Callee->hasBody() || isForeign(*Callee))
    return true;
  llvm::ArrayRef<const Expr *> Returned = Seen.scan(*Callee).Returned;
  return Returned.empty() || llvm::any_of(Returned, [&](const Expr *Each) {
           // auto lock = ...; return lock;
           const auto *Local = dyn_cast_or_null<DeclRefExpr>(stripped(Each));
           return Local || isHeldBy(Each);
         });
}

} // namespace clang::tidy::coro
