// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the author of a function declares about blocking.

#ifndef CORO_TIDY_COROUTINE_ANNOTATIONS_H
#define CORO_TIDY_COROUTINE_ANNOTATIONS_H

#include "clang/AST/Decl.h"

namespace clang::tidy::coro {

enum class DeclaredBlocking {
  Unknown,
  Blocks,      // [[clang::blocking]], annotate("coro::blocking")
  NeverBlocks, // [[clang::nonblocking]], annotate("coro::nonblocking")
  MayBlock,    // annotate("coro::allow_blocking"): blocking in it is meant
};

/// What the attributes of \p Function say.
DeclaredBlocking declaredBlocking(const FunctionDecl &Function);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_COROUTINE_ANNOTATIONS_H
