// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/ReturnedTasks.h"
#include "coroutine/Coroutines.h"
#include "facts/Call.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/Names.h"
#include "llvm/SpecialMembers.h"

namespace clang::tidy::coro {
namespace {

/// Whether \p Class gives out tasks that others put into it, as a queue does.
bool isContainerOfTasks(const CXXRecordDecl &Class, TaskTypes &Types) {
  const auto *Container = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  return Container &&
         llvm::any_of(Container->getTemplateArgs().asArray(),
                      [&](const TemplateArgument &Each) {
                        return Each.getKind() == TemplateArgument::Type &&
                               holdsTask(Each.getAsType(), Types);
                      });
}

/// Whether \p Coroutine has nothing to wait for: it only hands a value on.
bool isReadyMade(const FunctionDecl &Coroutine) {
  const FunctionDecl *Definition = Coroutine.getDefinition();
  const CoroutineBodyStmt *Body =
      Definition ? coroutineBody(*Definition) : nullptr;
  const auto *Block = Body ? dyn_cast<CompoundStmt>(Body->getBody()) : nullptr;
  if (!Block || Block->size() > 1)
    return false;
  const auto *Return = Block->body_empty()
                           ? nullptr
                           : dyn_cast<CoreturnStmt>(Block->body_front());
  bool IsPlain = Block->body_empty() || Return;
  forEachEvaluated(Coroutine.getASTContext(), Block, [&](const Stmt *S) {
    IsPlain &= !isa<CoroutineSuspendExpr, CXXThisExpr>(S);
    const auto *Site = dyn_cast<CallExpr>(S);
    IsPlain &= !Site || Site->isCallToStdMove();
    return true;
  });
  return IsPlain;
}

bool isUserProvided(const CXXDestructorDecl *End) {
  return End && End->isUserProvided();
}

/// Whether the end of an object of \p Class does something of the user's.
bool endMeansSomething(const CXXRecordDecl &Class, unsigned Depth = 0) {
  const CXXRecordDecl *Defined = Class.getDefinition();
  if (!Defined || Depth > 2 || Defined->isInStdNamespace() ||
      Defined->hasTrivialDestructor())
    return false;
  if (isUserProvided(Defined->getDestructor()))
    return true;
  return llvm::any_of(Defined->fields(), [&](const FieldDecl *Field) {
    const CXXRecordDecl *Part = Field->getType()->getAsCXXRecordDecl();
    return Part && endMeansSomething(*Part, Depth + 1);
  });
}

bool isCopyable(const CXXRecordDecl &Class) {
  for (const CXXConstructorDecl *Each : Class.ctors())
    if (Each->isCopyConstructor())
      return !Each->isDeleted() && Each->getAccess() == AS_public;
  return !hasDeletedImplicitCopy(Class) &&
         !Class.hasUserDeclaredMoveConstructor() &&
         !Class.hasUserDeclaredMoveAssignment();
}

/// lock.unlock()   permit.release()   span.end()
bool endsEarly(const CXXMemberCallExpr &Site) {
  const CXXMethodDecl *Method = Site.getMethodDecl();
  std::string Name = Method ? unqualifiedName(*Method) : "";
  for (llvm::StringRef Each :
       {"unlock", "unlock_shared", "release", "reset", "dismiss", "cancel",
        "close", "commit", "stop", "end", "finish", "leave", "disarm", "done"})
    if (Name == Each)
      return true;
  return false;
}

} // namespace

/// Whether \p Site makes a lazy task, and does not give out one that there was.
bool ReturnedTasks::makes(const CallExpr &Site) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  const TaskTraits *Traits =
      Site.isPRValue() ? Types.traits(Site.getType()) : nullptr;
  if (!Callee || !Traits || !Traits->CoroutineResult || Traits->Generator ||
      Traits->Begins != Start::Lazy || Callee->isInStdNamespace() ||
      isReadyMade(*Callee))
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  // std::move(task).as_shared()
  return !Method || (!Types.traits(*Method->getParent()).CoroutineResult &&
                     !isContainerOfTasks(*Method->getParent(), Types));
}

/// Adds the calls that make the task \p Value.
void ReturnedTasks::addMakers(const ReturnStmt &Return, const Expr *Value,
                              const VarDecl *In,
                              std::vector<ReturnedTask> &Result,
                              unsigned Depth) {
  Value = Value ? stripped(Value) : nullptr;
  if (!Value || Depth > 6 || Value->getType().isNull())
    return;
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Value)) {
    addMakers(Return, Choice->getTrueExpr(), In, Result, Depth + 1);
    return addMakers(Return, Choice->getFalseExpr(), In, Result, Depth + 1);
  }
  if (const auto *Mention = dyn_cast<DeclRefExpr>(Value)) {
    const auto *Variable = dyn_cast<VarDecl>(Mention->getDecl());
    if (!In && Variable && Uses.declarationOf(*Variable) &&
        Variable->hasLocalStorage())
      addMakers(Return, Seen.onlyValue(*Variable, Uses.function()), Variable,
                Result, Depth + 1);
    return;
  }
  auto AddParts = [&](llvm::ArrayRef<const Expr *> Parts) {
    for (const Expr *Each : Parts)
      if (holdsTask(Each->getType().getNonReferenceType(), Types))
        addMakers(Return, Each, In, Result, Depth + 1);
  };
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    return AddParts({Construct->getArgs(), Construct->getNumArgs()});
  if (const auto *Site = dyn_cast<CallExpr>(Value)) {
    if (makes(*Site)) {
      Result.push_back({&Return, Site, In});
      return;
    }
    // return f().then(g);
    if (const auto *On = dyn_cast<CXXMemberCallExpr>(Site))
      AddParts({On->getImplicitObjectArgument()});
    AddParts({Site->getArgs(), Site->getNumArgs()});
  }
}

