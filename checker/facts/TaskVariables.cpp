// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/TaskVariables.h"
#include "facts/Values.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {

static bool endsScopeOf(const CFGElement &Element,
                        const ValueDecl &Declaration) {
  auto End = Element.getAs<CFGAutomaticObjDtor>();
  if (!End)
    return false;
  const auto *Part = dyn_cast<BindingDecl>(&Declaration);
  return End->getVarDecl() == (Part ? Part->getDecomposedDecl() : &Declaration);
}

TaskVariables::TaskVariables(const FunctionDecl &Function,
                             llvm::ArrayRef<const ValueDecl *> Declared,
                             TaskTypes &Types, const Models &Library,
                             Values &Seen)
    : Events(Function, Declared, Types, Library) {
  if (Events.variables().empty())
    return;
  Order = std::make_unique<Flow>(Function, Flow::References);
  if (!Order->isKnown()) {
    Order.reset();
    return;
  }
  Search = std::make_unique<Paths>(Function, *Order, Seen);
  for (const CFGBlock *Block : Order->blocks()) {
    size_t Index = 0;
    for (const CFGElement &Element : *Block) {
      ++Index;
      if (auto Statement = Element.getAs<CFGStmt>())
        for (const TaskEvent &Each : Events.at(Statement->getStmt()))
          Places.push_back({Block, Index, &Each});
    }
  }
}

const TaskEvent *TaskVariables::eventAt(const CFGElement &Element,
                                        const TaskVariable &Variable) const {
  if (auto Statement = Element.getAs<CFGStmt>())
    for (const TaskEvent &Each : Events.at(Statement->getStmt()))
      if (Each.Variable == &Variable)
        return &Each;
  return nullptr;
}

/// What lies between \p From and the events of \p Variable.
Paths::Region TaskVariables::regionTo(const TaskVariable &Variable,
                                      const CFGBlock &From) const {
  auto [Known, IsNew] = Leading.try_emplace(&Variable);
  if (IsNew) {
    llvm::SmallVector<const CFGBlock *, 4> Targets;
    for (const Place &Each : Places)
      if (Each.Event->Variable == &Variable)
        Targets.push_back(Each.Block);
    Known->second = Search->leadingTo(Targets);
  }
  return Search->region(From, &Known->second,
                        [](const CFGBlock &) { return false; });
}

std::vector<LostTask> TaskVariables::lost() const {
  std::vector<LostTask> Result;
  if (!Order)
    return Result;
  for (const std::unique_ptr<TaskVariable> &Each : Events.variables()) {
    if (Each->IsAliased)
      continue;
    std::optional<LostTask> Found;
    if (isa<ParmVarDecl>(Each->Declaration))
      Found = wayToLoss(*Each, {&Order->entry(), 0, nullptr});
    for (const Place &From : Places)
      if (!Found && From.Event->Variable == Each.get() &&
          From.Event->What == TaskEvent::Create)
        Found = wayToLoss(*Each, From);
    if (Found)
      Result.push_back(*Found);
  }
  return Result;
}

static bool isUse(const TaskEvent &Event) {
  return Event.What == TaskEvent::Await || Event.What == TaskEvent::Move ||
         Event.What == TaskEvent::Escape;
}

/// What becomes of a pending \p Variable by \p Event.
static bool staysPending(const TaskVariable &Variable, const TaskEvent &Event) {
  if (Event.What == TaskEvent::Create)
    return Variable.IsContainer;
  if (Event.What != TaskEvent::Query)
    return false;
  // Who polls an eager task looks after it. A task that may be empty is asked
  // before it is used.
  return Variable.Traits.Begins == Start::Lazy &&
         (Variable.IsContainer || !Variable.MayBeEmpty);
}

