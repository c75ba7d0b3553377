// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The commands that report: check, link and baseline.

#include "clang-tidy/GlobList.h"
#include "driver/Baseline.h"
#include "driver/ChangedLines.h"
#include "driver/Commands.h"
#include "driver/Common.h"
#include "driver/Explain.h"
#include "driver/Fixes.h"
#include "driver/Formats.h"
#include "driver/Parse.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

namespace clang::tidy::coro {
namespace {

void warn(const llvm::Twine &What) {
  llvm::WithColor::warning(llvm::errs(), "coro-tidy") << What << '\n';
}

/// The lines on which to report.
llvm::Expected<LineFilter> linesOf(const CommandLine &Wanted,
                                   llvm::StringRef Root) {
  if (!Wanted.DiffFrom.empty() && !Wanted.LineFilter.empty())
    return failure("--diff-from and --line-filter exclude each other");
  if (!Wanted.DiffFrom.empty())
    return LineFilter::changedSince(Wanted.DiffFrom, Root);
  if (!Wanted.LineFilter.empty())
    return LineFilter::parse(Wanted.LineFilter);
  return LineFilter();
}

/// Takes out of \p Found what is known or in other lines.
llvm::Error select(const CommandLine &Wanted, const LineFilter &Lines,
                   Report &Found) {
  if (!Wanted.BaselineFile.empty()) {
    llvm::Expected<Baseline> Known = Baseline::read(Wanted.BaselineFile);
    if (!Known)
      return Known.takeError();
    std::vector<KnownFindings> Stale = Known->filter(Found);
    // Of the rest of the project a part knows nothing.
    if (Wanted.Operands.empty() && Wanted.Command == "check")
      for (const KnownFindings &Each : Stale)
        warn("'" + Wanted.BaselineFile + "' is stale: " + Each.Check + " in '" +
             (Each.Function.empty() ? Each.File : Each.Function) + "', " +
             Each.File + ", is not found any more");
  }
  llvm::erase_if(Found.Findings,
                 [&](const Finding &Each) { return !Lines.includes(Each); });
  return llvm::Error::success();
}

CheckDescription descriptionOf(llvm::StringRef Check) {
  CheckDescription Result;
  for (const CheckDoc &Each : checkDocs())
    if (Each.Name == Check) {
      Result.Summary = Each.Summary;
      Result.Help = Each.Markdown.str();
    }
  Result.Tags = {"coroutine"};
  // The notes of a blocking call are its chain.
  Result.NotesAreSteps = Check == "coro-blocking-call";
  return Result;
}

llvm::Error write(const CommandLine &Wanted, const Report &Found,
                  llvm::StringRef Root) {
  llvm::Expected<Format> Kind = parseFormat(Wanted.Format);
  if (!Kind)
    return Kind.takeError();
  ReportContext Context;
  Context.Root = Root.str();
  Context.WorkingDirectory = fullPath(".");
  Context.Version = CORO_TIDY_VERSION;
  Context.Statistics = !Wanted.IsQuiet;
  Context.Describe = descriptionOf;
  if (Wanted.Output.empty()) {
    Context.Color = llvm::WithColor(llvm::outs()).colorsEnabled();
    writeReport(*Kind, Found, Context, llvm::outs());
    llvm::outs().flush();
    if (!llvm::outs().has_error())
      return llvm::Error::success();
    std::error_code Wrong = llvm::outs().error();
    llvm::outs().clear_error();
    return failure("cannot write the report: " + Wrong.message());
  }
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  writeReport(*Kind, Found, Context, Stream);
  Stream.flush();
  return writeFile(Wanted.Output, Text);
}

ExitCode codeFor(const Report &Found) {
  if (llvm::any_of(Found.Units, [](const UnitStatus &Each) {
        return Each.Outcome == UnitStatus::Failed;
      }))
    return Incomplete;
  return Found.Findings.empty() ? Clean : HasFindings;
}

/// Applies the fixes of what was found and takes those out that are made.
void fix(const Project &Of, const RunOptions &Options, RunResult &Result) {
  llvm::StringMap<std::string> Hashes;
  for (const auto &Each : Result.FixedFiles)
    Hashes[Each.getKey()] = Each.getValue().Hash;
  auto Parses = [&](llvm::StringRef File, const FileTexts &Changed,
                    std::string &Problem) {
    auto Known = Result.FixedFiles.find(File);
    if (Known == Result.FixedFiles.end())
      return true;
    return llvm::all_of(Known->second.Units, [&](size_t Unit) {
      Problem = parseErrors(Of.Units[Unit], Options.Analysis, Changed);
      return Problem.empty();
    });
  };
  std::vector<Finding> &Findings = Result.Found.Findings;
  FixResult Done = applyFixes(Findings, Hashes, Parses);
  for (const FixResult::Refusal &Each : Done.Refused) {
    const Finding &Of = Findings[Each.Index];
    warn(Of.At.File + ":" + std::to_string(Of.At.Line) +
         ": not fixed: " + Each.Reason);
  }
  for (size_t Index : llvm::reverse(Done.Applied))
    Findings.erase(Findings.begin() + Index);
  if (!Done.Applied.empty())
    llvm::errs() << "coro-tidy: fixed " << Done.Applied.size()
                 << (Done.Applied.size() == 1 ? " finding" : " findings")
                 << '\n';
}

/// The project that \p Wanted is about, with the folder of its cache.
llvm::Expected<Project> projectFor(CommandLine &Wanted) {
  llvm::Expected<Project> Result =
      loadProject(Wanted.BuildPath, Wanted.Operands, Wanted.Flags);
  if (Result && Wanted.Run.CacheFolder.empty()) {
    llvm::SmallString<256> Folder(Result->Root);
    llvm::sys::path::append(Folder, ".cache", "coro-tidy");
    Wanted.Run.CacheFolder = std::string(Folder);
  }
  return Result;
}

/// Fails if a part of \p Globs names no check.
llvm::Error verifyChecks(llvm::StringRef Globs) {
  llvm::SmallVector<llvm::StringRef, 8> All;
  Globs.split(All, ',', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
  for (llvm::StringRef Each : All) {
    Each = Each.trim();
    llvm::StringRef Name = Each;
    Name.consume_front("-");
    GlobList Named(Name);
    if (llvm::none_of(checkDocs(), [&](const CheckDoc &Known) {
          return Named.contains(Known.Name);
        }))
      return failure("no check fits '" + Each + "'; see --list-checks");
  }
  return llvm::Error::success();
}

/// Fails if what \p Wanted says is wrong in itself.
llvm::Error verify(const CommandLine &Wanted) {
  if (llvm::Expected<Format> Kind = parseFormat(Wanted.Format); !Kind)
    return Kind.takeError();
  return verifyChecks(Wanted.Run.Analysis.Checks);
}

} // namespace

ExitCode check(const CommandLine &Given) {
  CommandLine Wanted = Given;
  if (llvm::Error Wrong = verify(Wanted))
    return fail(std::move(Wrong));
  llvm::Expected<Project> Of = projectFor(Wanted);
  if (!Of)
    return fail(Of.takeError());
  llvm::Expected<LineFilter> Lines = linesOf(Wanted, Of->Root);
  if (!Lines)
    return fail(Lines.takeError());
  llvm::Expected<RunResult> Result = analyse(*Of, Wanted.Run);
  if (!Result)
    return fail(Result.takeError());
  if (llvm::Error Wrong = select(Wanted, *Lines, Result->Found))
    return fail(std::move(Wrong));
  if (Wanted.Fix)
    fix(*Of, Wanted.Run, *Result);
  if (llvm::Error Wrong = write(Wanted, Result->Found, Of->Root))
    return fail(std::move(Wrong));
  return codeFor(Result->Found);
}

ExitCode writeBaseline(const CommandLine &Given) {
  CommandLine Wanted = Given;
  std::string File =
      !Wanted.Output.empty() ? Wanted.Output : Wanted.BaselineFile;
  if (File.empty())
    return fail(failure("say where the baseline goes: -o FILE"));
  if (llvm::Error Wrong = verify(Wanted))
    return fail(std::move(Wrong));
  llvm::Expected<Project> Of = projectFor(Wanted);
  if (!Of)
    return fail(Of.takeError());
  llvm::Expected<RunResult> Result = analyse(*Of, Wanted.Run);
  if (!Result)
    return fail(Result.takeError());
  for (const UnitStatus &Each : Result->Found.Units)
    if (Each.Outcome == UnitStatus::Failed)
      warn("could not analyse " + Each.File + ": " + Each.Problem);
  // What was not analysed would be new later.
  if (codeFor(Result->Found) == Incomplete)
    return Incomplete;
  Baseline Known = Baseline::of(Result->Found, File);
  if (llvm::Error Wrong = Known.write(File))
    return fail(std::move(Wrong));
  if (!Wanted.IsQuiet)
    llvm::errs() << "coro-tidy: " << Result->Found.Findings.size()
                 << " findings are known now, by '" << File << "'\n";
  return Clean;
}

ExitCode link(const CommandLine &Wanted) {
  if (Wanted.Operands.empty())
    return fail(failure("give the summaries to link"));
  llvm::Expected<LineFilter> Lines = linesOf(Wanted, ".");
  if (!Lines)
    return fail(Lines.takeError());
  llvm::Expected<Report> Found =
      linkSummaries(Wanted.Operands, Wanted.IndexFile);
  if (!Found)
    return fail(Found.takeError());
  if (llvm::Error Wrong = select(Wanted, *Lines, *Found))
    return fail(std::move(Wrong));
  if (llvm::Error Wrong = write(Wanted, *Found, fullPath(".")))
    return fail(std::move(Wrong));
  return codeFor(*Found);
}

} // namespace clang::tidy::coro
