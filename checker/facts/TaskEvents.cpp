// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/TaskEvents.h"
#include "facts/TaskCalls.h"
#include "facts/Values.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {
namespace {

/// Whether \p Variable is a copy of a shared task: for (auto task : tasks)
bool isSharedCopy(const TaskVariable &Variable) {
  const auto *Declared = dyn_cast<VarDecl>(Variable.Declaration);
  return Declared && Declared->isCXXForRangeDecl() && Variable.Traits.IsShared;
}

/// Whether \p Value holds no task: {}, Task<>(), nullptr, std::nullopt.
bool isEmptyValue(const Expr *Value) {
  Value = Value ? stripped(Value) : nullptr;
  if (!Value)
    return true;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    return Construct->getNumArgs() == 0 ||
           (Construct->getNumArgs() == 1 && isEmptyValue(Construct->getArg(0)));
  if (const auto *Braced = dyn_cast<InitListExpr>(Value))
    return Braced->getNumInits() == 0;
  if (const auto *Reference = dyn_cast<DeclRefExpr>(Value))
    return Reference->getDecl()->isInStdNamespace(); // std::nullopt
  return isa<CXXNullPtrLiteralExpr, CXXScalarValueInitExpr, IntegerLiteral>(
      Value);
}

} // namespace

TaskEvents::TaskEvents(const FunctionDecl &Function,
                       llvm::ArrayRef<const ValueDecl *> Declared,
                       TaskTypes &Types, const Models &Library) {
  for (const ValueDecl *Each : Declared)
    if (std::unique_ptr<TaskVariable> Found =
            taskVariable(*Each, Types, Library)) {
      ByDeclaration[Each] = Found.get();
      Variables.push_back(std::move(Found));
    }
  if (!Variables.empty())
    walk(Function);
}

void TaskEvents::walk(const FunctionDecl &Function) {
  std::vector<const DeclRefExpr *> References;
  std::vector<const DeclStmt *> Declarations;
  Around = Parents(Function, [&](const Stmt *S) {
    if (const auto *Reference = dyn_cast<DeclRefExpr>(S)) {
      if (known(Reference->getDecl()))
        References.push_back(Reference);
    } else if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
      addAliases(*Declaration);
      Declarations.push_back(Declaration);
    }
  });
  for (const DeclStmt *Each : Declarations)
    addDeclaration(*Each);
  for (const DeclRefExpr *Each : References)
    addReference(*Each);
  // A generator may be left early, and so may the copy of a shared task in a
  // range-based for; only one that nobody uses is lost.
  for (auto &[At, Happening] : ByPlace)
    for (const TaskEvent &Each : Happening)
      if (Each.What != TaskEvent::Create &&
          (Each.Variable->Traits.Generator || isSharedCopy(*Each.Variable)))
        known(Each.Variable->Declaration)->IsAliased = true;
}

// Task<>& same = t;
void TaskEvents::addAliases(const DeclStmt &Declaration) {
  for (const Decl *Each : Declaration.decls()) {
    const auto *Declared = dyn_cast<VarDecl>(Each);
    if (!Declared || !Declared->getType()->isReferenceType() ||
        !Declared->getInit())
      continue;
    const auto *Named = dyn_cast<DeclRefExpr>(stripped(Declared->getInit()));
    if (TaskVariable *Same = Named ? known(Named->getDecl()) : nullptr)
      ByDeclaration[Declared] = Same;
  }
}

llvm::SmallVector<const CXXCatchStmt *, 2>
TaskEvents::handlersAround(const TaskEvent &Event) const {
  llvm::SmallVector<const CXXCatchStmt *, 2> Result;
  const Stmt *Inner = Event.Mention;
  for (const Stmt *Outer = Around.of(Inner); Outer;
       Inner = Outer, Outer = Around.of(Outer)) {
    const auto *Try = dyn_cast<CXXTryStmt>(Outer);
    if (Try && Try->getTryBlock() == Inner)
      for (unsigned I = 0; I < Try->getNumHandlers(); ++I)
        Result.push_back(Try->getHandler(I));
  }
  return Result;
}

