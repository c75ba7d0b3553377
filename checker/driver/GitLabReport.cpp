// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// GitLab's Code Quality report, a subset of Code Climate's issues.

#include "driver/Reporters.h"
#include "driver/SourceFiles.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/SHA1.h"
#include <algorithm>

namespace clang::tidy::coro {

namespace {

using llvm::json::fixUTF8;
using llvm::json::Object;

/// One line, as the format wants it.
std::string oneLine(llvm::StringRef Text) {
  std::string Result = fixUTF8(Text);
  std::replace_if(
      Result.begin(), Result.end(),
      [](char C) { return C == '\n' || C == '\r'; }, ' ');
  return Result;
}

Object issue(llvm::StringRef Check, llvm::StringRef Message,
             llvm::StringRef Severity, llvm::StringRef Fingerprint,
             llvm::StringRef Path, unsigned Line) {
  Line = std::max(Line, 1u);
  return Object{
      {"type", "issue"},
      {"check_name", fixUTF8(Check)},
      {"description", oneLine(Message)},
      {"categories", llvm::json::Array{"Bug Risk"}},
      {"severity", Severity.str()},
      {"fingerprint", Fingerprint.str()},
      {"location", Object{{"path", fixUTF8(Path)},
                          {"lines", Object{{"begin", Line}, {"end", Line}}}}},
  };
}

std::string fingerprintOf(const UnitStatus &Unit, llvm::StringRef Root) {
  llvm::SHA1 Hash;
  Hash.update(NotAnalysed);
  Hash.update(pathIn(Root, Unit.File));
  auto Digest = Hash.final();
  return llvm::toHex(Digest, /*LowerCase=*/true);
}

} // namespace

void writeGitLab(const Report &Result, const ReportContext &Context,
                 llvm::raw_ostream &OS) {
  llvm::json::OStream JSON(OS, /*IndentSize=*/2);
  std::vector<std::string> Fingerprints = fingerprints(Result.Findings);
  JSON.arrayBegin();
  for (size_t At = 0; At != Result.Findings.size(); ++At) {
    const Finding &Each = Result.Findings[At];
    Object Issue = issue(Each.Check, Each.Message,
                         Each.IsError ? "critical" : "major", Fingerprints[At],
                         pathIn(Context.Root, Each.At.File), Each.At.Line);
    std::string Notes = notesOf(Each, Context.Root);
    if (!Notes.empty())
      Issue["content"] = Object{
          {"body", "```\n" + llvm::StringRef(Notes).trim().str() + "\n```\n"}};
    JSON.value(std::move(Issue));
  }
  for (const UnitStatus &Unit : Result.Units)
    if (Unit.Outcome == UnitStatus::Failed)
      JSON.value(issue(NotAnalysed, problemOf(Unit), "blocker",
                       fingerprintOf(Unit, Context.Root),
                       pathIn(Context.Root, Unit.File), 1));
  JSON.arrayEnd();
  OS << '\n';
}

} // namespace clang::tidy::coro
