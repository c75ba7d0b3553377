// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_DISCARDEDTASKCHECK_H
#define CORO_TIDY_CHECKS_DISCARDEDTASKCHECK_H

#include "checks/CoroCheck.h"
#include "facts/DiscardedValues.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {

/// Finds a task, awaitable or generator whose value is thrown away.
///
/// For the user-facing documentation see docs/checks/discarded-task.md
class DiscardedTaskCheck : public CoroCheck {
public:
  DiscardedTaskCheck(llvm::StringRef Name, ClangTidyContext *Context,
                     std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;
  void checkOptions() override;

private:
  void report(TranslationUnit &Unit, const DiscardedValue &Lost,
              const TaskTraits &Traits);

  bool AllowExplicitDiscard;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_DISCARDEDTASKCHECK_H
