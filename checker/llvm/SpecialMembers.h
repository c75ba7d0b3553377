// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What Clang declares in a class by itself. It does so late, and asserts that
// nobody asks before.

#ifndef CORO_TIDY_LLVM_SPECIALMEMBERS_H
#define CORO_TIDY_LLVM_SPECIALMEMBERS_H

#include "clang/AST/DeclCXX.h"

namespace clang::tidy::coro {

/// Whether the copy constructor that \p Record gets is known to be deleted. Of
/// a template, and of a class that nothing has copied yet, it may be unknown.
inline bool hasDeletedImplicitCopy(const CXXRecordDecl &Record) {
  return (!Record.needsOverloadResolutionForCopyConstructor() ||
          !Record.needsImplicitCopyConstructor()) &&
         Record.defaultedCopyConstructorIsDeleted();
}

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_SPECIALMEMBERS_H