void TaskEvents::add(TaskEvent::Kind What, const TaskVariable &Variable,
                     const Stmt &At, const Expr *Mention, bool Assigns) {
  ByPlace[&At].push_back({What, &Variable, &At, Mention, Assigns});
}

void TaskEvents::addDeclaration(const DeclStmt &Declaration) {
  for (const Decl *Each : Declaration.decls()) {
    const auto *Declared = dyn_cast<VarDecl>(Each);
    if (!Declared)
      continue;
    if (const auto *Group = dyn_cast<DecompositionDecl>(Declared))
      for (const BindingDecl *Part : Group->bindings())
        if (const TaskVariable *Bound = known(Part))
          add(TaskEvent::Create, *Bound, Declaration, nullptr);
    TaskVariable *Found = known(Declared);
    if (!Found || Found->Declaration != Declared) // an alias
      continue;
    TaskVariable &Variable = *Found;
    const Expr *Init = Declared->getInit();
    bool IsEmpty = isEmptyValue(Init);
    // Event done(executor);  - an object, not an operation
    bool IsObject = !Variable.Traits.CoroutineResult && Init &&
                    isa<CXXConstructExpr, InitListExpr>(stripped(Init));
    // What was awaited has ended, unless it is lazy.
    IsObject |= Variable.Traits.Begins != Start::Lazy && Init &&
                isa<CoawaitExpr>(stripped(Init));
    // auto keep = cache.at(key);
    IsObject |= Variable.Traits.IsShared && Init &&
                stripped(Init)->isGLValue() && !Declared->isCXXForRangeDecl();
    Variable.MayBeEmpty |= IsEmpty;
    add(IsEmpty || IsObject ? TaskEvent::Clear : TaskEvent::Create, Variable,
        Declaration, nullptr);
  }
}

void TaskEvents::addReference(const DeclRefExpr &Reference) {
  TaskVariable &Variable = *known(Reference.getDecl());
  bool IsMoved = false;
  const Stmt *Current = &Reference;
  const Stmt *Parent = Around.of(Current);
  for (; Parent; Current = Parent, Parent = Around.of(Parent)) {
    if (const auto *Site = dyn_cast<CallExpr>(Parent);
        Site && Site->isCallToStdMove()) {
      IsMoved = true;
      continue;
    }
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(Parent);
        Cast && Cast->isXValue()) {
      IsMoved = true;
      continue;
    }
    if (const auto *Construct = dyn_cast<CXXConstructExpr>(Parent);
        Construct && Construct->getConstructor()->isMoveConstructor()) {
      IsMoved = true;
      continue;
    }
    // *optional   optional.value()
    if (Variable.IsHolder && !Variable.IsContainer) {
      const auto *Star = dyn_cast<CXXOperatorCallExpr>(Parent);
      if (Star && Star->getOperator() == OO_Star)
        continue;
      const auto *Access =
          dyn_cast_or_null<CXXMemberCallExpr>(Around.of(Parent));
      if (isa<MemberExpr>(Parent) && Access && Access->getNumArgs() == 0 &&
          Access->isGLValue()) {
        Parent = Access;
        continue;
      }
    }
    if (!passesValueOn(*Parent))
      break;
  }
  const auto *Ignored = dyn_cast_or_null<CastExpr>(Parent);
  bool IsIgnored = Ignored && Ignored->getCastKind() == CK_ToVoid && IsMoved;
  if (Parent && (isa<CompoundStmt>(Parent) || IsIgnored)) // t;
    return;
  if (!Parent) // Wrapper(Task<> t) : task(std::move(t))
    return add(IsMoved ? TaskEvent::Move : TaskEvent::Escape, Variable,
               Reference, &Reference);
  Variable.MayBeEmpty |= IsMoved;
  if (const auto *Alias = dyn_cast<DeclStmt>(Parent);
      Alias && Alias->isSingleDecl() &&
      known(dyn_cast<ValueDecl>(Alias->getSingleDecl())) == &Variable)
    return;
  const auto *Address = dyn_cast<UnaryOperator>(Parent);
  Variable.IsAliased |=
      !IsMoved &&
      (isa<DeclStmt, LambdaExpr, AbstractConditionalOperator, InitListExpr>(
           Parent) ||
       (Address && Address->getOpcode() == UO_AddrOf));
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(Parent)) {
    // What gives a reference to its result keeps that for the next one.
    bool KeepsResult = Await->isLValue() && !IsMoved;
    return add(Variable.IsContainer || KeepsResult ? TaskEvent::Escape
                                                   : TaskEvent::Await,
               Variable, Reference, &Reference);
  }
  if (isa<ReturnStmt, CoreturnStmt>(Parent))
    return add(TaskEvent::Move, Variable, Reference, &Reference);
  if (const auto *Member = dyn_cast<MemberExpr>(Parent))
    if (const auto *Site =
            dyn_cast_or_null<CXXMemberCallExpr>(Around.of(Member)))
      return addCall(*Site, Variable, Reference, IsMoved);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Parent))
    return addOperator(*Operator, *Current, Variable, Reference, IsMoved);
  const auto *Site = dyn_cast<CallExpr>(Parent);
  bool IsTaken = IsMoved && !(Site && mayBeLeft(*Site, *Current) &&
                              Around.useValueOf(*Site));
  add(IsTaken ? TaskEvent::Move : TaskEvent::Escape, Variable, Reference,
      &Reference);
}

