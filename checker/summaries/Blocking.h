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
#include "summaries/ProjectIndex.h"
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
  /// What the index says of In, which has no body here; At is null then.
  const IndexedEffect *Indexed = nullptr;
};

/// What is to be looked for.
struct BlockingQuery {
  llvm::SmallSet<Category, 16> Categories;
  /// Full names of functions that never count.
  std::vector<std::string> AllowedFunctions;
  /// How many steps of a chain to show.
  unsigned MaxChain = 0;
  /// What is known of functions in other files; may be null.
  std::shared_ptr<const ProjectIndex> Index;

  bool allows(const FunctionDecl &Function) const;
};

/// Whether blocking in \p Function is wrong: it is a coroutine, but not one
/// that runs for its caller alone, or a method of an awaiter.
bool isReportingPlace(TranslationUnit &Unit, const FunctionDecl &Function);

/// The definition of \p Function if what it does counts for its callers; else
/// null. What coroutines and awaiters do is reported there; others have
/// declared it.
const FunctionDecl *bodyToFollow(TranslationUnit &Unit,
                                 const BlockingQuery &Query,
                                 const FunctionDecl &Function);

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

  const FunctionDecl *bodyToFollow(const FunctionDecl &Function);
  void discover(const FunctionDecl &Function);
  void discoverCall(const FunctionDecl &Within, const Call &At);
  void addEdges(const Callables &Called, const FunctionDecl &Within,
                const Call &At);
  void addIndexed(const FunctionDecl &Called, const Edge &From);
  void addOverriders(const FunctionDecl &Called, const Edge &From);
  bool isIndexed(const FunctionDecl &Called) const;
  void addIndexed(llvm::ArrayRef<uint32_t> Known, const FunctionDecl &Called,
                  const Edge &From);
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
  /// The effects of the index that count here, and who calls what has them.
  struct FromIndex {
    const BlockingEffect *Effect = nullptr;
    llvm::SmallVector<Edge, 2> Callers;
  };
  llvm::DenseMap<const IndexedEffect *, FromIndex> Indexed;
  std::deque<Condition> IndexedTests;
  size_t NextEffect = 0;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_BLOCKING_H
