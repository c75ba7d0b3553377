// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/LockTypes.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/Attr.h"
#include "clang/AST/DeclTemplate.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {
namespace {

const CXXMethodDecl *asMethod(const NamedDecl *Found) {
  if (const auto *Template = dyn_cast_or_null<FunctionTemplateDecl>(Found))
    Found = Template->getTemplatedDecl();
  return dyn_cast_or_null<CXXMethodDecl>(Found);
}

/// The method of \p Class that has the first of \p Names that is there.
const CXXMethodDecl *methodNamed(const CXXRecordDecl &Class,
                                 llvm::ArrayRef<llvm::StringRef> Names) {
  for (llvm::StringRef Each : Names)
    if (const CXXMethodDecl *Found = asMethod(findMember(Class, Each)))
      return Found;
  return nullptr;
}

/// void lock() {}
bool isEmpty(const CXXMethodDecl &Method) {
  const FunctionDecl *Definition = nullptr;
  const auto *Body = Method.hasBody(Definition)
                         ? dyn_cast_or_null<CompoundStmt>(Definition->getBody())
                         : nullptr;
  return Body && Body->body_empty();
}

/// The classes of the members and bases of \p Class.
llvm::SmallVector<const CXXRecordDecl *, 8>
partsOf(const CXXRecordDecl &Class) {
  llvm::SmallVector<const CXXRecordDecl *, 8> Result;
  auto Add = [&](QualType Type) {
    const CXXRecordDecl *Part =
        Type->isReferenceType() ? nullptr : Type->getAsCXXRecordDecl();
    if (Part && Part->getDefinition())
      Result.push_back(Part->getDefinition());
  };
  for (const CXXBaseSpecifier &Base : Class.bases())
    Add(Base.getType());
  for (const FieldDecl *Field : Class.fields())
    Add(Field->getType());
  return Result;
}

/// The classes among the arguments of the template that \p Class is made from.
llvm::SmallVector<const CXXRecordDecl *, 4>
argumentClasses(const CXXRecordDecl &Class) {
  llvm::SmallVector<const CXXRecordDecl *, 4> Result;
  auto Add = [&](const TemplateArgument &Each) {
    if (Each.getKind() == TemplateArgument::Type)
      if (const CXXRecordDecl *Argument =
              Each.getAsType()->getAsCXXRecordDecl())
        Result.push_back(definitionOrPattern(*Argument));
  };
  const auto *Special = dyn_cast<ClassTemplateSpecializationDecl>(&Class);
  if (!Special)
    return Result;
  for (const TemplateArgument &Each : Special->getTemplateArgs().asArray())
    if (Each.getKind() == TemplateArgument::Pack)
      llvm::for_each(Each.pack_elements(), Add);
    else
      Add(Each);
  return Result;
}

// std::vector   std::deque   std::list
bool isContainer(const CXXRecordDecl &Class) {
  return findMember(Class, "emplace_back");
}

bool isAtomic(const CXXRecordDecl &Class) {
  return Class.isInStdNamespace() && Class.getIdentifier() &&
         Class.getName().starts_with("atomic");
}

} // namespace

bool LockTypes::hasAwaitableLock(const CXXRecordDecl &Class) {
  llvm::SmallVector<const CXXRecordDecl *, 4> Pending{&Class};
  while (!Pending.empty() && Pending.size() < 32) {
    const CXXRecordDecl *Current = Pending.pop_back_val()->getDefinition();
    if (!Current)
      continue;
    for (const CXXMethodDecl *Method : Current->methods()) {
      if (!Method->getIdentifier() ||
          !Method->getName().contains_insensitive("lock"))
        continue;
      const TaskTraits *Given = Types.traits(Method->getReturnType());
      if (Given && Given->Awaitable)
        return true;
    }
    for (const CXXBaseSpecifier &Base : Current->bases())
      if (const CXXRecordDecl *Part = classOf(Base.getType()))
        Pending.push_back(Part);
  }
  return false;
}

// class SpinLock { void lock(); bool try_lock(); void unlock(); };
bool LockTypes::isMutex(const CXXRecordDecl &Class) {
  const CXXMethodDecl *Lock = methodNamed(Class, {"lock", "Lock"});
  const CXXMethodDecl *Unlock = methodNamed(Class, {"unlock", "Unlock"});
  if (!Lock || !Unlock || Lock->getMinRequiredArguments() > 0 ||
      Lock->getReturnType()->isRecordType() || isEmpty(*Lock) ||
      hasAwaitableLock(Class))
    return false;
  return methodNamed(Class, {"try_lock", "tryLock", "TryLock", "trylock"}) ||
         Class.hasAttr<CapabilityAttr>() ||
         llvm::any_of(partsOf(Class),
                      [&](const CXXRecordDecl *Part) {
                        return isAtomic(*Part) ||
                               classify(*Part).Role == LockRole::Mutex;
                      }) ||
         effectOf(*Lock).locks();
}

