// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Our own JSON, with all that a report has. docs/formats.md describes the
// fields; a field is added freely, and "version" rises if one goes or changes.

#include "driver/Reporters.h"
#include "driver/SourceFiles.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

namespace {

using llvm::json::Array;
using llvm::json::fixUTF8;
using llvm::json::Object;

constexpr int FormatVersion = 1;

/// The fields that say where something is; none without a place.
Object placed(const Location &At, llvm::StringRef Root) {
  if (At.File.empty())
    return {};
  return Object{{"file", fixUTF8(pathIn(Root, At.File))},
                {"line", At.Line},
                {"column", At.Column},
                {"offset", At.Offset}};
}

Object finding(const Finding &Each, llvm::StringRef Fingerprint,
               llvm::StringRef Root) {
  Object Result = placed(Each.At, Root);
  Result["check"] = fixUTF8(Each.Check);
  Result["severity"] = Each.IsError ? "error" : "warning";
  Result["message"] = fixUTF8(Each.Message);
  Result["function"] = fixUTF8(Each.Function);
  Result["subject"] = fixUTF8(Each.Subject);
  Result["fingerprint"] = Fingerprint.str();
  Array Notes;
  for (const Note &Step : Each.Notes) {
    Object Added = placed(Step.At, Root);
    Added["message"] = fixUTF8(Step.Message);
    Notes.push_back(std::move(Added));
  }
  Result["notes"] = std::move(Notes);
  Array Fixes;
  for (const Edit &Fix : Each.Fixes)
    Fixes.push_back(Object{{"file", fixUTF8(pathIn(Root, Fix.File))},
                           {"offset", Fix.Offset},
                           {"length", Fix.Length},
                           {"text", fixUTF8(Fix.Text)}});
  Result["fixes"] = std::move(Fixes);
  return Result;
}

llvm::StringRef nameOf(UnitStatus::State Outcome) {
  switch (Outcome) {
  case UnitStatus::Analysed:
    return "analysed";
  case UnitStatus::Cached:
    return "cached";
  case UnitStatus::Failed:
    break;
  }
  return "failed";
}

Object unit(const UnitStatus &Each, const ReportContext &Context) {
  Object Result{{"file", fixUTF8(pathIn(Context.Root, Each.File))},
                {"outcome", nameOf(Each.Outcome).str()}};
  if (Each.Outcome == UnitStatus::Failed)
    Result["problem"] = fixUTF8(Each.Problem);
  if (Context.Statistics)
    Result["seconds"] = Each.Seconds;
  return Result;
}

Object summary(const Report &Result) {
  Object PerCheck;
  for (const auto &[Check, Count] : findingsPerCheck(Result))
    PerCheck[fixUTF8(Check)] = Count;
  return Object{{"findings", int64_t(Result.Findings.size())},
                {"checks", std::move(PerCheck)},
                {"analysed", countUnits(Result, UnitStatus::Analysed)},
                {"cached", countUnits(Result, UnitStatus::Cached)},
                {"failed", countUnits(Result, UnitStatus::Failed)}};
}

} // namespace

void writeJson(const Report &Result, const ReportContext &Context,
               llvm::raw_ostream &OS) {
  std::vector<std::string> Fingerprints = fingerprints(Result.Findings);
  llvm::json::OStream JSON(OS, /*IndentSize=*/2);
  JSON.object([&] {
    JSON.attribute("version", FormatVersion);
    JSON.attribute("tool", Object{{"name", "coro-tidy"},
                                  {"version", fixUTF8(Context.Version)}});
    JSON.attribute("root", fixUTF8(Context.Root));
    JSON.attribute("complete", !countUnits(Result, UnitStatus::Failed));
    JSON.attributeArray("findings", [&] {
      for (size_t At = 0; At != Result.Findings.size(); ++At)
        JSON.value(
            finding(Result.Findings[At], Fingerprints[At], Context.Root));
    });
    JSON.attributeArray("units", [&] {
      for (const UnitStatus &Each : Result.Units)
        JSON.value(unit(Each, Context));
    });
    JSON.attribute("summary", summary(Result));
  });
  OS << '\n';
}

} // namespace clang::tidy::coro
