// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The order in which the parts of one function run: Clang's CFG of what the
// user wrote, reduced to the blocks that can be reached.

#ifndef CORO_TIDY_FACTS_FLOW_H
#define CORO_TIDY_FACTS_FLOW_H

#include "clang/AST/Decl.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Analysis/Analyses/Dominators.h"
#include "clang/Analysis/CFG.h"
#include <memory>
#include <vector>

namespace clang::tidy::coro {

/// What decides which way \p Block goes on: b at the end of "if (a && b)", and
/// the range of a range-based for. Null where there is one way only.
const Expr *decidedAtEnd(const CFGBlock &Block);

/// The co_await or co_yield at which the coroutine may be suspended after what
/// stands before \p Element; null for other elements.
const CoroutineSuspendExpr *suspensionAt(const CFGElement &Element);

class Flow {
public:
  enum Detail {
    Calls,      // calls and suspensions are elements
    References, // and so is each mention of a variable
    Objects,    // and of a member
  };

  /// Builds the flow of \p Function. Where Clang cannot build a CFG, or it
  /// would be exponential, there is none: see isKnown.
  explicit Flow(const FunctionDecl &Function, Detail Wanted = Calls);

  bool isKnown() const { return Graph != nullptr; }

  /// The blocks that can be reached, in an order in which a block comes after
  /// its predecessors, apart from loops.
  const std::vector<const CFGBlock *> &blocks() const { return Reachable; }

  const CFGBlock &entry() const { return Graph->getEntry(); }
  const CFGBlock &exit() const { return Graph->getExit(); }

  /// A branch that decides whether a block runs.
  struct Guard {
    const Expr *Condition;
    bool Holds; // the block runs only after it was true (or false)
    const Expr *Case = nullptr; // of a switch: the value that it had
  };

  /// The conditions that were decided on every way to \p Block, the nearest
  /// first.
  std::vector<Guard> guardsOf(const CFGBlock &Block) const;

  /// Whether every way to \p Block leads through \p First.
  bool isAlwaysBefore(const CFGBlock &First, const CFGBlock &Block) const;

private:
  void findReachable();
  const CFGDomTree &dominators() const;

  std::unique_ptr<CFG> Graph;
  std::vector<const CFGBlock *> Reachable;
  mutable std::unique_ptr<CFGDomTree> Dominators;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_FLOW_H
