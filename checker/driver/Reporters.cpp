// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Reporters.h"
#include "driver/SourceFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

std::string problemOf(const UnitStatus &Unit) {
  llvm::StringRef Problem = llvm::StringRef(Unit.Problem).trim();
  std::string Result = "could not be analysed";
  return Problem.empty() ? Result
                         : Result + ": " + llvm::json::fixUTF8(Problem);
}

CheckDescription describe(const ReportContext &Context, llvm::StringRef Check) {
  return Context.Describe ? Context.Describe(Check) : CheckDescription();
}

std::string placeOf(const Location &At, llvm::StringRef Root) {
  if (At.File.empty())
    return "";
  std::string Result = pathIn(Root, At.File);
  if (At.Line)
    Result += ":" + std::to_string(At.Line);
  if (At.Line && At.Column)
    Result += ":" + std::to_string(At.Column);
  return Result;
}

std::string notesOf(const Finding &Of, llvm::StringRef Root) {
  std::string Result;
  for (const Note &Each : Of.Notes) {
    std::string Place = placeOf(Each.At, Root);
    Result +=
        "\n" + Place + (Place.empty() ? "" : ": ") + "note: " + Each.Message;
  }
  return llvm::json::fixUTF8(Result);
}

std::map<std::string, unsigned> findingsPerCheck(const Report &Result) {
  std::map<std::string, unsigned> Counts;
  for (const Finding &Each : Result.Findings)
    ++Counts[Each.Check];
  return Counts;
}

unsigned countUnits(const Report &Result, UnitStatus::State Outcome) {
  return llvm::count_if(Result.Units, [&](const UnitStatus &Unit) {
    return Unit.Outcome == Outcome;
  });
}

} // namespace clang::tidy::coro
