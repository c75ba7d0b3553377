// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/TaskVariable.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/DeclTemplate.h"

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

/// The task that an object of the library class \p Owner holds.
const TaskTraits *heldTask(const CXXRecordDecl &Owner, TaskTypes &Types,
                           const Models &Library) {
  const TypeModel *Model = Library.type(Owner);
  const auto *Specialization =
      dyn_cast<ClassTemplateSpecializationDecl>(&Owner);
  if (!Model || !Model->Owns || !Specialization)
    return nullptr;
  for (const TemplateArgument &Each :
       Specialization->getTemplateArgs().asArray())
    if (Each.getKind() == TemplateArgument::Type)
      if (const TaskTraits *Traits = Types.traits(Each.getAsType()))
        if (Traits->CoroutineResult && !Traits->Generator &&
            isObligation(*Traits))
          return Traits;
  return nullptr;
}

} // namespace

std::unique_ptr<TaskVariable> taskVariable(const ValueDecl &Declaration,
                                           TaskTypes &Types,
                                           const Models &Library) {
  const CXXRecordDecl *Class = Declaration.getType()->getAsCXXRecordDecl();
  if (!Class || Declaration.getType()->isReferenceType() ||
      !Declaration.getIdentifier())
    return nullptr;
  const TaskTraits *Traits = Types.traits(Declaration.getType());
  bool IsHolder = false;
  if (!Traits || !isObligation(*Traits)) {
    Traits = heldTask(*Class, Types, Library);
    IsHolder = Traits != nullptr;
  }
  if (!Traits)
    return nullptr;
  const TypeModel *Model = Library.type(*Class);
  if (Model && (Model->DiscardAllowed || Model->FireAndForget))
    return nullptr;
  // Who is given an awaitable object (an event, a timer) or a task that runs
  // by itself need not await it.
  if (isa<ParmVarDecl>(Declaration) &&
      !(Traits->CoroutineResult && Traits->Begins == Start::Lazy))
    return nullptr;
  auto Result = std::make_unique<TaskVariable>(
      TaskVariable{&Declaration, *Traits, IsHolder});
  DeclarationName Star =
      Class->getASTContext().DeclarationNames.getCXXOperatorName(OO_Star);
  Result->IsContainer = IsHolder && !findMember(*Class, Star);
  Result->IsSingleUse = !Result->IsContainer && Traits->CoroutineResult &&
                        !Traits->Generator && Traits->IsSingleUse;
  return Result;
}

} // namespace clang::tidy::coro
