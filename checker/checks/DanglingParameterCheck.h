// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_DANGLINGPARAMETERCHECK_H
#define CORO_TIDY_CHECKS_DANGLINGPARAMETERCHECK_H

#include "checks/CoroCheck.h"
#include "summaries/DanglingParameters.h"

namespace clang::tidy::coro {

/// Finds a reference-like parameter that is used after a suspension, when what
/// it refers to may have died.
///
/// For the user-facing documentation see docs/checks/dangling-parameter.md
class DanglingParameterCheck : public CoroCheck {
public:
  DanglingParameterCheck(llvm::StringRef Name, ClangTidyContext *Context,
                         std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;
  void checkOptions() override;

private:
  void noteReason(TranslationUnit &Unit, const DanglingParameter &Found);
  void report(TranslationUnit &Unit, const DanglingParameter &Found);

  bool IsStrict = false;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_DANGLINGPARAMETERCHECK_H
