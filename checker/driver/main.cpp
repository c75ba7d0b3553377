// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// coro-tidy: the door for people and for CI.

#include "driver/CommandLine.h"
#include "driver/Commands.h"

using namespace clang::tidy::coro;

int main(int Count, const char **Arguments) {
  std::optional<CommandLine> Wanted = readCommandLine(Count, Arguments);
  if (!Wanted)
    return WrongUsage;
  if (Wanted->ListChecks)
    return listChecks(*Wanted);
  if (!Wanted->Explain.empty())
    return explain(*Wanted);
  if (Wanted->Command == "summarize")
    return summarizeUnit(*Wanted);
  if (Wanted->Command == "link")
    return link(*Wanted);
  if (Wanted->Command == "baseline")
    return writeBaseline(*Wanted);
  if (Wanted->Command == "why")
    return why(*Wanted);
  if (Wanted->Command == "callers")
    return callers(*Wanted);
  return check(*Wanted);
}
