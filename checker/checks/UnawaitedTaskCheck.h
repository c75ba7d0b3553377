// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_UNAWAITEDTASKCHECK_H
#define CORO_TIDY_CHECKS_UNAWAITEDTASKCHECK_H

#include "checks/CoroCheck.h"

namespace clang::tidy::coro {

/// Finds a local task that on some path is neither awaited, moved, returned nor
/// handed on.
///
/// For the user-facing documentation see docs/checks/unawaited-task.md
class UnawaitedTaskCheck : public CoroCheck {
public:
  UnawaitedTaskCheck(llvm::StringRef Name, ClangTidyContext *Context,
                     std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;

private:
  void noteDecision(TranslationUnit &Unit, const Way::Branch &Decision);
  void report(TranslationUnit &Unit, const LostTask &Lost);
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_UNAWAITEDTASKCHECK_H
