// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_DANGLINGARGUMENTCHECK_H
#define CORO_TIDY_CHECKS_DANGLINGARGUMENTCHECK_H

#include "checks/CoroCheck.h"
#include "summaries/Borrowing.h"

namespace clang::tidy::coro {

/// Finds a temporary or local that dies before the task that refers to it is
/// awaited.
///
/// For the user-facing documentation see docs/checks/dangling-argument.md
class DanglingArgumentCheck : public CoroCheck {
public:
  DanglingArgumentCheck(llvm::StringRef Name, ClangTidyContext *Context,
                        std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;

private:
  void report(TranslationUnit &Unit, const DanglingTask &Lost);
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_DANGLINGARGUMENTCHECK_H
