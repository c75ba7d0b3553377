// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Handovers.h"
#include "coroutine/Coroutines.h"
#include "facts/DiscardedValues.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

/// What calling a value of \p Type gives; null when that is not known.
QualType resultOfCalling(QualType Type) {
  Type = Type.getNonReferenceType();
  if (const auto *Member = Type->getAs<MemberPointerType>())
    Type = Member->getPointeeType();
  else if (Type->isPointerType())
    Type = Type->getPointeeType();
  if (const auto *Function = Type->getAs<FunctionType>())
    return Function->getReturnType();
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class || !Class->getDefinition())
    return {};
  DeclarationName Name =
      Class->getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  QualType Result;
  for (const NamedDecl *Found : Class->getDefinition()->lookup(Name)) {
    const auto *Operator = dyn_cast<FunctionDecl>(Found);
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Found))
      for (const FunctionDecl *Each : Template->specializations())
        Operator = Each;
    if (Operator)
      Result = Operator->getReturnType();
  }
  return Result;
}

/// Whether an object of \p Class calls what it is made from and returns void:
/// std::function<void(int)>.
bool dropsResult(const CXXRecordDecl &Class) {
  const auto *Wrapper = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  if (!Wrapper || Wrapper->getTemplateArgs().size() == 0)
    return false;
  // std::move_only_function has its signature in a pack.
  TemplateArgument First = Wrapper->getTemplateArgs().get(0);
  if (First.getKind() == TemplateArgument::Pack && First.pack_size() > 0)
    First = *First.pack_begin();
  const auto *Signature = First.getKind() == TemplateArgument::Type
                              ? First.getAsType()->getAs<FunctionProtoType>()
                              : nullptr;
  return Signature && Signature->getReturnType()->isVoidType();
}

class Finder {
public:
  explicit Finder(TranslationUnit &Unit) : Unit(Unit) {}

  void look(const Expr &Site);

  std::vector<Handover> Result;

private:
  const TaskTraits *taskOf(const Expr *Callable);
  void report(const Expr &Site, const Expr *Callable, SourceLocation DroppedAt);
  bool lookAtModels(const Expr &Site, const FunctionDecl &Callee,
                    const CXXRecordDecl *ObjectClass,
                    llvm::ArrayRef<const Expr *> Arguments);
  SourceLocation dropsParameter(const FunctionDecl &Callee, unsigned Index);
  SourceLocation dropsMember(const CXXRecordDecl &Class, QualType Type);

  TranslationUnit &Unit;
  /// The parameters of templates that lose the result of what they are given.
  llvm::DenseMap<const ParmVarDecl *, SourceLocation> HandedOn;
};

/// The traits of the task that calling \p Callable gives, if losing it
/// matters.
const TaskTraits *Finder::taskOf(const Expr *Callable) {
  // std::bind_front(&Session::serve, this)
  const auto *Bound = dyn_cast<CallExpr>(stripped(Callable));
  if (const FunctionDecl *Binder = Bound ? Bound->getDirectCallee() : nullptr)
    for (const FunctionModel *Model : Unit.models().functions(*Binder, nullptr))
      if (Model->Wraps && *Model->Wraps < Bound->getNumArgs())
        return taskOf(Bound->getArg(*Model->Wraps));
  QualType Type = stripped(Callable)->getType();
  QualType Result = Type.isNull() ? Type : resultOfCalling(Type);
  const TaskTraits *Traits =
      Result.isNull() ? nullptr : Unit.taskTypes().traits(Result);
  if (!Traits || !Traits->CoroutineResult || Traits->Generator ||
      Traits->isFireAndForget() || Traits->OwnsItself)
    return nullptr;
  const TypeModel *Model = Unit.models().type(*Result->getAsCXXRecordDecl());
  return Model && (Model->DiscardAllowed || Model->FireAndForget) ? nullptr
                                                                  : Traits;
}

void Finder::report(const Expr &Site, const Expr *Callable,
                    SourceLocation DroppedAt) {
  const TaskTraits *Traits = taskOf(Callable);
  if (!Traits)
    return;
  // template <typename F> void connect(F f) { slots.push_back(Slot(f)); }
  // Who gave f is to blame.
  const auto *Given = dyn_cast_or_null<ParmVarDecl>(namedBy(Callable));
  const auto *Within =
      Given ? dyn_cast<FunctionDecl>(Given->getDeclContext()) : nullptr;
  if (Within && Within->isTemplateInstantiation()) {
    HandedOn.try_emplace(Given,
                         DroppedAt.isValid() ? DroppedAt : Site.getExprLoc());
    return;
  }
  Result.push_back({&Site, Callable, *Traits, DroppedAt});
}

