// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The locks and mutexes that one function has to do with, and what it does to
// them.

#ifndef CORO_TIDY_FACTS_LOCKEVENTS_H
#define CORO_TIDY_FACTS_LOCKEVENTS_H

#include "facts/LockTypes.h"
#include "facts/Parents.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Analysis/CFG.h"
#include "llvm/ADT/DenseMap.h"
#include <vector>

namespace clang::tidy::coro {

/// What may be held: a variable that holds a lock, or a mutex by itself.
struct LockedObject {
  LockRole Role;
  const ValueDecl *Name;   // may be null
  const VarDecl *Variable; // whose scope ends it; null for a mutex
  std::string Path;
  std::string MutexPath; // of the mutex that a lock was made from
  bool IsHeldOnEntry = false;
  const CXXBindTemporaryExpr *Temporary = nullptr; // that is the lock
};

struct LockEvent {
  enum Kind {
    Take, // lock.lock()   std::lock_guard lock(mutex);
    Drop, // lock.unlock()   f(std::move(lock))   f(lock)
    Move, // other = std::move(lock);
  };
  Kind What;
  unsigned Object;
  SourceLocation Place;
  unsigned To = 0;               // of a move
  const CallExpr *Try = nullptr; // what tells whether it was taken
  llvm::StringRef Succeeds = {}; // the answer that says so
};

class LockEvents {
public:
  /// \p Locals are the local variables of class type of \p Function.
  LockEvents(const FunctionDecl &Function,
             llvm::ArrayRef<const ValueDecl *> Locals, LockTypes &Types,
             Values &Seen);

  llvm::ArrayRef<LockedObject> objects() const { return Objects; }

  /// Whether nothing is ever taken.
  bool isEmpty() const { return !IsSomethingTaken; }

  /// What happens at \p Element.
  llvm::ArrayRef<LockEvent> at(const CFGElement &Element) const;

  /// Whether \p Element ends the scope of \p Object.
  static bool endsScopeOf(const CFGElement &Element,
                          const LockedObject &Object);

  /// Whether \p Await is given \p Object, to give it up while it waits:
  ///   co_await condition.wait(lock)
  bool isGivenTo(const CoroutineSuspendExpr &Await,
                 const LockedObject &Object) const;

  /// Whether \p Object may be held where \p Condition has \p Outcome, if it
  /// was taken by \p Taken.
  bool mayBeHeld(const LockedObject &Object, const LockEvent &Taken,
                 const Expr &Condition, bool Outcome) const;

private:
  void addLocals(llvm::ArrayRef<const ValueDecl *> Locals);
  void addDeclaration(const VarDecl &Variable);
  void addCall(const CallExpr &Site);
  void addEffect(const LockEffect &Effect, const CallExpr &Site);
  void addReference(const DeclRefExpr &Reference);
  void addUse(const DeclRefExpr &Reference, const Stmt &Current,
              const Stmt &Parent, unsigned Object);
  void addMoved(const DeclRefExpr &Reference, const Stmt *Parent,
                unsigned Object);
  void addTemporary(const CXXBindTemporaryExpr &Temporary);
  void addKeptLambda(const LambdaExpr &Lambda);
  void add(LockEvent Event, const void *At);

  std::optional<unsigned> variable(const Expr *E) const;
  std::optional<std::pair<unsigned, unsigned>>
  swapped(const CallExpr &Site) const;
  unsigned object(llvm::StringRef Path, const ValueDecl *Name);
  std::string targetPath(const Expr *E) const;
  void dropAll(llvm::StringRef Path, SourceLocation Place, const void *At);

  const FunctionDecl &Function;
  LockTypes &Types;
  Values &Seen;
  Parents Around;
  std::vector<LockedObject> Objects;
  bool IsSomethingTaken = false;
  llvm::DenseMap<const ValueDecl *, unsigned> ByVariable;
  /// By statement, or by the variable that is declared.
  llvm::DenseMap<const void *, llvm::SmallVector<LockEvent, 1>> ByPlace;
  llvm::DenseMap<const VarDecl *, llvm::SmallVector<LockEvent, 1>> AtEnd;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_LOCKEVENTS_H
