// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/CommandLine.h"
#include "clang/Basic/Version.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Threading.h"
#include "llvm/Support/WithColor.h"
#include "llvm/Support/raw_ostream.h"

namespace clang::tidy::coro {
namespace {

namespace cl = llvm::cl;

constexpr char Overview[] =
    R"(coro-tidy: finds misuse of C++20 coroutines, across the files of a project

  coro-tidy [-p BUILD] [PATH...]       analyse a project, or a part of it
  coro-tidy FILE... -- FLAGS           analyse files that are compiled so
  coro-tidy baseline [-p BUILD]        make what is found now known
  coro-tidy why FUNCTION               the chain by which a function blocks
  coro-tidy callers CATEGORY           who reaches calls of a category
  coro-tidy summarize FILE -o SUMMARY  one unit, for build systems
  coro-tidy link SUMMARY...            joins what summarize wrote

exit code: 0 clean, 1 findings, 2 usage or configuration, 3 incomplete)";

cl::OptionCategory Ours("coro-tidy options");

template <typename T> using Opt = cl::opt<T>;

cl::list<std::string> Operands(cl::Positional, cl::desc("PATH..."),
                               cl::cat(Ours));
Opt<std::string> BuildPath("p", cl::desc("The folder of compile_commands.json"),
                           cl::value_desc("folder"), cl::cat(Ours));
Opt<std::string> Checks("checks",
                        cl::desc("Globs of checks: -coro-lost-update,..."),
                        cl::cat(Ours));
Opt<std::string> HeaderFilter(
    "header-filter",
    cl::desc("The headers in which findings count (default: all of yours)"),
    cl::value_desc("regex"), cl::cat(Ours));
Opt<std::string> Config("config",
                        cl::desc("A configuration instead of .clang-tidy"),
                        cl::value_desc("yaml"), cl::cat(Ours));
cl::list<std::string>
    ExtraArguments("extra-arg",
                   cl::desc("An argument to add to each compile command"),
                   cl::value_desc("argument"), cl::cat(Ours));
Opt<unsigned> Jobs("j", cl::desc("How many units at a time (default: cores)"),
                   cl::value_desc("n"), cl::init(0), cl::Prefix, cl::cat(Ours));
Opt<unsigned> Timeout("timeout",
                      cl::desc("Seconds for each unit (default: 600; 0: none)"),
                      cl::value_desc("seconds"), cl::init(600), cl::cat(Ours));
Opt<std::string> Format("format",
                        cl::desc("text, sarif, gitlab, github, rdjsonl, junit, "
                                 "json or yaml"),
                        cl::init("text"), cl::cat(Ours));
Opt<std::string> Output("o", cl::desc("The file to write to"),
                        cl::value_desc("file"), cl::cat(Ours));
cl::alias OutputLong("output", cl::aliasopt(Output), cl::cat(Ours));
Opt<std::string> BaselineFile("baseline",
                              cl::desc("The findings that are known"),
                              cl::value_desc("file"), cl::cat(Ours));
Opt<std::string> DiffFrom("diff-from",
                          cl::desc("Report on lines changed since this commit"),
                          cl::value_desc("ref"), cl::cat(Ours));
Opt<std::string> LineFilter("line-filter",
                            cl::desc("Report on these lines (see clang-tidy)"),
                            cl::value_desc("json"), cl::cat(Ours));
Opt<bool> Fix("fix", cl::desc("Apply the fixes"), cl::cat(Ours));
Opt<bool> ListChecks("list-checks", cl::desc("List the checks"), cl::cat(Ours));
Opt<std::string> Explain("explain", cl::desc("Show the page of a check"),
                         cl::value_desc("check"), cl::cat(Ours));
Opt<std::string> CacheFolder(
    "cache-dir",
    cl::desc("Where the index and the cache are (default: .cache/coro-tidy; "
             "summarize: none)"),
    cl::value_desc("folder"), cl::cat(Ours));
Opt<bool> NoCache("no-cache", cl::desc("Neither cache nor index"),
                  cl::cat(Ours));
Opt<bool> Quiet("quiet", cl::desc("No progress and no closing summary"),
                cl::cat(Ours));
Opt<std::string> IndexFile("index",
                           cl::desc("The index to write (link) or to read"),
                           cl::value_desc("file"), cl::cat(Ours));
Opt<std::string>
    DependencyFile("depfile",
                   cl::desc("The files read, for make and Ninja (summarize)"),
                   cl::value_desc("file"), cl::cat(Ours));
Opt<bool> ParseEverything("parse-everything",
                          cl::desc("Parse all bodies in system headers"),
                          cl::Hidden, cl::cat(Ours));
Opt<std::string> Directory("directory", cl::Hidden, cl::cat(Ours));
Opt<std::string>
    ObjectFile("object",
               cl::desc("The object file of the unit, or a folder that it is "
                        "in (summarize)"),
               cl::value_desc("path"), cl::cat(Ours));
Opt<bool> Relative("relative",
                   cl::desc("Name files as seen from the working directory, "
                            "so that it does not matter (summarize)"),
                   cl::cat(Ours));
Opt<bool> WholeCommand("whole-command", cl::Hidden, cl::cat(Ours));

void printVersion(llvm::raw_ostream &Out) {
  Out << "coro-tidy " CORO_TIDY_VERSION " (LLVM " CLANG_VERSION_STRING ")\n";
}

constexpr llvm::StringLiteral Commands[] = {"check",    "summarize", "link",
                                            "baseline", "why",       "callers"};

unsigned coresOr(unsigned Wanted) {
  return Wanted != 0 ? Wanted
                     : llvm::hardware_concurrency().compute_thread_count();
}

} // namespace

