// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_LOCKACROSSSUSPENSIONCHECK_H
#define CORO_TIDY_CHECKS_LOCKACROSSSUSPENSIONCHECK_H

#include "checks/CoroCheck.h"
#include "facts/HeldLocks.h"

namespace clang::tidy::coro {

/// Finds a lock or another scope of the thread that is held where its coroutine
/// may be suspended.
///
/// For the user-facing documentation see docs/checks/lock-across-suspension.md
class LockAcrossSuspensionCheck : public CoroCheck {
public:
  LockAcrossSuspensionCheck(llvm::StringRef Name, ClangTidyContext *Context,
                            std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;

private:
  void report(TranslationUnit &Unit, const HeldLock &Held);
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_LOCKACROSSSUSPENSIONCHECK_H
