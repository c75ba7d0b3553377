// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a promise has to do with the function that becomes a coroutine.

#ifndef CORO_TIDY_COROUTINE_PROMISES_H
#define CORO_TIDY_COROUTINE_PROMISES_H

#include "clang/AST/DeclCXX.h"

namespace clang::tidy::coro {

/// Whether a constructor or operator new of \p Promise may look at what the
/// coroutine is called with: another parameter may choose another one.
bool looksAtArguments(const CXXRecordDecl &Promise);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_COROUTINE_PROMISES_H
