// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/StaleReferences.h"
#include "coroutine/Coroutines.h"

namespace clang::tidy::coro {
namespace {

/// Whether elements are found by their keys, so that [] can add one.
bool hasKeys(QualType Type) {
  const CXXRecordDecl *Class = classOf(Type);
  return Class && Class->hasDefinition() && findMember(*Class, "key_type");
}

/// Whether \p Change leaves \p Of with nothing to refer to.
bool invalidates(const PlaceUse &Change, const Borrow &Of, bool ByItself) {
  PlaceUse::Kind What = Change.What;
  // for (auto &member : rooms_[name])
  if (Of.From.IsPart && Change.Inside != PlaceUse::Other)
    What = Change.Inside;
  else if (Change.Inside != PlaceUse::Other)
    return false;
  switch (What) {
  case PlaceUse::Assign:
  case PlaceUse::Clear:
  case PlaceUse::Give:
    return true;
  case PlaceUse::Remove:
    // It takes out what it has put in, or found.
    return Of.What != Borrow::Target &&
           !(ByItself && Of.Stable != Stability::None);
  case PlaceUse::Add:
    if (Of.What == Borrow::Target ||
        (Change.IsIndexed && !hasKeys(Change.Mention->getType())))
      return false;
    return Of.What == Borrow::Element ? Of.Stable == Stability::None
                                      : Of.Stable != Stability::Iterators;
  case PlaceUse::Update: // text_ += "x"
    return Of.What != Borrow::Target &&
           Change.Mention->getType()->isRecordType();
  default:
    return false;
  }
}

} // namespace

// it = sessions_.find(id);
bool StaleReferences::isAssigned(const Expr &Mention) const {
  const Stmt *Outer = Around.of(&Mention);
  while (Outer && passesValueOn(*Outer))
    Outer = Around.of(Outer);
  if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(Outer))
    return Binary->getOpcode() == BO_Assign &&
           Binary->getLHS()->IgnoreParenImpCasts() == &Mention;
  const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Outer);
  return Operator && Operator->getOperator() == OO_Equal &&
         Operator->getArg(0)->IgnoreParenImpCasts() == &Mention;
}

/// Adds what is done with the variable of \p Of.
void StaleReferences::addUses(const Borrow &Of) {
  auto Add = [&](const VarDecl &Local, PlaceUse::Kind What, const Stmt &At,
                 const Expr *Mention) {
    auto Use = std::make_unique<PlaceUse>();
    Use->What = What;
    Use->Where.Declaration = &Local;
    Use->At = &At;
    Use->Mention = Mention;
    Run.addUse(*Use);
    OfLocals.push_back(std::move(Use));
  };
  const VarDecl *Local = Of.Range ? Of.Range->getLoopVariable() : Of.Local;
  if (!Local)
    return;
  if (!Of.Range)
    Add(*Local, PlaceUse::Assign, *Of.At, nullptr);
  if (Of.Range && Of.Range->getInc())
    forEachEvaluated(Function.getASTContext(), Of.Range->getInc(),
                     [&](const Stmt *S) {
                       if (const auto *Step = dyn_cast<DeclRefExpr>(S);
                           Step && isa<VarDecl>(Step->getDecl()))
                         Add(*Local, PlaceUse::Access, *S, Step);
                       return true;
                     });
  bool IsReference = Local->getType()->isReferenceType();
  if (Of.Range && !IsReference)
    return;
  forEachEvaluated(
      Function.getASTContext(), writtenBody(Function), [&](const Stmt *S) {
        const auto *Mention = dyn_cast<DeclRefExpr>(S);
        if (!Mention)
          return true;
        const auto *Part = dyn_cast<BindingDecl>(Mention->getDecl());
        if (Mention->getDecl() != Local &&
            !(Part && Part->getDecomposedDecl() == Local &&
              (IsReference || Part->getType()->isRecordType())))
          return true;
        Add(*Local,
            !IsReference && isAssigned(*Mention) ? PlaceUse::Assign
                                                 : PlaceUse::Access,
            *Mention, Mention);
        return true;
      });
}

const PlaceUse *StaleReferences::changeOf(const Borrow &Of,
                                          bool &ByItself) const {
  ByItself = false;
  if (const PlaceUse *Found = Run.changeElsewhere(
          *Of.From.Declaration, [&](const PlaceUse &Change) {
            return invalidates(Change, Of, /*ByItself=*/false);
          }))
    return Found;
  ByItself = true;
  if (Of.What == Borrow::Target || Of.From.ByReference || Run.isWorker(*Of.At))
    return nullptr;
  for (const PlaceUse &Each : Uses)
    if (Each.Where.Declaration == Of.From.Declaration && !Each.Where.IsPart &&
        invalidates(Each, Of, /*ByItself=*/true))
      return &Each;
  return nullptr;
}

void StaleReferences::check(const Borrow &Of) {
  const VarDecl *Local = Of.Range ? Of.Range->getLoopVariable() : Of.Local;
  StateFlow::Position From = Run.positionOf(*Of.At);
  bool ByItself = false;
  const PlaceUse *Change =
      Local && From.Block ? changeOf(Of, ByItself) : nullptr;
  if (!Change)
    return;
  std::vector<StateFlow::Stale> Late = Run.search(
      {From.Block, From.Index + 1},
      [&](const PlaceUse &Use) {
        return Use.Where.Declaration == Local && Use.What == PlaceUse::Access;
      },
      [&](const PlaceUse &Use, bool IsSuspended) {
        if (Use.Where.Declaration == Local)
          return Use.What == PlaceUse::Assign;
        // if (!sessions_.contains(id)) co_return;
        return IsSuspended && !Of.Range &&
               ((Use.Where.Text == Of.From.Text && Use.What == PlaceUse::Ask) ||
                Run.tellsOfChange(Use, *Of.From.Declaration));
      });
  for (const StateFlow::Stale &Each : Late) {
    if (Run.keepsOut(From, Run.positionOf(*Each.Use->At)) == Exclusion::All)
      continue;
    Result.push_back(
        {Of, Each.Use->Mention, Each.Suspension, Change, ByItself});
    if (Of.Range)
      break;
  }
}

std::vector<StaleReference>
StaleReferences::find(llvm::ArrayRef<Borrow> Borrowed) {
  if (!Run.isKnown())
    return {};
  for (const Borrow &Each : Borrowed)
    addUses(Each);
  for (const Borrow &Each : Borrowed)
    check(Each);
  return std::move(Result);
}

} // namespace clang::tidy::coro
