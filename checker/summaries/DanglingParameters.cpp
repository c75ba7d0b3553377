// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/DanglingParameters.h"
#include "coroutine/Coroutines.h"
#include "facts/Call.h"
#include "facts/FrameUses.h"
#include "clang/AST/Attr.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {
namespace {

const FunctionDecl *coroutineCalledBy(const CallExpr &Site) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  Callee = Callee ? Callee->getDefinition() : nullptr;
  return Callee && coroutineBody(*Callee) ? Callee : nullptr;
}

bool isReferenceLike(QualType Type) {
  QualType Referred = Type.getNonReferenceType();
  return Type->isReferenceType() ? !Referred->isFunctionType() : isView(Type);
}

/// Whether an object of \p Class can be given by value, and is then the same.
bool canBeGiven(const CXXRecordDecl &Class) {
  if (!Class.hasDefinition())
    return true;
  if (Class.getDefinition()->isPolymorphic())
    return false;
  bool IsDeclared = false;
  for (const CXXConstructorDecl *Each : Class.ctors()) {
    if (!Each->isCopyOrMoveConstructor())
      continue;
    IsDeclared = true;
    if (!Each->isDeleted() && Each->getAccess() == AS_public)
      return true;
  }
  return !IsDeclared && (!Class.defaultedCopyConstructorIsDeleted() ||
                         Class.hasMoveConstructor());
}

/// struct Slice { Slice(const std::string &owner); const char *first; };
bool isMadeOfOwner(const CXXRecordDecl &View) {
  return llvm::any_of(View.ctors(), [](const CXXConstructorDecl *Each) {
    if (Each->isExplicit() || Each->isCopyOrMoveConstructor() ||
        Each->getMinRequiredArguments() != 1)
      return false;
    QualType Taken = Each->getParamDecl(0)->getType();
    return Taken->isReferenceType() &&
           Taken.getNonReferenceType().isConstQualified() &&
           Taken.getNonReferenceType()->isRecordType() &&
           !isView(Taken.getNonReferenceType());
  });
}

/// Whether what \p Given refers to is seen to be there for ever: a global or
/// static variable, a literal, what a function without arguments gives.
bool livesForEver(const Expr *Given, unsigned Depth = 0) {
  Given = stripped(Given);
  if (!Given || Depth > 4)
    return false;
  if (isa<StringLiteral, IntegerLiteral>(Given))
    return true;
  if (const auto *Mention = dyn_cast<DeclRefExpr>(Given)) {
    const auto *Variable = dyn_cast<VarDecl>(Mention->getDecl());
    return Variable && Variable->hasGlobalStorage();
  }
  if (const auto *Member = dyn_cast<MemberExpr>(Given))
    return !Member->isArrow() && livesForEver(Member->getBase(), Depth + 1);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Given))
    return isView(Construct->getType()) &&
           llvm::all_of(Construct->arguments(), [&](const Expr *Each) {
             return livesForEver(Each, Depth + 1);
           });
  const auto *Site = dyn_cast<CallExpr>(Given);
  return Site && Site->isGLValue() && Site->getNumArgs() == 0 &&
         !isa<CXXMemberCallExpr>(Site);
}

} // namespace

DanglingParameters::DanglingParameters(TranslationUnit &Unit) : Unit(Unit) {}

/// Whether a temporary can be given for a parameter of \p Type.
bool DanglingParameters::bindsTemporary(QualType Type) {
  QualType Referred = Type.getNonReferenceType();
  const CXXRecordDecl *Class = Referred->getAsCXXRecordDecl();
  if (Class && Class->hasDefinition() && Class->isEmpty())
    return false;
  if (Type->isRValueReferenceType())
    return true;
  if (Type->isLValueReferenceType())
    return Referred.isConstQualified() && !Referred.isVolatileQualified() &&
           !Referred->isArrayType() && (!Class || canBeGiven(*Class));
  const TypeModel *Model = Class ? Unit.models().type(*Class) : nullptr;
  return Class &&
         ((Model && Model->View) || isMadeOfOwner(*Class) ||
          (Class->hasAttr<PointerAttr>() && !Class->isInStdNamespace()));
}

/// Whether the task of \p Site refers to its argument \p Index, or its object,
/// after it was suspended.
bool DanglingParameters::keeps(const CallExpr &Site,
                               std::optional<unsigned> Index) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee)
    return false;
  if (const FunctionDecl *Coroutine = coroutineCalledBy(Site))
    return Index ? lateUse(*Coroutine, *Index).has_value()
                 : usesOfFrame(*Coroutine, /*BeginsLater=*/false).Object;
  const Borrowed &What = Unit.borrowing().borrowsOf(*Callee).ByResult;
  if (!Index)
    return What.Object;
  if (What.Parameters.contains(*Index) || What.Viewed.contains(*Index))
    return true;
  // async_write(socket, buffer(text))
  QualType Type = Callee->getParamDecl(*Index)->getType();
  bool IsInSight = Callee->hasBody() && !Unit.isForeign(Callee->getLocation());
  return !IsInSight && isView(Type.getNonReferenceType());
}

