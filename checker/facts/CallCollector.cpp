// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/CallCollector.h"
#include "facts/Values.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"

namespace clang::tidy::coro {
namespace {

/// Whether the function that runs may be an overrider of the one called.
bool isDynamic(const CallExpr &Site, const CXXMethodDecl &Method,
               const Expr *Object) {
  if (!Method.isVirtual() || !Object)
    return false;
  const auto *Member =
      dyn_cast<MemberExpr>(Site.getCallee()->IgnoreParenImpCasts());
  if (Member && Member->hasQualifier())
    return false; // Base::f()
  return !const_cast<CXXMethodDecl &>(Method).getDevirtualizedMethod(
      Object, /*IsAppleKext=*/false);
}

/// The constructor of \p Class that takes \p Count arguments, if it is the
/// only one that is not a copy or move.
const CXXConstructorDecl *onlyConstructor(const CXXRecordDecl &Class,
                                          unsigned Count) {
  const CXXConstructorDecl *Result = nullptr;
  for (const CXXConstructorDecl *Each : Class.ctors()) {
    if (Each->isCopyOrMoveConstructor() || Each->isDeleted() ||
        Each->getNumParams() < Count || Each->getMinRequiredArguments() > Count)
      continue;
    if (Result)
      return nullptr;
    Result = Each;
  }
  return Result;
}

} // namespace

Call &CallCollector::begin(Call::Kind Form, const Expr *Site,
                           SourceLocation Location) {
  Call &Added = Result.emplace_back();
  Added.Form = Form;
  Added.Site = Site;
  Added.Location = Location;
  Added.BlockingAllowed = BlockingAllowed;
  return Added;
}

void CallCollector::add(const Stmt &S) {
  if (!Done.insert(&S).second)
    return;
  if (const auto *Site = dyn_cast<CallExpr>(&S))
    addCall(*Site);
  else if (const auto *Construct = dyn_cast<CXXConstructExpr>(&S))
    addConstruction(*Construct, Construct->getConstructor(),
                    {Construct->getArgs(), Construct->getNumArgs()});
  else if (const auto *Inherited = dyn_cast<CXXInheritedCtorInitExpr>(&S))
    addConstruction(*Inherited, Inherited->getConstructor(), {});
  else if (const auto *Delete = dyn_cast<CXXDeleteExpr>(&S))
    addDelete(*Delete);
  else if (const auto *Braced = dyn_cast<InitListExpr>(&S))
    addDefaultArguments(Braced->getBeginLoc(), Braced->inits());
}

void CallCollector::addAll(const Stmt *S) {
  forEachEvaluated(Context, S, [&](const Stmt *Each) {
    add(*Each);
    return true;
  });
}

// futures.push_back(std::async(work));
void CallCollector::noteHandedOn(llvm::ArrayRef<const Expr *> Arguments) {
  for (const Expr *Argument : Arguments)
    if (Argument->isXValue())
      HandedOn.insert(stripped(Argument));
}

void CallCollector::addCall(const CallExpr &Site) {
  llvm::ArrayRef<const Expr *> Arguments(Site.getArgs(), Site.getNumArgs());
  addDefaultArguments(Site.getExprLoc(), Arguments);
  noteHandedOn(Arguments);
  addByModel(Site);
  Call &Added = begin(Call::Ordinary, &Site, Site.getExprLoc());
  Added.setCall(Site);
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(Added.Callee);
  if (!Added.Callee)
    Added.Callable = Site.getCallee();
  else if (Method && Method->getOverloadedOperator() == OO_Call)
    // f(), where f may be a std::function
    Added.Callable = Added.Object;
  Added.IsVirtual = Method && isDynamic(Site, *Method, Added.Object);
}

void CallCollector::addConstruction(const Expr &Site,
                                    const CXXConstructorDecl *Callee,
                                    llvm::ArrayRef<const Expr *> Arguments) {
  addDefaultArguments(Site.getExprLoc(), Arguments);
  noteHandedOn(Arguments);
  if (!Callee || Callee->isTrivial())
    return;
  Call &Added = begin(Call::Construction, &Site, Site.getExprLoc());
  Added.Callee = Callee;
  Added.Arguments.assign(Arguments.begin(), Arguments.end());
}

/// The first template argument of what \p Callee is a member of, or its own.
static QualType firstTemplateArgument(const FunctionDecl &Callee) {
  const TemplateArgumentList *Types = Callee.getTemplateSpecializationArgs();
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Callee))
    if (const auto *Class =
            dyn_cast<ClassTemplateSpecializationDecl>(Method->getParent()))
      Types = &Class->getTemplateArgs();
  bool HasType = Types && Types->size() > 0 &&
                 Types->get(0).getKind() == TemplateArgument::Type;
  return HasType ? Types->get(0).getAsType() : QualType();
}

