// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/LockEvents.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include <map>

namespace clang::tidy::coro {
namespace {

bool isUncertain(llvm::StringRef Path) { return Path.contains('?'); }

/// The construction at the root of \p Init; null when it is something else.
const CXXConstructExpr *constructionOf(const Expr *Init) {
  while (Init) {
    const Expr *Before = Init;
    Init = Init->IgnoreImplicit()->IgnoreParens();
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Init))
      Init = Cast->getSubExpr();
    if (Init == Before)
      break;
  }
  return dyn_cast_or_null<CXXConstructExpr>(Init);
}

/// What is declared where \p Made is kept, directly: auto x = f();
const ValueDecl *keeperOf(const Expr &Made, const Parents &Around) {
  const Stmt *Parent = Around.of(&Made);
  while (Parent && passesValueOn(*Parent))
    Parent = Around.of(Parent);
  if (const auto *Declaration = dyn_cast_or_null<DeclStmt>(Parent))
    return Declaration->isSingleDecl()
               ? dyn_cast<ValueDecl>(Declaration->getSingleDecl())
               : nullptr;
  const auto *Assignment = dyn_cast_or_null<BinaryOperator>(Parent);
  return Assignment && Assignment->getOpcode() == BO_Assign
             ? namedBy(Assignment->getLHS())
             : nullptr;
}

} // namespace

LockEvents::LockEvents(const FunctionDecl &Function,
                       llvm::ArrayRef<const ValueDecl *> Locals,
                       LockTypes &Types, Values &Seen)
    : Function(Function), Types(Types), Seen(Seen) {
  addLocals(Locals);
  std::vector<const VarDecl *> Declarations;
  std::vector<const CallExpr *> Calls;
  std::vector<const DeclRefExpr *> References;
  std::vector<const LambdaExpr *> Lambdas;
  std::vector<const CXXBindTemporaryExpr *> Temporaries;
  Around = Parents(Function, [&](const Stmt *S) {
    if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
      for (const Decl *Each : Declaration->decls())
        if (const auto *Variable = dyn_cast<VarDecl>(Each);
            Variable && ByVariable.count(Variable))
          Declarations.push_back(Variable);
    } else if (const auto *Site = dyn_cast<CallExpr>(S)) {
      Calls.push_back(Site);
    } else if (const auto *Reference = dyn_cast<DeclRefExpr>(S)) {
      if (ByVariable.count(Reference->getDecl()))
        References.push_back(Reference);
    } else if (const auto *Lambda = dyn_cast<LambdaExpr>(S)) {
      Lambdas.push_back(Lambda);
    } else if (const auto *Temporary = dyn_cast<CXXBindTemporaryExpr>(S)) {
      Temporaries.push_back(Temporary);
    }
  });
  for (const VarDecl *Each : Declarations)
    addDeclaration(*Each);
  for (const CallExpr *Each : Calls)
    addCall(*Each);
  for (const CXXBindTemporaryExpr *Each : Temporaries)
    addTemporary(*Each);
  if (!IsSomethingTaken && ByVariable.empty())
    return;
  for (const DeclRefExpr *Each : References)
    addReference(*Each);
  for (const LambdaExpr *Each : Lambdas)
    addKeptLambda(*Each);
}

void LockEvents::addLocals(llvm::ArrayRef<const ValueDecl *> Locals) {
  for (const ValueDecl *Each : Locals) {
    const VarDecl *Variable = dyn_cast<VarDecl>(Each);
    const auto *Part = dyn_cast<BindingDecl>(Each);
    if (Part)
      Variable = cast<VarDecl>(Part->getDecomposedDecl());
    if (!Variable || Variable->isInvalidDecl())
      continue;
    LockRole Role = Types.classify(Variable->getType()).Role;
    if (Role == LockRole::None || Role == LockRole::Mutex)
      continue;
    auto Known = ByVariable.find(Variable);
    if (Known == ByVariable.end()) {
      bool IsHeldOnEntry = isa<ParmVarDecl>(Variable) &&
                           !Variable->getType()->isReferenceType() &&
                           Role == LockRole::Lock &&
                           !Types.classify(Variable->getType()).IsCarrier;
      Objects.push_back(
          {Role, Each, Variable, pathOf(*Variable), "", IsHeldOnEntry});
      IsSomethingTaken |= IsHeldOnEntry;
      Known = ByVariable.insert({Variable, Objects.size() - 1}).first;
    }
    // auto [lock, table] = open();
    unsigned Index = Known->second;
    LockRole OfPart =
        Part ? Types.classify(Part->getType()).Role : LockRole::None;
    if (OfPart == LockRole::Lock || OfPart == LockRole::Scope) {
      ByVariable[Part] = Index;
      Objects[Index].Name = Part;
    }
  }
}

