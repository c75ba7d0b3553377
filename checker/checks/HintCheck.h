// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Hints say what could be done better, not what is wrong. So nobody gets them
// unasked, as those who turn all checks on.

#ifndef CORO_TIDY_CHECKS_HINTCHECK_H
#define CORO_TIDY_CHECKS_HINTCHECK_H

#include "checks/CoroCheck.h"

namespace clang::tidy::coro {

/// The base of checks that give hints. It is silent unless the configuration
/// names the check in full, as in "-*,coro-polling-loop", or asks for hints by
/// the option Hints. It declares the options of all hints.
class HintCheck : public CoroCheck {
public:
  HintCheck(llvm::StringRef Name, ClangTidyContext *Context,
            std::shared_ptr<SharedState> State);

protected:
  void checkOptions() override;

  /// Reports what the check finds in \p Unit, if it is asked.
  virtual void findHints(TranslationUnit &Unit) = 0;

private:
  void checkUnit(TranslationUnit &Unit) final;

  bool IsAsked;
};

/// Whether \p Globs, the option Checks of clang-tidy, turn the check \p Name on
/// by its full name: "coro-*,coro-a" does for coro-a, "coro-*" and
/// "coro-a,-coro-*" do not.
bool namesCheck(llvm::StringRef Globs, llvm::StringRef Name);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_HINTCHECK_H
