// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Borrows.h"
#include "coroutine/Coroutines.h"
#include "facts/PlaceUses.h"
#include "facts/Values.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

bool hasOperator(const CXXRecordDecl &Class, OverloadedOperatorKind Kind) {
  return findMember(
      Class, Class.getASTContext().DeclarationNames.getCXXOperatorName(Kind));
}

/// Whether \p Type is a class of which the objects stand for an element: one
/// can go on to the next.
bool isIterator(QualType Type) {
  const CXXRecordDecl *Class = classOf(Type);
  return Class && Class->hasDefinition() && hasOperator(*Class, OO_Star) &&
         hasOperator(*Class, OO_PlusPlus);
}

/// Whether \p Type keeps a changing number of elements.
bool isContainer(QualType Type) {
  const CXXRecordDecl *Class = classOf(Type);
  return Class && Class->hasDefinition() && findMember(*Class, "begin") &&
         findMember(*Class, "clear");
}

class Finder {
public:
  Finder(const FunctionDecl &Function, const Models &Library)
      : Function(Function), Library(Library) {}

  std::optional<Borrow> of(const VarDecl &Variable, unsigned Depth);
  std::optional<Borrow> of(const CXXForRangeStmt &Loop);

private:
  std::optional<Borrow> make(Borrow::Kind What, const Expr &Object);
  std::optional<Borrow> container(Borrow::Kind What, const Expr *Object);
  std::optional<Borrow> element(const Expr *E, unsigned Depth);
  std::optional<Borrow> iterator(const Expr *E, unsigned Depth);
  std::optional<Borrow> pointer(const Expr *E, unsigned Depth);
  std::optional<Borrow> local(const Expr *E, unsigned Depth);

  const FunctionDecl &Function;
  const Models &Library;
};

std::optional<Borrow> Finder::make(Borrow::Kind What, const Expr &Object) {
  std::optional<Place> From = placeNamedBy(&Object, Function);
  if (!From || !From->IsShared || !From->Declaration ||
      From->Declaration->getType().getNonReferenceType().isConstQualified())
    return std::nullopt;
  Borrow Result;
  Result.What = What;
  Result.From = *From;
  Result.Mention = &Object;
  const CXXRecordDecl *Class = classOf(Object.getType());
  if (const TypeModel *Model = Class ? Library.type(*Class) : nullptr)
    Result.Stable = Model->Stable;
  return Result;
}

std::optional<Borrow> Finder::container(Borrow::Kind What, const Expr *Object) {
  Object = Object ? stripped(Object) : nullptr;
  if (!Object || !isContainer(Object->getType()))
    return std::nullopt;
  return make(What, *Object);
}

/// What the local variable that \p E names refers into.
std::optional<Borrow> Finder::local(const Expr *E, unsigned Depth) {
  const auto *Named = dyn_cast<DeclRefExpr>(E);
  const auto *Variable = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
  if (!Variable || !Variable->isLocalVarDecl() ||
      !Variable->hasLocalStorage() || Depth > 4)
    return std::nullopt;
  return of(*Variable, Depth + 1);
}

/// What the object \p E, an lvalue, is an element of.
std::optional<Borrow> Finder::element(const Expr *E, unsigned Depth) {
  bool IsBehindPointer = false;
  auto Found = [&](std::optional<Borrow> Result) {
    // The element is a pointer: where that is kept is all the same.
    if (Result && IsBehindPointer && Result->What != Borrow::Target)
      Result->Stable = Stability::Iterators;
    return Result;
  };
  for (unsigned Step = 0; Step < 16; ++Step) {
    E = stripped(E);
    if (!E || E->getType().isNull())
      return std::nullopt;
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (!isa<FieldDecl>(Member->getMemberDecl()))
        return std::nullopt;
      // A raw pointer that is kept elsewhere does not own.
      if (Member->isArrow() &&
          !isa<CXXOperatorCallExpr, DeclRefExpr>(stripped(Member->getBase())))
        return std::nullopt;
      E = Member->getBase();
      continue;
    }
    if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E)) {
      const Expr *Object = Operator->getArg(0);
      OverloadedOperatorKind Kind = Operator->getOperator();
      if (Kind == OO_Subscript) {
        if (auto Result = container(Borrow::Element, Object))
          return Found(Result);
      } else if (Kind == OO_Arrow ||
                 (Kind == OO_Star && Operator->getNumArgs() == 1)) {
        const Expr *Inner = stripped(Object);
        if (!isNullable(Inner->getType())) {
          auto Result = iterator(Inner, Depth);
          if (Result)
            Result->What = Borrow::Element;
          return Found(Result);
        }
        bool IsNamed = isa<MemberExpr, DeclRefExpr>(Inner);
        auto Result = IsNamed ? make(Borrow::Target, *Inner) : std::nullopt;
        if (Result)
          return Result;
        IsBehindPointer = true;
      } else {
        return std::nullopt;
      }
      E = Object;
      continue;
    }
    if (const auto *Site = dyn_cast<CXXMemberCallExpr>(E)) {
      const Expr *Object = Site->getImplicitObjectArgument();
      const CXXMethodDecl *Method = Site->getMethodDecl();
      if (!Object || !Method || !Site->isGLValue())
        return std::nullopt;
      if (auto Result = container(Borrow::Element, Object))
        return Found(Result);
      const Expr *Inner = stripped(Object);
      if (stateUse(*Method, Library) == StateUse::Access &&
          isNullable(Inner->getType()) && !Inner->getType()->isPointerType())
        return Found(make(Borrow::Target, *Inner));
      E = Object;
      continue;
    }
    return Found(local(E, Depth));
  }
  return std::nullopt;
}