// t.done()   t.start()   tasks.push_back(f())   tasks.reserve(8)
void TaskEvents::addCall(const CXXMemberCallExpr &Site, TaskVariable &Variable,
                         const DeclRefExpr &Reference, bool IsMoved) {
  const CXXMethodDecl *Method = Site.getMethodDecl();
  if (!Method)
    return add(TaskEvent::Escape, Variable, Reference, &Reference);
  if (IsMoved)
    return add(TaskEvent::Move, Variable, Reference, &Reference);
  if (isQuery(*Method))
    return add(!Variable.IsContainer || isAboutSize(Site, Around)
                   ? TaskEvent::Query
                   : TaskEvent::Escape,
               Variable, Reference, &Reference);
  if (Variable.IsContainer && Method->getReturnType()->isVoidType() &&
      llvm::all_of(
          Site.arguments(),
          [](const Expr *Each) { return Each->getType()->isIntegerType(); }) &&
      Site.getNumArgs() > 0)
    return add(TaskEvent::Query, Variable, Reference, &Reference);
  // The name of what puts a task into a container: its arguments make one.
  bool Fills = Variable.IsHolder && Method->getIdentifier() &&
               (Method->getName().contains("push") ||
                Method->getName().contains("emplace") ||
                Method->getName().contains("insert"));
  // auto &slot = tasks.emplace_back(f());
  Variable.IsAliased |= Fills && Around.useValueOf(Site);
  if (Fills)
    return add(TaskEvent::Create, Variable, Site, &Reference);
  if (Variable.IsHolder && Method->getIdentifier() &&
      Method->getName() == "reset") {
    Variable.MayBeEmpty = true;
    return add(TaskEvent::Clear, Variable, Site, &Reference, /*Assigns=*/true);
  }
  add(TaskEvent::Escape, Variable, Reference, &Reference);
}

// t = f()   t == nullptr   *t
void TaskEvents::addOperator(const CXXOperatorCallExpr &Site,
                             const Stmt &Argument, TaskVariable &Variable,
                             const DeclRefExpr &Reference, bool IsMoved) {
  if (Site.getOperator() == OO_Equal && Site.getArg(0) == &Argument) {
    bool IsEmpty = isEmptyValue(Site.getArg(1));
    Variable.MayBeEmpty |= IsEmpty;
    Variable.IsAliased |= Around.useValueOf(Site); // co_await (t = f());
    return add(IsEmpty ? TaskEvent::Clear : TaskEvent::Create, Variable, Site,
               &Reference, /*Assigns=*/true);
  }
  if (Site.getOperator() == OO_EqualEqual ||
      Site.getOperator() == OO_ExclaimEqual)
    return add(TaskEvent::Query, Variable, Reference, &Reference);
  add(IsMoved ? TaskEvent::Move : TaskEvent::Escape, Variable, Reference,
      &Reference);
}

} // namespace clang::tidy::coro
