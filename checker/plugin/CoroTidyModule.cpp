// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The table of contents of the checks, and the door through which clang-tidy
// comes in.

#include "checks/BlockingCallCheck.h"
#include "checks/DanglingArgumentCheck.h"
#include "checks/DanglingCaptureCheck.h"
#include "checks/DanglingParameterCheck.h"
#include "checks/DiscardedTaskCheck.h"
#include "checks/IgnoredResultCheck.h"
#include "checks/LockAcrossSuspensionCheck.h"
#include "checks/LostTaskCheck.h"
#include "checks/LostUpdateCheck.h"
#include "checks/StaleReferenceCheck.h"
#include "checks/TaskOutlivesScopeCheck.h"
#include "checks/TaskReuseCheck.h"
#include "checks/ThreadLocalAcrossSuspensionCheck.h"
#include "checks/UnawaitedTaskCheck.h"
#include "plugin/Host.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {
namespace {

class CoroTidyModule : public ClangTidyModule {
public:
  void addCheckFactories(ClangTidyCheckFactories &Factories) override {
    auto State = std::make_shared<SharedState>();
    registerCheck<BlockingCallCheck>("coro-blocking-call", Factories, State);
    registerCheck<DanglingArgumentCheck>("coro-dangling-argument", Factories,
                                         State);
    registerCheck<DanglingCaptureCheck>("coro-dangling-capture", Factories,
                                        State);
    registerCheck<DanglingParameterCheck>("coro-dangling-parameter", Factories,
                                          State);
    registerCheck<DiscardedTaskCheck>("coro-discarded-task", Factories, State);
    registerCheck<UnawaitedTaskCheck>("coro-unawaited-task", Factories, State);
    registerCheck<TaskReuseCheck>("coro-task-reuse", Factories, State);
    registerCheck<LostTaskCheck>("coro-lost-task", Factories, State);
    registerCheck<IgnoredResultCheck>("coro-ignored-result", Factories, State);
    registerCheck<LockAcrossSuspensionCheck>("coro-lock-across-suspension",
                                             Factories, State);
    registerCheck<ThreadLocalAcrossSuspensionCheck>(
        "coro-thread-local-across-suspension", Factories, State);
    registerCheck<TaskOutlivesScopeCheck>("coro-task-outlives-scope", Factories,
                                          State);
    registerCheck<LostUpdateCheck>("coro-lost-update", Factories, State);
    registerCheck<StaleReferenceCheck>("coro-stale-reference", Factories,
                                       State);
  }

private:
  template <typename Check>
  static void registerCheck(llvm::StringRef Name,
                            ClangTidyCheckFactories &Factories,
                            std::shared_ptr<SharedState> State) {
    Factories.registerCheckFactory(
        Name, [State](llvm::StringRef CheckName, ClangTidyContext *Context) {
          return std::make_unique<Check>(CheckName, Context, State);
        });
  }
};

} // namespace

/// Registers the module with a host of the right version, else says why not.
static const bool Registered = [] {
  if (!hostFits())
    return false;
  static ClangTidyModuleRegistry::Add<CoroTidyModule> Module(
      "coro-module", "Finds misuse of C++20 coroutines.");
  return true;
}();

} // namespace clang::tidy::coro
