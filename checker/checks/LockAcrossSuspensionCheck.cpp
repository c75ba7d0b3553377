// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/LockAcrossSuspensionCheck.h"
#include "coroutine/Coroutines.h"
#include "summaries/AcrossSuspensions.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Declared[] = {CoroCheck::ModelFiles};

} // namespace

LockAcrossSuspensionCheck::LockAcrossSuspensionCheck(
    llvm::StringRef Name, ClangTidyContext *Context,
    std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {}

void LockAcrossSuspensionCheck::checkUnit(TranslationUnit &Unit) {
  // Where code is missing, so may be what unlocks.
  if (Unit.context().getDiagnostics().hasUncompilableErrorOccurred())
    return;
  // Instantiations of one template share their places.
  llvm::DenseSet<std::pair<SourceLocation, SourceLocation>> Reported;
  for (const HeldLock &Held : findHeldLocks(Unit))
    if (Reported.insert({Held.At->getExprLoc(), Held.Taken}).second)
      report(Unit, Held);
}

void LockAcrossSuspensionCheck::report(TranslationUnit &Unit,
                                       const HeldLock &Held) {
  bool IsScope = Held.Role == LockRole::Scope;
  bool IsMutex = Held.Role == LockRole::Mutex;
  {
    auto Warning = reportAt(
        Unit, Held.At->getExprLoc(),
        "%select{the lock %1 is held|the mutex %1 is locked|the thread-bound "
        "scope "
        "%1 is open|a mutex is locked}0 while the coroutine is suspended here");
    Warning << (!Held.Name ? 3 : IsScope ? 2 : IsMutex ? 1 : 0);
    if (Held.Name)
      Warning << Held.Name;
  }
  reportAt(Unit, Held.Taken,
           "it is %select{taken|opened}0 here, and the coroutine may go on in "
           "another thread",
           DiagnosticIDs::Note)
      << IsScope;
  // The mutex of the coroutine's library, if it has one.
  llvm::StringRef Instead;
  if (!IsScope) {
    const Models &Library = Unit.models();
    Instead =
        Library.replacement(classOf(Held.In->getReturnType()), Category::Lock);
    if (Instead.empty())
      Instead = Library.replacement(nullptr, Category::Lock);
  }
  reportAt(Unit, Held.At->getExprLoc(),
           "%select{unlock it|end its scope}0 before%select{, or use %2|}1",
           DiagnosticIDs::Note)
      << IsScope << Instead.empty() << Instead;
}

} // namespace clang::tidy::coro
