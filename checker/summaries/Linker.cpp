// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Linker.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {

void Linker::link() {
  sortUnits();
  Defined = std::make_unique<Definitions>(Units);
  for (const Definition &Each : Defined->all()) {
    const FunctionSummary &It = *Each.Summary;
    Index.Functions.push_back(
        {It.Key, It.Name, It.FullName, It.At, !It.Root.empty(), {}});
  }
  addOverriders();
  for (uint32_t I = 0; I < Defined->all().size(); ++I)
    addEdges(I);
  // Breadth first, so that the first chain that is found is a shortest one.
  while (!Pending.empty()) {
    auto [Node, Effect] = Pending.front();
    Pending.pop_front();
    // An effect that runs a callable may add edges; it tells them itself.
    for (size_t I = 0, Count = Callers[Node].size(); I < Count; ++I)
      propagate(Effect, Edge(Callers[Node][I]));
  }
  collectFindings();
  dropTheHarmless();
  Index.buildLookup();
}

/// Into an order that does not depend on that in which they were added.
void Linker::sortUnits() {
  auto Key = [](const UnitSummary &Unit) {
    return std::tie(Unit.File, Unit.Program);
  };
  llvm::sort(Units, [&](const UnitSummary &A, const UnitSummary &B) {
    if (Key(A) != Key(B))
      return Key(A) < Key(B);
    // A file that is compiled in several ways.
    return Archive::write("", "", A) < Archive::write("", "", B);
  });
}

/// What a method that is overridden may do when it is called by its base: a
/// node of its own, for otherwise each call would lead to each overrider.
void Linker::addOverriders() {
  llvm::ArrayRef<Definition> All = Defined->all();
  for (const Definition &Each : All)
    for (const std::string &Overridden : Each.Summary->Overrides)
      Overriders.try_emplace(Overridden, 0);
  std::vector<llvm::StringRef> Keys;
  for (const auto &Each : Overriders)
    Keys.push_back(Each.getKey());
  llvm::sort(Keys);
  for (llvm::StringRef Each : Keys) {
    Overriders[Each] = Index.Functions.size();
    Index.Functions.push_back(
        {ProjectIndex::keyOfOverriders(Each), "", "", {}, false, {}});
  }
  Callers.resize(Index.Functions.size());
  for (uint32_t I = 0; I < All.size(); ++I)
    if (!isRoot(I))
      for (const std::string &Overridden : All[I].Summary->Overrides)
        Callers[I].push_back(
            {Overriders[Overridden], nullptr, IndexedEffect::None});
}

void Linker::addEdges(uint32_t Caller) {
  const Definition &From = Defined->all()[Caller];
  for (const CallSummary &At : From.Summary->Calls) {
    IndexedEffect Effect;
    Effect.Function = Caller;
    Effect.Blocks = At.Blocks;
    Effect.Open = At.Open;
    Effect.Instead = At.Instead;
    if (At.Blocks != Category::None)
      addEffect(Effect, &At);
    if (At.Invokes) {
      Effect.Blocks = Category::None;
      Effect.Open.reset();
      Effect.Invokes = At.Invokes;
      addEffect(std::move(Effect), &At);
    }
    llvm::SmallVector<uint32_t, 4> Called;
    for (const std::string &Key : At.Callees) {
      llvm::append_range(Called, Defined->find(Key, From));
      if (auto Known = Overriders.find(Key);
          At.IsVirtual && Known != Overriders.end())
        Called.push_back(Known->second);
    }
    llvm::sort(Called);
    Called.erase(std::unique(Called.begin(), Called.end()), Called.end());
    for (uint32_t Each : Called)
      if (!isRoot(Each))
        Callers[Each].push_back({Caller, &At, IndexedEffect::None});
  }
}

bool Linker::isWanted(const Definition &Root, Category Blocks) const {
  return Blocks == Category::None || Blocks == Category::Annotated ||
         llvm::is_contained(Root.Units.front()->Categories, Blocks);
}

/// Whether \p Node has an effect that is the same to its callers.
bool Linker::hasLike(uint32_t Node, const IndexedEffect &Effect) const {
  return llvm::any_of(Index.Functions[Node].Effects, [&](uint32_t Each) {
    const IndexedEffect &Other = Index.Effects[Each];
    return Other.Blocks == Effect.Blocks && Other.Invokes == Effect.Invokes &&
           Other.Open == Effect.Open;
  });
}

