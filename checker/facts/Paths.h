// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Searches the ways through one function. Ways that contradict themselves are
// left out: where two conditions ask the same variable, which nobody changes
// in between or which is only ever set to true or false, and where a counting
// loop is sure to run once.

#ifndef CORO_TIDY_FACTS_PATHS_H
#define CORO_TIDY_FACTS_PATHS_H

#include "facts/Flow.h"
#include "facts/Values.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang::tidy::coro {

/// A way from a place to where a search ended.
struct Way {
  /// The last branch on it, with the outcome that was taken; null when there
  /// is none.
  const Expr *Condition = nullptr;
  bool Outcome = false;
};

class Paths {
public:
  Paths(const FunctionDecl &Function, const Flow &Order, Values &Seen);

  enum Step { GoOn, Stop, Found };

  /// Follows all ways from the element \p Index of \p From, nearest first,
  /// calling \p Visit for each element, until that says Found. Ways end at
  /// exceptions and at calls that do not return. \p AtExit says whether the
  /// end of the function counts as found.
  std::optional<Way>
  search(const CFGBlock &From, size_t Index, bool AtExit,
         llvm::function_ref<Step(const CFGElement &)> Visit) const;

private:
  /// What is known of the flags on a way.
  enum Knowledge : char { Unknown, IsTrue, IsFalse };
  using State = llvm::SmallVector<Knowledge, 4>;

  struct Asked {
    std::optional<size_t> Flag;
    bool Negated = false;
  };
  Asked flagIn(const Stmt *Condition) const;
  bool isFlag(const ValueDecl &Variable, Values &Seen) const;
  void update(State &Known, const CFGElement &Element) const;
  bool learn(State &Known, const Stmt *Condition, bool Outcome) const;

  const FunctionDecl &Function;
  const Flow &Order;
  llvm::SmallVector<const ValueDecl *, 4> Flags;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_PATHS_H
