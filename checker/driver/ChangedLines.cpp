// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/ChangedLines.h"
#include "driver/Common.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Yaml.h"

namespace {

/// {"name":"file.cpp","lines":[[1,3],[5,7]]}
struct FileLines {
  std::string Name;
  std::vector<std::vector<unsigned>> Lines;
};

} // namespace

LLVM_YAML_IS_SEQUENCE_VECTOR(std::vector<unsigned>)
LLVM_YAML_IS_SEQUENCE_VECTOR(FileLines)

namespace llvm::yaml {

template <> struct MappingTraits<FileLines> {
  static void mapping(IO &IO, FileLines &File) {
    IO.mapRequired("name", File.Name);
    IO.mapOptional("lines", File.Lines);
  }
  static std::string validate(IO &, FileLines &File) {
    if (File.Name.empty())
      return "the name of a file is empty";
    for (const std::vector<unsigned> &Range : File.Lines)
      if (Range.size() != 2 || Range[0] == 0 || Range[1] < Range[0])
        return "a range of lines is [first,last], counted from 1";
    return "";
  }
};

} // namespace llvm::yaml

namespace clang::tidy::coro {

namespace fs = llvm::sys::fs;

llvm::Expected<LineFilter> LineFilter::parse(llvm::StringRef Json) {
  std::vector<FileLines> Files;
  if (llvm::Error Wrong =
          readYaml({Json, "--line-filter"}, "a list of files", Files))
    return {std::move(Wrong)};
  LineFilter Result;
  Result.IsLimited = !Files.empty();
  for (FileLines &File : Files) {
    Named &Last = Result.Endings.emplace_back();
    Last.Ending = std::move(File.Name);
    for (const std::vector<unsigned> &Range : File.Lines)
      Last.Lines.push_back({Range[0], Range[1]});
  }
  return Result;
}

static std::string realPath(llvm::StringRef File) {
  llvm::SmallString<256> Result;
  return fs::real_path(File, Result) ? File.str() : Result.str().str();
}

static bool contains(const std::vector<LineRange> &Ranges, unsigned Line) {
  return llvm::any_of(Ranges, [Line](LineRange Range) {
    return Range.First <= Line && Line <= Range.Last;
  });
}

bool LineFilter::includes(const Location &Place) const {
  if (!IsLimited || Place.File.empty())
    return true;
  llvm::StringRef File = Place.File;
  for (const Named &Each : Endings)
    if (File.ends_with(Each.Ending))
      return Each.Lines.empty() || contains(Each.Lines, Place.Line);
  auto Found = Changed.find(realPath(File));
  return Found != Changed.end() && contains(Found->second, Place.Line);
}

bool LineFilter::includes(const Finding &Of) const {
  return includes(Of.At) || llvm::any_of(Of.Notes, [this](const Note &Each) {
           return !Each.At.File.empty() && includes(Each.At);
         });
}

/// What git means by "a\tb\303\244\"c".
static std::string unquoted(llvm::StringRef Name) {
  if (!Name.consume_front("\""))
    return Name.str();
  std::string Result;
  while (!Name.empty() && Name.front() != '"') {
    char Next = Name.front();
    Name = Name.drop_front();
    if (Next == '\\' && !Name.empty()) {
      llvm::StringRef Octal = Name.take_while(llvm::isDigit).take_front(3);
      unsigned Byte;
      static const llvm::StringRef Letters = "abtnvfr"; // from 7 on
      if (!Octal.empty() && !Octal.getAsInteger(8, Byte)) {
        Next = static_cast<char>(Byte);
        Name = Name.drop_front(Octal.size());
      } else {
        size_t Letter = Letters.find(Name.front());
        Next = Letter == llvm::StringRef::npos ? Name.front()
                                               : static_cast<char>(7 + Letter);
        Name = Name.drop_front();
      }
    }
    Result += Next;
  }
  return Result;
}

/// Reads the second start from "@@ -1,2 +3,4 @@ context".
static bool startOfHunk(llvm::StringRef Line, unsigned &Start) {
  if (!Line.consume_front("@@ -"))
    return false;
  Line = Line.split(" +").second;
  return !Line.consumeInteger(10, Start);
}

llvm::StringMap<std::vector<LineRange>> addedLines(llvm::StringRef Patch,
                                                   llvm::StringRef Root) {
  llvm::StringMap<std::vector<LineRange>> Result;
  std::vector<LineRange> *Lines = nullptr;
  // A line "++ x" that is added looks like the name of a file. Names come
  // before the first hunk.
  bool InHunk = false;
  unsigned Next = 0;
  while (!Patch.empty()) {
    llvm::StringRef Line;
    std::tie(Line, Patch) = Patch.split('\n');
    if (Line.consume_front("diff ")) {
      Lines = nullptr;
      InHunk = false;
    } else if (startOfHunk(Line, Next)) {
      InHunk = true;
    } else if (!InHunk && Line.consume_front("+++ ")) {
      // A tab ends a name with spaces. Nothing is added to /dev/null.
      std::string Name = unquoted(Line.split('\t').first);
      llvm::StringRef Inside = Name;
      if (Inside.consume_front("b/"))
        Lines = &Result[(Root + "/" + Inside).str()];
    } else if (InHunk && Lines && !Line.empty()) {
      // Context, which the environment can ask for, counts lines only.
      if (Line.front() == ' ')
        ++Next;
      if (Line.front() != '+')
        continue;
      if (!Lines->empty() && Lines->back().Last + 1 == Next)
        ++Lines->back().Last;
      else
        Lines->push_back({Next, Next});
      ++Next;
    }
  }
  return Result;
}

namespace {

/// Runs git in one folder.
class Git {
public:
  explicit Git(llvm::StringRef Folder) : Folder(Folder) {}