/// Where \p Callee calls its parameter \p Index and drops the result.
SourceLocation Finder::dropsParameter(const FunctionDecl &Callee,
                                      unsigned Index) {
  const FunctionDecl *Definition = Callee.getDefinition();
  if (!Definition || Index >= Definition->getNumParams() ||
      Unit.isForeign(Definition->getLocation()))
    return {};
  SourceLocation Passed = HandedOn.lookup(Definition->getParamDecl(Index));
  if (Passed.isValid())
    return Passed;
  for (const DiscardedValue &Lost :
       discardedValues(Unit.context(), *Definition))
    if (const auto *Called = dyn_cast<CallExpr>(Lost.Value)) {
      const Expr *Object = isa<CXXOperatorCallExpr>(Called)
                               ? Called->getArg(0)
                               : Called->getCallee();
      if (namedBy(Object) == Definition->getParamDecl(Index))
        return Called->getExprLoc();
    }
  return {};
}

/// Where a method of the user's class template \p Class calls a member of type
/// \p Type and drops the result: a scope guard.
SourceLocation Finder::dropsMember(const CXXRecordDecl &Class, QualType Type) {
  if (!isa<ClassTemplateSpecializationDecl>(Class) ||
      Unit.isForeign(Class.getLocation()))
    return {};
  for (const CXXMethodDecl *Method : Class.methods()) {
    if (!Method->hasBody())
      continue;
    for (const DiscardedValue &Lost : discardedValues(Unit.context(), *Method))
      if (const auto *Called = dyn_cast<CXXOperatorCallExpr>(Lost.Value)) {
        const auto *Member =
            dyn_cast_or_null<FieldDecl>(namedBy(Called->getArg(0)));
        if (Member &&
            Unit.context().hasSameUnqualifiedType(Member->getType(), Type))
          return Called->getExprLoc();
      }
  }
  return {};
}

bool Finder::lookAtModels(const Expr &Site, const FunctionDecl &Callee,
                          const CXXRecordDecl *ObjectClass,
                          llvm::ArrayRef<const Expr *> Arguments) {
  bool Found = false;
  for (const FunctionModel *Model :
       Unit.models().functions(Callee, ObjectClass))
    for (unsigned Index : Model->IgnoresResult)
      if (Index < Arguments.size() && taskOf(Arguments[Index])) {
        report(Site, Arguments[Index], {});
        Found = true;
      }
  return Found;
}

void Finder::look(const Expr &Site) {
  Call At;
  if (const auto *Called = dyn_cast<CallExpr>(&Site)) {
    At.setCall(*Called);
  } else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Site)) {
    At.Callee = Construct->getConstructor();
    At.Arguments.assign(Construct->arg_begin(), Construct->arg_end());
  }
  if (!At.Callee)
    return;
  if (lookAtModels(Site, *At.Callee, At.objectClass(), At.Arguments))
    return;
  const auto *Method = dyn_cast<CXXMethodDecl>(At.Callee);
  // handler = []() -> Task<> { ... };   std::function<void()> f(run);
  if (Method && dropsResult(*Method->getParent()) && At.Arguments.size() == 1 &&
      taskOf(At.Arguments[0]))
    return report(Site, At.Arguments[0], {});
  for (unsigned I = 0; I < At.Arguments.size(); ++I) {
    const Expr *Argument = At.Arguments[I];
    // on_close([]() -> Task<> { ... });  - converted to std::function<void()>
    if (const CXXRecordDecl *Wrapper =
            Argument->getType()->getAsCXXRecordDecl();
        Wrapper && dropsResult(*Wrapper)) {
      if (taskOf(Argument))
        report(Site, Argument, {});
      continue;
    }
    if (!taskOf(Argument))
      continue;
    SourceLocation Dropped = dropsParameter(*At.Callee, I);
    if (Dropped.isInvalid() && isa<CXXConstructorDecl>(At.Callee))
      Dropped =
          dropsMember(*Method->getParent(), stripped(Argument)->getType());
    if (Dropped.isValid())
      report(Site, Argument, Dropped);
  }
}

} // namespace

std::vector<Handover> findHandovers(TranslationUnit &Unit) {
  Finder Find(Unit);
  // Twice, so that what a template does with its parameter is known.
  for (unsigned Round = 0; Round < 2; ++Round) {
    Find.Result.clear();
    for (const Expr *Site : Unit.handovers())
      Find.look(*Site);
  }
  return std::move(Find.Result);
}

bool callsGivenCallable(const Expr &Value, const FunctionDecl &Within) {
  const auto *Called = dyn_cast<CallExpr>(&Value);
  if (!Called || !Within.isTemplateInstantiation())
    return false;
  const ValueDecl *Named =
      namedBy(isa<CXXOperatorCallExpr>(Called) ? Called->getArg(0)
                                               : Called->getCallee());
  if (const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Named))
    return Parameter->getDeclContext() == &Within;
  return isa_and_nonnull<FieldDecl>(Named);
}

} // namespace clang::tidy::coro
