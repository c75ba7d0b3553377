// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_LOSTTASKCHECK_H
#define CORO_TIDY_CHECKS_LOSTTASKCHECK_H

#include "checks/CoroCheck.h"

namespace clang::tidy::coro {

/// Finds a coroutine given where the result of a callback is ignored, and a
/// task tested as a condition.
///
/// For the user-facing documentation see docs/checks/lost-task.md
class LostTaskCheck : public CoroCheck {
public:
  LostTaskCheck(llvm::StringRef Name, ClangTidyContext *Context,
                std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_LOSTTASKCHECK_H
