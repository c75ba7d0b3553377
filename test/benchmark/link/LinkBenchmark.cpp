// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Links generated summaries of 10^4, 10^5 and 10^6 functions and prints the
// time and the peak of memory of each; both have to grow as the functions do.
// To be run by hand; an argument is the number of functions.

#include "summaries/Linker.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"
#include <chrono>
#include <sys/resource.h>

using namespace clang::tidy::coro;

/// Each function calls three others; every tenth is a coroutine, every
/// hundredth blocks, every twentieth overrides one method that as many call;
/// one function is called by all.
static UnitSummary makeUnit(size_t Unit, size_t PerUnit, size_t All) {
  UnitSummary Result;
  Result.File = "/project/unit" + std::to_string(Unit) + ".cpp";
  Result.Program = "/build/" + std::to_string(Unit % 10) + ".dir";
  Result.Categories = {Category::Sleep};
  for (size_t I = 0; I < PerUnit; ++I) {
    size_t Number = Unit * PerUnit + I;
    FunctionSummary Made;
    Made.Key = Made.Name = Made.FullName = "c:@F@f" + std::to_string(Number);
    Made.At.File = Result.File;
    Made.At.Line = I + 1;
    if (Number % 10 == 7)
      Made.Root = "coroutine";
    if (Number % 20 == 3)
      Made.Overrides = {"c:@S@Base@F@run"};
    auto Call = [&](std::string Key) -> CallSummary & {
      CallSummary &At = Made.Calls.emplace_back();
      At.Name = Key;
      At.At = Made.At;
      At.Callees = {std::move(Key)};
      return At;
    };
    for (size_t Step : {1, 17, 4099})
      Call("c:@F@f" + std::to_string((Number * 31 + Step) % All));
    Call("c:@F@f0");
    if (Number % 20 == 5)
      Call("c:@S@Base@F@run").IsVirtual = true;
    if (Number % 100 == 0) {
      CallSummary &At = Made.Calls.emplace_back();
      At.Name = "'sleep'";
      At.Blocks = Category::Sleep;
    }
    Result.Functions.push_back(std::move(Made));
  }
  return Result;
}

int main(int Count, char **Arguments) {
  size_t All = Count > 1 ? std::stoul(Arguments[1]) : 100000;
  Linker Linked;
  for (size_t Unit = 0; Unit < All / 100; ++Unit)
    Linked.add(makeUnit(Unit, 100, All));
  auto Start = std::chrono::steady_clock::now();
  Linked.link();
  std::chrono::duration<double> Took = std::chrono::steady_clock::now() - Start;
  size_t Bytes = Linked.index().bytes().size();
  rusage Used;
  getrusage(RUSAGE_SELF, &Used);
  llvm::outs() << llvm::format(
      "%zu functions: %.2f s, %ld MB, %zu findings, index of %zu bytes\n", All,
      Took.count(), Used.ru_maxrss / 1024, Linked.findings().size(), Bytes);
}
