// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_IGNOREDRESULTCHECK_H
#define CORO_TIDY_CHECKS_IGNOREDRESULTCHECK_H

#include "checks/CoroCheck.h"

namespace clang::tidy::coro {

/// Finds an error or [[nodiscard]] result of co_await that nobody looks at.
///
/// For the user-facing documentation see docs/checks/ignored-result.md
class IgnoredResultCheck : public CoroCheck {
public:
  IgnoredResultCheck(llvm::StringRef Name, ClangTidyContext *Context,
                     std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_IGNOREDRESULTCHECK_H
