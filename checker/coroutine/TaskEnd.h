// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What becomes of a coroutine when the object that stands for it is destroyed.

#ifndef CORO_TIDY_COROUTINE_TASKEND_H
#define CORO_TIDY_COROUTINE_TASKEND_H

#include "clang/AST/DeclCXX.h"

namespace clang::tidy::coro {

enum class TaskEnd {
  FrameDestroyed, // or not known
  InOrder,        // waited for, stopped in order, or left to go on alone
  Resumed,        // run
};

/// What the destructor of \p Record does to the coroutine: whether it does
/// more than to destroy the frame, or does not destroy it at all. What it calls
/// is followed as far as its body is in sight.
TaskEnd endOf(const CXXRecordDecl &Record);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_COROUTINE_TASKEND_H