std::optional<LateUse>
DanglingParameters::lateUse(const FunctionDecl &Coroutine, unsigned Index) {
  if (Index >= Coroutine.getNumParams())
    return std::nullopt;
  const ParmVarDecl *Parameter = Coroutine.getParamDecl(Index);
  auto [Entry, IsNew] = Known.try_emplace(Parameter);
  if (!IsNew) // also ends recursion
    return Entry->second;
  std::shared_ptr<LateUses> Within = Uses[&Coroutine];
  if (!Within)
    Uses[&Coroutine] = Within = std::make_shared<LateUses>(
        Coroutine, Unit.values(), Unit.taskTypes(), Unit.models(),
        [this](const CallExpr &Site, std::optional<unsigned> At) {
          return keeps(Site, At);
        });
  std::optional<LateUse> Found = Within->of(*Parameter);
  Known[Parameter] = Found;
  return Found;
}

/// Whether there are callers of \p Coroutine in sight, and all of them give for
/// the parameter \p Index what lives on, or wait.
bool DanglingParameters::isKeptByCallers(const FunctionDecl &Coroutine,
                                         unsigned Index) {
  auto Found = Callers.find(&Coroutine);
  if (Found == Callers.end())
    return false;
  return llvm::all_of(Found->second, [&](const CallExpr *Site) {
    Call At;
    At.setCall(*Site);
    // The first parameter stands for the object.
    if (hasExplicitObject(Coroutine) && At.Object)
      At.Arguments.insert(At.Arguments.begin(), At.Object);
    return Unit.borrowing().isWaitedForBy(*Site, Index) ||
           (Index < At.Arguments.size() && livesForEver(At.Arguments[Index]));
  });
}

std::optional<DanglingParameter>
DanglingParameters::look(const FunctionDecl &Coroutine, unsigned Index,
                         bool All) {
  const ParmVarDecl *Parameter = Coroutine.getParamDecl(Index);
  const TaskTraits *Traits = Unit.taskTypes().traits(Coroutine.getReturnType());
  bool IsLazy = Traits && Traits->Begins == Start::Lazy;
  DanglingParameter Result{&Coroutine, Parameter, {}, {}, nullptr};
  auto IsFound = [&](DanglingParameter::Reason Why,
                     const DanglingTask *Caller = nullptr) {
    std::optional<LateUse> Late = lateUse(Coroutine, Index);
    bool CountsAll =
        Why == DanglingParameter::Broken || Why == DanglingParameter::AnyCaller;
    if (!Late && IsLazy && CountsAll)
      Late = Uses[&Coroutine]->afterBeginning(*Parameter);
    if (!Late)
      return false;
    Result.Late = *Late;
    Result.Why = Why;
    Result.Caller = Caller;
    return true;
  };
  if (const DanglingTask *Caller = Broken.lookup({&Coroutine, Index});
      Caller && IsFound(DanglingParameter::Broken, Caller))
    return Result;
  if (bindsTemporary(Parameter->getType()) && Traits) {
    const DanglingTask *Caller = LeftAlone.lookup({&Coroutine, Index});
    if (Traits->isForgotten()
            ? !isKeptByCallers(Coroutine, Index) &&
                  IsFound(DanglingParameter::NobodyWaits)
            : Caller && IsFound(DanglingParameter::LeftAlone, Caller))
      return Result;
    const CXXRecordDecl *Class =
        Coroutine.getReturnType()->getAsCXXRecordDecl();
    if (Traits->Awaitable && Traits->Begins == Start::Eager &&
        Traits->OwnsItself && !Class->hasAttr<WarnUnusedResultAttr>() &&
        !Callers.count(&Coroutine) && IsFound(DanglingParameter::MayBeDropped))
      return Result;
  }
  if (All && IsFound(DanglingParameter::AnyCaller))
    return Result;
  return std::nullopt;
}

void DanglingParameters::addCallers() {
  auto Add = [](llvm::ArrayRef<DanglingTask> Tasks, auto &Places) {
    for (const DanglingTask &Each : Tasks)
      if (const FunctionDecl *Coroutine = coroutineCalledBy(*Each.Site))
        if (Each.Parameter && !Each.Closure)
          Places.try_emplace(
              Place(Coroutine, Each.Parameter->getFunctionScopeIndex()), &Each);
  };
  Add(Unit.borrowing().findings(), Broken);
  Add(Unit.borrowing().leftAlone(), LeftAlone);
  for (const FunctionDecl *Each : Unit.functions())
    for (const CallExpr *Site : Unit.values().scan(*Each).Calls)
      if (const FunctionDecl *Coroutine = coroutineCalledBy(*Site))
        Callers[Coroutine].push_back(Site);
}

std::vector<DanglingParameter> DanglingParameters::find(bool All) {
  std::vector<DanglingParameter> Result;
  bool HasCallers = false;
  for (const FunctionDecl *Each : Unit.functions()) {
    if (!coroutineBody(*Each) || Each->isDependentContext())
      continue;
    for (unsigned I = hasExplicitObject(*Each); I < Each->getNumParams(); ++I) {
      const ParmVarDecl *Parameter = Each->getParamDecl(I);
      if (Parameter->isInvalidDecl() || !isReferenceLike(Parameter->getType()))
        continue;
      if (!HasCallers)
        addCallers();
      HasCallers = true;
      if (auto Found = look(*Each, I, All))
        Result.push_back(*Found);
    }
  }
  return Result;
}

} // namespace clang::tidy::coro
