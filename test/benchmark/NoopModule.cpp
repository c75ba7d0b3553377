// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A plugin with a check that does nothing: what clang-tidy costs without us.

#include "llvm/Compat.h"

#include "clang-tidy/ClangTidyCheck.h"

namespace clang::tidy {
namespace {

class NoopModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    Factories.registerCheck<ClangTidyCheck>("noop-check");
  }
};

ClangTidyModuleRegistry::Add<NoopModule> Module("noop-module", "Does nothing.");

} // namespace
} // namespace clang::tidy
