// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a call does to, or asks of, a task that it is given or called on.

#ifndef CORO_TIDY_FACTS_TASKCALLS_H
#define CORO_TIDY_FACTS_TASKCALLS_H

#include "facts/Parents.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {

/// Whether \p Method only asks about its object.
bool isQuery(const CXXMethodDecl &Method);

/// Whether \p Site, a query of a container, is about its size or emptiness
/// alone; not if it may tell in another way that something is left:
///   tasks.contains(id)   i < tasks.size()   auto count = tasks.size();
bool isAboutSize(const CXXMemberCallExpr &Site, const Parents &Around);

/// Whether the call \p Site tells whether it succeeded, and may leave the task
/// that it is given as \p Argument: try_send(Task<> &&)
bool mayBeLeft(const CallExpr &Site, const Stmt &Argument);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_TASKCALLS_H
