// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether somebody waits for a task before what it was lent dies.

#include "facts/TaskCalls.h"
#include "summaries/Borrowing.h"

namespace clang::tidy::coro {
namespace {

/// Whether \p Mention, of an object, is in the condition of a loop that goes
/// round without \p Handover:   while (pending.load() > 0) ;
bool isSpunOn(const Expr &Mention, const Stmt &Handover,
              const LocalUses &Uses) {
  const Stmt *Inner = &Mention;
  const Stmt *Outer = Uses.around().of(Inner);
  for (; isa_and_nonnull<Expr>(Outer);
       Inner = Outer, Outer = Uses.around().of(Outer))
    ;
  const auto *While = dyn_cast_or_null<WhileStmt>(Outer);
  const auto *Do = dyn_cast_or_null<DoStmt>(Outer);
  return ((While && While->getCond() == Inner) ||
          (Do && Do->getCond() == Inner)) &&
         Mention.getType()->isRecordType() && !Uses.isWithin(Handover, *Outer);
}

/// Whether \p Local waits for what it was given when it ends, as a pool does.
bool endsOthers(const ValueDecl &Local) {
  const auto *Variable = dyn_cast<VarDecl>(&Local);
  const CXXRecordDecl *Class = Variable && Variable->hasLocalStorage()
                                   ? Variable->getType()->getAsCXXRecordDecl()
                                   : nullptr;
  const CXXDestructorDecl *End =
      Class && Class->hasDefinition() ? Class->getDestructor() : nullptr;
  return End && End->isUserProvided() && !Class->isInStdNamespace();
}

} // namespace

/// Whether, before \p Scope ends, something waits for what \p Handover gave
/// away: a co_await of what the hand-over mentions, or any call that waits.
bool Borrowing::isWaitedFor(const LocalUses &Uses, const Stmt &Handover,
                            const Stmt *Scope, const Stmt *Made) {
  if (!Scope)
    return true;
  const Stmt *Whole = &Handover; // with what it declares
  while (const Stmt *Outer = Uses.around().of(Whole)) {
    if (isa<CompoundStmt>(Outer) || Outer == Scope)
      break;
    Whole = Outer;
    if (isa<DeclStmt>(Whole))
      break;
  }
  llvm::SmallVector<const ValueDecl *, 4> Related = Uses.mentionedIn(*Whole);
  if (const auto *Declaration = dyn_cast<DeclStmt>(Whole))
    for (const Decl *Each : Declaration->decls())
      if (const auto *Declared = dyn_cast<ValueDecl>(Each))
        Related.push_back(Declared);
  // auto job = [&] { ... done.set(); };  spawn(job())
  for (size_t I = 0, End = Related.size(); I < End; ++I)
    if (const auto *Variable = dyn_cast<VarDecl>(Related[I]))
      if (const DeclStmt *Declaration = Uses.declarationOf(*Variable))
        Related.append(Uses.mentionedIn(*Declaration));
  auto IsRelated = [&](const Stmt &S) {
    return llvm::any_of(Uses.mentionedIn(S), [&](const ValueDecl *Each) {
      return llvm::is_contained(Related, Each);
    });
  };
  auto IsLater = [&](const Stmt &S) {
    return Uses.mayFollow(S, Handover, *Scope);
  };
  for (const CoroutineSuspendExpr *Await : Uses.awaits())
    if (IsLater(*Await) && IsRelated(*Await->getOperand()))
      return true;
  // loop.run();   sync_wait([&]() -> Task<> { co_await task; }())
  for (const CallExpr *Site : Uses.calls())
    if ((IsLater(*Site) ||
         (Site != &Handover && Uses.isWithin(Handover, *Site))) &&
        isWait(*Site, Unit.models()))
      return true;
  for (const ValueDecl *Each : Related)
    for (const Expr *Mention : Uses.mentionsOf(*Each))
      if (IsLater(*Mention) && isSpunOn(*Mention, Handover, Uses))
        return true;
  // ThreadPool pool;  post(pool, f(local));  - what the task itself is given
  // does not wait for it.
  llvm::SmallVector<const ValueDecl *, 4> OfTask;
  if (Made)
    OfTask = Uses.mentionedIn(*Made);
  return llvm::any_of(Related, [&](const ValueDecl *Each) {
    return !llvm::is_contained(OfTask, Each) && endsOthers(*Each) &&
           !holdsTask(Each->getType(), Unit.taskTypes());
  });
}

} // namespace clang::tidy::coro