  /// What git prints when it is given \p Arguments.
  llvm::Expected<std::string> run(std::vector<llvm::StringRef> Arguments) const;

private:
  std::string Folder;
};

std::string contentOf(llvm::StringRef File) {
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  return Buffer ? (*Buffer)->getBuffer().str() : std::string();
}

llvm::Expected<std::string>
Git::run(std::vector<llvm::StringRef> Arguments) const {
  llvm::ErrorOr<std::string> Program = llvm::sys::findProgramByName("git");
  if (!Program)
    return failure("cannot find the program git");
  llvm::SmallString<128> Out, Err;
  if (std::error_code Wrong = fs::createTemporaryFile("coro-tidy", "out", Out))
    return failure("cannot make a temporary file: " + Wrong.message());
  llvm::FileRemover RemoveOut(Out);
  if (std::error_code Wrong = fs::createTemporaryFile("coro-tidy", "err", Err))
    return failure("cannot make a temporary file: " + Wrong.message());
  llvm::FileRemover RemoveErr(Err);

  std::vector<llvm::StringRef> Line = {"git", "-C", Folder, "-c",
                                       "core.quotePath=false"};
  Line.insert(Line.end(), Arguments.begin(), Arguments.end());
  std::string Problem;
  int Exit = llvm::sys::ExecuteAndWait(
      *Program, Line, std::nullopt, {llvm::StringRef(), Out.str(), Err.str()},
      0, 0, &Problem);
  if (Exit == 0)
    return contentOf(Out);
  llvm::StringRef Said = Problem;
  std::string Printed = contentOf(Err);
  if (Said.empty())
    Said = llvm::StringRef(Printed).trim();
  Said.consume_front("fatal: ");
  return Said.empty() ? failure("git " + Arguments[0] + " failed")
                      : failure(Said);
}

} // namespace

llvm::Expected<LineFilter> LineFilter::changedSince(llvm::StringRef Ref,
                                                    llvm::StringRef Folder) {
  llvm::Expected<std::string> Top =
      Git(Folder).run({"rev-parse", "--show-toplevel"});
  if (!Top)
    return Top.takeError();
  std::string Root = realPath(llvm::StringRef(*Top).rtrim('\n'));
  Git InRoot(Root);
  // No name of a commit begins so, but an option does.
  std::string Commit = (Ref + "^{commit}").str();
  llvm::Expected<std::string> Known =
      Ref.starts_with("-") ? failure("an option")
                           : InRoot.run({"rev-parse", "--verify", Commit});
  if (!Known) {
    llvm::consumeError(Known.takeError());
    return failure("'" + Ref + "' is no commit of the repository in '" + Root +
                   "'; if its clone is shallow, fetch it first");
  }
  // Not what others changed there since the branch left it.
  llvm::Expected<std::string> Base =
      InRoot.run({"merge-base", "HEAD", llvm::StringRef(*Known).trim()});
  if (!Base) {
    llvm::consumeError(Base.takeError());
    return failure("'" + Ref + "' and HEAD have no common ancestor in '" +
                   Root + "'; if its clone is shallow, fetch its history");
  }
  llvm::Expected<std::string> Patch =
      InRoot.run({"diff", "--unified=0", "--inter-hunk-context=0", "--no-color",
                  "--no-ext-diff", "--no-textconv", "--find-renames",
                  "--submodule=short", "--src-prefix=a/", "--dst-prefix=b/",
                  llvm::StringRef(*Base).trim(), "--"});
  if (!Patch)
    return Patch.takeError();
  llvm::Expected<std::string> New =
      InRoot.run({"ls-files", "--others", "--exclude-standard", "-z"});
  if (!New)
    return New.takeError();

  LineFilter Result;
  Result.IsLimited = true;
  Result.Changed = addedLines(*Patch, Root);
  llvm::SmallVector<llvm::StringRef> Names;
  llvm::StringRef(*New).split(Names, '\0', -1, /*KeepEmpty=*/false);
  for (llvm::StringRef Name : Names)
    Result.Changed[(Root + "/" + Name).str()] = {LineRange()};
  return Result;
}

} // namespace clang::tidy::coro
