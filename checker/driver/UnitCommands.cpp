// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The command that analyses one unit, for build systems and for the driver
// itself: summarize.

#include "driver/Cache.h"
#include "driver/Commands.h"
#include "driver/Common.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

namespace clang::tidy::coro {
namespace {

ExitCode fail(llvm::Error Why) {
  llvm::WithColor::error(llvm::errs(), "coro-tidy")
      << llvm::toString(std::move(Why)) << '\n';
  return WrongUsage;
}

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
  if (Of->Units.size() == 1)
    return Of->Units.front();
  // A file that is compiled several times: for several programs, say.
  for (const tooling::CompileCommand &Each : Of->Units)
    if (!Wanted.ObjectFile.empty() && Each.Output == Wanted.ObjectFile)
      return Each;
  return failure("'" + Wanted.Operands.front() + "' is compiled " +
                 llvm::Twine(Of->Units.size()) +
                 " times; choose with --object, or give its flags after --");
}

/// A rule for make: OUTPUT: FILE...
std::string dependencyRule(llvm::StringRef Output, const UnitRecord &Record) {
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
  return Result + "\n";
}

} // namespace

ExitCode summarizeUnit(const CommandLine &Wanted) {
  if (Wanted.Output.empty())
    return fail(failure("say where the summary goes: -o FILE"));
  llvm::Expected<tooling::CompileCommand> Command = commandFor(Wanted);
  if (!Command)
    return fail(Command.takeError());
  UnitRecord Record = analyseUnit(*Command, Wanted.Run.Analysis);
  Record.Summary.Program = programOf(*Command);
  std::string Bytes = Archive::write("summary", summaryVersion(), Record);
  if (llvm::Error Wrong = writeFile(Wanted.Output, Bytes))
    return fail(std::move(Wrong));
  if (!Wanted.DependencyFile.empty())
    if (llvm::Error Wrong = writeFile(Wanted.DependencyFile,
                                      dependencyRule(Wanted.Output, Record)))
      return fail(std::move(Wrong));
  // The link tells what was not analysed.
  return Clean;
}

} // namespace clang::tidy::coro
