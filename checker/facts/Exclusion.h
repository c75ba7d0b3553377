// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Where a coroutine keeps other code out: it has locked an asynchronous mutex,
// holds a permit, or has set a flag that it found not set.

#ifndef CORO_TIDY_FACTS_EXCLUSION_H
#define CORO_TIDY_FACTS_EXCLUSION_H

#include "facts/Flow.h"
#include "facts/PlaceUses.h"
#include "llvm/ADT/DenseMap.h"

namespace clang::tidy::coro {

class Exclusion {
public:
  /// \p Uses are those in \p Function.
  Exclusion(const FunctionDecl &Function, const Flow &Order,
            const Models &Library, llvm::ArrayRef<PlaceUse> Uses,
            const Parents &Around);

  enum Kept {
    Nobody,
    Itself, // another run of the same function, by a flag
    All,    // by a lock or permit
  };
  /// Whom one and the same thing keeps out at both elements.
  Kept keepsOut(const CFGBlock &First, size_t FirstIndex,
                const CFGBlock &Second, size_t SecondIndex) const;

private:
  using Mask = uint64_t;
  struct Held {
    const VarDecl *Guard = nullptr; // ends with it
    std::string Object;             // or is given back by a call on this
    std::string Flag;               // or by another value of this
  };

  void findAcquisitions(const Flow &Order, llvm::ArrayRef<PlaceUse> Uses);
  void findFlags(const Flow &Order, llvm::ArrayRef<PlaceUse> Uses);
  void add(const Stmt &At, Held What);
  std::string objectOf(const Expr &Site) const;
  bool excludes(const Expr &Awaited) const;
  Mask after(const CFGElement &Element, Mask Before) const;
  Mask at(const CFGBlock &Block, size_t Index) const;
  void solve(const Flow &Order);

  const FunctionDecl &Function;
  const Models &Library;
  const Parents &Around;
  std::vector<Held> Things;
  llvm::DenseMap<const Stmt *, Mask> Acquired;
  llvm::DenseMap<const Stmt *, Mask> FlagsReset;
  llvm::DenseMap<const CFGBlock *, Mask> AtBegin, AtEnd;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_EXCLUSION_H
