// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CORO_TIDY_CHECKS_STALEREFERENCECHECK_H
#define CORO_TIDY_CHECKS_STALEREFERENCECHECK_H

#include "checks/CoroCheck.h"

namespace clang::tidy::coro {

struct StaleReference;

/// Finds an iterator, reference, pointer or view into shared state that is used
/// after a suspension.
///
/// For the user-facing documentation see docs/checks/stale-reference.md
class StaleReferenceCheck : public CoroCheck {
public:
  StaleReferenceCheck(llvm::StringRef Name, ClangTidyContext *Context,
                      std::shared_ptr<SharedState> State);

protected:
  void checkUnit(TranslationUnit &Unit) override;

private:
  void report(TranslationUnit &Unit, const StaleReference &Stale,
              SourceLocation Place);
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_STALEREFERENCECHECK_H