/// What the iterator \p E goes over.
std::optional<Borrow> Finder::iterator(const Expr *E, unsigned Depth) {
  E = stripped(E);
  // sessions_.emplace(id, session).first
  if (const auto *Member = dyn_cast<MemberExpr>(E))
    E = stripped(Member->getBase());
  if (const auto *Site = dyn_cast<CXXMemberCallExpr>(E))
    return container(Borrow::Iterator, Site->getImplicitObjectArgument());
  if (auto Same = local(E, Depth))
    return Same->What == Borrow::Iterator ? Same : std::nullopt;
  // std::find(rows_.begin(), rows_.end(), row)   std::ranges::find(rows_, row)
  const auto *Site = dyn_cast<CallExpr>(E);
  if (!Site || !isIterator(Site->getType()) || Depth > 4)
    return std::nullopt;
  for (const Expr *Each : Site->arguments()) {
    const Expr *Argument = stripped(Each);
    if (!Argument || isa<CXXOperatorCallExpr>(Argument))
      continue;
    if (auto Found = container(Borrow::Iterator, Argument))
      return Found;
    if (isIterator(Argument->getType()))
      return iterator(Argument, Depth + 1);
  }
  return std::nullopt;
}

std::optional<Borrow> Finder::pointer(const Expr *E, unsigned Depth) {
  E = stripped(E);
  if (const auto *Address = dyn_cast<UnaryOperator>(E))
    return Address->getOpcode() == UO_AddrOf
               ? element(Address->getSubExpr(), Depth)
               : std::nullopt;
  // name_.c_str()   session_.get()
  const auto *Site = dyn_cast<CXXMemberCallExpr>(E);
  const Expr *Object = Site ? Site->getImplicitObjectArgument() : nullptr;
  if (!Object || Site->getNumArgs() > 0)
    return std::nullopt;
  if (auto Result = container(Borrow::Element, Object))
    return Result;
  const Expr *Inner = stripped(Object);
  const CXXRecordDecl *Class = classOf(Inner->getType());
  if (Class && Class->hasDefinition() && isNullable(Inner->getType()) &&
      hasOperator(*Class, OO_Arrow) && isa<MemberExpr, DeclRefExpr>(Inner))
    return make(Borrow::Target, *Inner);
  return std::nullopt;
}

std::optional<Borrow> Finder::of(const VarDecl &Variable, unsigned Depth) {
  QualType Type = Variable.getType();
  const Expr *Init = Variable.getInit();
  if (!Init || Type.isNull() || isa<ParmVarDecl>(Variable) ||
      Variable.isImplicit())
    return std::nullopt;
  std::optional<Borrow> Result;
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  const TypeModel *Model = Class ? Library.type(*Class) : nullptr;
  if (Type->isReferenceType()) {
    if (!isa<ExprWithCleanups>(Init) || stripped(Init)->isGLValue())
      Result = element(Init, Depth);
  } else if (Type->isPointerType()) {
    Result = pointer(Init, Depth);
  } else if (Model && Model->View) {
    const Expr *Seen = stripped(Init);
    if (const auto *Made = dyn_cast<CXXConstructExpr>(Seen))
      Seen = Made->getNumArgs() > 0 ? Made->getArg(0) : nullptr;
    if (Seen && Seen->isGLValue())
      Result = container(Borrow::View, Seen);
  } else if (isIterator(Type) || isa<DecompositionDecl>(Variable)) {
    const Expr *Seen = stripped(Init);
    if (isIterator(Type) || isa<CXXMemberCallExpr>(Seen))
      Result = iterator(Seen, Depth);
  }
  if (Result)
    Result->Local = &Variable;
  return Result;
}

// for (auto &session : sessions_ | std::views::values)
std::optional<Borrow> Finder::of(const CXXForRangeStmt &Loop) {
  const Expr *Range = Loop.getRangeInit();
  while (Range) {
    Range = Range->IgnoreParenImpCasts();
    const auto *Pipe = dyn_cast<CXXOperatorCallExpr>(Range);
    const auto *Site = dyn_cast<CallExpr>(Range);
    if (Pipe && Pipe->getOperator() == OO_Pipe)
      Range = Pipe->getArg(0);
    else if (const auto *Full = dyn_cast<FullExpr>(Range))
      Range = Full->getSubExpr();
    else if (const auto *Kept = dyn_cast<MaterializeTemporaryExpr>(Range))
      Range = Kept->getSubExpr();
    else if (Site && !Pipe && Site->getNumArgs() == 1 && Site->isGLValue() &&
             !isa<CXXMemberCallExpr>(Site) && !Site->isCallToStdMove())
      Range = Site->getArg(0); // std::as_const(sessions_)
    else
      break;
  }
  if (!Range || !Range->isGLValue() || Range->getType().isNull())
    return std::nullopt;
  std::optional<Borrow> Result = container(Borrow::Loop, Range);
  if (Result) {
    Result->Range = &Loop;
    Result->At = Loop.getLoopVarStmt();
  }
  return Result;
}

} // namespace

std::vector<Borrow> borrowsIn(const FunctionDecl &Function,
                              const Models &Library) {
  std::vector<Borrow> Result;
  Finder Find(Function, Library);
  forEachEvaluated(
      Function.getASTContext(), writtenBody(Function), [&](const Stmt *S) {
        if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
          for (const Decl *Each : Declaration->decls())
            if (const auto *Variable = dyn_cast<VarDecl>(Each))
              if (auto Found = Find.of(*Variable, 0)) {
                Found->At = Declaration;
                Result.push_back(std::move(*Found));
              }
        } else if (const auto *Loop = dyn_cast<CXXForRangeStmt>(S)) {
          if (auto Found = Find.of(*Loop))
            Result.push_back(std::move(*Found));
        }
        return true;
      });
  return Result;
}

} // namespace clang::tidy::coro
