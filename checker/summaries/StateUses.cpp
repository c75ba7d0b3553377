// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/StateUses.h"
#include "coroutine/Coroutines.h"

namespace clang::tidy::coro {

const StateUses::Body &StateUses::bodyOf(const FunctionDecl &Function) {
  std::unique_ptr<Body> &Known = Bodies[&Function];
  if (!Known) {
    auto Made = std::make_unique<Body>();
    Made->Uses = usesIn(Function, Library, Made->Around);
    Known = std::move(Made);
  }
  return *Known;
}

llvm::ArrayRef<PlaceUse> StateUses::of(const FunctionDecl &Function) {
  return bodyOf(Function).Uses;
}

llvm::ArrayRef<const PlaceUse *>
StateUses::changesOf(const ValueDecl &Declaration) {
  if (!Changes) {
    Changes.emplace();
    for (const FunctionDecl *Each : Functions)
      for (const PlaceUse &Use : bodyOf(*Each).Uses)
        if ((Use.isChange() && !Use.Where.IsPart) ||
            Use.Inside != PlaceUse::Other)
          (*Changes)[Use.Where.Declaration].push_back(&Use);
  }
  auto Found = Changes->find(&Declaration);
  return Found == Changes->end() ? llvm::ArrayRef<const PlaceUse *>()
                                 : llvm::ArrayRef(Found->second);
}

std::vector<StaleReference> StateUses::staleReferences(Values &Seen) {
  std::vector<StaleReference> Result;
  for (const FunctionDecl *Each : Functions) {
    if (!coroutineBody(*Each) || Each->isDependentContext())
      continue;
    std::vector<Borrow> Borrowed = borrowsIn(*Each, Library);
    if (Borrowed.empty())
      continue;
    const Body &Known = bodyOf(*Each);
    std::vector<StaleReference> Found =
        StaleReferences(*Each, Library, Seen, Known.Uses, Known.Around, *this)
            .find(Borrowed);
    Result.insert(Result.end(), Found.begin(), Found.end());
  }
  return Result;
}

std::vector<LostUpdate> StateUses::lostUpdates(Values &Seen) {
  std::vector<LostUpdate> Result;
  for (const FunctionDecl *Each : Functions) {
    if (!coroutineBody(*Each) || Each->isDependentContext())
      continue;
    const Body &Known = bodyOf(*Each);
    if (llvm::none_of(Known.Uses, [](const PlaceUse &Use) {
          return Use.isChange() || Use.What == PlaceUse::Access ||
                 Use.What == PlaceUse::Index || Use.What == PlaceUse::Call;
        }))
      continue;
    std::vector<LostUpdate> Found =
        LostUpdates(*Each, Library, Seen, Known.Uses, Known.Around, *this)
            .find();
    Result.insert(Result.end(), Found.begin(), Found.end());
  }
  return Result;
}

} // namespace clang::tidy::coro
