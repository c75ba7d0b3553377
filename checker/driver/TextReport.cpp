// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// For people, as Clang writes:
//
//   src/session.cpp:58:12: warning: 'record' blocks the thread [coro-...]
//      58 |     Log.record(Key);
//         |         ^

#include "driver/Reporters.h"
#include "driver/Snippet.h"
#include "driver/SourceFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"
#include <algorithm>
#include <tuple>

namespace clang::tidy::coro {

namespace {

using llvm::raw_ostream;

constexpr size_t SlowestUnits = 5;

std::string counted(size_t Number, llvm::StringRef What) {
  return (Number ? std::to_string(Number) : "no") + " " + What.str() +
         (Number == 1 ? "" : "s");
}

class TextReport {
public:
  TextReport(const Report &Result, const ReportContext &Context,
             raw_ostream &OS)
      : Result(Result), Context(Context), OS(OS) {}

  void write() {
    for (const Finding &Each : Result.Findings)
      write(Each);
    for (const UnitStatus &Unit : Result.Units)
      if (Unit.Outcome == UnitStatus::Failed)
        writeFailed(Unit);
    if (Context.Statistics)
      writeSummary();
  }

private:
  void write(const Finding &Each) {
    std::string Name = Each.Check;
    if (Each.IsError)
      Name += ",-warnings-as-errors";
    writePlace(Each.At);
    if (Each.IsError)
      writeKind("error: ", raw_ostream::RED);
    else
      writeKind("warning: ", raw_ostream::MAGENTA);
    inColor(raw_ostream::SAVEDCOLOR,
            Each.Message + (Name.empty() ? "" : " [" + Name + "]"));
    OS << '\n';
    writeSnippet(Each.At, Each.Fixes);
    for (const Note &Added : Each.Notes) {
      writePlace(Added.At);
      writeKind("note: ", raw_ostream::CYAN);
      OS << llvm::json::fixUTF8(Added.Message) << '\n';
      writeSnippet(Added.At, {});
    }
  }

  void writeFailed(const UnitStatus &Unit) {
    Location At;
    At.File = Unit.File;
    writePlace(At);
    writeKind("error: ", raw_ostream::RED);
    inColor(raw_ostream::SAVEDCOLOR, problemOf(Unit));
    OS << '\n';
  }

  void writePlace(const Location &At) {
    std::string Place = placeOf(At, Context.WorkingDirectory);
    if (!Place.empty())
      inColor(raw_ostream::SAVEDCOLOR, Place + ": ");
  }

  void writeKind(llvm::StringRef Kind, raw_ostream::Colors Color) {
    inColor(Color, Kind);
  }

  void writeSnippet(const Location &At, const std::vector<Edit> &Fixes) {
    std::optional<Snippet> Shown = snippetAt(Files, At, Fixes);
    if (!Shown)
      return;
    std::string Number = std::to_string(At.Line);
    OS << llvm::right_justify(Number, 5) << " | " << Shown->Text << '\n';
    unsigned Width = std::max<size_t>(Number.size(), 5);
    OS.indent(Width) << " | ";
    inColor(raw_ostream::GREEN, Shown->Caret);
    OS << '\n';
    if (!Shown->Insertion.empty()) {
      OS.indent(Width) << " | ";
      inColor(raw_ostream::GREEN, Shown->Insertion, /*Bold=*/false);
      OS << '\n';
    }
  }

  void inColor(raw_ostream::Colors Color, llvm::StringRef Text,
               bool Bold = true) {
    if (Context.Color)
      OS.changeColor(Color, Bold);
    OS << llvm::json::fixUTF8(Text);
    if (Context.Color)
      OS.resetColor();
  }

  void writeSummary() {
    std::map<std::string, unsigned> PerCheck = findingsPerCheck(Result);
    unsigned Failed = countUnits(Result, UnitStatus::Failed);
    OS << counted(Result.Findings.size(), "finding") << " in "
       << counted(Result.Units.size(), "translation unit");
    if (Failed)
      OS << ", " << Failed << " of which could not be analysed";
    OS << '\n';

    std::vector<std::pair<unsigned, std::string>> Sorted;
    for (const auto &[Check, Count] : PerCheck)
      Sorted.push_back({Count, Check});
    llvm::sort(Sorted, [](const auto &Left, const auto &Right) {
      return std::tie(Right.first, Left.second) <
             std::tie(Left.first, Right.second);
    });
    for (const auto &[Count, Check] : Sorted)
      OS << llvm::format("%6u  ", Count) << Check << '\n';

    OS << "units: " << countUnits(Result, UnitStatus::Analysed) << " analysed, "
       << countUnits(Result, UnitStatus::Cached) << " cached, " << Failed
       << " failed\n";
    writeSlowest();
  }

  void writeSlowest() {
    std::vector<const UnitStatus *> Slowest;
    for (const UnitStatus &Unit : Result.Units)
      if (Unit.Outcome != UnitStatus::Cached && Unit.Seconds > 0)
        Slowest.push_back(&Unit);
    llvm::sort(Slowest, [](const UnitStatus *Left, const UnitStatus *Right) {
      return std::tie(Right->Seconds, Left->File) <
             std::tie(Left->Seconds, Right->File);
    });
    if (Slowest.size() > SlowestUnits)
      Slowest.resize(SlowestUnits);
    if (!Slowest.empty())
      OS << "slowest units:\n";
    for (const UnitStatus *Unit : Slowest)
      OS << llvm::format("%8.2f s  ", Unit->Seconds)
         << pathIn(Context.WorkingDirectory, Unit->File) << '\n';
  }

  const Report &Result;
  const ReportContext &Context;
  raw_ostream &OS;
  SourceFiles Files;
};

} // namespace

void writeText(const Report &Result, const ReportContext &Context,
               raw_ostream &OS) {
  if (Context.Color)
    OS.enable_colors(true);
  TextReport(Result, Context, OS).write();
}

} // namespace clang::tidy::coro
