// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Lambdas that are called where they stand, and how what they capture could
// be passed as arguments instead.

#ifndef CORO_TIDY_FACTS_CALLEDCLOSURES_H
#define CORO_TIDY_FACTS_CALLEDCLOSURES_H

#include "clang/AST/ExprCXX.h"
#include <optional>
#include <string>

namespace clang::tidy::coro {

/// [x, &y](int z) { ... }(3)   becomes   [](auto x, auto &y, int z) { ...
/// }(x, y, 3)
struct CapturesAsArguments {
  SourceRange Introducer;          // [x, &y]
  SourceLocation BeforeParameters; // behind the (
  std::string Parameters;          // "auto x, auto &y, "
  SourceLocation BeforeArguments;
  std::string Arguments; // "x, y, "
  /// The variables that are captured by reference, and have to live on.
  llvm::SmallVector<const VarDecl *, 2> Referred;
};

/// Where the parameters of \p Operator, of a lambda, begin; invalid where
/// nothing can be put there.
SourceLocation beforeParameters(const CXXMethodDecl &Operator);

/// How \p Site, the call of a lambda, could pass what that captures. None where
/// the lambda is not called where it stands, or the result might not compile or
/// mean something else.
std::optional<CapturesAsArguments>
capturesAsArguments(const CallExpr &Site, const ASTContext &Context);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_CALLEDCLOSURES_H
