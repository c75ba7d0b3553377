// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the mentions of a lock do to it.

#include "coroutine/Coroutines.h"
#include "facts/LockEvents.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::coro {
namespace {

/// What a function may do with an argument that it is given.
enum class Given { Proof, Unknown };

/// What \p Callee may do with what it is given as \p Parameter: nothing with a
/// copy or a constant reference; a function of a library gives it back as it
/// was, as wait(lock) does; what a body in sight does is seen.
Given givenTo(const FunctionDecl *Callee, unsigned Parameter) {
  if (!Callee || Parameter >= Callee->getNumParams())
    return Given::Unknown;
  QualType Type = Callee->getParamDecl(Parameter)->getType();
  if (!Type->isReferenceType() || Type.getNonReferenceType().isConstQualified())
    return Given::Proof;
  if (Callee->getIdentifier() && Callee->getName() == "swap")
    return Given::Unknown;
  const SourceManager &Sources = Callee->getASTContext().getSourceManager();
  if (Sources.isInSystemHeader(Callee->getLocation()))
    return Given::Proof;
  const FunctionDecl *Definition = nullptr;
  return Callee->hasBody(Definition) && !coroutineBody(*Definition)
             ? Given::Proof
             : Given::Unknown;
}

/// The position of \p Argument among \p Arguments.
template <typename Range>
unsigned positionOf(const Stmt &Argument, Range Arguments) {
  unsigned Position = 0;
  for (const Expr *Each : Arguments) {
    if (Each == &Argument)
      break;
    ++Position;
  }
  return Position;
}

bool isMoveConstruction(const Stmt &S) {
  const auto *Construct = dyn_cast<CXXConstructExpr>(&S);
  return Construct && Construct->getConstructor()->isMoveConstructor();
}

bool isCastToMove(const Stmt &S) {
  const auto *Site = dyn_cast<CallExpr>(&S);
  const auto *Cast = dyn_cast<ExplicitCastExpr>(&S);
  return (Site && Site->isCallToStdMove()) || (Cast && Cast->isXValue());
}

bool reachesInto(const Stmt &S) {
  const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&S);
  return Operator && (Operator->getOperator() == OO_Star ||
                      Operator->getOperator() == OO_Arrow);
}

} // namespace

void LockEvents::addReference(const DeclRefExpr &Reference) {
  unsigned Object = ByVariable.lookup(Reference.getDecl());
  bool IsMoved = false;
  const Stmt *Current = &Reference;
  const Stmt *Parent = Around.of(Current);
  for (; Parent; Current = Parent, Parent = Around.of(Parent)) {
    if (isCastToMove(*Parent) || isMoveConstruction(*Parent)) {
      IsMoved = true;
      continue;
    }
    // access.lock of a variable that has the lock as a member
    const auto *Member = dyn_cast<MemberExpr>(Parent);
    if (Member && isa<FieldDecl>(Member->getMemberDecl())) {
      LockRole Role = Types.classify(Member->getType()).Role;
      if (Role != LockRole::Lock && Role != LockRole::Scope)
        return;
      continue;
    }
    if (!passesValueOn(*Parent) && !reachesInto(*Parent))
      break;
  }
  if (!Parent)
    return;
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Parent);
      Operator && Operator->getOperator() == OO_Equal) {
    auto To = variable(Operator->getArg(0));
    if (Operator->getArg(0) != Current) {
      if (To && IsMoved)
        add({LockEvent::Move, Object, Reference.getLocation(), *To},
            &Reference);
      return;
    }
    // lock = {};   lock = std::unique_lock(mutex);   hold = std::nullopt;
    const Expr *Value = Operator->getArg(1);
    if (Types.isHeldBy(Value))
      add({LockEvent::Take, Object, Operator->getExprLoc()}, Operator);
    else if (!variable(Value))
      add({LockEvent::Drop, Object, Operator->getExprLoc()}, Operator);
    return;
  }
  if (IsMoved)
    return addMoved(Reference, Parent, Object);
  addUse(Reference, *Current, *Parent, Object);
}

/// A lock that is moved from, or returned, is somebody else's.
void LockEvents::addMoved(const DeclRefExpr &Reference, const Stmt *Parent,
                          unsigned Object) {
  LockEvent Event{LockEvent::Drop, Object, Reference.getLocation()};
  while (isa_and_nonnull<Expr>(Parent) && !isa<CallExpr, LambdaExpr>(Parent))
    Parent = Around.of(Parent);
  const auto *Declaration = dyn_cast_or_null<DeclStmt>(Parent);
  if (Declaration && Declaration->isSingleDecl()) {
    auto To =
        ByVariable.find(dyn_cast<ValueDecl>(Declaration->getSingleDecl()));
    if (To != ByVariable.end()) {
      Event.What = LockEvent::Move;
      Event.To = To->second;
    }
  }
  add(Event, &Reference);
}

void LockEvents::addUse(const DeclRefExpr &Reference, const Stmt &Current,
                        const Stmt &Parent, unsigned Object) {
  LockEvent Drop{LockEvent::Drop, Object, Reference.getLocation()};
  // for (auto &lock : locks) lock.unlock();
  bool IsLoop =
      isa<DeclStmt>(Parent) && Types.classify(Reference.getType()).IsContainer;
  if (isa<ReturnStmt, CoreturnStmt>(Parent) || IsLoop)
    return add(Drop, &Reference);
  if (const auto *Address = dyn_cast<UnaryOperator>(&Parent)) {
    if (Address->getOpcode() == UO_AddrOf)
      add(Drop, &Reference);
    return;
  }
  if (const auto *Site = dyn_cast<CallExpr>(&Parent)) {
    if (Site->getCallee() == &Current || Types.lockCall(*Site) ||
        swapped(*Site))
      return;
    unsigned Position = positionOf(Current, Site->arguments());
    bool HasObject = isa<CXXOperatorCallExpr>(Site) &&
                     isa_and_nonnull<CXXMethodDecl>(Site->getDirectCallee());
    if (HasObject && Position == 0)
      return;
    if (givenTo(Site->getDirectCallee(), Position - HasObject) ==
        Given::Unknown)
      add(Drop, &Reference);
  } else if (const auto *Made = dyn_cast<CXXConstructExpr>(&Parent)) {
    LockRole Role = Types.classify(Made->getType()).Role;
    if (Role != LockRole::Relock &&
        givenTo(Made->getConstructor(),
                positionOf(Current, Made->arguments())) == Given::Unknown)
      add(Drop, &Reference);
  }
}