// std::make_unique<Connection>(host)    connection.reset()
void CallCollector::addByModel(const CallExpr &Site) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee)
    return;
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Site);
  bool Constructs = false, Destroys = false;
  for (const FunctionModel *Model :
       Library.functions(*Callee, Member ? Member->getRecordDecl() : nullptr)) {
    Constructs |= Model->Constructs;
    Destroys |= Model->Destroys;
  }
  QualType Type =
      Constructs || Destroys ? firstTemplateArgument(*Callee) : QualType();
  if (Type.isNull())
    return;
  if (Destroys)
    addDestruction(Type, Site.getExprLoc(), nullptr, nullptr);
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  Class = Class && Constructs ? Class->getDefinition() : nullptr;
  const CXXConstructorDecl *Chosen =
      Class ? onlyConstructor(*Class, Site.getNumArgs()) : nullptr;
  if (!Chosen || Chosen->isTrivial())
    return;
  Call &Added = begin(Call::Construction, &Site, Site.getExprLoc());
  Added.Callee = Chosen;
  Added.Arguments.assign(Site.arg_begin(), Site.arg_end());
}

// void f(Settings s = read_settings());   f();
// struct Target { int pid = read_pid(); };   Target t{.signal = 9};
void CallCollector::addDefaultArguments(
    SourceLocation Location, llvm::ArrayRef<const Expr *> Arguments) {
  for (const Expr *Argument : Arguments) {
    const Expr *Value = nullptr;
    if (const auto *Default = dyn_cast_or_null<CXXDefaultArgExpr>(Argument))
      Value = Default->getExpr();
    else if (const auto *Init = dyn_cast_or_null<CXXDefaultInitExpr>(Argument))
      Value = Init->getExpr();
    if (!Value)
      continue;
    size_t First = Result.size();
    // The same default is evaluated for each call.
    llvm::SmallPtrSet<const Stmt *, 32> Outer = std::move(Done);
    Done.clear();
    addAll(Value);
    Done = std::move(Outer);
    for (size_t I = First; I < Result.size(); ++I)
      Result[I].Location = Location;
  }
}

void CallCollector::addDestruction(QualType Type, SourceLocation Location,
                                   const VarDecl *Variable, const Expr *Site) {
  if (Site && HandedOn.contains(stripped(Site)))
    return;
  struct Ending {
    const CXXRecordDecl *Class;
    bool IsWhole; // not an object that the variable owns
  };
  auto ClassIn = [](QualType Of) -> const CXXRecordDecl * {
    const CXXRecordDecl *Class =
        Of->getBaseElementTypeUnsafe()->getAsCXXRecordDecl();
    return Class ? Class->getDefinition() : nullptr;
  };
  llvm::SmallVector<Ending, 4> Pending{{ClassIn(Type), true}};
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> Seen;
  while (!Pending.empty()) {
    Ending Current = Pending.pop_back_val();
    if (!Current.Class || !Seen.insert(Current.Class).second ||
        Current.Class->hasTrivialDestructor())
      continue;
    if (const CXXDestructorDecl *Destructor = Current.Class->getDestructor()) {
      Call &Added = begin(Call::Destruction, Site, Location);
      Added.Callee = Destructor;
      Added.Variable = Current.IsWhole ? Variable : nullptr;
      if (Current.IsWhole)
        Added.Object = Site;
    }
    // std::vector<std::jthread> ends its elements.
    const TypeModel *Model = Library.type(*Current.Class);
    const auto *Owner =
        dyn_cast<ClassTemplateSpecializationDecl>(Current.Class);
    if (!Model || !Model->Owns || !Owner)
      continue;
    for (const TemplateArgument &Each : Owner->getTemplateArgs().asArray()) {
      if (Each.getKind() == TemplateArgument::Type)
        Pending.push_back({ClassIn(Each.getAsType()), false});
      else if (Each.getKind() == TemplateArgument::Pack)
        for (const TemplateArgument &Element : Each.pack_elements())
          if (Element.getKind() == TemplateArgument::Type)
            Pending.push_back({ClassIn(Element.getAsType()), false});
    }
  }
}

void CallCollector::addMemberDestructions(const CXXRecordDecl &Class) {
  for (const FieldDecl *Member : Class.fields())
    addDestruction(Member->getType(), Member->getLocation(), nullptr, nullptr);
  for (const CXXBaseSpecifier &Base : Class.bases())
    addDestruction(Base.getType(), Base.getBaseTypeLoc(), nullptr, nullptr);
}

void CallCollector::addDelete(const CXXDeleteExpr &Site) {
  QualType Destroyed = Site.getDestroyedType();
  if (Destroyed.isNull() || Destroyed->isDependentType())
    return;
  size_t First = Result.size();
  addDestruction(Destroyed, Site.getExprLoc(), nullptr, &Site);
  const CXXRecordDecl *Class = Destroyed->getAsCXXRecordDecl();
  if (Result.size() > First && Class && Class->getDestructor() &&
      Class->getDestructor()->isVirtual())
    Result[First].IsVirtual = true;
}

} // namespace clang::tidy::coro
