// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which object an expression names, and whether code outside of the function
// can reach that object, too: a member, a global, what a pointer leads to.

#ifndef CORO_TIDY_FACTS_PLACES_H
#define CORO_TIDY_FACTS_PLACES_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include <optional>
#include <string>

namespace clang::tidy::coro {

/// An object as the function names it: closed_, stats_.sent, room->owner,
/// slots_[i].
struct Place {
  /// The member or variable that was named last; of a class template that of
  /// the pattern.
  const ValueDecl *Declaration = nullptr;
  /// The same for the same object, as far as can be told.
  std::string Text;
  /// Other code can reach it.
  bool IsShared = false;
  /// It is shared only by a reference that the function was given, so that a
  /// second run of the function may well have another object.
  bool ByReference = false;
  /// It is an element of Declaration, or what that points to.
  bool IsPart = false;
};

/// The place that \p E names in \p Within; none where it names no object. A
/// local reference is what it was bound to.
std::optional<Place> placeNamedBy(const Expr *E, const FunctionDecl &Within);

/// \p Member of the class template of which its class is an instantiation;
/// else itself.
const ValueDecl &memberOfPattern(const ValueDecl &Member);

/// Whether \p Type can be without a value and says so when it is converted to
/// bool: a pointer, std::optional, std::function, std::shared_ptr.
bool isNullable(QualType Type);

/// Whether \p Type is a pointer that does not keep what it points to.
bool isWeak(QualType Type);

/// Whether \p Type is a smart pointer that may share what it points to.
bool sharesTarget(QualType Type);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_PLACES_H