/// Searches for an exit that is reached with the task pending.
std::optional<LostTask> TaskVariables::wayToLoss(const TaskVariable &Variable,
                                                 const Place &Created) const {
  LostTask Result;
  Result.Variable = &Variable;
  Result.Created = Created.Event;
  Paths::Region Pending =
      Search->region(*Created.Block, nullptr, [&](const CFGBlock &Block) {
        return llvm::any_of(Block, [&](const CFGElement &Element) {
          const TaskEvent *Event = eventAt(Element, Variable);
          return Event ? !staysPending(Variable, *Event)
                       : endsScopeOf(Element, *Variable.Declaration);
        });
      });
  std::optional<Way> Found = Search->search(
      *Created.Block, Created.Index, /*AtExit=*/true,
      [&](const CFGElement &Element) {
        const TaskEvent *Event = eventAt(Element, Variable);
        if (!Event) {
          if (!endsScopeOf(Element, *Variable.Declaration))
            return Paths::GoOn;
          Result.Leaving =
              Element.castAs<CFGAutomaticObjDtor>().getTriggerStmt();
          return Paths::Found;
        }
        // A future that is already there may be replaced.
        if (Event->Assigns && Variable.Traits.Begins != Start::Lazy)
          return Paths::Stop;
        if (Event->Assigns) {
          Result.OverwrittenBy = Event;
          return Paths::Found;
        }
        return staysPending(Variable, *Event) ? Paths::GoOn : Paths::Stop;
      },
      Variable.IsContainer ? Variable.Declaration : nullptr, &Pending);
  if (!Found)
    return std::nullopt;
  Result.IsPartial =
      reachesUse(Variable, *Created.Block, Created.Index) ||
      (!Result.OverwrittenBy && llvm::any_of(Places, [&](const Place &Each) {
        return Each.Event->Variable == &Variable && isUse(*Each.Event);
      }));
  if (Result.IsPartial)
    Result.Decision = decisionOn(*Found, Variable);
  // A branch that a macro hides is an assertion as a rule.
  const Expr *Condition =
      Result.Decision ? Result.Decision->condition() : nullptr;
  if (Condition && Condition->getExprLoc().isMacroID())
    return std::nullopt;
  return Result;
}

/// Whether a way from the element \p Index of \p From leads to a use of the
/// pending \p Variable.
bool TaskVariables::reachesUse(const TaskVariable &Variable,
                               const CFGBlock &From, size_t Index) const {
  Paths::Region Before = regionTo(Variable, From);
  return Search
      ->search(
          From, Index, /*AtExit=*/false,
          [&](const CFGElement &Element) {
            const TaskEvent *Event = eventAt(Element, Variable);
            if (!Event)
              return endsScopeOf(Element, *Variable.Declaration) ? Paths::Stop
                                                                 : Paths::GoOn;
            if (isUse(*Event))
              return Paths::Found;
            return Event->Assigns ? Paths::Stop : Paths::GoOn;
          },
          nullptr, &Before)
      .has_value();
}

/// The last branch on the way \p Lost to the loss of \p Variable from which
/// another way leads to its use; if there is none, the last branch.
std::optional<Way::Branch>
TaskVariables::decisionOn(const Way &Lost, const TaskVariable &Variable) const {
  for (const Way::Branch &Each : Lost.Branches)
    for (const CFGBlock *Other : Each.At->succs())
      if (Other && Other != Each.Taken && reachesUse(Variable, *Other, 0))
        return Each;
  if (Lost.Branches.empty())
    return std::nullopt;
  return Lost.Branches.front();
}

std::vector<ReusedTask> TaskVariables::reused() const {
  std::vector<ReusedTask> Result;
  for (const Place &First : Places) {
    TaskEvent::Kind What = First.Event->What;
    if (!First.Event->Variable->IsSingleUse ||
        (What != TaskEvent::Await && What != TaskEvent::Move))
      continue;
    const TaskEvent *Second = nextConsumption(First);
    // What co_await throws is caught in this coroutine.
    if (!Second && What == TaskEvent::Await)
      for (const CXXCatchStmt *Handler : Events.handlersAround(*First.Event))
        for (const CFGBlock *Block : Order->blocks())
          if (!Second && Block->getLabel() == Handler)
            Second = nextConsumption({Block, 0, First.Event});
    if (Second)
      Result.push_back({First.Event, Second});
  }
  return Result;
}

/// The next event of the variable on some way from \p First if that consumes
/// it again. What asks or changes the variable ends the way.
const TaskEvent *TaskVariables::nextConsumption(const Place &First) const {
  const TaskVariable &Variable = *First.Event->Variable;
  const TaskEvent *Second = nullptr;
  Paths::Region Before = regionTo(Variable, *First.Block);
  Search->search(
      *First.Block, First.Index, /*AtExit=*/false,
      [&](const CFGElement &Element) {
        const TaskEvent *Event = eventAt(Element, Variable);
        if (!Event)
          return endsScopeOf(Element, *Variable.Declaration) ? Paths::Stop
                                                             : Paths::GoOn;
        if (Event->What != TaskEvent::Await && Event->What != TaskEvent::Move)
          return Paths::Stop;
        Second = Event;
        return Paths::Found;
      },
      nullptr, &Before);
  return Second;
}

} // namespace clang::tidy::coro
