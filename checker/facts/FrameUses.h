// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a coroutine uses of what it was called with, after it may have been
// suspended: then the caller may have let it die.

#ifndef CORO_TIDY_FACTS_FRAMEUSES_H
#define CORO_TIDY_FACTS_FRAMEUSES_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::coro {

struct FrameUses {
  llvm::SmallPtrSet<const ValueDecl *, 4> Parameters;
  /// The object of a method; of a lambda the closure, in which captures live.
  bool Object = false;
};

/// What \p Coroutine uses: all of it if it \p BeginsLater than its call, else
/// what it uses after the first suspension on some way.
FrameUses usesOfFrame(const FunctionDecl &Coroutine, bool BeginsLater);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_FRAMEUSES_H
