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

  /// The options of the check.
  static llvm::ArrayRef<Option> options();

  /// What the check looks for under the options \p Values.
  static BlockingQuery queryOf(const OptionValues &Values);

protected:
  void checkUnit(TranslationUnit &Unit) override;
  void checkOptions() override;

private:
  struct Step;

  std::vector<Step> chainOf(const BlockingEffect &Finding) const;
  SourceLocation placeOf(TranslationUnit &Unit, const BlockingEffect &Finding,
                         const Step &Of) const;
  void report(TranslationUnit &Unit, const BlockingEffect &Finding);
  void reportStep(TranslationUnit &Unit, const BlockingEffect &Finding,
                  const Step &Of);
  void reportRemedy(TranslationUnit &Unit, const BlockingEffect &Finding,
                    const Step &Primitive);

  BlockingQuery Query;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_BLOCKINGCALLCHECK_H