/// A lock that lives to the end of its full-expression, and of which only a
/// part is used: state.lock()->rows.push_back(co_await read());
void LockEvents::addTemporary(const CXXBindTemporaryExpr &Temporary) {
  LockRole Role = Types.classify(Temporary.getType()).Role;
  if (Role != LockRole::Lock && Role != LockRole::Scope)
    return;
  const Stmt *Part = &Temporary;
  const Stmt *User = Around.of(Part);
  bool IsKept = false;
  while (User && isa<CastExpr, ParenExpr, MaterializeTemporaryExpr>(User)) {
    const auto *Kept = dyn_cast<MaterializeTemporaryExpr>(User);
    if (Kept && Kept->getExtendingDecl())
      return;
    IsKept |= Kept != nullptr;
    Part = User;
    User = Around.of(Part);
  }
  if (!User || !IsKept)
    return;
  // co_await read(position(std::unique_lock(mutex)))
  const auto *Site = dyn_cast<CallExpr>(User);
  bool IsShown = Site && !isa<CXXOperatorCallExpr>(Site) &&
                 Site->getCallee() != Part && cast<Expr>(Part)->isLValue() &&
                 givenTo(Site->getDirectCallee(),
                         positionOf(*Part, Site->arguments())) == Given::Proof;
  const Expr *Made = Temporary.getSubExpr()->IgnoreImplicit();
  if ((isa<MemberExpr>(User) || reachesInto(*User) || IsShown) &&
      Types.isHeldBy(Made)) {
    Objects.push_back({Role, nullptr, nullptr, "temporary", "", false});
    Objects.back().Temporary = &Temporary;
    add({LockEvent::Take, unsigned(Objects.size() - 1), Made->getExprLoc()},
        Made);
  }
}

/// A lambda that unlocks, and that an object is given to run it later:
///   auto unlock = finally([&] { mutex.unlock(); });
void LockEvents::addKeptLambda(const LambdaExpr &Lambda) {
  const CXXMethodDecl *Body = Lambda.getCallOperator();
  if (!Body || Body->isDependentContext() || !Types.effectOf(*Body).unlocks())
    return;
  const Stmt *Keeper = Around.of(&Lambda);
  bool IsGiven = false;
  for (; isa_and_nonnull<Expr>(Keeper); Keeper = Around.of(Keeper))
    IsGiven |= isa<CallExpr>(Keeper) ||
               (isa<CXXConstructExpr>(Keeper) && !isMoveConstruction(*Keeper));
  if (!IsGiven)
    return;
  const VarDecl *Guard = nullptr;
  const auto *Declaration = dyn_cast_or_null<DeclStmt>(Keeper);
  if (Declaration && Declaration->isSingleDecl())
    Guard = dyn_cast<VarDecl>(Declaration->getSingleDecl());
  if (Guard && Types.classify(Guard->getType()).Role != LockRole::None)
    return;
  for (const LockEffect::Act &Each : Types.effectOf(*Body).Acts) {
    for (unsigned I = 0, Count = Objects.size(); I < Count; ++I) {
      if (Each.Locks || Objects[I].Path != Each.Path)
        continue;
      LockEvent Event{LockEvent::Drop, I, Lambda.getBeginLoc()};
      if (Guard) {
        Objects.push_back({LockRole::Mutex, Objects[I].Name, Guard,
                           pathOf(*Guard), Objects[I].Path, false});
        Event.What = LockEvent::Move;
        Event.To = Objects.size() - 1;
        add(Event, Guard);
      } else {
        add(Event, &Lambda);
      }
    }
  }
}

llvm::ArrayRef<LockEvent> LockEvents::at(const CFGElement &Element) const {
  const void *Place = nullptr;
  if (auto Statement = Element.getAs<CFGStmt>()) {
    Place = Statement->getStmt();
    if (const auto *Declaration = dyn_cast<DeclStmt>(Statement->getStmt()))
      Place = Declaration->isSingleDecl()
                  ? dyn_cast<VarDecl>(Declaration->getSingleDecl())
                  : nullptr;
  } else if (auto End = Element.getAs<CFGAutomaticObjDtor>()) {
    auto Found = AtEnd.find(End->getVarDecl());
    return Found == AtEnd.end() ? llvm::ArrayRef<LockEvent>()
                                : llvm::ArrayRef<LockEvent>(Found->second);
  }
  auto Found = ByPlace.find(Place);
  return Found == ByPlace.end() ? llvm::ArrayRef<LockEvent>()
                                : llvm::ArrayRef<LockEvent>(Found->second);
}

bool LockEvents::endsScopeOf(const CFGElement &Element,
                             const LockedObject &Object) {
  if (auto Temporary = Element.getAs<CFGTemporaryDtor>())
    return Temporary->getBindTemporaryExpr() == Object.Temporary;
  auto End = Element.getAs<CFGAutomaticObjDtor>();
  return End && Object.Variable && End->getVarDecl() == Object.Variable;
}

} // namespace clang::tidy::coro
