// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Searches the ways through one function. Ways that contradict themselves are
// left out: where two conditions ask the same, and nothing that they mention
// changed in between; where a variable was set to what a condition asks for;
// where a counting loop is sure to run once, or its counter has grown.

#ifndef CORO_TIDY_FACTS_PATHS_H
#define CORO_TIDY_FACTS_PATHS_H

#include "facts/Flow.h"
#include "facts/KnownPredicates.h"
#include "facts/Values.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SmallVector.h"
#include <optional>

namespace clang::tidy::coro {

/// A way from a place to where a search ended.
struct Way {
  struct Branch {
    const CFGBlock *At;
    const CFGBlock *Taken;

    /// What was decided; null for a switch and where there is only one way on.
    const Expr *condition() const;
    /// Whether the condition was true.
    bool outcome() const { return *At->succ_begin() == Taken; }
  };
  /// The branches on it, the last first.
  llvm::SmallVector<Branch, 4> Branches;
};

class Paths {
public:
  Paths(const FunctionDecl &Function, const Flow &Order, Values &Seen);

  enum Step { GoOn, Stop, Found };

  /// The only blocks that matter to a search, and what is asked in them.
  struct Region {
    llvm::DenseSet<const CFGBlock *> Blocks;
    llvm::BitVector Asked;
  };
  /// What is reached from \p From without leaving \p Inside, if that is given,
  /// and without going on behind the blocks that \p Ends.
  Region region(const CFGBlock &From,
                const llvm::DenseSet<const CFGBlock *> *Inside,
                llvm::function_ref<bool(const CFGBlock &)> Ends) const;
  /// The blocks from which a way leads to one of \p Targets.
  llvm::DenseSet<const CFGBlock *>
  leadingTo(llvm::ArrayRef<const CFGBlock *> Targets) const;

  /// Follows all ways from the element \p Index of \p From, nearest first,
  /// calling \p Visit for each element, until that says Found. Ways end at
  /// exceptions and at calls that do not return. \p AtExit says whether the
  /// end of the function counts as found. A search that has too many ways is
  /// given up, and so are all when they have used up what is there for the
  /// function.
  /// Ways on which a condition finds \p Container empty end, too, and those
  /// that leave \p Within.
  std::optional<Way> search(const CFGBlock &From, size_t Index, bool AtExit,
                            llvm::function_ref<Step(const CFGElement &)> Visit,
                            const ValueDecl *Container = nullptr,
                            const Region *Within = nullptr) const;

  /// The same, not going on where \p MayGo says that a condition cannot have
  /// the outcome that it is given.
  std::optional<Way>
  search(const CFGBlock &From, size_t Index, bool AtExit,
         llvm::function_ref<Step(const CFGElement &)> Visit,
         llvm::function_ref<bool(const Expr &, bool)> MayGo) const;

private:
  /// The value of "a && b" if a alone has told it.
  struct Shortcut {
    const Stmt *Of = nullptr;
    bool Value = false;
  };
  struct Node {
    const CFGBlock *Block;
    KnownPredicates::State Known;
    bool Again; // entered by the edge back to the head of a loop
    int Previous;
    Shortcut Cut = {};
  };
  static Shortcut shortcutBy(const CFGBlock &Block, const CFGBlock &Successor,
                             bool Outcome, Shortcut Before);
  void findKnown(size_t Most);
  std::vector<Node> startingAt(const CFGBlock &From,
                               const Region *Within) const;
  std::optional<Way>
  follow(std::vector<Node> &Nodes, size_t Index, bool AtExit,
         llvm::function_ref<Step(const CFGElement &)> Visit,
         llvm::function_ref<bool(const CFGBlock &, bool)> MayGo, size_t Most,
         const Region *Within, bool *IsComplete = nullptr) const;

  const FunctionDecl &Function;
  const Flow &Order;
  KnownPredicates Predicates;
  mutable size_t Left; // blocks that may still be entered
  /// What may be known where a block begins.
  llvm::DenseMap<const CFGBlock *, std::vector<KnownPredicates::State>> KnownAt;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_PATHS_H
