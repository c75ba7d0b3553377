// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Tells one use of an object from what stands around the mention.

#ifndef CORO_TIDY_FACTS_USECLASSIFIER_H
#define CORO_TIDY_FACTS_USECLASSIFIER_H

#include "facts/PlaceUses.h"

namespace clang::tidy::coro {

class UseClassifier {
public:
  UseClassifier(PlaceUse &Result, const Parents &Around, const Models &Library)
      : Result(Result), Around(Around), Library(Library) {}

  /// Fills in the result, of which the mention is known.
  void classify();

private:
  bool step(const Stmt &Outer);
  bool stepCast(const CastExpr &Cast);
  bool stepOperator(const CXXOperatorCallExpr &Site);
  bool stepCall(const CallExpr &Site);
  bool stepBinary(const BinaryOperator &Binary);
  void callMethod(const CXXMethodDecl &Method, const CXXMemberCallExpr &Site);

  bool is(PlaceUse::Kind What) {
    // Who asks an element has used the container.
    if (What != PlaceUse::Ask || !IsElement)
      Result.What = What;
    return false;
  }
  bool isCall(PlaceUse::Kind What, const Expr &Site) {
    Result.At = &Site;
    return is(What);
  }
  /// Where an object that Site gives access to is used: the call of its method.
  void accessBy(const Stmt &Site, const Expr *Key);
  bool isChecked(const Expr &Value) const;

  PlaceUse &Result;
  const Parents &Around;
  const Models &Library;
  const Stmt *Inner = nullptr;
  bool IsElement = false; // what follows is done to an element
  bool IsMoved = false;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_USECLASSIFIER_H
