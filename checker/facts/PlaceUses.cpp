// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/PlaceUses.h"
#include "facts/UseClassifier.h"

namespace clang::tidy::coro {
namespace {

/// What a method that \p State describes does, unless more is known.
PlaceUse::Kind kindOf(StateUse State, bool HasArgument) {
  switch (State) {
  case StateUse::Load:
    return PlaceUse::Read;
  case StateUse::Access:
    return PlaceUse::Access;
  case StateUse::Add:
    return PlaceUse::Add;
  case StateUse::Remove:
    return PlaceUse::Remove;
  case StateUse::Clear:
    return PlaceUse::Clear;
  case StateUse::Assign:
    return PlaceUse::Assign;
  case StateUse::Reset:
    return HasArgument ? PlaceUse::Assign : PlaceUse::Clear;
  case StateUse::End:
    return PlaceUse::End;
  default:
    return PlaceUse::Ask;
  }
}

} // namespace

void UseClassifier::callMethod(const CXXMethodDecl &Method,
                               const CXXMemberCallExpr &Site) {
  const Expr *First = Site.getNumArgs() > 0 ? Site.getArg(0) : nullptr;
  if (isa_and_nonnull<CXXDefaultArgExpr>(First)) // p.reset()
    First = nullptr;
  StateUse State = stateUse(Method, Library);
  PlaceUse::Kind What = kindOf(State, First);
  if (State == StateUse::None && !Method.isConst() &&
      !isa<CXXConversionDecl>(Method))
    What = PlaceUse::Call;
  Result.At = &Site;
  if (IsElement) { // rows[i].clear()
    Result.What = PlaceUse::Access;
    if (What == PlaceUse::Add || What == PlaceUse::Remove ||
        What == PlaceUse::Clear)
      Result.Inside = What;
    return;
  }
  Result.What = What;
  if (What == PlaceUse::Assign)
    Result.Value = First;
  if (What == PlaceUse::Add || What == PlaceUse::Remove)
    Result.Key = First;
  if (What == PlaceUse::Add)
    Result.ResultUsed = Around.useValueOf(Site);
  if (State != StateUse::Find && State != StateUse::Access)
    return;
  // m.find(k) and w.lock() may well give nothing; who goes on by -> or * takes
  // it that they do not.
  bool MayBeNothing = State == StateUse::Find ||
                      (Site.isPRValue() && isNullable(Site.getType()));
  if (!MayBeNothing)
    return accessBy(Site, First);
  Result.What = PlaceUse::Ask;
  const Stmt *Outer = Around.of(&Site);
  while (Outer && passesValueOn(*Outer))
    Outer = Around.of(Outer);
  const auto *Arrow = dyn_cast_or_null<CXXOperatorCallExpr>(Outer);
  if (Arrow &&
      (Arrow->getOperator() == OO_Arrow || Arrow->getOperator() == OO_Star))
    accessBy(*Arrow, State == StateUse::Find ? First : nullptr);
}

StateUse stateUse(const CXXMethodDecl &Method, const Models &Library) {
  if (!Method.getIdentifier())
    return StateUse::None;
  for (const FunctionModel *Each :
       Library.functions(Method, Method.getParent()))
    if (Each->State != StateUse::None)
      return Each->State;
  return StateUse::None;
}

std::vector<PlaceUse> usesIn(const FunctionDecl &Function,
                             const Models &Library, Parents &Around) {
  std::vector<PlaceUse> Result;
  Around = Parents(Function, [&](const Stmt *S) {
    const auto *Member = dyn_cast<MemberExpr>(S);
    if (!isa<DeclRefExpr>(S) &&
        !(Member && isa<FieldDecl, VarDecl>(Member->getMemberDecl())))
      return;
    std::optional<Place> Where = placeNamedBy(cast<Expr>(S), Function);
    if (!Where || !Where->Declaration || !Where->IsShared)
      return;
    PlaceUse Use;
    Use.Where = *Where;
    Use.Mention = cast<Expr>(S);
    Use.Function = &Function;
    Result.push_back(std::move(Use));
  });
  for (PlaceUse &Each : Result)
    UseClassifier(Each, Around, Library).classify();
  return Result;
}

} // namespace clang::tidy::coro
