// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Edits of source text that fix-its are made of.

#ifndef CORO_TIDY_LLVM_SOURCETEXT_H
#define CORO_TIDY_LLVM_SOURCETEXT_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Expr.h"
#include "clang/Basic/Diagnostic.h"

namespace clang::tidy::coro {

/// Where a diagnostic about \p Location is shown: Clang hides those inside of
/// macros of system headers, so these stand where the macro is used.
SourceLocation reportableLocation(SourceLocation Location,
                                  const SourceManager &Sources);

/// The edits that put the unary operator \p Operator before \p E, with
/// parentheses where \p E binds less tightly. None where the text of \p E is
/// not in a file.
llvm::SmallVector<FixItHint, 2> prependOperator(llvm::StringRef Operator,
                                                const Expr &E,
                                                const ASTContext &Context);

/// What is written at \p Range; empty where it is not in a file, or comes from
/// a macro.
llvm::StringRef textOf(SourceRange Range, const ASTContext &Context);

/// Where the token \p Token ends, if it follows the one at \p Last; else
/// invalid.
SourceLocation behindToken(llvm::StringRef Token, SourceLocation Last,
                           const ASTContext &Context);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_SOURCETEXT_H
