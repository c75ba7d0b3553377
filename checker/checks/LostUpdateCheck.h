// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_LOSTUPDATECHECK_H
#define CORO_TIDY_CHECKS_LOSTUPDATECHECK_H

#include "checks/CoroCheck.h"

namespace clang::tidy::coro {

struct LostUpdate;

/// Finds shared state that is read or checked before a suspension and written
/// or relied on after it.
///
/// For the user-facing documentation see docs/checks/lost-update.md
class LostUpdateCheck : public CoroCheck {
public:
  LostUpdateCheck(llvm::StringRef Name, ClangTidyContext *Context,
                  std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;

private:
  void report(TranslationUnit &Unit, const LostUpdate &Lost);
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_LOSTUPDATECHECK_H
