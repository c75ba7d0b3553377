// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which expressions give something that belongs to the thread.

#ifndef CORO_TIDY_FACTS_THREADORIGINS_H
#define CORO_TIDY_FACTS_THREADORIGINS_H

#include "facts/ThreadValues.h"
#include "clang/Analysis/CFG.h"

namespace clang::tidy::coro {

/// The variable that \p Element declares or assigns anew; null for others.
const ValueDecl *variableSetAt(const CFGElement &Element);

/// The value that it is given by \p S, the statement of such an element.
const Expr *valueSetAt(const Stmt *S);

/// Whether \p Site calls a C function that tells something by its result.
bool isCFunction(const CallExpr &Site);

class ThreadOrigins {
public:
  ThreadOrigins(const Models &Library, Values &Seen)
      : Library(Library), Seen(Seen) {}

  /// What a variable of type \p Kept that is given \p Value has of the thread;
  /// none when it has nothing of it.
  std::optional<ThreadValue::Kind> originOf(const Expr *Value,
                                            QualType Kept) const;

  /// Whether \p Site gives the error of the last call, as errno does.
  bool givesError(const CallExpr &Site) const;

  /// Whether \p E asks anywhere in it which thread it is in.
  bool asksForThread(const Expr &E) const;

private:
  bool isOfThread(const CallExpr &Site, unsigned Depth) const;
  bool refersToThreadLocal(const Expr *E, unsigned Depth) const;
  bool pointsToThreadLocal(const Expr *E, unsigned Depth) const;

  const Models &Library;
  Values &Seen;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_THREADORIGINS_H
