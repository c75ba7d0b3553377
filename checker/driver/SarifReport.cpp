// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// SARIF 2.1.0: one run with its rules, what went wrong in it, and the results.
// It stays within the limits of GitHub, which refuses a file that does not;
// what is cut off is said among the notifications.

#include "driver/Reporters.h"
#include "driver/SarifLocations.h"
#include "driver/SarifRules.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

namespace {

using llvm::json::Array;
using llvm::json::fixUTF8;
using llvm::json::Object;

constexpr size_t MostResults = 25000;
constexpr size_t MostLocations = 1000;
constexpr size_t MostSteps = 10000;

Object text(llvm::StringRef Text) { return Object{{"text", fixUTF8(Text)}}; }

llvm::StringRef levelOf(const Finding &Each) {
  return Each.IsError ? "error" : "warning";
}

/// Array{Element} would copy it, and all below it.
Array listOf(llvm::json::Value Element) {
  Array Result;
  Result.push_back(std::move(Element));
  return Result;
}

class SarifReport {
public:
  SarifReport(const Report &Result, const ReportContext &Context,
              llvm::raw_ostream &OS)
      : Result(Result), Context(Context), JSON(OS, /*IndentSize=*/2),
        Places(Context.Root) {
    for (const auto &[Check, Count] : findingsPerCheck(Result)) {
      RuleIndex[Check] = Rules.size();
      Rules.push_back({Check, describe(Context, Check)});
    }
    for (const Finding &Each : Result.Findings)
      (Each.At.File.empty() ? Unplaced : Placed)
          .push_back(&Each - Result.Findings.data());
  }

  void write() {
    JSON.object([&] {
      JSON.attribute("$schema",
                     "https://docs.oasis-open.org/sarif/sarif/v2.1.0/"
                     "errata01/os/schemas/sarif-schema-2.1.0.json");
      JSON.attribute("version", "2.1.0");
      JSON.attributeArray("runs", [&] { JSON.object([&] { writeRun(); }); });
    });
  }

private:
  struct Rule {
    std::string Check;
    CheckDescription Description;
  };

  void writeRun() {
    JSON.attributeObject("tool", [&] {
      JSON.attributeObject("driver", [&] { writeDriver(); });
    });
    JSON.attribute("columnKind", "utf16CodeUnits");
    if (!Context.Root.empty())
      JSON.attribute("originalUriBaseIds", Places.bases());
    JSON.attributeArray("invocations", [&] { JSON.value(invocation()); });
    std::vector<std::string> Fingerprints = fingerprints(Result.Findings);
    JSON.attributeArray("results", [&] {
      for (size_t At : llvm::ArrayRef(Placed).take_front(MostResults))
        JSON.value(result(Result.Findings[At], Fingerprints[At]));
    });
  }

  void writeDriver() {
    JSON.attribute("name", "coro-tidy");
    if (!Context.Version.empty())
      JSON.attribute("version", fixUTF8(Context.Version));
    if (!Context.Uri.empty())
      JSON.attribute("informationUri", fixUTF8(Context.Uri));
    JSON.attributeArray("rules", [&] {
      for (const Rule &Each : Rules)
        JSON.value(sarifRule(Each.Check, Each.Description));
    });
  }

  Object invocation() {
    Array Notifications;
    for (const UnitStatus &Unit : Result.Units)
      if (Unit.Outcome == UnitStatus::Failed)
        Notifications.push_back(failure(Unit));
    for (size_t At : Unplaced) {
      const Finding &Each = Result.Findings[At];
      Object Added = notification(Each.Message + notesOf(Each, Context.Root),
                                  levelOf(Each));
      Added["associatedRule"] = ruleReference(Each);
      Notifications.push_back(std::move(Added));
    }
    for (const std::string &Each : whatIsCutOff())
      Notifications.push_back(notification(Each, "warning"));
    Object Added{
        {"executionSuccessful", !countUnits(Result, UnitStatus::Failed)}};
    if (!Context.WorkingDirectory.empty())
      Added["workingDirectory"] =
          Object{{"uri", folderUri(Context.WorkingDirectory)}};
    if (!Notifications.empty())
      Added["toolExecutionNotifications"] = std::move(Notifications);
    return Added;
  }

  static Object notification(llvm::StringRef Message, llvm::StringRef Level) {
    return Object{{"level", Level.str()}, {"message", text(Message)}};
  }

  Object failure(const UnitStatus &Unit) {
    Location At;
    At.File = Unit.File;
    Object Added = notification(
        pathIn(Context.Root, Unit.File) + " " + problemOf(Unit), "error");
    Added["descriptor"] = Object{{"id", NotAnalysed.str()}};
    Added["locations"] = listOf(Places.location(At));
    return Added;
  }

