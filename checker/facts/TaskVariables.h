// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What happens to the local tasks of one function, and on which paths. The
// obligation to use a task once begins where it is created, and ends where it
// is awaited, moved away, or may be used by somebody else.

#ifndef CORO_TIDY_FACTS_TASKVARIABLES_H
#define CORO_TIDY_FACTS_TASKVARIABLES_H

#include "facts/Paths.h"
#include "facts/TaskEvents.h"

namespace clang::tidy::coro {

/// A way on which a pending task is lost.
struct LostTask {
  const TaskVariable *Variable;
  const TaskEvent *Created; // null for a parameter
  /// Whether it is used on other ways.
  bool IsPartial = false;
  /// The branch that decides; null when there is none.
  std::optional<Way::Branch> Decision;
  /// The assignment that overwrites it; null where the scope ends.
  const TaskEvent *OverwrittenBy = nullptr;
  /// What leaves the scope: a return, or the block itself; may be null.
  const Stmt *Leaving = nullptr;
};

/// A task that is consumed though it already was.
struct ReusedTask {
  const TaskEvent *First;
  const TaskEvent *Second; // the same as First round a loop
};

class TaskVariables {
public:
  /// Looks at \p Declared, the local variables of class type of \p Function.
  TaskVariables(const FunctionDecl &Function,
                llvm::ArrayRef<const ValueDecl *> Declared, TaskTypes &Types,
                const Models &Library, Values &Seen);

  /// Whether the function has no local tasks.
  bool isEmpty() const { return !Order; }

  /// The variables whose task is pending on some path to an exit. Paths by an
  /// exception do not count.
  std::vector<LostTask> lost() const;

  /// The second consumption of each task on some path.
  std::vector<ReusedTask> reused() const;

private:
  /// Where an event stands in the flow.
  struct Place {
    const CFGBlock *Block;
    size_t Index;
    const TaskEvent *Event;
  };

  std::optional<LostTask> wayToLoss(const TaskVariable &Variable,
                                    const Place &Created) const;
  bool reachesUse(const TaskVariable &Variable, const CFGBlock &From,
                  size_t Index) const;
  std::optional<Way::Branch> decisionOn(const Way &Lost,
                                        const TaskVariable &Variable) const;
  const TaskEvent *nextConsumption(const Place &First) const;
  Paths::Region regionTo(const TaskVariable &Variable,
                         const CFGBlock &From) const;
  const TaskEvent *eventAt(const CFGElement &Element,
                           const TaskVariable &Variable) const;

  TaskEvents Events;
  std::unique_ptr<Flow> Order;
  std::unique_ptr<Paths> Search;
  std::vector<Place> Places;
  /// The blocks from which a way leads to an event of the variable.
  mutable llvm::DenseMap<const TaskVariable *, llvm::DenseSet<const CFGBlock *>>
      Leading;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_TASKVARIABLES_H
