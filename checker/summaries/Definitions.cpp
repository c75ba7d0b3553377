// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Definitions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/xxhash.h"

namespace clang::tidy::coro {
namespace {

auto placeOf(const Definition &Of) {
  const FunctionSummary &It = *Of.Summary;
  return std::tie(It.Key, It.At.File, It.At.Line, It.At.Column);
}

/// At one place the order is that of the units, which lie one after the other.
bool comesBefore(const Definition &A, const Definition &B) {
  return placeOf(A) != placeOf(B) ? placeOf(A) < placeOf(B)
                                  : std::tie(A.Units.front(), A.Summary) <
                                        std::tie(B.Units.front(), B.Summary);
}

/// What \p Of says: equal for those that mean the same, whatever their units.
std::string contentOf(const Definition &Of) {
  const UnitSummary &Unit = *Of.Units.front();
  FunctionSummary Copy = *Of.Summary;
  auto Shorten = [&](std::vector<std::string> &Keys) {
    for (std::string &Each : Keys)
      Each = withoutUnit(Each, Unit.File).str();
  };
  Shorten(Copy.Overrides);
  for (CallSummary &Call : Copy.Calls) {
    Shorten(Call.Callees);
    for (ArgumentSummary &Each : Call.Arguments)
      Shorten(Each.Callables);
  }
  std::string Result = Archive::write("", "", Copy);
  if (!Copy.Root.empty())
    Result +=
        Archive::write("", "", Unit.Categories) + std::to_string(Unit.MaxChain);
  return Result;
}

} // namespace

Definitions::Definitions(llvm::ArrayRef<UnitSummary> Units) {
  for (const UnitSummary &Each : Units)
    if (Each.DefinesMain && !Each.Program.empty())
      Executables[Each.Program] = true;
  addBlocking(Units);
  addHarmless(Units);
  nameAll();
}

/// One for each of those that stand at one place and say the same.
void Definitions::addBlocking(llvm::ArrayRef<UnitSummary> Units) {
  std::vector<Definition> Each;
  for (const UnitSummary &Unit : Units)
    for (const FunctionSummary &Function : Unit.Functions)
      Each.push_back({&Function, {&Unit}});
  llvm::sort(Each, comesBefore);
  for (size_t First = 0, Last = 0; First < Each.size(); First = Last) {
    while (Last < Each.size() && placeOf(Each[Last]) == placeOf(Each[First]))
      ++Last;
    llvm::StringMap<size_t> ByContent;
    for (size_t I = First; I < Last; ++I) {
      bool IsAlone = Last - First == 1;
      auto [Known, IsNew] = ByContent.try_emplace(
          IsAlone ? std::string() : contentOf(Each[I]), All.size());
      if (IsNew)
        All.push_back(std::move(Each[I]));
      else
        All[Known->second].Units.push_back(Each[I].Units.front());
    }
  }
}

/// Those that have the name of one that may block.
void Definitions::addHarmless(llvm::ArrayRef<UnitSummary> Units) {
  llvm::DenseMap<uint64_t, llvm::StringRef> Keys;
  for (const Definition &Each : All)
    Keys.try_emplace(llvm::xxHash64(Each.Summary->Key), Each.Summary->Key);
  std::vector<Definition> Added;
  for (const UnitSummary &Unit : Units)
    for (uint64_t Hash : Unit.Harmless)
      if (auto Known = Keys.find(Hash); Known != Keys.end()) {
        HarmlessOnes.emplace_back().Key = Known->second.str();
        Added.push_back({&HarmlessOnes.back(), {&Unit}});
      }
  if (Added.empty())
    return;
  std::move(Added.begin(), Added.end(), std::back_inserter(All));
  llvm::sort(All, comesBefore);
}

void Definitions::nameAll() {
  for (uint32_t I = 0; I < All.size(); ++I)
    ByKey[All[I].Summary->Key].All.push_back(I);
  for (auto &Each : ByKey) {
    Named &Of = Each.getValue();
    if (Of.All.size() == 1)
      continue;
    Of.Choose = std::make_unique<Choice>();
    for (uint32_t Number : Of.All)
      note(*Of.Choose, Number);
  }
}

void Definitions::note(Choice &In, uint32_t Number) const {
  auto Take = [&](uint32_t &Known, bool IsNew) {
    Known = IsNew || Known == Number ? Number : Unclear;
  };
  for (const UnitSummary *Unit : All[Number].Units) {
    auto OfUnit = In.ByUnit.try_emplace(Unit, Number);
    Take(OfUnit.first->second, OfUnit.second);
    auto OfProgram = In.ByProgram.try_emplace(Unit->Program, Number);
    Take(OfProgram.first->second, OfProgram.second);
    if (!Executables.count(Unit->Program)) {
      bool IsNew = !In.OfLibraries;
      Take(IsNew ? In.OfLibraries.emplace(Number) : *In.OfLibraries, IsNew);
    }
  }
}

uint32_t Definitions::choose(const Choice &From,
                             const UnitSummary &Unit) const {
  if (auto Same = From.ByUnit.find(&Unit); Same != From.ByUnit.end())
    return Same->second;
  auto Same = From.ByProgram.find(Unit.Program);
  if (Same != From.ByProgram.end())
    return Same->second;
  return From.OfLibraries.value_or(Unclear);
}

llvm::SmallVector<uint32_t, 1> Definitions::find(llvm::StringRef Key,
                                                 const Definition &From) const {
  auto Found = ByKey.find(Key);
  if (Found == ByKey.end())
    return {};
  const Named &Of = Found->second;
  if (!Of.Choose)
    return Of.All;
  llvm::SmallSetVector<uint32_t, 4> Result;
  for (const UnitSummary *Unit : From.Units)
    if (uint32_t Number = choose(*Of.Choose, *Unit); Number != Unclear)
      Result.insert(Number);
  return llvm::SmallVector<uint32_t, 1>(Result.begin(), Result.end());
}

} // namespace clang::tidy::coro