const CXXTryStmt *ReturnedTasks::tryAround(const ReturnedTask &Task) const {
  const Stmt *Inner = Task.Return;
  for (const Stmt *Outer = Uses.around().of(Inner); Outer;
       Inner = Outer, Outer = Uses.around().of(Outer))
    if (const auto *Try = dyn_cast<CXXTryStmt>(Outer);
        Try && Try->getTryBlock() == Inner && Uses.isWithin(*Task.Made, *Try))
      return Try;
  return nullptr;
}

bool ReturnedTasks::isLock(const VarDecl &Local) const {
  const CXXRecordDecl *Class = Local.getType()->getAsCXXRecordDecl();
  const TypeModel *Model = Class ? Library.type(*Class) : nullptr;
  return Model && Model->Binding == ThreadBinding::Lock;
}

/// Whether \p Local is there for the sake of its end.
bool ReturnedTasks::isGuard(const VarDecl &Local) const {
  const CXXRecordDecl *Class = Local.getType()->getAsCXXRecordDecl();
  if (!Class || !Class->hasDefinition() || Local.isStaticLocal() ||
      Class->isLambda() || holdsTask(Local.getType(), Types))
    return false;
  Class = Class->getDefinition();
  if (isLock(Local))
    return true;
  // auto self = shared_from_this();
  const auto *Kept =
      Local.getInit() && !isa<ParmVarDecl>(Local)
          ? dyn_cast<CXXMemberCallExpr>(stripped(Local.getInit()))
          : nullptr;
  if (Kept && Kept->getMethodDecl() &&
      unqualifiedName(*Kept->getMethodDecl()) == "shared_from_this")
    return Uses.mentionsOf(Local).empty();
  if (!endMeansSomething(*Class))
    return false;
  return !isCopyable(*Class) ||
         (!isa<ParmVarDecl>(Local) && Uses.mentionsOf(Local).empty());
}

/// Whether \p Local still holds at the return of \p Task, and was to hold on.
bool ReturnedTasks::isHeldAt(const VarDecl &Local, const ReturnedTask &Task) {
  const Stmt *Scope = Uses.scopeOf(Local);
  const DeclStmt *Declaration = Uses.declarationOf(Local);
  if (!Scope || !Uses.isWithin(*Task.Return, *Scope) ||
      (Declaration && !Uses.isBehind(*Task.Made, *Declaration)))
    return false;
  if (Seen.isGivenAway(Local, Uses.function()))
    return false;
  bool IsLock = isLock(Local);
  for (const Expr *Mention : Uses.mentionsOf(Local)) {
    const Stmt *Outer = Uses.around().of(Mention);
    while (isa_and_nonnull<ImplicitCastExpr, ParenExpr>(Outer))
      Outer = Uses.around().of(Outer);
    if (!Outer || isa<LambdaExpr, CXXConstructExpr>(Outer))
      return false;
    const auto *Site =
        isa<MemberExpr>(Outer)
            ? dyn_cast_or_null<CXXMemberCallExpr>(Uses.around().of(Outer))
            : nullptr;
    if (Site && endsEarly(*Site))
      return false;
    // What is asked for something and used elsewhere is more than a scope.
    bool IsForTask = Uses.isWithin(*Mention, *Task.Return) ||
                     Uses.isWithin(*Mention, *Task.Made);
    if (!IsLock && !IsForTask && !(Site && Site->getType()->isVoidType()))
      return false;
  }
  return true;
}

/// Whether \p Lock is there for something else than the task: members are used
/// under it, apart from what the task is called on or given by reference.
bool ReturnedTasks::isForOthers(const VarDecl &Lock,
                                const ReturnedTask &Task) const {
  const DeclStmt *Declaration = Uses.declarationOf(Lock);
  const Stmt *Scope = Uses.scopeOf(Lock);
  if (!Declaration || !Scope)
    return false;
  Call Made;
  Made.setCall(*Task.Made);
  llvm::SmallVector<const Stmt *, 4> Lent{Made.Object};
  for (unsigned I = 0;
       I < Made.Arguments.size() && I < Made.Callee->getNumParams(); ++I)
    if (Made.Callee->getParamDecl(I)->getType()->isReferenceType() ||
        isa<CXXThisExpr>(Made.Arguments[I]->IgnoreImpCasts()))
      Lent.push_back(Made.Arguments[I]);
  bool IsUsed = false;
  forEachEvaluated(Made.Callee->getASTContext(), Scope, [&](const Stmt *S) {
    if (S == Declaration || llvm::is_contained(Lent, S))
      return false;
    IsUsed |= isa<CXXThisExpr>(S) && Uses.isBehind(*S, *Declaration);
    return true;
  });
  return IsUsed;
}

std::vector<EndedScope> ReturnedTasks::endedScopes() {
  std::vector<ReturnedTask> Tasks;
  for (const ReturnStmt *Return : Uses.returns())
    addMakers(*Return, Return->getRetValue(), nullptr, Tasks);
  std::vector<EndedScope> Result;
  if (Tasks.empty())
    return Result;
  for (const ReturnedTask &Task : Tasks) {
    if (const CXXTryStmt *Try = tryAround(Task)) {
      Result.push_back({Task, Try, nullptr});
      continue;
    }
    for (const VarDecl *Local : Uses.locals())
      if (isGuard(*Local) && isHeldAt(*Local, Task) &&
          !(isLock(*Local) && isForOthers(*Local, Task))) {
        Result.push_back({Task, nullptr, Local});
        break;
      }
  }
  return Result;
}

} // namespace clang::tidy::coro
