// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Linker.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {

void Linker::link() {
  llvm::sort(Units, [](const UnitSummary &A, const UnitSummary &B) {
    return std::tie(A.File, A.Program) < std::tie(B.File, B.Program);
  });
  addNodes();
  Callers.resize(Nodes.size());
  for (uint32_t I = 0; I < Nodes.size(); ++I)
    addEdges(I);
  // Breadth first; the effects grow while they are worked through.
  for (uint32_t I = 0; I < Index.Effects.size(); ++I) {
    // A copy: an effect that runs a callable adds an edge to it.
    auto Edges = Callers[Index.Effects[I].Function];
    for (const Edge &To : Edges)
      propagate(I, To);
  }
  for (uint32_t I = 0; I < Nodes.size(); ++I) {
    if (Nodes[I].Summary->Root.empty())
      continue;
    for (uint32_t Each : Index.Functions[I].Effects) {
      const IndexedEffect &Effect = Index.Effects[Each];
      if (!Effect.Invokes && !(Effect.Open && Effect.Open->BlocksWhenTrue))
        Findings.push_back({Nodes[I].Summary, Nodes[I].Unit, Each});
    }
  }
  Index.buildLookup();
}

/// One node for each definition. A header's function, which several units have,
/// is the same if it stands at the same place.
void Linker::addNodes() {
  struct Candidate {
    Node At;
    auto key() const {
      return std::tie(At.Summary->Key, At.Summary->At.File, At.Summary->At.Line,
                      At.Summary->At.Column);
    }
  };
  std::vector<Candidate> All;
  for (const UnitSummary &Unit : Units)
    for (const FunctionSummary &Each : Unit.Functions)
      All.push_back({{&Each, &Unit}});
  // Of equal ones the first unit speaks.
  llvm::sort(All, [](const Candidate &A, const Candidate &B) {
    return std::make_tuple(A.key(), A.At.Unit, A.At.Summary) <
           std::make_tuple(B.key(), B.At.Unit, B.At.Summary);
  });
  for (size_t I = 0; I < All.size(); ++I) {
    if (I > 0 && All[I].key() == All[I - 1].key())
      continue;
    const FunctionSummary &Each = *All[I].At.Summary;
    uint32_t Number = Nodes.size();
    Nodes.push_back(All[I].At);
    ByKey[Each.Key].push_back(Number);
    for (const std::string &Overridden : Each.Overrides)
      OverriddenBy[Overridden].push_back(Number);
    Index.Functions.push_back(
        {Each.Key, Each.Name, Each.FullName, Each.At, !Each.Root.empty(), {}});
  }
}

/// The function that \p Key means in \p From: the only one, or the only one of
/// the same program. Silent where it is not clear.
std::optional<uint32_t> Linker::resolve(llvm::StringRef Key,
                                        uint32_t From) const {
  auto Found = ByKey.find(Key);
  if (Found == ByKey.end())
    return std::nullopt;
  const Definitions &All = Found->second;
  if (All.size() == 1)
    return All.front();
  auto OnlyWhere = [&](auto Fits) -> std::optional<uint32_t> {
    std::optional<uint32_t> Result;
    for (uint32_t Each : All)
      if (Fits(*Nodes[Each].Unit)) {
        if (Result)
          return std::nullopt;
        Result = Each;
      }
    return Result;
  };
  const UnitSummary *Unit = Nodes[From].Unit;
  if (auto Same = OnlyWhere([&](const UnitSummary &U) { return &U == Unit; }))
    return Same;
  return OnlyWhere(
      [&](const UnitSummary &U) { return U.Program == Unit->Program; });
}

void Linker::addEdges(uint32_t Caller) {
  for (const CallSummary &At : Nodes[Caller].Summary->Calls) {
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
    llvm::SmallVector<llvm::StringRef, 4> Pending(At.Callees.begin(),
                                                  At.Callees.end());
    llvm::SmallVector<uint32_t, 4> Called;
    while (!Pending.empty()) {
      llvm::StringRef Key = Pending.pop_back_val();
      if (auto Callee = resolve(Key, Caller))
        Called.push_back(*Callee);
      if (!At.IsVirtual)
        continue;
      auto Found = OverriddenBy.find(Key);
      if (Found == OverriddenBy.end())
        continue;
      for (uint32_t Each : Found->second)
        if (!llvm::is_contained(Called, Each)) {
          Called.push_back(Each);
          Pending.push_back(Nodes[Each].Summary->Key);
        }
    }
    llvm::sort(Called);
    Called.erase(std::unique(Called.begin(), Called.end()), Called.end());
    for (uint32_t Each : Called)
      if (Nodes[Each].Summary->Root.empty())
        Callers[Each].push_back({Caller, &At, IndexedEffect::None});
  }
}

bool Linker::isWanted(const Node &Root, Category Blocks) const {
  return Blocks == Category::None || Blocks == Category::Annotated ||
         llvm::is_contained(Root.Unit->Categories, Blocks);
}

/// Adds \p Effect unless the function has one that is the same to its callers;
/// a root has one for each call.
void Linker::addEffect(IndexedEffect Effect, const CallSummary *At) {
  const Node &In = Nodes[Effect.Function];
  bool IsRoot = !In.Summary->Root.empty();
  if (IsRoot && !isWanted(In, Effect.Blocks))
    return;
  std::vector<uint32_t> &Known = Index.Functions[Effect.Function].Effects;
  for (uint32_t Each : Known) {
    const IndexedEffect &Other = Index.Effects[Each];
    if (IsRoot
            ? Calls[Each] == At && Other.Invokes == Effect.Invokes
            : Other.Blocks == Effect.Blocks &&
                  Other.Invokes == Effect.Invokes && Other.Open == Effect.Open)
      return;
  }
  Effect.At = At->At;
  Effect.Form = At->Form;
  Effect.Name = At->Name;
  Known.push_back(Index.Effects.size());
  Index.Effects.push_back(std::move(Effect));
  Calls.push_back(At);
}

void Linker::propagate(uint32_t From, const Edge &To) {
  const IndexedEffect &Effect = Index.Effects[From];
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
  for (const std::string &Key : Argument.Callables) {
    std::optional<uint32_t> Called = resolve(Key, To.Caller);
    if (!Called || !Nodes[*Called].Summary->Root.empty())
      continue;
    Edge Added{To.Caller, To.At, From};
    Callers[*Called].push_back(Added);
    // A copy: the function may call itself.
    auto Known = Index.Functions[*Called].Effects;
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

} // namespace clang::tidy::coro
