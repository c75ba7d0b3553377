// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Checks whose answer is about another object than the one that was asked.

#include "coroutine/Coroutines.h"
#include "facts/LostUpdates.h"

namespace clang::tidy::coro {

/// Whether \p Use leaves the object without a value.
static bool isTaken(const PlaceUse &Use) {
  return Use.What == PlaceUse::Clear || Use.What == PlaceUse::Give ||
         (Use.What == PlaceUse::Assign && isNoValue(Use.Value));
}

// if (!closed_) { co_await flush(); link_->send(); }
// void close() { closed_ = true; link_.reset(); }
void LostUpdates::checkRelated(const Edge &Decided, const PlaceCheck &Known) {
  if (Known.What != PlaceCheck::IsEqual && Known.What != PlaceCheck::IsOther)
    return;
  bool IsLoop = Run.isLoopCondition(*Known.Mention);
  for (const PlaceUse *Change : Others.changesOf(*Known.Where.Declaration)) {
    if (!Run.isElsewhere(*Change->Function) ||
        !mayBreak(*Change, Known, Context))
      continue;
    for (const PlaceUse &Gone : Others.of(*Change->Function)) {
      bool IsTaken = isTaken(Gone);
      bool IsEnded = Gone.What == PlaceUse::End ||
                     (Gone.What == PlaceUse::Access && Gone.IsEnd);
      // What was emptied is not to be filled again.
      bool IsEmptied =
          IsTaken && !isNullable(Gone.Mention->getType()) && !IsLoop;
      if (!(IsTaken && isNullable(Gone.Mention->getType())) &&
          !(IsEnded && !IsLoop) && !IsEmptied)
        continue;
      auto Relies = [&](const PlaceUse &Use) {
        return Use.Where.Declaration == Gone.Where.Declaration && !Use.IsEnd &&
               (IsEmptied ? Use.What == PlaceUse::Add
                          : Use.What == PlaceUse::Access ||
                                (IsEnded && Use.What == PlaceUse::Call));
      };
      auto IsSame = [&](const PlaceUse &Use) {
        return Use.Where.Text == Known.Where.Text ||
               Use.Where.Declaration == Gone.Where.Declaration;
      };
      addLate(Decided, Known, *Change, Relies, IsSame);
    }
  }
}

// if (users_ == 0) { co_await announce(); link_.reset(); }   void join() {
// ++users_; }
void LostUpdates::checkUnused(const Edge &Decided, const PlaceCheck &Known) {
  QualType Type = Known.Mention->getType();
  bool IsCount = Known.What == PlaceCheck::IsEqual && Known.Value == "0" &&
                 Type->isIntegerType() && !Type->isBooleanType();
  if (!IsCount && Known.What != PlaceCheck::Empty)
    return;
  const PlaceUse *Change =
      Run.changeElsewhere(*Known.Where.Declaration, [](const PlaceUse &Use) {
        return Use.What == PlaceUse::Update || Use.What == PlaceUse::Add;
      });
  if (!Change || Run.isWorker(*Known.Mention))
    return;
  auto Relies = [&](const PlaceUse &Use) {
    return isTaken(Use) && Use.Where.Declaration != Known.Where.Declaration &&
           isNullable(Use.Mention->getType());
  };
  auto IsSame = [&](const PlaceUse &Use) {
    return Use.Where.Text == Known.Where.Text;
  };
  addLate(Decided, Known, *Change, Relies, IsSame);
}

void LostUpdates::addLate(const Edge &Decided, const PlaceCheck &Known,
                          const PlaceUse &Change,
                          llvm::function_ref<bool(const PlaceUse &)> Relies,
                          llvm::function_ref<bool(const PlaceUse &)> IsSame) {
  auto IsWanted = [&](const PlaceUse &Use) {
    if (!Relies(Use))
      return false;
    Position At = Run.positionOf(*Use.At);
    return At.Block && Run.passesOnlyBy(Decided, *At.Block);
  };
  if (llvm::none_of(Uses, IsWanted))
    return;
  Position Asked = Run.checkedAt(Decided, *Known.Mention);
  std::vector<Stale> Late = Run.search(
      {Asked.Block, Asked.Index}, IsWanted,
      [&](const PlaceUse &Use, bool IsSuspended) {
        if (IsSuspended && Run.tellsOfChange(Use, *Known.Where.Declaration))
          return true;
        return IsSame(Use) && (Use.isChange() || (IsSuspended && Use.isLook()));
      });
  for (const Stale &Each : Late)
    if (Run.keepsOut(Asked, Run.positionOf(*Each.Use->At)) != Exclusion::All)
      add(LostUpdate::OldCheck, Each, &Known, *Known.Mention, &Change);
}

} // namespace clang::tidy::coro
