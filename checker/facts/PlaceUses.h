// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What one function does with the objects that it names.

#ifndef CORO_TIDY_FACTS_PLACEUSES_H
#define CORO_TIDY_FACTS_PLACEUSES_H

#include "facts/Parents.h"
#include "facts/Places.h"
#include "models/Models.h"
#include "clang/AST/ExprCXX.h"
#include <vector>

namespace clang::tidy::coro {

struct PlaceUse {
  enum Kind {
    Ask,    // if (p)   p == q   p.empty()
    Read,   // its value is taken
    Access, // *p   p->m()   p()   q.front()
    Index,  // rows[p]
    Assign, // p = x
    Update, // p += x   ++p
    Add,    // q.push_back(x)   m[k] = x
    Remove, // q.pop_front()
    Clear,  // q.clear()   p.reset()   swap(q, other)
    Give,   // std::move(p)
    End,    // s.close()
    Call,   // s.write(): another method that is not const
    Other,
  };
  Kind What = Other;
  Place Where;
  /// What names it.
  const Expr *Mention = nullptr;
  /// The statement as part of which it happens.
  const Stmt *At = nullptr;
  /// The value of an Assign or Update; null if that is not known.
  const Expr *Value = nullptr;
  /// The value was asked whether it is one: if (given) p = given;
  bool IsValueChecked = false;
  /// The key of an Access, Add or Remove, if there is one.
  const Expr *Key = nullptr;
  /// The result of an Add says whether it was done, and somebody looks.
  bool ResultUsed = false;
  /// By p[key], which may make an element only where these are found by keys.
  bool IsIndexed = false;
  /// What is done to an element of it; Other if it is not known to change.
  Kind Inside = Other;
  /// The method that is called through it closes it or stops it.
  bool IsEnd = false;
  /// The function that it happens in.
  const FunctionDecl *Function = nullptr;

  /// Whether it gets to know the object as it is then.
  bool isLook() const { return What == Ask || What == Read || What == Other; }

  /// Whether it changes the object.
  bool isChange() const {
    return What == Assign || What == Update || What == Add || What == Remove ||
           What == Clear || What == Give;
  }
};

/// What is known of the other functions.
class KnownUses {
public:
  virtual ~KnownUses() = default;
  /// The uses in \p Function.
  virtual llvm::ArrayRef<PlaceUse> of(const FunctionDecl &Function) = 0;
  /// The changes of \p Declaration, a member or variable, in any function.
  virtual llvm::ArrayRef<const PlaceUse *>
  changesOf(const ValueDecl &Declaration) = 0;
};

/// What the model of \p Method, called on an object, says of that.
StateUse stateUse(const CXXMethodDecl &Method, const Models &Library);

/// Finds the uses of \p Function in the order of the source, and what stands
/// around them.
std::vector<PlaceUse> usesIn(const FunctionDecl &Function,
                             const Models &Library, Parents &Around);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_PLACEUSES_H
