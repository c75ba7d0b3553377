// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The Reviewdog Diagnostic Format, a JSON object per line. Columns are in
// bytes, like ours. A suggestion is one range of the file that the diagnostic
// is in, so the edits of a fix are joined to one, with what stands between
// them.

#include "driver/Reporters.h"
#include "driver/SourceFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

namespace {

using llvm::json::fixUTF8;
using llvm::json::Object;

Object position(const Location &At) {
  Object Result{{"line", At.Line}};
  if (At.Column)
    Result["column"] = At.Column;
  return Result;
}

/// The fix as one replacement in one file; none if it cannot be said so.
std::optional<Edit> joined(SourceFiles &Files, const std::vector<Edit> &Fixes) {
  std::vector<const Edit *> Sorted = inOrder(Fixes);
  if (Sorted.empty())
    return std::nullopt;
  Edit Result = *Sorted.front();
  std::optional<llvm::StringRef> Text = Files.text(Result.File);
  if (!Text)
    return std::nullopt;
  for (const Edit *Next : llvm::drop_begin(Sorted)) {
    unsigned End = Result.Offset + Result.Length;
    if (Next->File != Result.File || Next->Offset < End)
      return std::nullopt;
    Result.Text += Text->slice(End, Next->Offset).str() + Next->Text;
    Result.Length = Next->Offset + Next->Length - Result.Offset;
  }
  return Result;
}

std::optional<Object> suggestion(SourceFiles &Files, const Finding &Of) {
  std::optional<Edit> Fix = joined(Files, Of.Fixes);
  if (!Fix || Fix->File != Of.At.File || !Files.lineAt(Of.At))
    return std::nullopt;
  std::optional<Location> Start = Files.locate(Fix->File, Fix->Offset);
  std::optional<Location> End =
      Files.locate(Fix->File, Fix->Offset + Fix->Length);
  if (!Start || !End)
    return std::nullopt;
  return Object{
      {"range", Object{{"start", position(*Start)}, {"end", position(*End)}}},
      {"text", fixUTF8(Fix->Text)}};
}

class RDJsonLines {
public:
  RDJsonLines(const ReportContext &Context, llvm::raw_ostream &OS)
      : Context(Context), OS(OS) {}

  void write(const Finding &Each) {
    std::string Uri = describe(Context, Each.Check).Uri;
    Object Code{{"value", fixUTF8(Each.Check)}};
    if (!Uri.empty())
      Code["url"] = fixUTF8(Uri);
    Object Line = diagnostic(Each.Message + notesOf(Each, Context.Root),
                             Each.At, Each.IsError ? "ERROR" : "WARNING");
    Line["code"] = std::move(Code);
    if (std::optional<Object> Fix = suggestion(Files, Each))
      Line["suggestions"] = llvm::json::Array{std::move(*Fix)};
    OS << llvm::json::Value(std::move(Line)) << '\n';
  }

  void write(const UnitStatus &Unit) {
    Location At;
    At.File = Unit.File;
    Object Line = diagnostic(problemOf(Unit), At, "ERROR");
    Line["code"] = Object{{"value", NotAnalysed.str()}};
    OS << llvm::json::Value(std::move(Line)) << '\n';
  }

private:
  Object diagnostic(llvm::StringRef Message, const Location &At,
                    llvm::StringRef Severity) {
    Object Source{{"name", "coro-tidy"}};
    if (!Context.Uri.empty())
      Source["url"] = fixUTF8(Context.Uri);
    Object Place{{"path", fixUTF8(pathIn(Context.Root, At.File))}};
    if (At.Line)
      Place["range"] = Object{{"start", position(At)}};
    return Object{{"message", fixUTF8(Message)},
                  {"location", std::move(Place)},
                  {"severity", Severity.str()},
                  {"source", std::move(Source)}};
  }

  const ReportContext &Context;
  llvm::raw_ostream &OS;
  SourceFiles Files;
};

} // namespace

void writeRDJsonLines(const Report &Result, const ReportContext &Context,
                      llvm::raw_ostream &OS) {
  RDJsonLines Lines(Context, OS);
  for (const Finding &Each : Result.Findings)
    Lines.write(Each);
  for (const UnitStatus &Unit : Result.Units)
    if (Unit.Outcome == UnitStatus::Failed)
      Lines.write(Unit);
}

} // namespace clang::tidy::coro
