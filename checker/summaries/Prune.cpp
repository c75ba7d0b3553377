// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Prune.h"
#include "llvm/ADT/StringMap.h"

namespace clang::tidy::coro {

void keepWhatMatters(std::vector<FunctionSummary> &Functions) {
  llvm::StringMap<size_t> ByKey;
  for (size_t I = 0; I < Functions.size(); ++I)
    ByKey.try_emplace(Functions[I].Key, I);
  std::vector<llvm::SmallVector<size_t, 2>> Callers(Functions.size());
  std::vector<char> Matters(Functions.size());
  std::vector<size_t> Pending;
  auto Mark = [&](size_t Index) {
    if (!Matters[Index])
      Pending.push_back(Index);
    Matters[Index] = true;
  };
  for (size_t I = 0; I < Functions.size(); ++I)
    for (const CallSummary &Call : Functions[I].Calls) {
      if (Call.Blocks != Category::None || Call.Invokes || Call.IsVirtual)
        Mark(I);
      auto Note = [&](const std::string &Key) {
        if (auto Known = ByKey.find(Key); Known != ByKey.end())
          Callers[Known->second].push_back(I);
        else
          Mark(I);
      };
      llvm::for_each(Call.Callees, Note);
      for (const ArgumentSummary &Each : Call.Arguments)
        llvm::for_each(Each.Callables, Note);
    }
  while (!Pending.empty()) {
    size_t Index = Pending.back();
    Pending.pop_back();
    llvm::for_each(Callers[Index], Mark);
  }
  std::vector<FunctionSummary> Kept;
  for (size_t I = 0; I < Functions.size(); ++I) {
    if (!Matters[I])
      continue;
    FunctionSummary &Each = Functions[I];
    llvm::erase_if(Each.Calls, [&](const CallSummary &Call) {
      auto LeadsNowhere = [&](const std::string &Key) {
        auto Known = ByKey.find(Key);
        return Known != ByKey.end() && !Matters[Known->second];
      };
      return Call.Blocks == Category::None && !Call.Invokes &&
             !Call.IsVirtual && llvm::all_of(Call.Callees, LeadsNowhere) &&
             llvm::all_of(Call.Arguments, [&](const ArgumentSummary &Given) {
               return llvm::all_of(Given.Callables, LeadsNowhere);
             });
    });
    Kept.push_back(std::move(Each));
  }
  // The order of the walk is that of the source; equal keys stay together.
  Functions = std::move(Kept);
}

} // namespace clang::tidy::coro