void LockEvents::add(LockEvent Event, const void *At) {
  IsSomethingTaken |= Event.What == LockEvent::Take;
  ByPlace[At].push_back(Event);
}

/// Adds that whatever is known to hold the mutex \p Path lets it go.
void LockEvents::dropAll(llvm::StringRef Path, SourceLocation Place,
                         const void *At) {
  if (!isUncertain(Path))
    object(Path, nullptr);
  for (unsigned I = 0; I < Objects.size(); ++I)
    if (Objects[I].Path == Path || Objects[I].MutexPath == Path ||
        (isUncertain(Path) && isUncertain(Objects[I].Path)))
      add({LockEvent::Drop, I, Place}, At);
}

void LockEvents::addDeclaration(const VarDecl &Variable) {
  unsigned Index = ByVariable.lookup(&Variable);
  SourceLocation Place = Variable.getLocation();
  const CXXConstructExpr *Made = constructionOf(Variable.getInit());
  bool Adopts = false;
  llvm::SmallVector<std::string, 2> Arguments;
  if (Made && !Made->getConstructor()->isCopyOrMoveConstructor())
    for (const Expr *Each : Made->arguments()) {
      const CXXRecordDecl *Class = Each->getType()->getAsCXXRecordDecl();
      if (Class && Class->getIdentifier() && Class->hasDefinition() &&
          Class->isEmpty())
        Adopts |= Class->getName().contains_insensitive("adopt");
      else
        Arguments.push_back(targetPath(Each));
    }
  if (!Arguments.empty())
    Objects[Index].MutexPath = Arguments.front();
  if (Objects[Index].Role == LockRole::Relock) {
    for (const std::string &Path : Arguments) {
      object(Path, nullptr);
      for (unsigned I = 0; I < Objects.size(); ++I)
        if (I != Index &&
            (Objects[I].Path == Path || Objects[I].MutexPath == Path)) {
          add({LockEvent::Drop, I, Place}, &Variable);
          AtEnd[&Variable].push_back({LockEvent::Take, I, Place});
        }
    }
    return;
  }
  // mutex.lock(); std::lock_guard lock(mutex, std::adopt_lock);
  if (Adopts)
    for (const std::string &Path : Arguments)
      ByPlace[&Variable].push_back(
          {LockEvent::Drop, object(Path, nullptr), Place});
  if (Types.isHeldBy(Variable.getInit()))
    add({LockEvent::Take, Index, Place}, &Variable);
}

/// The path of what a call locks: also lock.mutex() and lock.release() of a
/// lock whose mutex is known.
std::string LockEvents::targetPath(const Expr *E) const {
  const Expr *Target = stripped(E);
  if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(Target))
    if (const auto *Pointer = dyn_cast<VarDecl>(Reference->getDecl());
        Pointer && Pointer->getType()->isPointerType() && Pointer->getInit())
      Target = stripped(Pointer->getInit());
  const auto *Site = dyn_cast_or_null<CXXMemberCallExpr>(Target);
  if (Site && Site->getNumArgs() == 0)
    if (auto Lock = variable(Site->getImplicitObjectArgument());
        Lock && !Objects[*Lock].MutexPath.empty() &&
        Site->getType()->isPointerType())
      return Objects[*Lock].MutexPath;
  return pathOf(E);
}

