// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// References into shared objects that a coroutine gets before it is suspended
// and uses after it.

#ifndef CORO_TIDY_FACTS_STALEREFERENCES_H
#define CORO_TIDY_FACTS_STALEREFERENCES_H

#include "facts/Borrows.h"
#include "facts/StateFlow.h"

namespace clang::tidy::coro {

struct StaleReference {
  Borrow Borrowed;
  /// The use after the suspension; of a loop that which goes on to the next.
  const Expr *Use;
  const CoroutineSuspendExpr *Suspension;
  /// What makes it stale.
  const PlaceUse *Change;
  /// That is done by another run of the same coroutine.
  bool ByItself;
};

class StaleReferences {
public:
  /// \p Uses are those in \p Function, of which \p Around are the parents.
  StaleReferences(const FunctionDecl &Function, const Models &Library,
                  Values &Seen, llvm::ArrayRef<PlaceUse> Uses,
                  const Parents &Around, KnownUses &Others)
      : Function(Function), Uses(Uses), Around(Around),
        Run(Function, Library, Seen, Uses, Around, Others) {}

  std::vector<StaleReference> find(llvm::ArrayRef<Borrow> Borrowed);

private:
  void addUses(const Borrow &Of);
  bool isAssigned(const Expr &Mention) const;
  const PlaceUse *changeOf(const Borrow &Of, bool &ByItself) const;
  void check(const Borrow &Of);

  const FunctionDecl &Function;
  llvm::ArrayRef<PlaceUse> Uses;
  const Parents &Around;
  StateFlow Run;
  /// What is done with the variables, by their declaration.
  std::vector<std::unique_ptr<PlaceUse>> OfLocals;
  std::vector<StaleReference> Result;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_STALEREFERENCES_H
