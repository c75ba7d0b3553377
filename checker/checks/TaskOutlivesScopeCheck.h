// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_TASKOUTLIVESSCOPECHECK_H
#define CORO_TIDY_CHECKS_TASKOUTLIVESSCOPECHECK_H

#include "checks/CoroCheck.h"
#include "facts/ReturnedTasks.h"

namespace clang::tidy::coro {

/// Finds a task returned out of a try block or from under a guard that ends
/// before it begins.
///
/// For the user-facing documentation see docs/checks/task-outlives-scope.md
class TaskOutlivesScopeCheck : public CoroCheck {
public:
  TaskOutlivesScopeCheck(llvm::StringRef Name, ClangTidyContext *Context,
                         std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;

private:
  /// \p Fix makes a coroutine of the function.
  void report(TranslationUnit &Unit, const EndedScope &Ended,
              llvm::ArrayRef<FixItHint> Fix);
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_TASKOUTLIVESSCOPECHECK_H
