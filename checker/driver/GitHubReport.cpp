// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Workflow commands, which GitHub Actions shows as annotations:
//
//   ::warning file=src/a.cpp,line=3,col=7,title=coro-blocking-call::'f' blocks

#include "driver/Reporters.h"
#include "driver/SourceFiles.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

namespace {

std::string escaped(llvm::StringRef Text, llvm::StringRef Special) {
  std::string Mended = llvm::json::fixUTF8(Text);
  std::string Result;
  for (char C : Mended) {
    if (!Special.contains(C)) {
      Result += C;
      continue;
    }
    const char Digits[] = "0123456789ABCDEF";
    Result += {'%', Digits[C >> 4], Digits[C & 15]};
  }
  return Result;
}

std::string message(llvm::StringRef Text) { return escaped(Text, "%\r\n"); }
std::string property(llvm::StringRef Text) { return escaped(Text, "%\r\n:,"); }

} // namespace

void writeGitHub(const Report &Result, const ReportContext &Context,
                 llvm::raw_ostream &OS) {
  SourceFiles Files;
  for (const Finding &Each : Result.Findings) {
    OS << (Each.IsError ? "::error " : "::warning ");
    if (!Each.At.File.empty()) {
      OS << "file=" << property(pathIn(Context.Root, Each.At.File)) << ',';
      if (Each.At.Line)
        OS << "line=" << Each.At.Line << ',';
      if (Each.At.Line && Each.At.Column)
        OS << "col=" << Files.columnInUTF16(Each.At) << ',';
    }
    OS << "title=" << property(Each.Check) << "::"
       << message(Each.Message + " [" + Each.Check + "]" +
                  notesOf(Each, Context.Root))
       << '\n';
  }
  for (const UnitStatus &Unit : Result.Units)
    if (Unit.Outcome == UnitStatus::Failed)
      OS << "::error file=" << property(pathIn(Context.Root, Unit.File))
         << ",title=" << NotAnalysed << "::" << message(problemOf(Unit))
         << '\n';
}

} // namespace clang::tidy::coro
