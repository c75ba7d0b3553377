// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "coroutine/Annotations.h"
#include "clang/AST/Attr.h"
#include "llvm/Compat.h"

namespace clang::tidy::coro {

DeclaredBlocking declaredBlocking(const FunctionDecl &Function) {
  for (const auto *Each :
       Function.getMostRecentDecl()->specific_attrs<AnnotateAttr>()) {
    if (Each->getAnnotation() == "coro::blocking")
      return DeclaredBlocking::Blocks;
    if (Each->getAnnotation() == "coro::nonblocking")
      return DeclaredBlocking::NeverBlocks;
    if (Each->getAnnotation() == "coro::allow_blocking")
      return DeclaredBlocking::MayBlock;
  }
  switch (effectAttribute(Function)) {
  case DeclaredEffect::Blocking:
    return DeclaredBlocking::Blocks;
  case DeclaredEffect::NonBlocking:
    return DeclaredBlocking::NeverBlocks;
  case DeclaredEffect::None:
    break;
  }
  return DeclaredBlocking::Unknown;
}

} // namespace clang::tidy::coro
