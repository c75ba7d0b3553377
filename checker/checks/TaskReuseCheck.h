// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_TASKREUSECHECK_H
#define CORO_TIDY_CHECKS_TASKREUSECHECK_H

#include "checks/CoroCheck.h"

namespace clang::tidy::coro {

/// Finds a task awaited or consumed twice, or after a move, on some path.
///
/// For the user-facing documentation see docs/checks/task-reuse.md
class TaskReuseCheck : public CoroCheck {
public:
  TaskReuseCheck(llvm::StringRef Name, ClangTidyContext *Context,
                 std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_TASKREUSECHECK_H
