// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_BLOCKINGCALLCHECK_H
#define CORO_TIDY_CHECKS_BLOCKINGCALLCHECK_H

#include "checks/CoroCheck.h"
#include "summaries/Blocking.h"

namespace clang::tidy::coro {

/// Finds a call that blocks the thread, in a coroutine or an awaiter, directly
/// or through other functions.
///
/// For the user-facing documentation see docs/checks/blocking-call.md
class BlockingCallCheck : public CoroCheck {
public:
  BlockingCallCheck(llvm::StringRef Name, ClangTidyContext *Context,
                    std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;
  void checkOptions() override;

private:
  void report(TranslationUnit &Unit, const BlockingEffect &Finding);
  void reportStep(TranslationUnit &Unit, const BlockingEffect &Step);
  void reportRemedy(TranslationUnit &Unit, const BlockingEffect &Finding,
                    const BlockingEffect &Primitive);

  BlockingQuery Query;
  unsigned MaxChain = 0;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_BLOCKINGCALLCHECK_H
