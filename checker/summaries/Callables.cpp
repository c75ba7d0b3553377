// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Callables.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

/// The call operator of \p Class if there is one only. Of a generic lambda the
/// only instantiation.
const FunctionDecl *callOperatorOf(const CXXRecordDecl &Class) {
  if (!Class.getDefinition())
    return nullptr;
  const FunctionDecl *Result = nullptr;
  DeclarationName Name =
      Class.getASTContext().DeclarationNames.getCXXOperatorName(OO_Call);
  for (const NamedDecl *Found : Class.getDefinition()->lookup(Name)) {
    if (Result)
      return nullptr;
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Found)) {
      for (const FunctionDecl *Each : Template->specializations()) {
        if (Result)
          return nullptr;
        Result = Each;
      }
    } else {
      Result = dyn_cast<FunctionDecl>(Found);
    }
  }
  return Result;
}

class Resolver {
public:
  Resolver(TranslationUnit &Unit, const FunctionDecl &Within)
      : Unit(Unit), Within(Within) {}

  void resolve(const Expr *Value, unsigned Depth);

  Callables Result;

private:
  void resolveNamed(const ValueDecl &Named, unsigned Depth);
  bool resolveWrapper(const Expr &Value, unsigned Depth);
  bool resolveTableEntry(const MemberExpr &Member, unsigned Depth);
  bool isWrapper(const CXXRecordDecl &Class) const;
  void add(const FunctionDecl *Function) {
    if (Function)
      Result.Functions.push_back(Function);
  }

  TranslationUnit &Unit;
  const FunctionDecl &Within;
};

/// std::function<void()>(f)   std::bind(f, x)   std::ref(f)
bool Resolver::resolveWrapper(const Expr &Value, unsigned Depth) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Value)) {
    if (!isWrapper(*Construct->getConstructor()->getParent()))
      return false;
    if (Construct->getNumArgs() > 0)
      resolve(Construct->getArg(0), Depth + 1);
    return true;
  }
  const auto *Site = dyn_cast<CallExpr>(&Value);
  const FunctionDecl *Callee = Site ? Site->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  for (const FunctionModel *Model : Unit.models().functions(*Callee, nullptr))
    if (Model->Wraps && *Model->Wraps < Site->getNumArgs()) {
      resolve(Site->getArg(*Model->Wraps), Depth + 1);
      return true;
    }
  return false;
}

void Resolver::resolveNamed(const ValueDecl &Named, unsigned Depth) {
  if (const auto *Function = dyn_cast<FunctionDecl>(&Named))
    return add(Function);
  if (const auto *Parameter = dyn_cast<ParmVarDecl>(&Named)) {
    unsigned Index = Parameter->getFunctionScopeIndex();
    if (Index < Within.getNumParams() &&
        Within.getParamDecl(Index) == Parameter)
      Result.Parameter = Index;
    return;
  }
  if (const Expr *Value = Unit.values().onlyValue(Named, Within))
    resolve(Value, Depth + 1);
}

void Resolver::resolve(const Expr *Value, unsigned Depth) {
  Value = stripped(Value);
  // In a template a braced list has no type.
  if (!Value || Depth > 8 || Value->getType().isNull())
    return;
  if (resolveWrapper(*Value, Depth))
    return;
  if (const auto *Lambda = dyn_cast<LambdaExpr>(Value))
    return add(callOperatorOf(*Lambda->getLambdaClass()));
  if (const auto *Unary = dyn_cast<UnaryOperator>(Value);
      Unary &&
      (Unary->getOpcode() == UO_AddrOf || Unary->getOpcode() == UO_Deref ||
       Unary->getOpcode() == UO_Plus))
    return resolve(Unary->getSubExpr(), Depth + 1);
  // (object.*method)()
  if (const auto *Member = dyn_cast<BinaryOperator>(Value);
      Member && Member->isPtrMemOp())
    return resolve(Member->getRHS(), Depth + 1);
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Value)) {
    resolve(Choice->getTrueExpr(), Depth + 1);
    return resolve(Choice->getFalseExpr(), Depth + 1);
  }
  // A table of functions may run any of them.
  if (const auto *Table = dyn_cast<InitListExpr>(Value)) {
    for (const Expr *Each : Table->inits())
      resolve(Each, Depth + 1);
    return;
  }
  // A functor; one of a library (std::function, what std::bind gives) stands
  // for what it is made from.
  const CXXRecordDecl *Class = Value->getType()->getAsCXXRecordDecl();
  if (Class && !isWrapper(*Class))
    return add(callOperatorOf(*Class));
  if (const auto *Member = dyn_cast<MemberExpr>(Value))
    if (resolveTableEntry(*Member, Depth))
      return;
  if (const ValueDecl *Named = namedBy(Value))
    resolveNamed(*Named, Depth);
}

bool Resolver::isWrapper(const CXXRecordDecl &Class) const {
  const TypeModel *Model = Unit.models().type(Class);
  return (Model && Model->Callable) || Unit.isForeign(Class.getLocation());
}

// static constexpr Command commands[] = {{"sync", do_sync}};
// commands[i].run()   may run each of them
bool Resolver::resolveTableEntry(const MemberExpr &Member, unsigned Depth) {
  const auto *Field = dyn_cast<FieldDecl>(Member.getMemberDecl());
  const auto *Table = dyn_cast_or_null<VarDecl>(namedBy(Member.getBase()));
  if (!Field || !Table || !Table->getAnyInitializer() ||
      !(Table->getType().isConstQualified() || Table->isConstexpr() ||
        Table->getType()->isArrayType()))
    return false;
  const auto *Outer =
      dyn_cast<InitListExpr>(Table->getAnyInitializer()->IgnoreImplicit());
  if (!Outer)
    return false;
  llvm::SmallVector<const Expr *, 8> Entries{Outer};
  if (Table->getType()->isArrayType())
    Entries.assign(Outer->inits().begin(), Outer->inits().end());
  for (const Expr *Entry : Entries)
    if (const auto *Values = dyn_cast<InitListExpr>(Entry->IgnoreImplicit());
        Values && Field->getFieldIndex() < Values->getNumInits())
      resolve(Values->getInit(Field->getFieldIndex()), Depth + 1);
  return true;
}

} // namespace

Callables resolveCallable(TranslationUnit &Unit, const Expr *Value,
                          const FunctionDecl &Within) {
  Resolver Resolve(Unit, Within);
  Resolve.resolve(Value, 0);
  return Resolve.Result;
}

Callables resolveCallees(TranslationUnit &Unit, const Call &At,
                         const FunctionDecl &Within) {
  bool IsWrapped = !At.Callee || Unit.isForeign(At.Callee->getLocation());
  if (At.Callable && IsWrapped)
    return resolveCallable(Unit, At.Callable, Within);
  Callables Result;
  if (!At.Callee)
    return Result;
  Result.Functions.push_back(At.Callee);
  if (At.IsVirtual)
    for (const CXXMethodDecl *Each :
         Unit.overriders(*cast<CXXMethodDecl>(At.Callee)))
      Result.Functions.push_back(Each);
  return Result;
}

} // namespace clang::tidy::coro