/// What the destructor of \p Class says about it.
LockRole LockTypes::roleByEnd(const CXXRecordDecl &Class) {
  const CXXDestructorDecl *End = Class.getDestructor();
  if (!End || !End->isUserProvided())
    return LockRole::None;
  const LockEffect &AtEnd = effectOf(*End);
  if (AtEnd.unlocks() && !AtEnd.locks())
    return LockRole::Lock;
  auto AnyConstructor = [&](auto Does) {
    return llvm::any_of(Class.ctors(), [&](const CXXConstructorDecl *Each) {
      return Does(effectOf(*Each));
    });
  };
  if (AtEnd.locks() && !AtEnd.unlocks())
    return AnyConstructor([](const LockEffect &Each) { return Each.unlocks(); })
               ? LockRole::Relock
               : LockRole::None;
  if (AtEnd.ChangesThread)
    return AnyConstructor(
               [](const LockEffect &Each) { return Each.ChangesThread; })
               ? LockRole::Scope
               : LockRole::None;
  // A destructor that is not in sight, of what refers to nothing but a mutex:
  // class Guard { public: explicit Guard(Mutex &); ~Guard(); Mutex &mutex; };
  const FunctionDecl *Definition = nullptr;
  if (End->hasBody(Definition) || Class.getNumBases() > 0)
    return LockRole::None;
  unsigned Mutexes = 0;
  for (const FieldDecl *Field : Class.fields()) {
    QualType Type = Field->getType();
    if (Type->isReferenceType() || Type->isPointerType()) {
      const CXXRecordDecl *Referred =
          Type->getPointeeType()->getAsCXXRecordDecl();
      if (!Referred || classify(*Referred).Role != LockRole::Mutex)
        return LockRole::None;
      ++Mutexes;
    } else if (!Type->isBooleanType()) {
      return LockRole::None;
    }
  }
  return Mutexes == 1 ? LockRole::Lock : LockRole::None;
}

/// struct Access { std::unique_lock<std::mutex> hold; Table *table; };
LockRole LockTypes::roleOfParts(const CXXRecordDecl &Class) {
  bool IsStandard = Class.isInStdNamespace();
  // std::optional<std::lock_guard<std::mutex>>, std::pair<Lock, Table &>
  llvm::SmallVector<const CXXRecordDecl *, 8> Parts;
  if (!IsStandard) {
    Parts = partsOf(Class);
  } else if (Class.getIdentifier() &&
             (findMember(Class, "reset") || isContainer(Class) ||
              Class.getName() == "pair" || Class.getName() == "tuple")) {
    llvm::append_range(Parts, argumentClasses(Class));
  }
  // A pointer to an object that happens to have a lock is none.
  for (const CXXRecordDecl *Each : Parts)
    if (const LockClass &Part = classify(*Each);
        (Part.Role == LockRole::Lock || Part.Role == LockRole::Scope) &&
        !(IsStandard && Part.IsCarrier))
      return Part.Role;
  return LockRole::None;
}

LockClass LockTypes::classifyNew(const CXXRecordDecl &Class) {
  LockClass Result;
  if (const TypeModel *Model = Library.type(Class);
      Model && Model->Binding != ThreadBinding::Unknown) {
    Result.IsModelled = true;
    if (Model->Binding == ThreadBinding::Scope)
      Result.Role = LockRole::Scope;
    // std::lock_guard<NoMutex>, std::unique_lock<AsyncMutex>
    if (Model->Binding == ThreadBinding::Lock &&
        llvm::all_of(argumentClasses(Class), [&](const CXXRecordDecl *Each) {
          const CXXMethodDecl *Lock =
              methodNamed(*Each, {"lock", "Lock", "lock_shared", "LockShared"});
          if (!Each->hasDefinition() || classify(*Each).Role != LockRole::None)
            return true;
          return Lock && !isEmpty(*Lock) && !hasAwaitableLock(*Each);
        }))
      Result.Role = LockRole::Lock;
    return Result;
  }
  if (!Class.hasDefinition())
    return Result;
  if (Class.hasAttr<ScopedLockableAttr>()) {
    Result.Role = LockRole::Lock;
    Result.IsModelled = true;
    return Result;
  }
  if (!Class.isInStdNamespace())
    Result.Role = roleByEnd(Class);
  if (Result.Role == LockRole::None && isMutex(Class))
    Result.Role = LockRole::Mutex;
  if (Result.Role == LockRole::None && ClassDepth < 2) {
    ++ClassDepth;
    Result.Role = roleOfParts(Class);
    --ClassDepth;
    Result.IsCarrier = Result.Role != LockRole::None;
    Result.IsContainer =
        Result.IsCarrier && Class.isInStdNamespace() && isContainer(Class);
  }
  return Result;
}

const LockClass &LockTypes::classify(const CXXRecordDecl &Class) {
  const CXXRecordDecl *Known = definitionOrPattern(Class);
  auto [Entry, IsNew] = Classes.try_emplace(Known);
  LockClass &Result = Entry->second; // a class that refers to itself: None
  if (IsNew)
    Result = classifyNew(*Known);
  return Result;
}

LockClass LockTypes::classify(QualType Type) {
  const CXXRecordDecl *Class =
      Type.isNull() ? nullptr
                    : Type.getNonReferenceType()->getAsCXXRecordDecl();
  return Class && !Class->isDependentContext() ? classify(*Class) : LockClass();
}

} // namespace clang::tidy::coro
