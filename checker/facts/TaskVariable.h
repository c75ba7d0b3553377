// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which variables hold a task that somebody has to use.

#ifndef CORO_TIDY_FACTS_TASKVARIABLE_H
#define CORO_TIDY_FACTS_TASKVARIABLE_H

#include "coroutine/TaskTypes.h"
#include "models/Models.h"
#include <memory>

namespace clang::tidy::coro {

/// A local variable, parameter or structured binding that holds a task.
struct TaskVariable {
  const ValueDecl *Declaration;
  TaskTraits Traits;        // of the task
  bool IsHolder;            // std::vector<Task<>>, std::optional<Task<>>
  bool IsContainer = false; // of any number of tasks
  bool IsSingleUse = false; // may be awaited once only
  bool MayBeEmpty = false;  // somewhere it holds no task
  bool IsAliased = false;   // others may use it under another name
};

/// The task that an object of the library class \p Owner holds, such as
/// std::optional<Task<>>; null if it holds none whose loss loses work.
const TaskTraits *taskHeldBy(const CXXRecordDecl &Owner, TaskTypes &Types,
                             const Models &Library);

/// What \p Declaration holds; null when losing it loses nothing.
std::unique_ptr<TaskVariable> taskVariable(const ValueDecl &Declaration,
                                           TaskTypes &Types,
                                           const Models &Library);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_TASKVARIABLE_H
