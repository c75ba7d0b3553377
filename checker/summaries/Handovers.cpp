// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Handovers.h"
#include "facts/TaskVariable.h"
#include "summaries/CallableTypes.h"
#include "summaries/GivenCallables.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

class Finder {
public:
  explicit Finder(TranslationUnit &Unit) : Unit(Unit), Given(Unit) {}

  /// Looks at all places of the unit.
  void run();

  std::vector<Handover> Result;

private:
  void look(const Expr &Site);
  const TaskTraits *taskOf(const Expr *Callable,
                           const FunctionProtoType *Signature = nullptr);
  void report(const Expr &Site, const Expr *Callable, const TaskTraits &Traits,
              SourceLocation DroppedAt);
  bool lookAtModels(const Expr &Site, const Call &At);
  void lookAtBraces(const InitListExpr &Site);
  bool convertsTo(const CXXRecordDecl &Class, const Expr &Site,
                  llvm::ArrayRef<const Expr *> Arguments);
  void lookAtElements(const Expr &Site, const Call &At);

  TranslationUnit &Unit;
  GivenCallables Given;
};

/// The traits of the task that calling \p Callable gives, if losing it
/// matters.
const TaskTraits *Finder::taskOf(const Expr *Callable,
                                 const FunctionProtoType *Signature) {
  // std::bind_front(&Session::serve, this)
  const auto *Bound = dyn_cast<CallExpr>(stripped(Callable));
  if (const FunctionDecl *Binder = Bound ? Bound->getDirectCallee() : nullptr)
    for (const FunctionModel *Model : Unit.models().functions(*Binder, nullptr))
      if (Model->Wraps && *Model->Wraps < Bound->getNumArgs())
        return taskOf(Bound->getArg(*Model->Wraps));
  QualType Type = stripped(Callable)->getType();
  QualType Result = Type.isNull() ? Type : resultOfCalling(Type, Signature);
  const CXXRecordDecl *Class =
      Result.isNull() ? nullptr : Result->getAsCXXRecordDecl();
  if (!Class || Result->isReferenceType())
    return nullptr;
  if (const TaskTraits *Held =
          taskHeldBy(*Class, Unit.taskTypes(), Unit.models()))
    return Held;
  const TaskTraits *Traits = &Unit.taskTypes().traits(*Class);
  if (!Traits->CoroutineResult || Traits->Generator ||
      Traits->isFireAndForget() || Traits->OwnsItself)
    return nullptr;
  const TypeModel *Model = Unit.models().type(*Class);
  return Model && (Model->DiscardAllowed || Model->FireAndForget) ? nullptr
                                                                  : Traits;
}

void Finder::report(const Expr &Site, const Expr *Callable,
                    const TaskTraits &Traits, SourceLocation DroppedAt) {
  // template <typename F> void connect(F f) { slots.push_back(Slot(f)); }
  // Who gave f is to blame.
  if (const ParmVarDecl *Parameter = Given.parameterIn(Callable))
    return Given.setDropped(
        *Parameter, DroppedAt.isValid() ? DroppedAt : Site.getExprLoc());
  Result.push_back({&Site, Callable, Traits, DroppedAt});
}

/// Looks at what the models say that \p At does with its arguments.
bool Finder::lookAtModels(const Expr &Site, const Call &At) {
  bool Found = false;
  for (const FunctionModel *Model :
       Unit.models().functions(*At.Callee, At.objectClass()))
    for (unsigned Index : Model->IgnoresResult)
      if (Index < At.Arguments.size())
        if (const TaskTraits *Traits = taskOf(At.Arguments[Index])) {
          report(Site, At.Arguments[Index], *Traits, {});
          Found = true;
        }
  return Found;
}

/// Guard guard{f};  - an aggregate
void Finder::lookAtBraces(const InitListExpr &Site) {
  const CXXRecordDecl *Class = Site.getType()->getAsCXXRecordDecl();
  if (!Class)
    return;
  for (const Expr *Each : Site.inits())
    if (const TaskTraits *Traits = taskOf(Each)) {
      SourceLocation Dropped =
          Given.dropsMember(*Class, stripped(Each)->getType());
      if (Dropped.isValid())
        report(Site, Each, *Traits, Dropped);
    }
}

/// Reports the callables among \p Arguments of which an object of \p Class is
/// made that has no use for their tasks.
bool Finder::convertsTo(const CXXRecordDecl &Class, const Expr &Site,
                        llvm::ArrayRef<const Expr *> Arguments) {
  const FunctionProtoType *Signature = dropsResult(Class);
  bool Drops = Signature != nullptr;
  for (const CXXConstructorDecl *Each : Class.ctors())
    if (!Drops)
      for (const FunctionModel *Model : Unit.models().functions(*Each, nullptr))
        Drops |= !Model->IgnoresResult.empty();
  for (const Expr *Each : Arguments)
    if (const TaskTraits *Traits = Drops ? taskOf(Each, Signature) : nullptr) {
      report(Site, Each, *Traits, {});
      return true;
    }
  return false;
}

