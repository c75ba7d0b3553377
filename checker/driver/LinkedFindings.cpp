// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/LinkedFindings.h"
#include "driver/UnitFindings.h"
#include "summaries/Wording.h"
#include <set>

namespace clang::tidy::coro {
namespace {

constexpr char CheckName[] = "coro-blocking-call";

Finding makeFinding(const LinkedFinding &Found, const ProjectIndex &Index,
                    unsigned MaxChain) {
  const IndexedEffect &Effect = Index.Effects[Found.Effect];
  Finding Result;
  Result.Check = CheckName;
  Result.At = Effect.At;
  Result.Message = describeCall(Effect.Form, Effect.Name) +
                   " blocks the thread in " + Found.In->Root;
  Result.Function = Found.In->FullName;
  Result.Subject = subjectOf(Result.Message);
  std::vector<const IndexedEffect *> Chain = Index.chainOf(Effect);
  for (size_t I = 0; I < Chain.size(); ++I)
    if (I < MaxChain || I + 1 == Chain.size())
      Result.Notes.push_back(
          {Chain[I]->At, Index.Functions[Chain[I]->Function].Name + " " +
                             describeAction(Chain[I]->Form, Chain[I]->Name) +
                             " here"});
  const IndexedEffect &Primitive = Chain.empty() ? Effect : *Chain.back();
  size_t Kind = static_cast<size_t>(Primitive.Blocks);
  std::string Instead;
  if (Kind < Found.In->Replacements.size())
    Instead = Found.In->Replacements[Kind];
  if (Instead.empty())
    Instead = Primitive.Instead;
  std::string Remedy = describeCall(Primitive.Form, Primitive.Name) + " is " +
                       describe(Primitive.Blocks).str();
  if (!Instead.empty())
    Remedy += "; await " + Instead + " instead";
  Result.Notes.push_back({Primitive.At, Remedy});
  return Result;
}

} // namespace

std::vector<Finding> findingsAcrossFiles(const Linker &Linked,
                                         const std::vector<Finding> &Known) {
  std::set<std::tuple<std::string, unsigned, unsigned>> Places;
  for (const Finding &Each : Known)
    if (Each.Check == CheckName)
      Places.insert({Each.At.File, Each.At.Line, Each.At.Column});
  std::vector<Finding> Result;
  for (const LinkedFinding &Each : Linked.findings()) {
    const Location &At = Linked.index().Effects[Each.Effect].At;
    if (Each.Call->Reported == Standing::Hidden || At.File.empty() ||
        !Places.insert({At.File, At.Line, At.Column}).second)
      continue;
    Finding Made = makeFinding(Each, Linked.index(), Each.Unit->MaxChain);
    Made.IsError = Each.Call->Reported == Standing::Error;
    Result.push_back(std::move(Made));
  }
  return Result;
}

} // namespace clang::tidy::coro
