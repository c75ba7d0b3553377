// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Analysis.h"
#include "driver/Cache.h"
#include "driver/Common.h"
#include "driver/LinkedFindings.h"
#include "driver/Progress.h"
#include "driver/TidyOptions.h"
#include "driver/Workers.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace clang::tidy::coro {
namespace {

std::string pathIn(llvm::StringRef Folder, llvm::StringRef Name) {
  llvm::SmallString<256> Result(Folder);
  llvm::sys::path::append(Result, Name);
  return std::string(Result);
}

/// Summaries may name files as seen from the working directory (--relative).
void nameInFull(std::string &File) {
  if (!File.empty())
    File = fullPath(File);
}

void nameFilesInFull(Finding &Of) {
  nameInFull(Of.At.File);
  for (Note &Each : Of.Notes)
    nameInFull(Each.At.File);
  for (Edit &Each : Of.Fixes)
    nameInFull(Each.File);
}

/// Whatever the order of the units: these sorted by name; findings by place,
/// and each once, since a header's are shown by several units.
void tidyUp(Report &Of) {
  llvm::sort(Of.Units, [](const UnitStatus &A, const UnitStatus &B) {
    return std::tie(A.File, A.Problem) < std::tie(B.File, B.Problem);
  });
  std::vector<Finding> &Findings = Of.Findings;
  auto Key = [](const Finding &Of) {
    return std::make_tuple(Of.At.key(), llvm::StringRef(Of.Check),
                           llvm::StringRef(Of.Message), !Of.IsError);
  };
  llvm::sort(Findings, [&](const Finding &A, const Finding &B) {
    if (Key(A) != Key(B))
      return Key(A) < Key(B);
    // Told by another unit in another way; which one is not left to chance.
    return Archive::write("", "", A) < Archive::write("", "", B);
  });
  auto IsSame = [](const Finding &A, const Finding &B) {
    return A.At.key() == B.At.key() && A.Check == B.Check &&
           A.Message == B.Message;
  };
  Findings.erase(std::unique(Findings.begin(), Findings.end(), IsSame),
                 Findings.end());
}

/// The findings of \p Records and those across them; writes the index.
llvm::Error join(std::vector<UnitRecord> Records, llvm::StringRef IndexFile,
                 Report &Result) {
  Linker Linked;
  for (UnitRecord &Each : Records) {
    std::move(Each.Findings.begin(), Each.Findings.end(),
              std::back_inserter(Result.Findings));
    Linked.add(std::move(Each.Summary));
  }
  Linked.link();
  std::vector<Finding> Across = findingsAcrossFiles(Linked, Result.Findings);
  std::move(Across.begin(), Across.end(), std::back_inserter(Result.Findings));
  llvm::for_each(Result.Findings, nameFilesInFull);
  tidyUp(Result);
  if (IndexFile.empty())
    return llvm::Error::success();
  return writeFile(IndexFile, Linked.index().bytes());
}

/// A folder that is gone at the end.
class TemporaryFolder {
public:
  TemporaryFolder() {
    Failed = llvm::sys::fs::createUniqueDirectory("coro-tidy", Name);
  }
  ~TemporaryFolder() {
    if (!Failed)
      llvm::sys::fs::remove_directories(Name);
  }
  llvm::SmallString<128> Name;
  std::error_code Failed;
};

} // namespace

/// The files that the fixes of \p Records change.
static llvm::StringMap<FixedFile>
fixedFiles(const std::vector<UnitRecord> &Records) {
  llvm::StringMap<FixedFile> Result;
  for (const UnitRecord &Each : Records)
    for (const Finding &Found : Each.Findings)
      for (const Edit &Fix : Found.Fixes)
        Result.try_emplace(Fix.File);
  if (Result.empty())
    return Result;
  for (size_t I = 0; I < Records.size(); ++I)
    for (const Dependency &Each : Records[I].Dependencies)
      if (auto Known = Result.find(Each.File);
          Known != Result.end() && Records[I].Problem.empty()) {
        Known->second.Hash = Each.Hash;
        Known->second.Units.push_back(I);
      }
  return Result;
}

