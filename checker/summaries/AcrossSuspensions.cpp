// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/AcrossSuspensions.h"
#include "coroutine/Coroutines.h"

namespace clang::tidy::coro {

std::vector<HeldLock> findHeldLocks(TranslationUnit &Unit) {
  LockTypes Locks(Unit.models(), Unit.taskTypes(), Unit.values());
  std::vector<HeldLock> Result;
  for (const FunctionDecl *Each : Unit.functions()) {
    if (!coroutineBody(*Each) || Each->isDependentContext())
      continue;
    std::vector<HeldLock> Found =
        heldLocks(*Each, Unit.localsOf(*Each), Locks, Unit.values());
    Result.insert(Result.end(), Found.begin(), Found.end());
  }
  return Result;
}

std::vector<ThreadValue> findThreadValues(TranslationUnit &Unit) {
  std::vector<ThreadValue> Result;
  for (const FunctionDecl *Each : Unit.functions()) {
    if (!coroutineBody(*Each) || Each->isDependentContext())
      continue;
    // A generator runs on the thread that asks it for a value.
    const CXXRecordDecl *Class = classOf(Each->getReturnType());
    const TypeModel *Model = Class ? Unit.models().type(*Class) : nullptr;
    if (!Class || (Model && Model->SameThread) ||
        Unit.taskTypes().traits(*Class).Generator)
      continue;
    std::vector<ThreadValue> Found =
        threadValuesAcross(*Each, Unit.models(), Unit.values());
    Result.insert(Result.end(), Found.begin(), Found.end());
  }
  return Result;
}

} // namespace clang::tidy::coro
