// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The table of contents of the checks.

#include "plugin/CoroTidyModule.h"
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

namespace clang::tidy::coro {

template <typename Check>
static void registerCheck(llvm::StringRef Name,
                          ClangTidyCheckFactories &Factories,
                          std::shared_ptr<SharedState> State) {
  Factories.registerCheckFactory(
      Name, [State](llvm::StringRef CheckName, ClangTidyContext *Context) {
        return std::make_unique<Check>(CheckName, Context, State);
      });
}

void CoroTidyModule::addCheckFactories(ClangTidyCheckFactories &Factories) {
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
  registerCheck<StaleReferenceCheck>("coro-stale-reference", Factories, State);
}

} // namespace clang::tidy::coro
