// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The file that clang-tidy --export-fixes writes, for clang-apply-replacements
// and the editors and review tools that read it.

#include "driver/Reporters.h"
#include "clang/Tooling/DiagnosticsYaml.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

namespace {

tooling::DiagnosticMessage message(llvm::StringRef Text, const Location &At) {
  tooling::DiagnosticMessage Result(llvm::json::fixUTF8(Text));
  Result.FilePath = At.File;
  Result.FileOffset = At.Offset;
  return Result;
}

/// The fixes by file; none if they contradict each other.
llvm::StringMap<tooling::Replacements>
replacements(const std::vector<Edit> &Fixes) {
  llvm::StringMap<tooling::Replacements> Result;
  for (const Edit &Each : Fixes) {
    tooling::Replacement Added(Each.File, Each.Offset, Each.Length, Each.Text);
    if (llvm::Error Conflict = Result[Each.File].add(Added)) {
      llvm::consumeError(std::move(Conflict));
      return {};
    }
  }
  return Result;
}

} // namespace

void writeYaml(const Report &Result, const ReportContext &Context,
               llvm::raw_ostream &OS) {
  tooling::TranslationUnitDiagnostics Document;
  for (const Finding &Each : Result.Findings) {
    tooling::Diagnostic Added(Each.Check,
                              Each.IsError ? tooling::Diagnostic::Error
                                           : tooling::Diagnostic::Warning,
                              Context.Root);
    Added.Message = message(Each.Message, Each.At);
    Added.Message.Fix = replacements(Each.Fixes);
    for (const Note &Step : Each.Notes)
      Added.Notes.push_back(message(Step.Message, Step.At));
    Document.Diagnostics.push_back(std::move(Added));
  }
  for (const UnitStatus &Unit : Result.Units) {
    if (Unit.Outcome != UnitStatus::Failed)
      continue;
    tooling::Diagnostic Added(NotAnalysed, tooling::Diagnostic::Error,
                              Context.Root);
    Location At;
    At.File = Unit.File;
    Added.Message = message(problemOf(Unit), At);
    Document.Diagnostics.push_back(std::move(Added));
  }
  llvm::yaml::Output Yaml(OS);
  Yaml << Document;
}

} // namespace clang::tidy::coro
