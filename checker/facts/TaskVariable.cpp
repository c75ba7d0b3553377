// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/TaskVariable.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

/// Whether losing an object with \p Traits loses work. What runs by itself and
/// cleans up after itself is left alone; an
/// awaitable that is no awaiter is a future or an event, which need not be
/// awaited.
bool isObligation(const TaskTraits &Traits) {
  return (Traits.CoroutineResult || Traits.Awaiter) &&
         !Traits.isFireAndForget() && !Traits.OwnsItself;
}

/// Whether losing an object of \p Type that the library class \p Owner holds
/// loses work.
const TaskTraits *taskIn(QualType Type, TaskTypes &Types) {
  const TaskTraits *Traits = Types.traits(Type);
  return Traits && Traits->CoroutineResult && !Traits->Generator &&
                 isObligation(*Traits)
             ? Traits
             : nullptr;
}

/// The type of the object that lives as long as \p Declaration: of a reference
/// the temporary that it keeps, if any.
QualType typeOfObject(const ValueDecl &Declaration) {
  QualType Type = Declaration.getType();
  if (!Type->isReferenceType())
    return Type;
  const auto *Variable = dyn_cast<VarDecl>(&Declaration);
  const Expr *Init = Variable ? Variable->getInit() : nullptr;
  if (const auto *Cleanups = dyn_cast_or_null<ExprWithCleanups>(Init))
    Init = Cleanups->getSubExpr();
  const auto *Temporary = dyn_cast_or_null<MaterializeTemporaryExpr>(Init);
  return Temporary && Temporary->getExtendingDecl() == Variable
             ? Type.getNonReferenceType()
             : QualType();
}

} // namespace

const TaskTraits *taskHeldBy(const CXXRecordDecl &Owner, TaskTypes &Types,
                             const Models &Library) {
  const TypeModel *Model = Library.type(Owner);
  const auto *Specialization =
      dyn_cast<ClassTemplateSpecializationDecl>(&Owner);
  if (!Model || !Model->Owns || !Specialization)
    return nullptr;
  // A deleter of the user's may await it.
  const auto *Deleter =
      dyn_cast_or_null<TypedefNameDecl>(findMember(Owner, "deleter_type"));
  const CXXRecordDecl *Deletes =
      Deleter ? classOf(Deleter->getUnderlyingType()) : nullptr;
  if (Deleter && !(Deletes && Deletes->isInStdNamespace()))
    return nullptr;
  for (const TemplateArgument &Each :
       Specialization->getTemplateArgs().asArray()) {
    llvm::ArrayRef<TemplateArgument> Elements(Each);
    if (Each.getKind() == TemplateArgument::Pack) // std::tuple
      Elements = Each.getPackAsArray();
    for (const TemplateArgument &Element : Elements)
      if (Element.getKind() == TemplateArgument::Type)
        if (const TaskTraits *Traits = taskIn(Element.getAsType(), Types))
          return Traits;
  }
  return nullptr;
}

std::unique_ptr<TaskVariable> taskVariable(const ValueDecl &Declaration,
                                           TaskTypes &Types,
                                           const Models &Library) {
  QualType Type = typeOfObject(Declaration);
  if (Type.isNull() || !Declaration.getIdentifier())
    return nullptr;
  bool IsArray = Type->isConstantArrayType();
  Type = Declaration.getASTContext().getBaseElementType(Type);
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (!Class)
    return nullptr;
  const TaskTraits *Traits = IsArray ? taskIn(Type, Types) : Types.traits(Type);
  bool IsHolder = IsArray;
  if (!Traits || !isObligation(*Traits)) {
    Traits = taskHeldBy(*Class, Types, Library);
    IsHolder = Traits != nullptr;
  }
  if (!Traits)
    return nullptr;
  const TypeModel *Model = Library.type(*Class);
  if (Model && (Model->DiscardAllowed || Model->FireAndForget))
    return nullptr;
  if (const auto *Parameter = dyn_cast<ParmVarDecl>(&Declaration)) {
    // Who is given an awaitable object (an event, a timer) or a task that runs
    // by itself need not await it; the caller may have kept a shared task; and
    // a default is no task as a rule.
    if (!Traits->CoroutineResult || Traits->Begins != Start::Lazy ||
        Traits->IsShared || Parameter->hasDefaultArg())
      return nullptr;
  }
  auto Result = std::make_unique<TaskVariable>(
      TaskVariable{&Declaration, *Traits, IsHolder});
  DeclarationName Star =
      Class->getASTContext().DeclarationNames.getCXXOperatorName(OO_Star);
  Result->IsContainer = IsArray || (IsHolder && !findMember(*Class, Star));
  Result->IsSingleUse = !Result->IsContainer && Traits->CoroutineResult &&
                        !Traits->Generator && Traits->IsSingleUse;
  return Result;
}

} // namespace clang::tidy::coro
