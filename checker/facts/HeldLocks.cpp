// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/HeldLocks.h"
#include "clang/Basic/SourceManager.h"
#include <set>

namespace clang::tidy::coro {
namespace {

class Finder {
public:
  Finder(const FunctionDecl &Coroutine, const LockEvents &Events,
         const Flow &Order, Values &Seen)
      : Coroutine(Coroutine),
        Sources(Coroutine.getASTContext().getSourceManager()), Events(Events),
        Order(Order), Search(Coroutine, Order, Seen) {}

  std::vector<HeldLock> find();

private:
  /// Where an object is held: after the element Index of Block.
  struct Place {
    const CFGBlock *Block;
    size_t Index;
    unsigned Object;
  };

  void follow(Place From, const LockEvent &Taken);
  void suspendedAt(const CoroutineSuspendExpr &Await);

  const FunctionDecl &Coroutine;
  const SourceManager &Sources;
  const LockEvents &Events;
  const Flow &Order;
  Paths Search;
  /// The first suspension that the current search came to.
  const CoroutineSuspendExpr *First = nullptr;
};

void Finder::suspendedAt(const CoroutineSuspendExpr &Await) {
  if (!First || Sources.isBeforeInTranslationUnit(Await.getExprLoc(),
                                                  First->getExprLoc()))
    First = &Await;
}

/// Notes the suspensions that are the first ones after \p From with the object
/// held, and follows it to where it is moved.
void Finder::follow(Place From, const LockEvent &Taken) {
  std::vector<Place> Pending{From};
  std::set<std::pair<const Stmt *, unsigned>> Moved;
  while (!Pending.empty()) {
    Place Current = Pending.back();
    Pending.pop_back();
    const LockedObject &Object = Events.objects()[Current.Object];
    llvm::SmallVector<std::pair<CFGElement, unsigned>, 2> Moves;
    Search.search(
        *Current.Block, Current.Index, /*AtExit=*/false,
        [&](const CFGElement &Element) {
          for (const LockEvent &Each : Events.at(Element)) {
            if (Each.Object != Current.Object || Each.What == LockEvent::Take)
              continue;
            if (Each.What == LockEvent::Move)
              Moves.push_back({Element, Each.To});
            return Paths::Stop;
          }
          if (LockEvents::endsScopeOf(Element, Object))
            return Paths::Stop;
          const CoroutineSuspendExpr *Await = suspensionAt(Element);
          if (!Await || Events.isGivenTo(*Await, Object))
            return Paths::GoOn;
          suspendedAt(*Await);
          return Paths::Stop;
        },
        [&](const Expr &Condition, bool Outcome) {
          return Events.mayBeHeld(Object, Taken, Condition, Outcome);
        });
    for (const auto &[At, To] : Moves) {
      const Stmt *S = At.castAs<CFGStmt>().getStmt();
      if (!Moved.insert({S, To}).second)
        continue;
      for (const CFGBlock *Block : Order.blocks()) {
        size_t Index = 0;
        for (const CFGElement &Element : *Block) {
          ++Index;
          auto Statement = Element.getAs<CFGStmt>();
          if (Statement && Statement->getStmt() == S)
            Pending.push_back({Block, Index, To});
        }
      }
    }
  }
}

std::vector<HeldLock> Finder::find() {
  std::vector<HeldLock> Result;
  std::set<std::pair<const CoroutineSuspendExpr *, unsigned>> Known;
  auto Look = [&](Place From, const LockEvent &Taken) {
    First = nullptr;
    follow(From, Taken);
    // Taken on two ways to it: once per lock.
    if (!First || !Known.insert({First, From.Object}).second)
      return;
    const LockedObject &Object = Events.objects()[From.Object];
    Result.push_back(
        {Object.Role, Object.Name, Taken.Place, &Coroutine, First});
  };
  for (unsigned I = 0; I < Events.objects().size(); ++I)
    if (Events.objects()[I].IsHeldOnEntry)
      Look({&Order.entry(), 0, I},
           {LockEvent::Take, I, Events.objects()[I].Name->getLocation()});
  for (const CFGBlock *Block : Order.blocks()) {
    size_t Index = 0;
    for (const CFGElement &Element : *Block) {
      ++Index;
      for (const LockEvent &Each : Events.at(Element))
        if (Each.What == LockEvent::Take)
          Look({Block, Index, Each.Object}, Each);
    }
  }
  return Result;
}

/// Whether \p Coroutine has anything to do with locks: a cheap look.
bool concernsLocks(const FunctionDecl &Coroutine,
                   llvm::ArrayRef<const ValueDecl *> Locals, LockTypes &Types,
                   Values &Seen) {
  auto IsLock = [&](QualType Type) {
    LockRole Role = Types.classify(Type).Role;
    return Role != LockRole::None && Role != LockRole::Mutex;
  };
  return llvm::any_of(Locals,
                      [&](const ValueDecl *Each) {
                        const auto *Part = dyn_cast<BindingDecl>(Each);
                        const ValueDecl *Whole =
                            Part ? Part->getDecomposedDecl() : Each;
                        return IsLock(Whole->getType());
                      }) ||
         llvm::any_of(Seen.scan(Coroutine).Calls, [&](const CallExpr *Each) {
           const auto *OnObject = dyn_cast<CXXMemberCallExpr>(Each);
           bool IsOwn = OnObject && OnObject->getImplicitObjectArgument() &&
                        isa<CXXThisExpr>(OnObject->getImplicitObjectArgument()
                                             ->IgnoreParenImpCasts());
           return IsLock(Each->getType()) || Types.lockCall(*Each) ||
                  llvm::any_of(Each->arguments(),
                               [&](const Expr *Argument) {
                                 return IsLock(Argument->getType());
                               }) ||
                  (IsOwn && Types.effectOf(*Each).locks());
         });
}

} // namespace

std::vector<HeldLock> heldLocks(const FunctionDecl &Coroutine,
                                llvm::ArrayRef<const ValueDecl *> Locals,
                                LockTypes &Types, Values &Seen) {
  if (!concernsLocks(Coroutine, Locals, Types, Seen))
    return {};
  LockEvents Events(Coroutine, Locals, Types, Seen);
  if (Events.isEmpty())
    return {};
  Flow Order(Coroutine, Flow::References);
  if (!Order.isKnown())
    return {};
  return Finder(Coroutine, Events, Order, Seen).find();
}

} // namespace clang::tidy::coro
