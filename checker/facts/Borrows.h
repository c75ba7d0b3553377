// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The local variables of a function that refer into an object which other code
// can change: iterators, references, pointers, views, and range-based loops.

#ifndef CORO_TIDY_FACTS_BORROWS_H
#define CORO_TIDY_FACTS_BORROWS_H

#include "facts/Places.h"
#include "models/Models.h"
#include "clang/AST/StmtCXX.h"
#include <vector>

namespace clang::tidy::coro {

struct Borrow {
  enum Kind {
    Iterator, // auto it = sessions_.find(id);
    Element,  // auto &session = sessions_[id];
    View,     // std::string_view name = name_;
    Target,   // auto &session = *session_;
    Loop,     // for (auto &session : sessions_)
  };
  Kind What;
  /// The variable; null for a loop.
  const VarDecl *Local = nullptr;
  const CXXForRangeStmt *Range = nullptr;
  /// The object that it refers into.
  Place From;
  const Expr *Mention = nullptr;
  /// What stays valid when elements are added to it.
  Stability Stable = Stability::None;
  /// The declaration.
  const Stmt *At = nullptr;
};

/// The borrows in \p Function, in the order of the source.
std::vector<Borrow> borrowsIn(const FunctionDecl &Function,
                              const Models &Library);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_BORROWS_H
