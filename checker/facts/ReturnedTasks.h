// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The lazy tasks that an ordinary function returns, and what ends at that
// return though it was to last while the task runs.

#ifndef CORO_TIDY_FACTS_RETURNEDTASKS_H
#define CORO_TIDY_FACTS_RETURNEDTASKS_H

#include "facts/LocalUses.h"
#include "facts/TaskFate.h"
#include "facts/Values.h"

namespace clang::tidy::coro {

struct ReturnedTask {
  const ReturnStmt *Return;
  const CallExpr *Made;        // the call that makes the task
  const VarDecl *In = nullptr; // the local variable that holds it meanwhile
};

/// What ends at a return while the returned task has not begun.
struct EndedScope {
  ReturnedTask Task;
  const CXXTryStmt *Try = nullptr; // try { return f(); } catch (...) { }
  const VarDecl *Guard = nullptr;  // std::lock_guard lock(m);  return f();
};

class ReturnedTasks {
public:
  ReturnedTasks(const LocalUses &Uses, TaskTypes &Types, Values &Seen,
                const Models &Library)
      : Uses(Uses), Types(Types), Seen(Seen), Library(Library) {}

  std::vector<EndedScope> endedScopes();

private:
  void addMakers(const ReturnStmt &Return, const Expr *Value, const VarDecl *In,
                 std::vector<ReturnedTask> &Result, unsigned Depth = 0);
  bool makes(const CallExpr &Site);
  const CXXTryStmt *tryAround(const ReturnedTask &Task) const;
  bool isGuard(const VarDecl &Local) const;
  bool isHeldAt(const VarDecl &Local, const ReturnedTask &Task);
  bool isLock(const VarDecl &Local) const;
  bool isForOthers(const VarDecl &Lock, const ReturnedTask &Task) const;

  const LocalUses &Uses;
  TaskTypes &Types;
  Values &Seen;
  const Models &Library;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_RETURNEDTASKS_H
