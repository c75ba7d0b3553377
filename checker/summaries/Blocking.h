// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which calls of coroutines and awaiters may block, through any number of
// ordinary functions. The blocking primitives are spread backwards over the
// call graph, breadth first, so that the first chain found is a shortest one;
// recursion needs no special care, and no call stack grows with the depth.

#ifndef CORO_TIDY_SUMMARIES_BLOCKING_H
#define CORO_TIDY_SUMMARIES_BLOCKING_H

#include "summaries/Callables.h"
#include "llvm/ADT/SmallSet.h"
#include <deque>
#include <functional>

namespace clang::tidy::coro {

/// That a function may block, and by which of its calls.
struct BlockingEffect {
  const FunctionDecl *In;
  const Call *At;
  BlockingFact What = {};
  /// The function calls this parameter in place; it is not known here whether
  /// that blocks, and What is empty.
  std::optional<unsigned> Invokes = std::nullopt;
  /// The effect of the callee that is passed on; null for a primitive.
  const BlockingEffect *Next = nullptr;
  /// Where the callee calls the callable that Next belongs to.
  const BlockingEffect *Through = nullptr;
};

/// What is to be looked for.
struct BlockingQuery {
  llvm::SmallSet<Category, 16> Categories;
  /// Full names of functions that never count.
  std::vector<std::string> AllowedFunctions;
};

class BlockingAnalysis {
public:
  BlockingAnalysis(TranslationUnit &Unit, BlockingQuery Query)
      : Unit(Unit), Query(std::move(Query)) {}

  /// The calls in coroutines and awaiters that may block, each with its chain.
  /// The result lives as long as the analysis.
  std::vector<const BlockingEffect *> run();

private:
  struct Edge {
    const FunctionDecl *Caller;
    const Call *At;
    const BlockingEffect *Through;
  };

  bool isRoot(const FunctionDecl &Function);
  const FunctionDecl *bodyToFollow(const FunctionDecl &Function);
  bool isAllowed(const FunctionDecl &Function) const;
  void discover(const FunctionDecl &Function);
  void discoverCall(const FunctionDecl &Within, const Call &At);
  void addEdges(const Callables &Called, const FunctionDecl &Within,
                const Call &At);
  void add(BlockingEffect Effect);
  void propagate(const BlockingEffect &Effect, const Edge &To);
  void link(const FunctionDecl &Called, const Edge &From);

  TranslationUnit &Unit;
  BlockingQuery Query;
  llvm::DenseMap<const FunctionDecl *, llvm::SmallVector<Edge, 2>> Callers;
  llvm::DenseMap<const FunctionDecl *,
                 llvm::SmallVector<const BlockingEffect *, 1>>
      Effects;
  llvm::SmallPtrSet<const FunctionDecl *, 32> Roots, Discovered;
  std::deque<const FunctionDecl *> ToDiscover;
  std::deque<BlockingEffect> All;
  size_t NextEffect = 0;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_BLOCKING_H
