// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Project.h"
#include "driver/Common.h"
#include "clang/Tooling/JSONCompilationDatabase.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace clang::tidy::coro {
namespace {

namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

std::string join(llvm::StringRef Folder, llvm::StringRef Name) {
  llvm::SmallString<256> Result(Folder);
  path::append(Result, Name);
  return std::string(Result);
}

/// \p Folder/compile_commands.json, or that in its folder build; else empty.
std::string databaseIn(llvm::StringRef Folder) {
  for (const std::string &Each : {Folder.str(), join(Folder, "build")}) {
    std::string File = join(Each, "compile_commands.json");
    if (fs::exists(File))
      return File;
  }
  return "";
}

std::string databaseAbove(llvm::StringRef Folder) {
  for (; !Folder.empty(); Folder = path::parent_path(Folder))
    if (std::string Found = databaseIn(Folder); !Found.empty())
      return Found;
  return "";
}

/// Whether Clang would compile \p File as C++; a language on the command line
/// decides before the name does.
bool isCxx(const tooling::CompileCommand &Command) {
  llvm::StringRef Language;
  for (size_t I = 0; I < Command.CommandLine.size(); ++I) {
    llvm::StringRef Each = Command.CommandLine[I];
    if (Each == "-x" && I + 1 < Command.CommandLine.size())
      Language = Command.CommandLine[I + 1];
    else if (Each.consume_front("-x") && !Each.empty())
      Language = Each;
  }
  if (!Language.empty())
    return Language.contains("c++");
  return !llvm::is_contained<llvm::StringRef>(
      {".c", ".s", ".S", ".m", ".asm", ".cu", ".rc"},
      path::extension(Command.Filename));
}

tooling::CompileCommand absolute(tooling::CompileCommand Command) {
  Command.Filename = absolutePath(Command.Filename, Command.Directory);
  return Command;
}

llvm::Expected<std::vector<tooling::CompileCommand>>
readDatabase(llvm::StringRef File) {
  std::string Error;
  std::unique_ptr<tooling::CompilationDatabase> Read =
      tooling::JSONCompilationDatabase::loadFromFile(
          File, Error, tooling::JSONCommandLineSyntax::AutoDetect);
  if (!Read)
    return failure("cannot read '" + File + "': " + Error);
  Read = tooling::expandResponseFiles(std::move(Read),
                                      llvm::vfs::getRealFileSystem());
  std::vector<tooling::CompileCommand> Result;
  llvm::StringSet<> Known;
  for (tooling::CompileCommand &Each : Read->getAllCompileCommands()) {
    tooling::CompileCommand Command = absolute(std::move(Each));
    std::string Key =
        Command.Directory + '\0' + Command.Filename + '\0' + Command.Output;
    for (const std::string &Argument : Command.CommandLine)
      Key += '\0' + Argument;
    if (isCxx(Command) && Known.insert(Key).second)
      Result.push_back(std::move(Command));
  }
  return Result;
}

std::string realPath(llvm::StringRef Path) {
  llvm::SmallString<256> Real;
  return fs::real_path(Path, Real) ? Path.str() : std::string(Real);
}

/// The folder that all units are in; the repository around it, if it is in one.
std::string rootOf(const std::vector<tooling::CompileCommand> &Units) {
  if (Units.empty())
    return fullPath(".");
  std::string Common = path::parent_path(Units.front().Filename).str();
  for (const tooling::CompileCommand &Each : Units)
    while (!isWithin(Each.Filename, Common))
      Common = path::parent_path(Common).str();
  for (llvm::StringRef Folder = Common; !Folder.empty();
       Folder = path::parent_path(Folder))
    if (fs::exists(join(Folder, ".git")))
      return Folder.str();
  return Common;
}

llvm::Expected<Project> compiledWith(const std::vector<std::string> &Paths,
                                     const std::vector<std::string> &Flags) {
  Project Result;
  for (const std::string &Path : Paths) {
    std::string File = fullPath(Path);
    if (!fs::is_regular_file(File))
      return failure("'" + Path +
                     "' is not a file; only files take flags after --");
    std::vector<std::string> Command{"clang++"};
    Command.insert(Command.end(), Flags.begin(), Flags.end());
    Command.push_back(File);
    Result.Units.emplace_back(fullPath("."), File, Command, "");
  }
  Result.Root = rootOf(Result.Units);
  return Result;
}

/// The units of \p All that \p Paths choose.
llvm::Error choose(const std::vector<tooling::CompileCommand> &All,
                   const std::vector<std::string> &Paths,
                   llvm::StringRef Database, Project &Result) {
  std::vector<char> Chosen(All.size());
  for (const std::string &Path : Paths) {
    if (!fs::exists(Path))
      return failure("'" + Path + "' does not exist");
    std::string Wanted = realPath(fullPath(Path));
    bool IsAny = false;
    for (size_t I = 0; I < All.size(); ++I)
      if (isWithin(realPath(All[I].Filename), Wanted))
        Chosen[I] = IsAny = true;
    if (!IsAny)
      return failure("no unit of '" + Database + "' is '" + Path +
                     "' or in it; give the flags of a file after --");
  }
  for (size_t I = 0; I < All.size(); ++I)
    if (Chosen[I])
      Result.Units.push_back(All[I]);
  return llvm::Error::success();
}

} // namespace

