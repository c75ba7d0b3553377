// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_THREADLOCALACROSSSUSPENSIONCHECK_H
#define CORO_TIDY_CHECKS_THREADLOCALACROSSSUSPENSIONCHECK_H

#include "checks/CoroCheck.h"
#include "facts/ThreadValues.h"

namespace clang::tidy::coro {

/// Finds what belongs to a thread, kept from before a suspension and used after
/// it.
///
/// For the user-facing documentation see
/// docs/checks/thread-local-across-suspension.md
class ThreadLocalAcrossSuspensionCheck : public CoroCheck {
public:
  ThreadLocalAcrossSuspensionCheck(llvm::StringRef Name,
                                   ClangTidyContext *Context,
                                   std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;

private:
  void report(TranslationUnit &Unit, const ThreadValue &Found);
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_THREADLOCALACROSSSUSPENSIONCHECK_H
