// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known of an object when a condition was true, or false.

#ifndef CORO_TIDY_FACTS_PLACECHECKS_H
#define CORO_TIDY_FACTS_PLACECHECKS_H

#include "facts/PlaceUses.h"

namespace clang::tidy::coro {

/// What a condition says of one object.
struct PlaceCheck {
  enum Kind {
    HasValue, // if (p)           else Null
    Null,
    NotEmpty, // if (!q.empty())  else Empty
    Empty,
    HasKey, // if (m.contains(k)) else NoKey
    NoKey,
    IsEqual, // if (state == Idle) else IsOther
    IsOther,
    Size,    // if (i < rows.size())
    Compare, // if (balance >= n)
  };
  Kind What;
  Place Where;
  const Expr *Mention;
  /// The key that was looked for.
  const Expr *Key = nullptr;
  /// The constant that it was compared with.
  std::string Value = {};
  /// The declaration of the local variable that keeps the answer, if it was
  /// asked there: const bool online = link_ != nullptr;
  const Stmt *AskedAt = nullptr;
};

/// What \p Condition of \p Within says when it is \p Outcome.
std::vector<PlaceCheck> checksIn(const Expr &Condition, bool Outcome,
                                 const FunctionDecl &Within,
                                 const Models &Library);

/// What a switch over \p Switched says where it goes on at \p Label.
std::vector<PlaceCheck> caseChecks(const Expr &Switched, const Stmt *Label,
                                   const FunctionDecl &Within);

/// Whether \p Change is one after which \p Known need not hold any longer.
bool mayBreak(const PlaceUse &Change, const PlaceCheck &Known,
              const ASTContext &Context);

/// Whether \p Use of the same object is one that relies on \p Known.
bool reliesOn(const PlaceUse &Use, const PlaceCheck &Known,
              const ASTContext &Context);

/// Whether \p Value is no value: nullptr, std::nullopt, {}.
bool isNoValue(const Expr *Value);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_PLACECHECKS_H
