// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where the variables of a function may change.

#ifndef CORO_TIDY_FACTS_CHANGES_H
#define CORO_TIDY_FACTS_CHANGES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Stmt.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

namespace clang::tidy::coro {

struct Changes {
  /// The mentions of a variable that may change it then and there.
  llvm::DenseMap<const Stmt *, const ValueDecl *> At;
  /// The variables that may change elsewhere: through a pointer, a reference
  /// or a lambda that captures them by reference.
  llvm::DenseSet<const ValueDecl *> Elsewhere;
};

/// Finds the changes of \p Variables in \p Function. A member is taken to
/// change elsewhere if it is anywhere more than read.
Changes findChanges(const FunctionDecl &Function,
                    const llvm::DenseSet<const ValueDecl *> &Variables);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_CHANGES_H
