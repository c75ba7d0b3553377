// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A small project on disk and a report about it, for the tests of the formats.

#ifndef CORO_TIDY_TEST_UNIT_REPORTSAMPLE_H
#define CORO_TIDY_TEST_UNIT_REPORTSAMPLE_H

#include "driver/Formats.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "gtest/gtest.h"

namespace clang::tidy::coro {

/// A folder that goes away at the end, if it was not given.
class Folder {
public:
  Folder() : IsOurs(true) {
    llvm::sys::fs::createUniqueDirectory("coro-tidy-test", Path);
  }
  explicit Folder(llvm::StringRef Given) : Path(Given), IsOurs(false) {
    llvm::sys::fs::create_directories(Path);
  }
  Folder(const Folder &) = delete;
  ~Folder() {
    if (IsOurs)
      llvm::sys::fs::remove_directories(Path);
  }

  std::string path(llvm::StringRef Name = "") const {
    llvm::SmallString<128> Result(Path);
    if (!Name.empty())
      llvm::sys::path::append(Result, Name);
    return Result.str().str();
  }

  /// Writes a file and gives its path.
  std::string add(llvm::StringRef Name, llvm::StringRef Text) const {
    std::string File = path(Name);
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(File));
    std::error_code Error;
    llvm::raw_fd_ostream(File, Error) << Text;
    return File;
  }

private:
  llvm::SmallString<128> Path;
  bool IsOurs;
};

inline Location place(const std::string &File, unsigned Line, unsigned Column,
                      unsigned Offset = 0) {
  Location At;
  At.File = File;
  At.Line = Line;
  At.Column = Column;
  At.Offset = Offset;
  return At;
}

inline Finding finding(std::string Check, Location At, std::string Message) {
  Finding Result;
  Result.Check = std::move(Check);
  Result.At = std::move(At);
  Result.Message = std::move(Message);
  return Result;
}

inline ReportContext contextIn(const Folder &Root) {
  ReportContext Context;
  Context.Root = Context.WorkingDirectory = Root.path();
  Context.Version = "1.2.3";
  Context.Uri = "https://example.org/coro-tidy";
  Context.Describe = [](llvm::StringRef Check) {
    CheckDescription Said;
    Said.Summary = "Finds mistakes of the kind " + Check.str() + ".";
    Said.Help = "# " + Check.str() + "\n\n" + Said.Summary + "\n";
    Said.Uri = "https://example.org/coro-tidy/" + Check.str();
    Said.Tags = {"coroutines", "correctness"};
    Said.NotesAreSteps = Check == "coro-blocking-call";
    return Said;
  };
  return Context;
}

/// All that a report can have: a chain over two files, a fix of two edits,
/// characters that need care, a place outside of the project, no place at all,
/// and a unit that failed.
inline Report sampleIn(const Folder &Root) {
  const char Text[] = "#include \"a.h\"\n"
                      "task<> serve() {\n"
                      "\t/* \xC3\xBC\xF0\x9F\x98\x80 */ nap();\n"
                      "  work(1);\n"
                      "}\n";
  std::string Main = Root.add("src/my file.cpp", Text);
  std::string Header = Root.add("src/a.h", "inline void nap() { sleep(1); }\n");
  size_t Nap = llvm::StringRef(Text).find("nap");
  size_t Work = llvm::StringRef(Text).find("work");

  Report Result;
  Finding Chain = finding("coro-blocking-call", place(Main, 3, 15, Nap),
                          "'nap' blocks the thread in coroutine 'serve'");
  Chain.Function = "serve";
  Chain.Subject = "nap";
  Chain.Notes = {{place(Header, 1, 21, 20), "'nap' calls 'sleep' here"},
                 {{}, "await a timer instead"}};
  Result.Findings.push_back(Chain);

  Finding Fixed = finding("coro-discarded-task", place(Main, 4, 3, Work),
                          "100% of \"<task>\" & its\nresult: lost, [[x]]");
  Fixed.IsError = true;
  Fixed.Notes = {{place(Header, 1, 13, 12), "declared as [nap] here"}};
  Fixed.Fixes = {{Main, unsigned(Work), 0, "co_await "},
                 {Main, unsigned(Work + 5), 1, "2"}};
  Result.Findings.push_back(Fixed);

  Result.Findings.push_back(finding("coro-task-reuse",
                                    place("/no/such folder/x.h", 7, 2, 99),
                                    "bad bytes \xFF and \x01 here"));
  Result.Findings.push_back(finding("coro-task-reuse", {}, "without a place"));

  UnitStatus Good{Main, UnitStatus::Analysed, "", 1.5};
  UnitStatus Clean{Root.path("src/b.cpp"), UnitStatus::Cached, "", 0};
  UnitStatus Bad{Root.path("src/c.cpp"), UnitStatus::Failed,
                 "c.cpp:1:10: error: 'x.h' file not found\n", 0.25};
  Result.Units = {Good, Clean, Bad};
  return Result;
}

inline std::string written(Format As, const Report &Result,
                           const ReportContext &Context) {
  std::string Text;
  llvm::raw_string_ostream OS(Text);
  writeReport(As, Result, Context, OS);
  return OS.str();
}

inline llvm::json::Value parsed(llvm::StringRef Text) {
  llvm::Expected<llvm::json::Value> Result = llvm::json::parse(Text);
  EXPECT_TRUE(bool(Result)) << Text.str();
  if (Result)
    return std::move(*Result);
  llvm::consumeError(Result.takeError());
  return nullptr;
}

/// What stands at "runs.0.results", as compact JSON; "none" if nothing does.
inline std::string at(const llvm::json::Value &In, llvm::StringRef Way) {
  const llvm::json::Value *Here = &In;
  while (Here && !Way.empty()) {
    auto [Step, Rest] = Way.split('.');
    size_t Index;
    if (const llvm::json::Object *Fields = Here->getAsObject())
      Here = Fields->get(Step);
    else if (const llvm::json::Array *Elements = Here->getAsArray();
             Elements && !Step.getAsInteger(10, Index) &&
             Index < Elements->size())
      Here = &(*Elements)[Index];
    else
      Here = nullptr;
    Way = Rest;
  }
  if (!Here)
    return "none";
  if (std::optional<llvm::StringRef> Text = Here->getAsString())
    return Text->str();
  std::string Result;
  llvm::raw_string_ostream(Result) << *Here;
  return Result;
}

inline size_t occurrences(llvm::StringRef Text, llvm::StringRef What) {
  return Text.count(What);
}

} // namespace clang::tidy::coro

#endif // CORO_TIDY_TEST_UNIT_REPORTSAMPLE_H