ExitCode fail(llvm::Error Why) {
  llvm::WithColor::error(llvm::errs(), "coro-tidy")
      << llvm::toString(std::move(Why)) << '\n';
  return WrongUsage;
}

std::optional<CommandLine> readCommandLine(int Count, const char **Arguments) {
  CommandLine Result;
  std::vector<const char *> Own(Arguments, Arguments + Count);
  // The flags of the compiler are not ours to read.
  for (size_t I = 1; I < Own.size(); ++I)
    if (llvm::StringRef(Own[I]) == "--") {
      Result.Flags.emplace(Own.begin() + I + 1, Own.end());
      Own.resize(I);
    }
  // Without a command it is check; a path of that name is ./why.
  if (Own.size() > 1 && llvm::is_contained(Commands, Own[1])) {
    Result.Command = Own[1];
    Own.erase(Own.begin() + 1);
  }
  cl::HideUnrelatedOptions({&Ours, &llvm::getColorCategory()});
  cl::SetVersionPrinter(printVersion);
  if (!cl::ParseCommandLineOptions(Own.size(), Own.data(), Overview,
                                   &llvm::errs()))
    return std::nullopt;
  Result.Operands.assign(Operands.begin(), Operands.end());
  Result.BuildPath = BuildPath;
  AnalysisOptions &Analysis = Result.Run.Analysis;
  Analysis.Checks = Checks;
  Analysis.HeaderFilter = HeaderFilter;
  Analysis.Config = Config;
  Analysis.ExtraArguments.assign(ExtraArguments.begin(), ExtraArguments.end());
  Analysis.ParsesEverything = ParseEverything;
  Result.Run.Processes = coresOr(Jobs);
  Result.Run.Timeout = Timeout;
  Result.Run.CacheFolder = CacheFolder;
  Result.Run.KeepsNothing = NoCache;
  Result.Run.ShowsProgress =
      !Quiet && llvm::sys::Process::StandardErrIsDisplayed();
  Result.Format = Format;
  Result.Output = Output;
  Result.BaselineFile = BaselineFile;
  Result.DiffFrom = DiffFrom;
  Result.LineFilter = LineFilter;
  Result.IndexFile = IndexFile;
  Result.DependencyFile = DependencyFile;
  Result.Explain = Explain;
  Result.Fix = Fix;
  Result.ListChecks = ListChecks;
  Result.IsQuiet = Quiet;
  Result.Directory = Directory;
  Result.ObjectFile = ObjectFile;
  Result.IsWholeCommand = WholeCommand;
  Result.IsRelative = Relative;
  return Result;
}

} // namespace clang::tidy::coro
