// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The command that analyses one unit, for build systems and for the driver
// itself: summarize.

#include "driver/Cache.h"
#include "driver/Commands.h"
#include "driver/Common.h"
#include "driver/TidyOptions.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::coro {
namespace {

llvm::Expected<tooling::CompileCommand> commandFor(const CommandLine &Wanted) {
  if (Wanted.Operands.size() != 1)
    return failure("summarize takes one file");
  if (Wanted.IsWholeCommand && Wanted.Flags)
    return tooling::CompileCommand(Wanted.Directory, Wanted.Operands.front(),
                                   *Wanted.Flags, Wanted.ObjectFile);
  llvm::Expected<Project> Of =
      loadProject(Wanted.BuildPath, Wanted.Operands, Wanted.Flags);
  if (!Of)
    return Of.takeError();
  // A file that is compiled several times: for several programs, say.
  if (!Wanted.ObjectFile.empty())
    llvm::erase_if(Of->Units, [&](const tooling::CompileCommand &Each) {
      return !isWithin(objectOf(Each), fullPath(Wanted.ObjectFile));
    });
  if (Of->Units.size() == 1)
    return Of->Units.front();
  return failure("'" + Wanted.Operands.front() + "' is compiled " +
                 llvm::Twine(Of->Units.size()) +
                 " times; choose with --object, or give its flags after --");
}

/// What is known of the unit of \p Command, from the cache that --cache-dir
/// names or anew.
llvm::Expected<UnitRecord> recordOf(const tooling::CompileCommand &Command,
                                    const CommandLine &Wanted) {
  const AnalysisOptions &Options = Wanted.Run.Analysis;
  Cache Kept(Wanted.Run.CacheFolder);
  std::string File;
  if (!Wanted.Run.CacheFolder.empty() && !Wanted.Run.KeepsNothing) {
    llvm::Expected<std::string> Place = Kept.fileFor(Command, Options);
    if (!Place)
      return Place.takeError();
    File = *Place;
    if (std::optional<UnitRecord> Known = Kept.find(File))
      return std::move(*Known);
  }
  UnitRecord Record = analyseUnit(Command, Options);
  Record.Summary.Program = programOf(Command);
  if (!File.empty()) {
    if (llvm::Error Wrong = writeFile(
            File, Archive::write("summary", summaryVersion(), Record)))
      return std::move(Wrong);
    Kept.prune();
  }
  return Record;
}

/// A rule for make: OUTPUT: FILE...
std::string dependencyRule(llvm::StringRef Output, const UnitRecord &Record,
                           const AnalysisOptions &Options) {
  auto Quoted = [](llvm::StringRef Name) {
    std::string Result;
    for (char Each : Name) {
      if (Each == ' ' || Each == '#')
        Result += '\\';
      if (Each == '$')
        Result += '$';
      Result += Each;
    }
    return Result;
  };
  std::string Result = Quoted(Output) + ":";
  for (const Dependency &Each : Record.Dependencies)
    Result += " \\\n  " + Quoted(Each.File);
  for (const std::string &Each :
       configurationFilesOf(Record.Summary.File, Options))
    Result += " \\\n  " + Quoted(fullPath(Each));
  return Result + "\n";
}

} // namespace

ExitCode summarizeUnit(const CommandLine &Wanted) {
  if (Wanted.Output.empty())
    return fail(failure("say where the summary goes: -o FILE"));
  llvm::Expected<tooling::CompileCommand> Command = commandFor(Wanted);
  if (!Command)
    return fail(Command.takeError());
  llvm::Expected<UnitRecord> Record = recordOf(*Command, Wanted);
  if (!Record)
    return fail(Record.takeError());
  std::string Bytes =
      Archive::write("summary", summaryVersion(), *Record,
                     Wanted.IsRelative ? fullPath(".") + "/" : "");
  if (llvm::Error Wrong = writeFile(Wanted.Output, Bytes))
    return fail(std::move(Wrong));
  if (!Wanted.DependencyFile.empty())
    if (llvm::Error Wrong = writeFile(
            Wanted.DependencyFile,
            dependencyRule(Wanted.Output, *Record, Wanted.Run.Analysis)))
      return fail(std::move(Wrong));
  // The link tells what was not analysed.
  return Clean;
}

} // namespace clang::tidy::coro
