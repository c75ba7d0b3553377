// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The checks as a module of clang-tidy; every door registers it.

#ifndef CORO_TIDY_PLUGIN_COROTIDYMODULE_H
#define CORO_TIDY_PLUGIN_COROTIDYMODULE_H

#include "checks/CoroCheck.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {

class CoroTidyModule : public ClangTidyModule {
public:
  /// The checks that it makes share \p State.
  explicit CoroTidyModule(
      std::shared_ptr<SharedState> State = std::make_shared<SharedState>())
      : State(std::move(State)) {}

  void addCheckFactories(ClangTidyCheckFactories &Factories) override;

private:
  std::shared_ptr<SharedState> State;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_PLUGIN_COROTIDYMODULE_H