  std::vector<std::string> whatIsCutOff() const {
    std::vector<std::string> Said;
    auto Cut = [&](size_t Count, size_t Most, const std::string &What) {
      if (Count > Most)
        Said.push_back("only " + std::to_string(Most) + " of " +
                       std::to_string(Count) + " " + What + " are shown");
    };
    Cut(Placed.size(), MostResults, "findings");
    for (const Rule &Each : Rules)
      Cut(Each.Description.Tags.size(), MostSarifTags, "tags of " + Each.Check);
    for (size_t At : llvm::ArrayRef(Placed).take_front(MostResults)) {
      const Finding &Each = Result.Findings[At];
      bool AreSteps = notesAreSteps(Each);
      Cut(placedNotes(Each) + AreSteps, AreSteps ? MostSteps : MostLocations,
          "places of the finding at " + placeOf(Each.At, Context.Root));
    }
    return Said;
  }

  static size_t placedNotes(const Finding &Of) {
    return llvm::count_if(
        Of.Notes, [](const Note &Each) { return !Each.At.File.empty(); });
  }

  bool notesAreSteps(const Finding &Of) const {
    return Rules[RuleIndex.find(Of.Check)->second].Description.NotesAreSteps &&
           placedNotes(Of);
  }

  Object ruleReference(const Finding &Of) const {
    return Object{{"id", fixUTF8(Of.Check)},
                  {"index", int64_t(RuleIndex.find(Of.Check)->second)}};
  }

  Object result(const Finding &Each, llvm::StringRef Fingerprint) {
    Object Added{{"ruleId", fixUTF8(Each.Check)},
                 {"ruleIndex", int64_t(RuleIndex.find(Each.Check)->second)},
                 {"level", levelOf(Each).str()},
                 {"partialFingerprints",
                  Object{{"coroFindingHash/v1", Fingerprint.str()}}}};
    Object Place = Places.location(Each.At);
    if (!Each.Function.empty())
      Place["logicalLocations"] =
          listOf(Object{{"fullyQualifiedName", fixUTF8(Each.Function)},
                        {"kind", "function"}});
    Added["locations"] = listOf(std::move(Place));

    std::string Message = Each.Message;
    for (const Note &Said : Each.Notes)
      if (Said.At.File.empty())
        Message += "\n" + Said.Message;
    if (notesAreSteps(Each))
      Added["codeFlows"] = listOf(codeFlow(Each));
    else if (placedNotes(Each))
      Added["relatedLocations"] = relatedLocations(Each, Message);
    Added["message"] = text(Message);
    if (!Each.Fixes.empty())
      Added["fixes"] = listOf(Places.fix(Each));
    return Added;
  }

  Object codeFlow(const Finding &Of) {
    Array Steps;
    auto Add = [&](const Location &At, llvm::StringRef Message) {
      Object Place = Places.location(At);
      Place["message"] = text(Message);
      Steps.push_back(Object{{"location", std::move(Place)}});
    };
    Add(Of.At, Of.Message);
    for (const Note &Step : Of.Notes)
      if (!Step.At.File.empty() && Steps.size() < MostSteps)
        Add(Step.At, Step.Message);
    return Object{
        {"threadFlows", listOf(Object{{"locations", std::move(Steps)}})}};
  }

  /// Adds to \p Message a link to each, without which GitHub shows none:
  /// [declared here](1)
  Array relatedLocations(const Finding &Of, std::string &Message) {
    Array Added;
    for (const Note &Each : Of.Notes) {
      if (Each.At.File.empty() || Added.size() == MostLocations)
        continue;
      int64_t Id = Added.size() + 1;
      Object Place = Places.location(Each.At);
      Place["id"] = Id;
      Place["message"] = text(Each.Message);
      Added.push_back(std::move(Place));
      Message +=
          "\n[" + linkText(Each.Message) + "](" + std::to_string(Id) + ")";
    }
    return Added;
  }

  static std::string linkText(llvm::StringRef Text) {
    std::string Result;
    for (char C : Text) {
      if (C == '[' || C == ']' || C == '\\')
        Result += '\\';
      Result += C;
    }
    return Result;
  }

  const Report &Result;
  const ReportContext &Context;
  llvm::json::OStream JSON;
  SarifLocations Places;
  std::vector<Rule> Rules;
  std::map<std::string, size_t> RuleIndex;
  /// Which findings are results, and which ones notifications: GitHub wants a
  /// place of a result.
  std::vector<size_t> Placed, Unplaced;
};

} // namespace

void writeSarif(const Report &Result, const ReportContext &Context,
                llvm::raw_ostream &OS) {
  SarifReport(Result, Context, OS).write();
  OS << '\n';
}

} // namespace clang::tidy::coro
