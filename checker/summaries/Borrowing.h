// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tasks that refer to what their caller lent them: which arguments the task
// that a function returns, or starts, refers to, and where it outlives them.

#ifndef CORO_TIDY_SUMMARIES_BORROWING_H
#define CORO_TIDY_SUMMARIES_BORROWING_H

#include "facts/Referents.h"
#include "facts/TaskFate.h"
#include "summaries/TranslationUnit.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {

/// Some of what a function is called with.
struct Borrowed {
  bool Object = false; // what it is called on; of a lambda its closure
  llvm::SmallSetVector<unsigned, 2> Parameters;
  llvm::SmallSetVector<unsigned, 2> Viewed; // what a view in them refers to
  /// Parameters, not of lambda type, that it calls for a task: a closure in
  /// them is borrowed by that.
  llvm::SmallSetVector<unsigned, 1> Called;

  bool isEmpty() const {
    return !Object && Parameters.empty() && Viewed.empty() && Called.empty();
  }
};

struct Borrows {
  Borrowed ByResult;  // Task<> f(const T &p) { ... co_await ...; use(p); }
  Borrowed ByStarted; // void f(const T &p) { spawn(g(p)); }
};

/// A task that outlives what it refers to.
struct DanglingTask {
  const CallExpr *Site; // the call that lends
  Referent Lent;
  /// By which it is lent; null for the object of a method.
  const ParmVarDecl *Parameter;
  TaskFate Fate; // of the task
  /// The lambda coroutine whose captures die; null for another object.
  const CXXRecordDecl *Closure;
  const FunctionDecl *Within;
  /// Nobody can wait for the coroutine, so its parameter is to blame, not the
  /// call.
  bool ByForgotten = false;
};

class Borrowing {
public:
  explicit Borrowing(TranslationUnit &Unit) : Unit(Unit) {}

  /// All of the unit. Instantiations of one template share their places.
  llvm::ArrayRef<DanglingTask> findings();

  /// Once findings() were asked for: the tasks that run by themselves, and
  /// refer to what is not known to live on: what the caller was itself lent, or
  /// its object.
  llvm::ArrayRef<DanglingTask> leftAlone() const { return Alone; }

  /// Once findings() were asked for: whether who calls a coroutine by \p Site,
  /// which nobody can wait for, is seen to wait in another way before what it
  /// gives for the parameter \p Index ends.
  bool isWaitedForBy(const CallExpr &Site, unsigned Index) const {
    return Waited.contains({&Site, Index});
  }

  const Borrows &borrowsOf(const FunctionDecl &Function);

  /// Whether \p Local, of the function around it, lives until \p Task has
  /// ended: it may be lent to it, too.
  bool isKeptFor(const DanglingTask &Task, const VarDecl &Local);

private:
  struct Summary {
    Borrows What;
    std::vector<DanglingTask> Dangling;
    std::vector<DanglingTask> LeftAlone;
    bool IsLookedAt = false;
  };
  enum class Outcome { Fine, Dies, InResult, Started };

  Summary &summaryOf(const FunctionDecl &Function);
  void setByAttributes(const FunctionDecl &Function, Borrowed &Result);
  bool isDeclaredToBorrow(const FunctionDecl &Function);
  void setByDeclaration(const FunctionDecl &Function, Borrowed &Result);
  void setByFrame(const FunctionDecl &Coroutine, Borrowed &Result);
  bool makesTask(const FunctionDecl &Function);
  bool mayLend(const FunctionDecl &Function);
  bool holdsTaskOrRuns(QualType Type);
  void look(const FunctionDecl &Function, Summary &Result);
  void lookAtCall(const LocalUses &Uses, const CallExpr &Site, Summary &Result);
  void lookAtLent(const LocalUses &Uses, const CallExpr &Site,
                  const Borrowed &What, const TaskFate &Fate, bool IsEager,
                  Summary &Result);
  void judge(const LocalUses &Uses, DanglingTask Lent, bool IsEager,
             bool IsCalled, Summary &Result);
  Outcome outcomeOf(const LocalUses &Uses, const DanglingTask &Lent,
                    bool IsEager);
  Outcome outcomeOfStored(const LocalUses &Uses, const DanglingTask &Lent);
  TaskFate fateOfMade(const LocalUses &Uses, const CallExpr &Task);
  Outcome outcomeOfStarted(const LocalUses &Uses, const DanglingTask &Lent,
                           const Stmt &Handover);
  bool waitsAtEnd(const VarDecl &Local);
  bool isWaitedFor(const LocalUses &Uses, const Stmt &Handover,
                   const Stmt *Scope, const Stmt *Made);
  const CXXRecordDecl *closureIn(const Expr *Value, const FunctionDecl &Within);
  const CXXRecordDecl *lentClosure(QualType Type);

  TranslationUnit &Unit;
  std::unordered_map<const FunctionDecl *, Summary> Known;
  llvm::DenseMap<const FunctionDecl *, bool> Makers;
  std::optional<std::vector<DanglingTask>> Found;
  std::vector<DanglingTask> Alone;
  llvm::DenseSet<std::pair<const CallExpr *, unsigned>> Waited;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_BORROWING_H
