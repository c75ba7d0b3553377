// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which functions are coroutines, and which run on a coroutine's thread on its
// behalf: the methods of an awaiter.

#ifndef CORO_TIDY_COROUTINE_COROUTINES_H
#define CORO_TIDY_COROUTINE_COROUTINES_H

#include "clang/AST/DeclCXX.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include <optional>

namespace clang::tidy::coro {

/// The body of \p Function if it is a coroutine ([dcl.fct.def.coroutine]) that
/// is defined and valid; else null.
const CoroutineBodyStmt *coroutineBody(const FunctionDecl &Function);

/// What the user wrote between the braces of \p Function: for a coroutine
/// without the machinery around it. Null when it has no body.
const Stmt *writtenBody(const FunctionDecl &Function);

/// Whether \p Method is await_ready, await_suspend or await_resume of a class
/// that has all three.
bool isAwaiterMethod(const FunctionDecl &Method);

/// Looks for a member called \p Name in \p Record and its bases, also where
/// these are dependent. Returns null when there is none or the class is
/// incomplete.
const NamedDecl *findMember(const CXXRecordDecl &Record, DeclarationName Name);

/// The same for a plain identifier.
const NamedDecl *findMember(const CXXRecordDecl &Record, llvm::StringRef Name);

/// The definition of \p Declared; that of its template where it is not
/// instantiated; else itself.
const CXXRecordDecl *definitionOrPattern(const CXXRecordDecl &Declared);

/// The class that \p Type denotes. A specialisation that is not instantiated
/// and a dependent type give the pattern of their template, which is enough to
/// see their structure. Null for what is not a class.
const CXXRecordDecl *classOf(QualType Type);

/// Whether \p Record has await_ready, await_suspend and await_resume.
bool isAwaiter(const CXXRecordDecl &Record);

/// What the only statement of \p Function's body returns; null when that is no
/// return, or \p Function is null or has no body.
const Expr *onlyReturnValue(const FunctionDecl *Function);

/// The same if it is true or false.
std::optional<bool> constantResult(const FunctionDecl *Function);

/// Whether the coroutine may be suspended at \p Await: not where await_ready
/// says always that it need not be, as that of std::suspend_never.
bool maySuspend(const CoroutineSuspendExpr &Await);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_COROUTINE_COROUTINES_H
