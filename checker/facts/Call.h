// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// One call as it happens in a function, whatever syntax it hides behind.

#ifndef CORO_TIDY_FACTS_CALL_H
#define CORO_TIDY_FACTS_CALL_H

#include "models/Model.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang::tidy::coro {

/// A condition of a model that only a caller can decide, since it is about a
/// parameter of the function in which the call stands.
struct DeferredCondition {
  unsigned Parameter;
  const Condition *Test;
  bool BlocksWhenTrue; // from 'when'; else from 'unless'

  bool operator==(const DeferredCondition &Other) const {
    return Parameter == Other.Parameter && Test == Other.Test;
  }
};

/// What a model says that a call does to the thread.
struct BlockingFact {
  Category Blocks = Category::None;
  const FunctionModel *Model = nullptr; // null: declared by an attribute
  std::optional<DeferredCondition> Deferred;
};

struct Call {
  enum Kind {
    Ordinary,     // f(x);  o.m(x);  a + b
    Construction, // T t(x);
    Destruction,  // the '}' at which t ends
  };
  Kind Form = Ordinary;
  /// The expression; null for the end of a variable or member.
  const Expr *Site = nullptr;
  /// The place that has to change: the call, or the declaration of the object
  /// that is destroyed.
  SourceLocation Location;
  /// Null when only its value is known: see Callable.
  const FunctionDecl *Callee = nullptr;
  /// p();  - the expression that gives what is called
  const Expr *Callable = nullptr;
  /// The object that a method is called on.
  const Expr *Object = nullptr;
  /// The variable that is destroyed.
  const VarDecl *Variable = nullptr;
  llvm::SmallVector<const Expr *, 4> Arguments;
  /// The overriders of Callee may run instead.
  bool IsVirtual = false;
  /// The coroutine has moved to where blocking is allowed.
  bool BlockingAllowed = false;

  std::optional<BlockingFact> Blocks;
  /// Arguments that the callee calls before it returns, by its model.
  llvm::SmallVector<const Expr *, 1> CalledInPlace;

  /// Sets Callee, Object and Arguments as \p Expression says.
  void setCall(const CallExpr &Expression);

  /// The static class of the object that a method is called on; null for other
  /// calls.
  const CXXRecordDecl *objectClass() const;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_CALL_H
