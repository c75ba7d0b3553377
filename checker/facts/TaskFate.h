// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the value of an expression that is a task, or holds one, goes.

#ifndef CORO_TIDY_FACTS_TASKFATE_H
#define CORO_TIDY_FACTS_TASKFATE_H

#include "coroutine/TaskTypes.h"
#include "facts/Parents.h"
#include "models/Models.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {

struct TaskFate {
  enum Kind {
    Awaited,   // co_await f(x)   co_await when_all(f(x), g(y))
    Finished,  // sync_wait(f(x))   f(x).get()
    Discarded, // f(x);
    Stored,    // auto t = f(x);   tasks.push_back(f(x));
    Returned,  // return f(x);
    Kept,      // pending_ = f(x);   [t = f(x)] { ... }
    Started,   // spawn(f(x));   f(x).detach();
    Unknown,
  };
  Kind What = Unknown;
  /// The local variable in which it is stored; the member in which it is kept.
  const ValueDecl *Variable = nullptr;
  /// By what; where that is unknown the call that takes it, if any.
  const Stmt *At = nullptr;
};

/// Whether an object of \p Type is, or holds, what can be awaited or iterated.
bool holdsTask(QualType Type, TaskTypes &Types);

/// Whether \p Site waits until something has ended: by its model, or its name.
bool isWait(const CallExpr &Site, const Models &Library);

/// The fate of the value of \p Task, which stands in the function of \p Around.
TaskFate fateOf(const Expr &Task, const Parents &Around, TaskTypes &Types,
                const Models &Library);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_TASKFATE_H
