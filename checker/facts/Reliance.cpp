// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which changes make a check worthless, and which uses rely on it.

#include "coroutine/Coroutines.h"
#include "facts/PlaceChecks.h"
#include "facts/Predicates.h"
#include "facts/Values.h"

namespace clang::tidy::coro {
namespace {

/// Whether \p Value is seen to be one: new T, std::make_unique<T>(), f().
bool isSomeValue(const Expr *Value) {
  Value = Value ? stripped(Value) : nullptr;
  if (!Value || isNoValue(Value))
    return false;
  const auto *Construct = dyn_cast<CXXConstructExpr>(Value);
  if (Construct && Construct->getNumArgs() == 1)
    return isSomeValue(Construct->getArg(0));
  return isa<CallExpr, CXXNewExpr, CoawaitExpr, CXXConstructExpr, LambdaExpr,
             InitListExpr>(Value);
}

bool isSameKey(const Expr *Left, const Expr *Right, const ASTContext &Context) {
  if (!Left || !Right)
    return true;
  auto First = subjectOf(*Left, Context), Second = subjectOf(*Right, Context);
  return !First || !Second || First->Subject == Second->Subject;
}

// map[key], which makes the element that is not there
bool findsByKey(const PlaceUse &Use) {
  const CXXRecordDecl *Class = classOf(Use.Mention->getType());
  return Use.Key && Class && findMember(*Class, "key_type");
}

} // namespace

bool isNoValue(const Expr *Value) {
  Value = Value ? stripped(Value) : nullptr;
  if (!Value)
    return true;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(Value))
    return Construct->getNumArgs() == 0 ||
           (Construct->getNumArgs() == 1 && isNoValue(Construct->getArg(0)));
  if (const auto *Braced = dyn_cast<InitListExpr>(Value))
    return Braced->getNumInits() == 0;
  if (const auto *Reference = dyn_cast<DeclRefExpr>(Value))
    return Reference->getDecl()->isInStdNamespace(); // std::nullopt
  return isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr,
             CXXScalarValueInitExpr>(Value);
}

bool mayBreak(const PlaceUse &Change, const PlaceCheck &Known,
              const ASTContext &Context) {
  using Use = PlaceUse;
  if (!Change.isChange() || Change.Where.IsPart)
    return false;
  bool IsAssign = Change.What == Use::Assign;
  std::optional<std::string> Value;
  if (IsAssign && Change.Value)
    Value = valueOf(*stripped(Change.Value), Context);
  switch (Known.What) {
  case PlaceCheck::HasValue:
    return IsAssign ? !Change.IsValueChecked && !isSomeValue(Change.Value)
                    : Change.What == Use::Clear || Change.What == Use::Give;
  case PlaceCheck::Null:
    return IsAssign ? !isNoValue(Change.Value) : Change.What == Use::Update;
  case PlaceCheck::NotEmpty:
    return Change.What != Use::Add && Change.What != Use::Update;
  case PlaceCheck::Empty:
    return Change.What == Use::Add || Change.What == Use::Update ||
           (IsAssign && !isNoValue(Change.Value));
  case PlaceCheck::HasKey:
    return Change.What == Use::Remove || Change.What == Use::Clear ||
           Change.What == Use::Give || IsAssign;
  case PlaceCheck::NoKey:
    return Change.What == Use::Add || IsAssign;
  case PlaceCheck::IsEqual:
    return !Value || *Value != Known.Value;
  case PlaceCheck::IsOther:
    return !Value || *Value == Known.Value;
  case PlaceCheck::Size:
  case PlaceCheck::Compare:
    return true;
  }
  return false;
}

bool reliesOn(const PlaceUse &Use, const PlaceCheck &Known,
              const ASTContext &Context) {
  bool IsWrite = Use.What == PlaceUse::Assign || Use.What == PlaceUse::Update;
  bool Pops = Use.What == PlaceUse::Remove && !Use.Key;
  switch (Known.What) {
  case PlaceCheck::HasValue:
    return Use.What == PlaceUse::Access;
  case PlaceCheck::Null:
    return Use.What == PlaceUse::Assign && !isNoValue(Use.Value);
  case PlaceCheck::NotEmpty:
    return (Use.What == PlaceUse::Access && !findsByKey(Use)) || Pops;
  case PlaceCheck::Empty:
    return (Use.What == PlaceUse::Assign && !isNoValue(Use.Value)) ||
           Use.What == PlaceUse::Add;
  case PlaceCheck::HasKey:
    return Use.What == PlaceUse::Access && Use.Key &&
           isSameKey(Use.Key, Known.Key, Context);
  case PlaceCheck::NoKey:
    return Use.What == PlaceUse::Add && !Use.ResultUsed && Use.Key &&
           isSameKey(Use.Key, Known.Key, Context);
  case PlaceCheck::Size:
    return Use.What == PlaceUse::Access || Use.What == PlaceUse::Add || Pops ||
           IsWrite;
  case PlaceCheck::IsEqual:
  case PlaceCheck::IsOther:
    return IsWrite;
  case PlaceCheck::Compare:
    return IsWrite || Use.What == PlaceUse::Index;
  }
  return false;
}

} // namespace clang::tidy::coro