llvm::Expected<RunResult> analyse(const Project &Of,
                                  const RunOptions &Options) {
  std::string Malformed;
  if (auto Provider = makeOptionsProvider(Options.Analysis, Malformed))
    for (const tooling::CompileCommand &Each : Of.Units)
      Provider->getOptions(Each.Filename);
  if (!Malformed.empty())
    return failure(Malformed);
  Cache Kept(Options.CacheFolder);
  std::optional<TemporaryFolder> Temporary;
  if (Options.KeepsNothing) {
    Temporary.emplace();
    if (Temporary->Failed)
      return failure("cannot make a temporary folder: " +
                     Temporary->Failed.message());
  } else if (std::string Ignored = pathIn(Options.CacheFolder, ".gitignore");
             !llvm::sys::fs::exists(Ignored)) {
    // Nobody wants the cache in a repository.
    if (llvm::Error Wrong = writeFile(Ignored, "*\n"))
      return failure(llvm::toString(std::move(Wrong)) +
                     "; give another folder with --cache-dir, or --no-cache");
  }
  RunResult Result;
  std::vector<UnitStatus> &Units = Result.Found.Units;
  std::vector<UnitRecord> Records(Of.Units.size());
  std::vector<UnitJob> Jobs;
  std::vector<size_t> UnitOfJob;
  for (size_t I = 0; I < Of.Units.size(); ++I) {
    const tooling::CompileCommand &Command = Of.Units[I];
    Units.push_back({Command.Filename, UnitStatus::Cached, "", 0});
    llvm::Expected<std::string> File =
        Options.KeepsNothing ? pathIn(Temporary->Name, std::to_string(I))
                             : Kept.fileFor(Command, Options.Analysis);
    if (!File)
      return File.takeError();
    std::optional<UnitRecord> Known;
    if (!Options.KeepsNothing)
      Known = Kept.find(*File);
    if (Known) {
      Records[I] = std::move(*Known);
    } else {
      Jobs.push_back({&Command, std::move(*File)});
      UnitOfJob.push_back(I);
    }
  }
  Progress Shown(Jobs.size(), Options.ShowsProgress);
  std::string Configuration;
  auto Done = [&](size_t Job, std::string Problem, double Seconds) {
    UnitStatus &Status = Units[UnitOfJob[Job]];
    UnitRecord &Record = Records[UnitOfJob[Job]];
    Shown.finished(Status.File);
    if (Problem.empty()) {
      if (llvm::Expected<UnitRecord> Read = readSummary(Jobs[Job].Output))
        Record = std::move(*Read);
      else
        Problem = llvm::toString(Read.takeError());
    }
    if (Configuration.empty())
      Configuration = Record.Configuration;
    if (Problem.empty())
      Problem = Record.Problem;
    Status.Outcome =
        Problem.empty() ? UnitStatus::Analysed : UnitStatus::Failed;
    Status.Problem = std::move(Problem);
    Status.Seconds = Seconds;
  };
  runWorkers(Jobs, Options.Analysis, {Options.Processes, Options.Timeout},
             Done);
  Shown.clear();
  if (!Configuration.empty())
    return failure(Configuration);
  Result.FixedFiles = fixedFiles(Records);
  std::string IndexFile =
      Options.KeepsNothing ? "" : pathIn(Options.CacheFolder, "index");
  if (llvm::Error Wrong = join(std::move(Records), IndexFile, Result.Found))
    return std::move(Wrong);
  if (!Options.KeepsNothing)
    Kept.prune();
  return Result;
}

llvm::Expected<Report> linkSummaries(const std::vector<std::string> &Files,
                                     llvm::StringRef IndexFile) {
  Report Result;
  std::vector<UnitRecord> Records;
  for (const std::string &File : Files) {
    llvm::Expected<UnitRecord> Read = readSummary(File);
    if (!Read)
      return Read.takeError();
    if (!Read->Configuration.empty())
      return failure(Read->Configuration);
    Result.Units.push_back(
        {fullPath(Read->Summary.File),
         Read->Problem.empty() ? UnitStatus::Analysed : UnitStatus::Failed,
         Read->Problem, 0});
    Records.push_back(std::move(*Read));
  }
  if (llvm::Error Wrong = join(std::move(Records), IndexFile, Result))
    return std::move(Wrong);
  return Result;
}

} // namespace clang::tidy::coro
