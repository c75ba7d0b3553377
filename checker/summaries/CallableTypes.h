// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the type of a callable says about a call of it.

#ifndef CORO_TIDY_SUMMARIES_CALLABLETYPES_H
#define CORO_TIDY_SUMMARIES_CALLABLETYPES_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"

namespace clang::tidy::coro {

/// Whether \p E may be a callable; a cheap look.
bool looksCallable(const Expr *E);

/// What calling a value of \p Type gives, by \p Signature if that is known;
/// null when it is not clear.
QualType resultOfCalling(QualType Type, const FunctionProtoType *Signature);

/// The signature of \p Class if its objects call what they are made from and
/// have no use for a task that it returns: std::function<void(int)>.
const FunctionProtoType *dropsResult(const CXXRecordDecl &Class);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_CALLABLETYPES_H
