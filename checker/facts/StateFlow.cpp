// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/StateFlow.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {

static const FunctionDecl &patternOf(const FunctionDecl &Function) {
  const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern();
  return Pattern ? *Pattern : *Function.getCanonicalDecl();
}

StateFlow::StateFlow(const FunctionDecl &Function, const Models &Library,
                     Values &Seen, llvm::ArrayRef<PlaceUse> Uses,
                     const Parents &Around, KnownUses &Others)
    : Function(Function), Library(Library), Seen(Seen), Uses(Uses),
      Around(Around), Others(Others), Order(Function, Flow::Objects) {
  if (Order.isKnown())
    findPositions(Uses);
}

void StateFlow::findPositions(llvm::ArrayRef<PlaceUse> Uses) {
  for (const PlaceUse &Each : Uses)
    UsesAt[Each.At].push_back(&Each);
  for (const CFGBlock *Block : Order.blocks()) {
    size_t Index = 0;
    for (const CFGElement &Element : *Block) {
      if (auto Statement = Element.getAs<CFGStmt>()) {
        Positions.try_emplace(Statement->getStmt(), Position{Block, Index});
        if (const auto *Site =
                dyn_cast<CXXMemberCallExpr>(Statement->getStmt()))
          addCallOnThis(*Site);
      }
      ++Index;
    }
  }
}

// flush();   - what it does with the members is done here
void StateFlow::addCallOnThis(const CXXMemberCallExpr &Site) {
  const CXXMethodDecl *Method = Site.getMethodDecl();
  const Expr *Object = Site.getImplicitObjectArgument();
  const FunctionDecl *Body = Method ? Method->getDefinition() : nullptr;
  if (!Body || !Object || !isa<CXXThisExpr>(stripped(Object)) ||
      &patternOf(*Body) == &patternOf(Function))
    return;
  llvm::ArrayRef<PlaceUse> Inside = Others.of(*Body);
  for (const PlaceUse &Each : Inside) {
    if (Each.What == PlaceUse::Access &&
        llvm::any_of(Inside, [&](const PlaceUse &Other) {
          return Other.What == PlaceUse::Ask &&
                 Other.Where.Text == Each.Where.Text;
        }))
      continue;
    if (!llvm::StringRef(Each.Where.Text).starts_with("this") ||
        (Each.What != PlaceUse::Ask && Each.What != PlaceUse::Access &&
         !Each.isChange()))
      continue;
    ByCalls.push_back(std::make_unique<PlaceUse>(Each));
    ByCalls.back()->At = &Site;
    ByCalls.back()->Mention = &Site;
    UsesAt[&Site].push_back(ByCalls.back().get());
  }
}

std::vector<StateFlow::Stale> StateFlow::search(
    Position From, llvm::function_ref<bool(const PlaceUse &)> IsWanted,
    llvm::function_ref<bool(const PlaceUse &, bool IsSuspended)> Renews) {
  if (!Ways)
    Ways = std::make_unique<Paths>(Function, Order, Seen);
  auto UsesOf = [&](const CFGElement &Element) {
    auto Statement = Element.getAs<CFGStmt>();
    auto At = Statement ? UsesAt.find(Statement->getStmt()) : UsesAt.end();
    return At == UsesAt.end() ? llvm::ArrayRef<const PlaceUse *>()
                              : llvm::ArrayRef<const PlaceUse *>(At->second);
  };
  llvm::SmallVector<const CoroutineSuspendExpr *, 4> Suspensions;
  Ways->search(*From.Block, From.Index, /*AtExit=*/false,
               [&](const CFGElement &Element) {
                 if (const auto *Await = suspensionAt(Element)) {
                   if (!llvm::is_contained(Suspensions, Await))
                     Suspensions.push_back(Await);
                   return Paths::Stop;
                 }
                 for (const PlaceUse *Use : UsesOf(Element))
                   if (Renews(*Use, false))
                     return Paths::Stop;
                 return Paths::GoOn;
               });
  std::vector<Stale> Found;
  for (const CoroutineSuspendExpr *Await : Suspensions) {
    Position Start = positionOf(*Await);
    if (!Start.Block)
      continue;
    Ways->search(*Start.Block, Start.Index + 1, /*AtExit=*/false,
                 [&](const CFGElement &Element) {
                   for (const PlaceUse *Use : UsesOf(Element)) {
                     if (IsWanted(*Use)) {
                       if (llvm::none_of(Found, [&](const Stale &Each) {
                             return Each.Use == Use;
                           }))
                         Found.push_back({Use, Await});
                       return Paths::Stop;
                     }
                     if (Renews(*Use, true))
                       return Paths::Stop;
                   }
                   return Paths::GoOn;
                 });
  }
  return Found;
}

