// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Baseline.h"
#include "TemporaryFolder.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "gtest/gtest.h"
#ifndef _WIN32
#include <csignal>
#include <sys/resource.h>
#endif

using namespace clang::tidy::coro;

namespace {

Finding found(std::string File, std::string Function, std::string Subject,
              unsigned Line = 1) {
  Finding Result;
  Result.Check = "coro-blocking-call";
  Result.At.File = std::move(File);
  Result.At.Line = Line;
  Result.Function = std::move(Function);
  Result.Subject = std::move(Subject);
  return Result;
}

Report reportOf(std::vector<Finding> Findings) {
  Report Result;
  Result.Findings = std::move(Findings);
  return Result;
}

/// What a baseline with these findings knows, after a way through a file.
Baseline known(const TemporaryFolder &In, const Report &Of) {
  std::string Path = In.path("known.json");
  if (llvm::Error Failed = Baseline::of(Of, Path).write(Path))
    ADD_FAILURE() << llvm::toString(std::move(Failed));
  llvm::Expected<Baseline> Result = Baseline::read(Path);
  if (!Result) {
    ADD_FAILURE() << llvm::toString(Result.takeError());
    return Baseline();
  }
  return *Result;
}

std::string errorOf(const TemporaryFolder &In, llvm::StringRef Text) {
  In.write("wrong.json", Text);
  llvm::Expected<Baseline> Result = Baseline::read(In.path("wrong.json"));
  if (Result)
    return "";
  std::string Message = llvm::toString(Result.takeError());
  // Without the folder, which is another each time.
  size_t File = Message.find("wrong.json");
  return File == std::string::npos ? Message : Message.substr(File);
}

const char Line[] =
    R"({"fingerprint":"0123456789012345678901234567890123456789","count":1,)"
    R"("check":"c","file":"f","function":"g","subject":"s"})";

std::string with(llvm::StringRef Findings) {
  return ("{\n\"version\": 1,\n\"findings\": [\n" + Findings + "\n]}\n").str();
}

TEST(Baseline, HasALinePerEntry) {
  TemporaryFolder In;
  Report All = reportOf({found(In.path("src/b.cpp"), "g", "sleep"),
                         found(In.path("src/a.cpp"), "f(\"x\")", "sleep"),
                         found(In.path("src/a.cpp"), "f(\"x\")", "sleep", 9)});
  known(In, All);
  std::string Text = In.read("known.json");
  llvm::SmallVector<llvm::StringRef> Lines;
  llvm::StringRef(Text).split(Lines, '\n');
  ASSERT_EQ(Lines.size(), 8u) << Text;
  EXPECT_EQ(Lines[1], "  \"version\": 1,");
  EXPECT_EQ(
      Lines[3],
      "    {\"fingerprint\":\"" + fingerprint(All.Findings[1], 0) +
          "\",\"count\":2,\"check\":\"coro-blocking-call\",\"file\":\"src/"
          "a.cpp\",\"function\":\"f(\\\"x\\\")\",\"subject\":\"sleep\"},");
  EXPECT_TRUE(Lines[4].contains("src/b.cpp"));
  EXPECT_TRUE(bool(llvm::json::parse(Text)));
}

TEST(Baseline, IsTheSameWhateverTheOrder) {
  TemporaryFolder In;
  Finding A = found(In.path("a.cpp"), "f", "x"),
          B = found(In.path("a.cpp"), "f", "y");
  known(In, reportOf({A, B}));
  std::string Once = In.read("known.json");
  known(In, reportOf({B, A}));
  EXPECT_EQ(Once, In.read("known.json"));
}

TEST(Baseline, MayBeEmpty) {
  TemporaryFolder In;
  EXPECT_TRUE(known(In, Report()).entries().empty());
  EXPECT_EQ(In.read("known.json"),
            "{\n  \"version\": 1,\n  \"findings\": []\n}\n");
}

TEST(Baseline, CarriesWhateverNamesThereAre) {
  TemporaryFolder In;
  Report All = reportOf({found(In.path("a \"b\"\n\xff.cpp"), "f<'\\'>: #\t{}",
                               "\xc3\xa4\xf0\x9f\x98\x80"),
                         found("", "", "")});
  Baseline Known = known(In, All);
  EXPECT_TRUE(Known.filter(All).empty());
  EXPECT_TRUE(All.Findings.empty());
}

TEST(Baseline, NamesFilesFromItsFolder) {
  TemporaryFolder In;
  std::string Path = In.path("ci/x/known.json");
  Baseline Known =
      Baseline::of(reportOf({found(In.path("ci/x/a.cpp"), "f", "s"),
                             found(In.path("src/b.cpp"), "g", "s")}),
                   Path);
  ASSERT_EQ(Known.entries().size(), 2u);
  EXPECT_EQ(Known.entries()[0].File, "../../src/b.cpp");
  EXPECT_EQ(Known.entries()[1].File, "a.cpp");
}

TEST(Baseline, TakesAwayAsManyAsAreKnown) {
  TemporaryFolder In;
  std::string File = In.path("a.cpp");
  Baseline Known = known(In, reportOf({found(File, "f", "sleep", 1),
                                       found(File, "f", "sleep", 2)}));
  Report Now =
      reportOf({found(File, "f", "sleep", 11), found(File, "f", "recv", 12),
                found(File, "f", "sleep", 13), found(File, "f", "sleep", 14)});
  EXPECT_TRUE(Known.filter(Now).empty());
  ASSERT_EQ(Now.Findings.size(), 2u);
  EXPECT_EQ(Now.Findings[0].Subject, "recv");
  EXPECT_EQ(Now.Findings[1].At.Line, 14u);
}

TEST(Baseline, GivesWhatIsStale) {
  TemporaryFolder In;
  std::string File = In.path("a.cpp");
  Baseline Known = known(
      In, reportOf({found(File, "f", "sleep", 1), found(File, "f", "sleep", 2),
                    found(File, "g", "sleep", 3)}));
  Report Now = reportOf({found(File, "f", "sleep", 1)});
  std::vector<KnownFindings> Stale = Known.filter(Now);
  EXPECT_TRUE(Now.Findings.empty());
  ASSERT_EQ(Stale.size(), 2u);
  EXPECT_EQ(Stale[0].Function, "f");
  EXPECT_EQ(Stale[0].Count, 1u);
  EXPECT_EQ(Stale[1].Function, "g");
}

TEST(Baseline, CallsNothingStaleThatWasNotAnalysed) {
  TemporaryFolder In;
  Baseline Known = known(In, reportOf({found(In.path("a.cpp"), "f", "s")}));
  Report Now;
  Now.Units.push_back({In.path("a.cpp"), UnitStatus::Failed, "no header", 0});
  EXPECT_TRUE(Known.filter(Now).empty());
}

TEST(Baseline, BlamesTheNewOfTwoPrograms) {
  TemporaryFolder In;
  Baseline Known = known(In, reportOf({found(In.path("b.cpp"), "main", "s")}));
  Report Now = reportOf({found(In.path("a.cpp"), "main", "s"),
                         found(In.path("b.cpp"), "main", "s")});
  EXPECT_TRUE(Known.filter(Now).empty());
  ASSERT_EQ(Now.Findings.size(), 1u);
  EXPECT_EQ(Now.Findings[0].At.File, In.path("a.cpp"));
}

TEST(Baseline, FollowsAFileThatIsRenamed) {
  TemporaryFolder In;
  Baseline Known = known(In, reportOf({found(In.path("a.cpp"), "f", "s")}));
  Report Now = reportOf({found(In.path("sub/b.cpp"), "f", "s", 7)});
  EXPECT_TRUE(Known.filter(Now).empty());
  EXPECT_TRUE(Now.Findings.empty());
}

TEST(Baseline, SaysWhatIsWrongAndWhere) {
  TemporaryFolder In;
  std::string Hint = "; mend it, or write it anew with 'coro-tidy baseline'";
  EXPECT_EQ(errorOf(In, with(Line)), "");
  EXPECT_EQ(errorOf(In, ""), "wrong.json:1:0: Unexpected EOF" + Hint);
  // Cut off.
  EXPECT_NE(errorOf(In, llvm::StringRef(with(Line)).drop_back(4))
                .find("wrong.json:4:"),
            std::string::npos);
  // Left by a merge.
  std::string Merged = errorOf(In, with("<<<<<<< HEAD\n" + std::string(Line) +
                                        "\n=======\n>>>>>>> theirs"));
  EXPECT_NE(Merged.find("wrong.json:4:"), std::string::npos) << Merged;
  EXPECT_EQ(errorOf(In, with((llvm::Twine(Line) + ",\n" + Line).str())),
            "wrong.json:5:2: this entry is there twice" + Hint);
  std::string Text = Line;
  EXPECT_EQ(errorOf(In, with("{\"funktion\":\"\"," + Text.substr(1))),
            "wrong.json:4:2: unknown key 'funktion'" + Hint);
  EXPECT_EQ(errorOf(In, with(Text.replace(Text.find("0123"), 4, "x123"))),
            "wrong.json:4:2: a fingerprint has 40 hexadecimal digits" + Hint);
  Text = Line;
  EXPECT_EQ(errorOf(In, with(Text.replace(Text.find(":1,"), 3, ":0,"))),
            "wrong.json:4:2: a count is at least 1" + Hint);
  Text = Line;
  std::string Negative =
      errorOf(In, with(Text.replace(Text.find(":1,"), 3, ":-1,")));
  EXPECT_NE(Negative.find("wrong.json:4:67: invalid number"), std::string::npos)
      << Negative;
  EXPECT_EQ(errorOf(In, with("{}")),
            "wrong.json:4:2: missing required key 'fingerprint'" + Hint);
  EXPECT_EQ(errorOf(In, "{\"version\": 2, \"other\": 1}"),
            "wrong.json:1:2: this program reads baselines of version 1" + Hint);
  EXPECT_NE(errorOf(In, "[]").find("wrong.json:1:2: "), std::string::npos);
  EXPECT_NE(errorOf(In, "{\"version\": 1, \"findings\": 3}").find(":1:28: "),
            std::string::npos);
}

TEST(Baseline, SaysThatThereIsNone) {
  TemporaryFolder In;
  llvm::Expected<Baseline> Result = Baseline::read(In.path("none.json"));
  ASSERT_FALSE(bool(Result));
  EXPECT_EQ(llvm::toString(Result.takeError()),
            "cannot read the baseline '" + In.path("none.json") +
                "': No such file or directory");
}

TEST(Baseline, SaysThatItCannotBeWritten) {
  TemporaryFolder In;
  std::string Path = In.path("no/known.json");
  EXPECT_EQ(llvm::toString(Baseline::of(Report(), Path).write(Path)),
            "cannot write '" + Path + "': No such file or directory");
  EXPECT_EQ(llvm::toString(Baseline::of(Report(), Path).write(In.path())),
            "cannot write '" + In.path() + "': Is a directory");
}

#ifndef _WIN32
TEST(Baseline, SurvivesAFullDisk) {
  TemporaryFolder In;
  std::string Path = In.write("known.json", "before");
  Report All;
  for (unsigned I = 0; I < 1000; ++I)
    All.Findings.push_back(found(In.path("a.cpp"), std::to_string(I), "s"));
  // A limit of the size of files looks the same to the program.
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit Before, Small;
  getrlimit(RLIMIT_FSIZE, &Before);
  Small = Before;
  Small.rlim_cur = 5000;
  setrlimit(RLIMIT_FSIZE, &Small);
  llvm::Error Failed = Baseline::of(All, Path).write(Path);
  setrlimit(RLIMIT_FSIZE, &Before);
  EXPECT_EQ(llvm::toString(std::move(Failed)),
            "cannot write '" + Path + "': File too large");
  EXPECT_EQ(In.read("known.json"), "before");
  EXPECT_EQ(In.count(), 1u);
}

TEST(Baseline, IsWrittenToWhatIsNoFile) {
  // Not put in its place.
  EXPECT_EQ(
      llvm::toString(Baseline::of(Report(), "/dev/full").write("/dev/full")),
      "cannot write '/dev/full': No space left on device");
  EXPECT_FALSE(bool(Baseline::of(Report(), "/dev/null").write("/dev/null")));
}
#endif

} // namespace