bool isWithin(llvm::StringRef File, llvm::StringRef Folder) {
  return File.consume_front(Folder) &&
         (File.empty() || Folder.ends_with("/") || File.starts_with("/"));
}

llvm::Expected<Project>
loadProject(llvm::StringRef BuildPath, const std::vector<std::string> &Paths,
            const std::optional<std::vector<std::string>> &Flags) {
  if (Flags) {
    if (Paths.empty())
      return failure("give the files that the flags after -- are for");
    return compiledWith(Paths, *Flags);
  }
  std::string Database;
  if (!BuildPath.empty()) {
    Database = path::filename(BuildPath) == "compile_commands.json"
                   ? BuildPath.str()
                   : databaseIn(BuildPath);
    if (Database.empty())
      return failure("there is no compile_commands.json in '" + BuildPath +
                     "'; with CMake, -DCMAKE_EXPORT_COMPILE_COMMANDS=ON makes "
                     "one");
  } else {
    std::string Start = fullPath(Paths.empty() ? "." : Paths.front());
    if (!fs::exists(Start))
      return failure("'" + Paths.front() + "' does not exist");
    Database = databaseAbove(Start);
    if (Database.empty())
      return failure("no compile_commands.json in '" + Start +
                     "' or above it; name its folder with -p, or give the "
                     "flags of a file after --");
  }
  auto All = readDatabase(Database);
  if (!All)
    return All.takeError();
  Project Result;
  // A folder with the database stands for all of it.
  bool WantsAll = Paths.empty() ||
                  (Paths.size() == 1 && databaseIn(Paths.front()) == Database);
  if (WantsAll)
    Result.Units = *All;
  else if (llvm::Error Wrong = choose(*All, Paths, Database, Result))
    return std::move(Wrong);
  if (Result.Units.empty())
    return failure("'" + Database + "' has no C++ unit");
  Result.Root = rootOf(*All);
  return Result;
}

std::string objectOf(const tooling::CompileCommand &Command) {
  std::string Output = Command.Output;
  for (size_t I = 0; I + 1 < Command.CommandLine.size(); ++I)
    if (Command.CommandLine[I] == "-o")
      Output = Command.CommandLine[I + 1];
  if (Output.empty() || path::is_absolute(Output))
    return Output;
  return join(Command.Directory, Output);
}

std::string programOf(const tooling::CompileCommand &Command) {
  std::string Output = objectOf(Command);
  // build/CMakeFiles/server.dir/src/net/socket.cpp.o belongs to server.dir.
  for (llvm::StringRef Folder = path::parent_path(Output); !Folder.empty();
       Folder = path::parent_path(Folder))
    if (path::filename(path::parent_path(Folder)) == "CMakeFiles")
      return Folder.str();
  return path::parent_path(Output).str();
}

} // namespace clang::tidy::coro
