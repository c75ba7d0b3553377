// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the functions of a unit do with the state that they share.

#ifndef CORO_TIDY_SUMMARIES_STATEUSES_H
#define CORO_TIDY_SUMMARIES_STATEUSES_H

#include "facts/LostUpdates.h"
#include "facts/StaleReferences.h"

namespace clang::tidy::coro {

class StateUses : public KnownUses {
public:
  StateUses(llvm::ArrayRef<const FunctionDecl *> Functions,
            const Models &Library)
      : Functions(Functions), Library(Library) {}

  llvm::ArrayRef<PlaceUse> of(const FunctionDecl &Function) override;
  llvm::ArrayRef<const PlaceUse *>
  changesOf(const ValueDecl &Declaration) override;

  /// The lost updates of the coroutines among the functions.
  std::vector<LostUpdate> lostUpdates(Values &Seen);

  /// The uses of stale references in the coroutines among the functions.
  std::vector<StaleReference> staleReferences(Values &Seen);

private:
  struct Body {
    std::vector<PlaceUse> Uses;
    Parents Around;
  };
  const Body &bodyOf(const FunctionDecl &Function);

  llvm::ArrayRef<const FunctionDecl *> Functions;
  const Models &Library;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<Body>> Bodies;
  std::optional<
      llvm::DenseMap<const ValueDecl *, llvm::SmallVector<const PlaceUse *, 2>>>
      Changes;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_STATEUSES_H
