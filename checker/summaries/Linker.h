// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Joins the summaries of the units of a project: which functions block, and by
// what chain, across files. The result does not depend on the order in which
// units are added.

#ifndef CORO_TIDY_SUMMARIES_LINKER_H
#define CORO_TIDY_SUMMARIES_LINKER_H

#include "summaries/ProjectIndex.h"
#include <deque>

namespace clang::tidy::coro {

/// A call in a coroutine or awaiter that may block. What it says is in the
/// index; Replacement is what to await in the coroutine's own library.
struct LinkedFinding {
  const FunctionSummary *In;
  const UnitSummary *Unit;
  uint32_t Effect;
};

class Linker {
public:
  /// Adds what is known of a unit.
  void add(UnitSummary Unit) { Units.push_back(std::move(Unit)); }

  /// Works out which functions block. To be called once, at the end.
  void link();

  const ProjectIndex &index() const { return Index; }

  /// The findings in all coroutines and awaiters, also those that a unit shows
  /// by itself.
  const std::vector<LinkedFinding> &findings() const { return Findings; }

private:
  struct Node {
    const FunctionSummary *Summary;
    const UnitSummary *Unit;
  };
  struct Edge {
    uint32_t Caller;
    const CallSummary *At;
    uint32_t Through;
  };
  /// The definitions that the name may mean, by key.
  using Definitions = llvm::SmallVector<uint32_t, 1>;

  void addNodes();
  void addEdges(uint32_t Caller);
  std::optional<uint32_t> resolve(llvm::StringRef Key, uint32_t From) const;
  void addEffect(IndexedEffect Effect, const CallSummary *At);
  void propagate(uint32_t Effect, const Edge &To);
  void propagateCallable(uint32_t Effect, const Edge &To,
                         const ArgumentSummary &Argument);
  bool isWanted(const Node &Root, Category Blocks) const;

  std::vector<UnitSummary> Units;
  std::vector<Node> Nodes;
  llvm::StringMap<Definitions> ByKey;
  llvm::StringMap<llvm::SmallVector<uint32_t, 1>> OverriddenBy;
  std::vector<llvm::SmallVector<Edge, 2>> Callers;
  std::vector<const CallSummary *> Calls; // by effect
  ProjectIndex Index;
  std::vector<LinkedFinding> Findings;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_LINKER_H