/// Adds \p Effect unless the function has one that is the same to its callers;
/// a root has one for each call.
void Linker::addEffect(IndexedEffect Effect, const CallSummary *At) {
  uint32_t Node = Effect.Function;
  if (!isRoot(Node)) {
    if (hasLike(Node, Effect))
      return;
  } else if (!isWanted(Defined->all()[Node], Effect.Blocks) ||
             !Told.insert({At, Effect.Invokes ? *Effect.Invokes + 1 : 0})
                  .second) {
    return;
  }
  Effect.At = At->At;
  Effect.Form = At->Form;
  Effect.Name = At->Name;
  uint32_t Number = Index.Effects.size();
  Index.Functions[Node].Effects.push_back(Number);
  Index.Effects.push_back(std::move(Effect));
  Calls.push_back(At);
  Pending.push_back({Node, Number});
}

void Linker::propagate(uint32_t From, const Edge &To) {
  const IndexedEffect Effect = Index.Effects[From];
  if (!To.At) {
    // What an overrider does is what they all may do.
    if (hasLike(To.Caller, Effect))
      return;
    Index.Functions[To.Caller].Effects.push_back(From);
    Pending.push_back({To.Caller, From});
    return;
  }
  auto ArgumentFor = [&](unsigned Parameter) -> const ArgumentSummary * {
    return To.Through == IndexedEffect::None &&
                   Parameter < To.At->Arguments.size()
               ? &To.At->Arguments[Parameter]
               : nullptr;
  };
  if (Effect.Invokes) {
    if (const ArgumentSummary *Argument = ArgumentFor(*Effect.Invokes))
      propagateCallable(From, To, *Argument);
    return;
  }
  IndexedEffect Passed;
  Passed.Function = To.Caller;
  Passed.Blocks = Effect.Blocks;
  Passed.Instead = Effect.Instead;
  Passed.Next = From;
  Passed.Through = To.Through;
  if (const auto &Open = Effect.Open) {
    const ArgumentSummary *Argument = ArgumentFor(Open->Parameter);
    bool Holds = Argument && llvm::is_contained(Argument->Holds, Open->Test);
    if (!Holds && Argument && Argument->Parameter)
      Passed.Open =
          OpenCondition{*Argument->Parameter, Open->Test, Open->BlocksWhenTrue};
    else if (Holds != Open->BlocksWhenTrue)
      return;
  }
  addEffect(std::move(Passed), To.At);
}

/// The callee runs the argument that it is given.
void Linker::propagateCallable(uint32_t From, const Edge &To,
                               const ArgumentSummary &Argument) {
  const Definition &Caller = Defined->all()[To.Caller];
  for (const std::string &Key : Argument.Callables)
    for (uint32_t Called : Defined->find(Key, Caller)) {
      if (isRoot(Called))
        continue;
      Edge Added{To.Caller, To.At, From};
      Callers[Called].push_back(Added);
      // A copy: the function may call itself.
      auto Known = Index.Functions[Called].Effects;
      for (uint32_t Each : Known)
        propagate(Each, Added);
    }
  if (Argument.Parameter) {
    IndexedEffect Passed;
    Passed.Function = To.Caller;
    Passed.Invokes = Argument.Parameter;
    Passed.Next = From;
    Passed.Through = To.Through;
    addEffect(std::move(Passed), To.At);
  }
}

void Linker::collectFindings() {
  llvm::ArrayRef<Definition> All = Defined->all();
  for (uint32_t I = 0; I < All.size(); ++I) {
    if (!isRoot(I))
      continue;
    for (uint32_t Each : Index.Functions[I].Effects) {
      const IndexedEffect &Effect = Index.Effects[Each];
      if (!Effect.Invokes && !(Effect.Open && Effect.Open->BlocksWhenTrue))
        Findings.push_back(
            {All[I].Summary, All[I].Units.front(), Calls[Each], Each});
    }
  }
}

/// Takes out of the index the functions without effects, but for those that
/// make it unclear what their name means.
void Linker::dropTheHarmless() {
  llvm::StringMap<unsigned> Named;
  for (const IndexedFunction &Each : Index.Functions)
    ++Named[Each.Key];
  std::vector<uint32_t> Numbers;
  uint32_t Kept = 0;
  for (IndexedFunction &Each : Index.Functions) {
    Numbers.push_back(Kept);
    if (Each.Effects.empty() && Named[Each.Key] == 1)
      continue;
    if (&Index.Functions[Kept] != &Each)
      Index.Functions[Kept] = std::move(Each);
    ++Kept;
  }
  Index.Functions.resize(Kept);
  for (IndexedEffect &Each : Index.Effects)
    Each.Function = Numbers[Each.Function];
}

} // namespace clang::tidy::coro