// threads.emplace_back(run);   std::make_unique<Worker>(run);
void Finder::lookAtElements(const Expr &Site, const Call &At) {
  const TemplateArgumentList *Types = nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(At.Callee);
  const auto *Owner =
      Method ? dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent())
             : nullptr;
  if (Owner && Unit.isForeign(Owner->getLocation()))
    Types = &Owner->getTemplateArgs();
  for (const FunctionModel *Model :
       Unit.models().functions(*At.Callee, At.objectClass()))
    if (Model->Constructs && !Owner)
      Types = At.Callee->getTemplateSpecializationArgs();
  if (!Types)
    return;
  for (const TemplateArgument &Each : Types->asArray()) {
    const CXXRecordDecl *Class = Each.getKind() == TemplateArgument::Type
                                     ? Each.getAsType()->getAsCXXRecordDecl()
                                     : nullptr;
    Class = Class ? Class->getDefinition() : nullptr;
    if (!Class || convertsTo(*Class, Site, At.Arguments))
      continue;
    if (Owner)
      continue;
    // Worker(std::function<void()>)
    for (const CXXConstructorDecl *Chosen : Class->ctors())
      for (unsigned I = 0;
           I < std::min<size_t>(Chosen->getNumParams(), At.Arguments.size());
           ++I)
        if (const CXXRecordDecl *Parameter = Chosen->getParamDecl(I)
                                                 ->getType()
                                                 .getNonReferenceType()
                                                 ->getAsCXXRecordDecl())
          if (dropsResult(*Parameter))
            convertsTo(*Parameter, Site, At.Arguments[I]);
  }
}

void Finder::look(const Expr &Site) {
  if (const auto *Braces = dyn_cast<InitListExpr>(&Site))
    return lookAtBraces(*Braces);
  Call At;
  if (const auto *Called = dyn_cast<CallExpr>(&Site)) {
    At.setCall(*Called);
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Site)) {
    At.Callee = Construct->getConstructor();
    At.Arguments.assign(Construct->arg_begin(), Construct->arg_end());
  }
  if (!At.Callee || lookAtModels(Site, At))
    return;
  const auto *Method = dyn_cast<CXXMethodDecl>(At.Callee);
  // handler = []() -> Task<> { ... };   std::function<void()> f(run);
  bool IsMade = isa<CXXConstructorDecl>(At.Callee) ||
                At.Callee->getOverloadedOperator() == OO_Equal;
  if (IsMade && At.Arguments.size() == 1 && dropsResult(*Method->getParent()) &&
      convertsTo(*Method->getParent(), Site, At.Arguments))
    return;
  lookAtElements(Site, At);
  for (unsigned I = 0; I < At.Arguments.size(); ++I) {
    const Expr *Argument = At.Arguments[I];
    // on_close([]() -> Task<> { ... });  - converted to std::function<void()>
    if (const CXXRecordDecl *Wrapper =
            Argument->getType()->getAsCXXRecordDecl();
        Wrapper && dropsResult(*Wrapper)) {
      convertsTo(*Wrapper, Site, Argument);
      continue;
    }
    const TaskTraits *Traits = taskOf(Argument);
    if (!Traits)
      continue;
    SourceLocation Dropped = Given.dropsParameter(*At.Callee, I);
    if (Dropped.isInvalid() && isa<CXXConstructorDecl>(At.Callee))
      Dropped = Given.dropsMember(*Method->getParent(),
                                  stripped(Argument)->getType());
    if (Dropped.isValid())
      report(Site, Argument, *Traits, Dropped);
  }
}

void Finder::run() {
  // if (predicate(value))  - in a template
  for (const CallExpr *Test : Unit.tests())
    if (const auto *Tested = dyn_cast<CallExpr>(stripped(testedBy(*Test))))
      if (const ParmVarDecl *Parameter = Given.parameterIn(calledIn(*Tested)))
        Given.setDropped(*Parameter, Test->getExprLoc());
  // Again, until it is known what the templates do with their parameters.
  size_t Before = 0;
  do {
    Before = Given.size();
    Result.clear();
    for (const Expr *Site : Unit.handovers())
      look(*Site);
  } while (Given.size() > Before);
  llvm::erase_if(Result, [&](const Handover &Each) {
    return !Unit.isEvaluated(*Each.Site);
  });
}

} // namespace

std::vector<Handover> findHandovers(TranslationUnit &Unit) {
  Finder Find(Unit);
  Find.run();
  return std::move(Find.Result);
}

} // namespace clang::tidy::coro