bool StateFlow::passesOnlyBy(const Edge &Decided, const CFGBlock &Block) {
  auto [Entry, IsNew] = WithoutEdge.try_emplace({Decided.From, Decided.To});
  llvm::DenseSet<const CFGBlock *> &Reached = Entry->second;
  if (IsNew) {
    llvm::SmallVector<const CFGBlock *, 16> Pending{&Order.entry()};
    // Handlers of exceptions begin anywhere.
    for (const CFGBlock *Each : Order.blocks())
      if (Each->pred_empty())
        Pending.push_back(Each);
    while (!Pending.empty()) {
      const CFGBlock *Current = Pending.pop_back_val();
      if (!Reached.insert(Current).second)
        continue;
      for (const CFGBlock::AdjacentBlock &Next : Current->succs())
        if (const CFGBlock *To = Next.getReachableBlock();
            To && !(Current == Decided.From && To == Decided.To))
          Pending.push_back(To);
    }
  }
  return !Reached.contains(&Block);
}

bool StateFlow::isElsewhere(const FunctionDecl &Other) const {
  const auto *Method = dyn_cast<CXXMethodDecl>(&Other);
  bool IsAssignment = Method && (Method->isCopyAssignmentOperator() ||
                                 Method->isMoveAssignmentOperator());
  return !isa<CXXConstructorDecl, CXXDestructorDecl>(Other) && !IsAssignment &&
         &patternOf(Other) != &patternOf(Function);
}

const PlaceUse *StateFlow::changeElsewhere(
    const ValueDecl &Declaration,
    llvm::function_ref<bool(const PlaceUse &)> Counts) const {
  for (const PlaceUse *Each : Others.changesOf(Declaration))
    if (isElsewhere(*Each->Function) && Counts(*Each))
      return Each;
  return nullptr;
}

bool StateFlow::tellsOfChange(const PlaceUse &Use,
                              const ValueDecl &Declaration) const {
  if (Use.What != PlaceUse::Ask || !Use.Where.Declaration)
    return false;
  for (const PlaceUse *Change : Others.changesOf(Declaration))
    if (isElsewhere(*Change->Function))
      for (const PlaceUse &With : Others.of(*Change->Function))
        if (With.isChange() && With.Where.Declaration == Use.Where.Declaration)
          return true;
  // const auto mine = generation_;
  return llvm::any_of(Uses, [&](const PlaceUse &Read) {
    if (Read.What != PlaceUse::Read || Read.Where.Text != Use.Where.Text)
      return false;
    const Stmt *Outer = Around.of(Read.Mention);
    while (Outer && isa<Expr>(Outer))
      Outer = Around.of(Outer);
    return isa_and_nonnull<DeclStmt>(Outer);
  });
}

bool StateFlow::isWorker(const Stmt &Inner) const {
  const Stmt *Child = &Inner;
  for (const Stmt *Outer = Around.of(Child); Outer;
       Child = Outer, Outer = Around.of(Outer)) {
    const auto *For = dyn_cast<ForStmt>(Outer);
    if (For && Child == For->getBody() && (!For->getCond() || !For->getInc()))
      return true;
    const auto *While = dyn_cast<WhileStmt>(Outer);
    if (While && Child == While->getBody())
      return true;
    const auto *Do = dyn_cast<DoStmt>(Outer);
    if (Do && Child == Do->getBody())
      return true;
  }
  return false;
}

bool StateFlow::isLoopCondition(const Stmt &Inner) const {
  const Stmt *Outer = Around.of(&Inner);
  while (isa_and_nonnull<Expr>(Outer))
    Outer = Around.of(Outer);
  return isa_and_nonnull<WhileStmt, ForStmt, DoStmt>(Outer);
}

StateFlow::Position StateFlow::checkedAt(const Edge &Decided,
                                         const Expr &Mention) const {
  Position Asked = positionOf(Mention);
  return Asked.Block ? Position{Asked.Block, Asked.Index + 1}
                     : Position{Decided.To, 0};
}

Exclusion::Kept StateFlow::keepsOut(Position First, Position Second) {
  if (!Alone)
    Alone = std::make_unique<Exclusion>(Function, Order, Library, Uses, Around);
  return Alone->keepsOut(*First.Block, First.Index, *Second.Block,
                         Second.Index);
}

} // namespace clang::tidy::coro
