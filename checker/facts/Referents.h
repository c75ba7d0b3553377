// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whose lifetime an expression depends on: the objects that a reference, a
// pointer or a view made from it refers to.

#ifndef CORO_TIDY_FACTS_REFERENTS_H
#define CORO_TIDY_FACTS_REFERENTS_H

#include "facts/LocalUses.h"
#include "facts/Values.h"
#include "models/Models.h"

namespace clang::tidy::coro {

struct Referent {
  enum Kind {
    Temporary, // f(std::string("x"))
    Local,     // std::string s;  f(s)      also a parameter by value
    Outside,   // g(const T &p) { f(p) }    what a parameter refers to
    Object,    // the object of the method; the closure of a lambda
  };
  Kind What;
  const Expr *At;
  const VarDecl *Variable = nullptr; // of Local and Outside
  bool IsViewed = false; // of Outside: what a view refers to, not the view
};

using ReferentList = llvm::SmallVector<Referent, 2>;

/// Whether a value of \p Type refers to something that it does not own: a
/// pointer, or a class that is copied by its bytes and has a pointer.
bool isView(QualType Type);

class Referents {
public:
  Referents(const LocalUses &Uses, Values &Seen, const Models &Library)
      : Uses(Uses), Seen(Seen), Library(Library) {}

  /// What a reference that is bound to \p E refers to.
  void addBound(const Expr *E, ReferentList &Result, unsigned Depth = 0);

  /// What the value of \p E, a pointer, a view or what holds them, refers to.
  void addViewed(const Expr *E, ReferentList &Result, unsigned Depth = 0);

private:
  void addVariable(const DeclRefExpr &Mention, bool IsBound,
                   ReferentList &Result, unsigned Depth);
  void addPointee(const Expr *Pointer, ReferentList &Result, unsigned Depth);
  void addCall(const CallExpr &Site, bool IsBound, ReferentList &Result,
               unsigned Depth);
  void addArgument(const Expr *Argument, QualType Parameter,
                   ReferentList &Result, unsigned Depth);
  bool isSoleOwner(const Expr &Owner) const;
  bool isMadeInPlace(const Expr *Value) const;

  const LocalUses &Uses;
  Values &Seen;
  const Models &Library;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_REFERENTS_H
