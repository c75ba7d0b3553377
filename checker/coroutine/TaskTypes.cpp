// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "coroutine/TaskTypes.h"
#include "coroutine/Coroutines.h"
#include "coroutine/TaskEnd.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/SpecialMembers.h"

namespace clang::tidy::coro {
namespace {

/// The template that \p Record is a specialisation or the pattern of, else the
/// class itself: the key under which specialisations are found.
const Decl *templateOrSelf(const CXXRecordDecl &Record) {
  if (const auto *Specialization =
          dyn_cast<ClassTemplateSpecializationDecl>(&Record))
    return Specialization->getSpecializedTemplate()->getCanonicalDecl();
  if (const ClassTemplateDecl *Template = Record.getDescribedClassTemplate())
    return Template->getCanonicalDecl();
  return Record.getCanonicalDecl();
}

const CXXRecordDecl *classNamedBy(const NamedDecl *Member) {
  if (const auto *Alias = dyn_cast_or_null<TypedefNameDecl>(Member))
    return classOf(Alias->getUnderlyingType());
  const auto *Record = dyn_cast_or_null<CXXRecordDecl>(Member);
  return Record ? definitionOrPattern(*Record) : nullptr;
}

const FunctionDecl *functionNamedBy(const NamedDecl *Member) {
  if (const auto *Template = dyn_cast_or_null<FunctionTemplateDecl>(Member))
    Member = Template->getTemplatedDecl();
  const auto *Function = dyn_cast_or_null<FunctionDecl>(Member);
  if (!Function)
    return nullptr;
  // The body of a member of a class template specialisation that nobody has
  // called yet is found in the template.
  if (!Function->hasBody())
    if (const FunctionDecl *Pattern =
            Function->getTemplateInstantiationPattern())
      return Pattern;
  return Function;
}

/// When a coroutine begins whose initial_suspend gives \p Awaiter.
Start startWith(const CXXRecordDecl &Awaiter) {
  std::optional<bool> Ready =
      constantResult(functionNamedBy(findMember(Awaiter, "await_ready")));
  if (!Ready)
    return Start::Unknown;
  if (*Ready)
    return Start::Eager;
  const FunctionDecl *Suspend =
      functionNamedBy(findMember(Awaiter, "await_suspend"));
  const auto *Body =
      Suspend ? dyn_cast_or_null<CompoundStmt>(Suspend->getBody()) : nullptr;
  if (!Body)
    return Start::Unknown;
  // One that does something with the handle schedules the coroutine.
  return Body->body_empty() ? Start::Lazy : Start::Eager;
}

/// The class of what \p Promise's member \p Name, initial_suspend or
/// final_suspend, gives.
const CXXRecordDecl *awaiterGivenBy(const CXXRecordDecl &Promise,
                                    llvm::StringRef Name) {
  const FunctionDecl *Initial = functionNamedBy(findMember(Promise, Name));
  if (!Initial)
    return nullptr;
  QualType Result = Initial->getReturnType();
  // In a template "auto" is not deduced.
  if (Result->getContainedAutoType() && !classOf(Result)) {
    const Expr *Value = onlyReturnValue(Initial);
    Result = Value ? Value->getType() : QualType();
  }
  return classOf(Result);
}

Start startOf(const CXXRecordDecl &Promise) {
  const CXXRecordDecl *Awaiter = awaiterGivenBy(Promise, "initial_suspend");
  return Awaiter ? startWith(*Awaiter) : Start::Unknown;
}

/// Whether the frame is destroyed when the coroutine ends: it does not suspend
/// finally.
bool endsByItself(const CXXRecordDecl &Promise) {
  const CXXRecordDecl *Awaiter = awaiterGivenBy(Promise, "final_suspend");
  return Awaiter &&
         constantResult(functionNamedBy(findMember(*Awaiter, "await_ready"))) ==
             std::optional(true);
}

bool isCopyable(const CXXRecordDecl &Record) {
  for (const CXXConstructorDecl *Each : Record.ctors())
    if (Each->isCopyConstructor())
      return !Each->isDeleted();
  return !hasDeletedImplicitCopy(Record) &&
         !Record.hasUserDeclaredMoveConstructor() &&
         !Record.hasUserDeclaredMoveAssignment();
}

// auto operator co_await() &&;
bool awaitsRvaluesOnly(const CXXRecordDecl &Record) {
  DeclarationName Await =
      Record.getASTContext().DeclarationNames.getCXXOperatorName(OO_Coawait);
  const auto *Method =
      dyn_cast_or_null<CXXMethodDecl>(findMember(Record, Await));
  if (!Method)
    return false;
  for (const NamedDecl *Each : Method->getParent()->lookup(Await)) {
    const auto *Overload = dyn_cast<CXXMethodDecl>(Each);
    if (!Overload || Overload->getRefQualifier() != RQ_RValue)
      return false;
  }
  return true;
}

bool isDeleted(const NamedDecl *Member) {
  const FunctionDecl *Function = functionNamedBy(Member);
  return Function && Function->isDeleted();
}

/// Whether \p Record is std::coroutine_handle, which owns nothing.
bool isHandle(const CXXRecordDecl &Record) {
  return Record.isInStdNamespace() && Record.getIdentifier() &&
         Record.getName() == "coroutine_handle";
}

/// Whether there is a way to get the next value of \p Record.
bool isIterable(const CXXRecordDecl &Record) {
  DeclarationName Call =
      Record.getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  for (llvm::StringRef Name : {"begin", "next", "move_next", "resume"})
    if (findMember(Record, Name))
      return true;
  return findMember(Record, Call);
}

/// Whether iterating \p Record needs co_await: its begin() gives an awaitable.
bool iteratesAsynchronously(TaskTypes &Types, const CXXRecordDecl &Record) {
  for (llvm::StringRef Name : {"begin", "next"}) {
    const FunctionDecl *Begin = functionNamedBy(findMember(Record, Name));
    const CXXRecordDecl *Result =
        Begin ? classOf(Begin->getReturnType()) : nullptr;
    if (Result && Result->getCanonicalDecl() != Record.getCanonicalDecl() &&
        Types.traits(*Result).Awaitable)
      return true;
  }
  return false;
}

/// Whether objects of \p Record can be made, and nothing else: they have no
/// methods of their own, and their end means nothing.
bool isMereTag(const CXXRecordDecl &Record) {
  const CXXRecordDecl &Class = *Record.getDefinition();
  return Class.hasTrivialDestructor() && !Class.isDependentContext() &&
         llvm::none_of(Class.methods(), [](const CXXMethodDecl *Each) {
           return !Each->isImplicit() && !Each->isStatic() &&
                  !isa<CXXConstructorDecl, CXXDestructorDecl>(Each) &&
                  !Each->isCopyAssignmentOperator() &&
                  !Each->isMoveAssignmentOperator();
         });
}

} // namespace

const TaskTraits *TaskTypes::traits(QualType Type) {
  if (Type.isNull() || Type->isReferenceType() || Type->isDependentType())
    return nullptr;
  const CXXRecordDecl *Record = Type->getAsCXXRecordDecl();
  return Record ? &traits(*Record) : nullptr;
}

const TaskTraits &TaskTypes::traits(const CXXRecordDecl &Record) {
  const CXXRecordDecl *Key = Record.getCanonicalDecl();
  auto Found = Known.find(Key);
  if (Found != Known.end())
    return Found->second;
  Known[Key]; // Ends the recursion through types that name each other.
  TaskTraits Traits;
  // Task<> f();  - nothing has asked yet what a Task<> has in it
  if (const CXXRecordDecl *Pattern = definitionOrPattern(Record);
      !Record.getDefinition() && Pattern->getCanonicalDecl() != Key)
    Traits = traits(*Pattern);
  else if (Record.getDefinition() && !Record.isLambda() && !isHandle(Record)) {
    Traits.Awaiter = isAwaiter(Record);
    Traits.Awaitable = Traits.Awaiter || hasAwaitOperator(Record);
    if (const CXXRecordDecl *Promise = promiseOf(Record)) {
      Traits.CoroutineResult = true;
      Traits.Begins = startOf(*Promise);
      TaskEnd End = endOf(Record);
      Traits.OwnsItself =
          End == TaskEnd::Resumed ||
          (Traits.Begins != Start::Lazy && End == TaskEnd::InOrder) ||
          (Traits.Begins == Start::Eager && endsByItself(*Promise));
      Traits.HasNoHandle =
          isMereTag(Record) &&
          (Traits.OwnsItself || Record.getDefinition()->isEmpty());
      // What yields is awaited for each value.
      bool Yields = findMember(*Promise, "yield_value");
      Traits.IsSingleUse =
          !Yields && (!isCopyable(Record) || awaitsRvaluesOnly(Record));
      Traits.IsShared = isCopyable(Record) &&
                        Record.getDefinition()->hasNonTrivialCopyConstructor();
      Traits.AcceptsAwait = !isDeleted(findMember(*Promise, "await_transform"));
      Traits.Generator = !Traits.Awaitable && Yields && isIterable(Record) &&
                         !iteratesAsynchronously(*this, Record);
    }
  }
  return Known[Key] = Traits;
}

const CXXRecordDecl *TaskTypes::promiseOf(const CXXRecordDecl &Record) {
  // std::coroutine_traits cannot see a private one.
  const NamedDecl *Nested = findMember(Record, "promise_type");
  if (Nested && Nested->getAccess() != AS_private &&
      Nested->getAccess() != AS_protected)
    return classNamedBy(Nested);
  return classNamedBy(coroutineTraitsFor(Record));
}

const NamedDecl *TaskTypes::coroutineTraitsFor(const CXXRecordDecl &Record) {
  if (!ByTraits)
    readCoroutineTraits();
  const NamedDecl *OfClass = ByTraits->lookup(Record.getCanonicalDecl());
  return OfClass ? OfClass : ByTraits->lookup(templateOrSelf(Record));
}

// template <typename T, typename... Args>
// struct std::coroutine_traits<Mine<T>, Args...> { using promise_type = P; };
void TaskTypes::readCoroutineTraits() {
  ByTraits.emplace();
  auto Add = [&](const ClassTemplateSpecializationDecl &Specialization,
                 llvm::ArrayRef<TemplateArgument> Arguments) {
    if (Arguments.empty() || Arguments[0].getKind() != TemplateArgument::Type)
      return;
    QualType Type = Arguments[0].getAsType();
    const CXXRecordDecl *Result = classOf(Type);
    const NamedDecl *Promise = findMember(Specialization, "promise_type");
    if (Result && Promise)
      ByTraits->try_emplace(Type->isDependentType()
                                ? templateOrSelf(*Result)
                                : Result->getCanonicalDecl(),
                            Promise);
  };
  IdentifierTable &Names = const_cast<ASTContext &>(Context).Idents;
  for (const NamedDecl *Std :
       Context.getTranslationUnitDecl()->lookup(&Names.get("std"))) {
    const auto *Namespace = dyn_cast<NamespaceDecl>(Std);
    if (!Namespace)
      continue;
    for (const NamedDecl *Found :
         Namespace->lookup(&Names.get("coroutine_traits"))) {
      const auto *Template = dyn_cast<ClassTemplateDecl>(Found);
      if (!Template)
        continue;
      llvm::SmallVector<ClassTemplatePartialSpecializationDecl *, 8> Partial;
      const_cast<ClassTemplateDecl *>(Template)->getPartialSpecializations(
          Partial);
      for (const ClassTemplatePartialSpecializationDecl *Each : Partial)
        Add(*Each, Each->getTemplateArgs().asArray());
      for (const ClassTemplateSpecializationDecl *Each :
           Template->specializations())
        Add(*Each, Each->getTemplateArgs().asArray());
    }
  }
}

// Mine::operator co_await(), or operator co_await(Mine) beside the class.
bool TaskTypes::hasAwaitOperator(const CXXRecordDecl &Record) const {
  DeclarationName Await =
      Context.DeclarationNames.getCXXOperatorName(OO_Coawait);
  if (findMember(Record, Await))
    return true;
  const DeclContext *Namespace = Record.getEnclosingNamespaceContext();
  for (const NamedDecl *Found : Namespace->getRedeclContext()->lookup(Await)) {
    const NamedDecl *Underlying = Found->getUnderlyingDecl();
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Underlying))
      Underlying = Template->getTemplatedDecl();
    const auto *Operator = dyn_cast<FunctionDecl>(Underlying);
    if (!Operator || Operator->getNumParams() == 0)
      continue;
    const CXXRecordDecl *Operand =
        classOf(Operator->getParamDecl(0)->getType());
    if (Operand && templateOrSelf(*Operand) == templateOrSelf(Record))
      return true;
  }
  return false;
}

} // namespace clang::tidy::coro
