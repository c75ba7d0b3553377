// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Joins the summaries of the units of a project: which functions block, and by
// what chain, across files. The result does not depend on the order in which
// units are added.

#ifndef CORO_TIDY_SUMMARIES_LINKER_H
#define CORO_TIDY_SUMMARIES_LINKER_H

#include "summaries/Definitions.h"
#include "summaries/ProjectIndex.h"
#include "llvm/ADT/DenseSet.h"
#include <deque>

namespace clang::tidy::coro {

/// A call in a coroutine or awaiter that may block. The chain is in the index.
struct LinkedFinding {
  const FunctionSummary *In;
  const UnitSummary *Unit;
  const CallSummary *Call;
  uint32_t Effect;
};

class Linker {
public:
  /// Adds what is known of a unit.
  void add(UnitSummary Unit) { Units.push_back(std::move(Unit)); }

  /// Works out which functions block. To be called once, at the end.
  void link();

  /// The functions that block.
  const ProjectIndex &index() const { return Index; }

  /// The findings in all coroutines and awaiters, also those that a unit shows
  /// by itself.
  const std::vector<LinkedFinding> &findings() const { return Findings; }

private:
  /// The node Caller may do what the node that the edge belongs to does.
  struct Edge {
    uint32_t Caller;
    /// The call; null if Caller is the overriders of a method.
    const CallSummary *At;
    uint32_t Through; // an effect, see IndexedEffect
  };

  void sortUnits();
  void addOverriders();
  void addEdges(uint32_t Caller);
  bool isRoot(uint32_t Node) const { return Index.Functions[Node].IsRoot; }
  bool isWanted(const Definition &Root, Category Blocks) const;
  bool hasLike(uint32_t Node, const IndexedEffect &Effect) const;
  void addEffect(IndexedEffect Effect, const CallSummary *At);
  void propagate(uint32_t Effect, const Edge &To);
  void propagateCallable(uint32_t Effect, const Edge &To,
                         const ArgumentSummary &Argument);
  void collectFindings();
  void dropTheHarmless();

  std::vector<UnitSummary> Units;
  std::unique_ptr<Definitions> Defined;
  /// A node is a function of the index: first the definitions, then for each
  /// method that is overridden its overriders.
  llvm::StringMap<uint32_t> Overriders;
  std::vector<llvm::SmallVector<Edge, 2>> Callers;
  std::vector<const CallSummary *> Calls; // by effect
  /// The calls of roots that have an effect, with the parameter they run.
  llvm::DenseSet<std::pair<const CallSummary *, uint64_t>> Told;
  /// Effects that the callers of a node have not been told of.
  std::deque<std::pair<uint32_t, uint32_t>> Pending;
  ProjectIndex Index;
  std::vector<LinkedFinding> Findings;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_LINKER_H
