// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The locks that a coroutine holds while it may be suspended.

#ifndef CORO_TIDY_FACTS_HELDLOCKS_H
#define CORO_TIDY_FACTS_HELDLOCKS_H

#include "facts/LockEvents.h"
#include "facts/Paths.h"

namespace clang::tidy::coro {

/// A lock that is held at a suspension.
struct HeldLock {
  LockRole Role;
  const ValueDecl *Name; // of the lock or mutex; may be null
  SourceLocation Taken;
  const FunctionDecl *In;
  const CoroutineSuspendExpr *At; // the first suspension, in source order
};

/// The locks that \p Coroutine holds at a suspension on some way, each time
/// that one is taken once. \p Locals are its local variables of class type.
std::vector<HeldLock> heldLocks(const FunctionDecl &Coroutine,
                                llvm::ArrayRef<const ValueDecl *> Locals,
                                LockTypes &Types, Values &Seen);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_HELDLOCKS_H