unsigned LockEvents::object(llvm::StringRef Path, const ValueDecl *Name) {
  for (unsigned I = 0; I < Objects.size(); ++I)
    if (Objects[I].Path == Path) {
      if (!Objects[I].Name)
        Objects[I].Name = Name;
      return I;
    }
  Objects.push_back({LockRole::Mutex, Name, nullptr, Path.str(), "", false});
  return Objects.size() - 1;
}

void LockEvents::addCall(const CallExpr &Site) {
  // lock_ = std::unique_lock(mutex_);
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Site);
  if (Operator && Operator->getOperator() == OO_Equal &&
      Types.classify(Operator->getArg(0)->getType()).Role == LockRole::Lock) {
    const Expr *To = Operator->getArg(0);
    if (variable(To))
      return;
    if (Types.isHeldBy(Operator->getArg(1)))
      add({LockEvent::Take, object(pathOf(To), namedBy(To)), Site.getExprLoc()},
          &Site);
    else
      dropAll(pathOf(To), Site.getExprLoc(), &Site);
    return;
  }
  // std::swap(lock, other)
  if (auto Both = swapped(Site)) {
    auto [First, Second] = *Both;
    add({LockEvent::Move, First, Site.getExprLoc(), Second}, &Site);
    add({LockEvent::Move, Second, Site.getExprLoc(), First}, &Site);
    return;
  }
  std::optional<LockCall> Found = Types.lockCall(Site);
  if (!Found) {
    addEffect(Types.effectOf(Site), Site);
    return;
  }
  SourceLocation Place = Site.getExprLoc();
  const CallExpr *Try = Found->Succeeds.empty() ? nullptr : &Site;
  // auto state = PyGILState_Ensure();
  if (Found->Targets.empty())
    if (const ValueDecl *Keeper = keeperOf(Site, Around))
      add({LockEvent::Take, object(pathOf(*Keeper), Keeper), Place}, &Site);
  for (const Expr *Target : Found->Targets) {
    std::optional<unsigned> Lock = variable(Target);
    std::string Path = targetPath(Target);
    LockClass Class =
        Lock ? Types.classify(Objects[*Lock].Variable->getType()) : LockClass();
    bool IsFilled = Class.IsCarrier && !Class.IsContainer &&
                    llvm::any_of(Site.arguments(), [](const Expr *Each) {
                      return !isa<CXXDefaultArgExpr>(Each);
                    });
    if (Found->Locks || IsFilled) {
      unsigned Taken = Lock ? *Lock : object(Path, namedBy(Target));
      add({LockEvent::Take, Taken, Place, 0, Try, Found->Succeeds}, &Site);
    } else if (Lock && Site.getType()->isPointerType() &&
               !Objects[*Lock].MutexPath.empty()) {
      // std::mutex *mutex = lock.release();
      std::string Mutex = Objects[*Lock].MutexPath;
      add({LockEvent::Move, *Lock, Place, object(Mutex, nullptr)}, &Site);
    } else if (Lock) {
      add({LockEvent::Drop, *Lock, Place}, &Site);
    } else {
      dropAll(Path, Place, &Site);
    }
  }
}

void LockEvents::addEffect(const LockEffect &Effect, const CallExpr &Site) {
  struct Net {
    bool Locks = false, Unlocks = false;
  };
  llvm::MapVector<std::string, Net, std::map<std::string, unsigned>> ByPath;
  for (const LockEffect::Act &Each : Effect.Acts)
    (Each.Locks ? ByPath[Each.Path].Locks : ByPath[Each.Path].Unlocks) = true;
  SourceLocation Place = Site.getExprLoc();
  for (const auto &[Path, Does] : ByPath) {
    if (Does.Unlocks && !Does.Locks)
      dropAll(Path, Place, &Site);
    if (!Does.Locks || Does.Unlocks || isUncertain(Path))
      continue;
    bool IsTry = Site.getType()->isBooleanType();
    add({LockEvent::Take, object(Path, nullptr), Place, 0,
         IsTry ? &Site : nullptr, IsTry ? "true" : ""},
        &Site);
  }
}

} // namespace clang::tidy::coro
