// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ReportSample.h"

using namespace clang::tidy::coro;

namespace {

std::string textOf(const Folder &Root, const Finding &One) {
  Report Result;
  Result.Findings = {One};
  return written(Format::Text, Result, contextIn(Root));
}

TEST(Formats, KnowsTheirNames) {
  for (llvm::StringRef Name : formatNames()) {
    llvm::Expected<Format> Found = parseFormat(Name);
    ASSERT_TRUE(bool(Found)) << Name.str();
    EXPECT_EQ(nameOf(*Found), Name);
  }
  EXPECT_EQ(llvm::toString(parseFormat("xml").takeError()),
            "unknown format 'xml'; one of text, sarif, gitlab, github, "
            "rdjsonl, junit, json, yaml");
}

TEST(TextReport, WritesAsClangDoes) {
  Folder Root;
  std::string Main = Root.add("src/a.cpp", "int x;\n  nap();\n");
  Finding One = finding("coro-blocking-call", place(Main, 2, 3, 9), "'nap'");
  One.Notes = {{place(Main, 1, 1), "here"}, {{}, "await it"}};
  EXPECT_EQ(textOf(Root, One),
            "src/a.cpp:2:3: warning: 'nap' [coro-blocking-call]\n"
            "    2 |   nap();\n"
            "      |   ^\n"
            "src/a.cpp:1:1: note: here\n"
            "    1 | int x;\n"
            "      | ^\n"
            "note: await it\n");
  One.Notes.clear();
  One.IsError = true;
  EXPECT_NE(textOf(Root, One).find(
                "error: 'nap' [coro-blocking-call,-warnings-as-errors]\n"),
            std::string::npos);
}

TEST(TextReport, PutsTheCaretBelowWhatIsSeen) {
  Folder Root;
  // A tab, a letter of two bytes, a wide one, a control character, a bad byte.
  std::string Main =
      Root.add("a.cpp", "\tx\xC3\xBC\xE7\x95\x8C\x1B\xFFy();\r\n");
  EXPECT_EQ(textOf(Root, finding("c", place(Main, 1, 10, 9), "m")),
            "a.cpp:1:10: warning: m [c]\n"
            "    1 |         x\xC3\xBC\xE7\x95\x8C<U+001B><FF>y();\n"
            "      |                         ^\n");
}

TEST(TextReport, ShowsWhatAFixInserts) {
  Folder Root;
  std::string Main = Root.add("a.cpp", "  f(g());\n");
  Finding One = finding("c", place(Main, 1, 3, 2), "m");
  One.Fixes = {{Main, 8, 0, ")"}, {Main, 2, 0, "co_await "}, {Main, 4, 0, "("}};
  EXPECT_EQ(textOf(Root, One), "a.cpp:1:3: warning: m [c]\n"
                               "    1 |   f(g());\n"
                               "      |   ^\n"
                               "      |   co_await\n");
}

TEST(TextReport, ToleratesAChangedFile) {
  Folder Root;
  std::string Main = Root.add("a.cpp", "ab\n");
  std::string Head = "a.cpp:";
  for (const Location &Gone :
       {place(Main, 3, 1), place(Main, 1, 9), place(Main, 1, 1, 1),
        place(Main, 1, 1, 77), place(Main, 1, 0)}) {
    std::string Text = textOf(Root, finding("c", Gone, "m"));
    EXPECT_EQ(occurrences(Text, "\n"), 1u) << Text;
  }
  EXPECT_EQ(textOf(Root, finding("c", place(Root.path("b.cpp"), 4, 5), "m")),
            "b.cpp:4:5: warning: m [c]\n");
  EXPECT_EQ(textOf(Root, finding("c", place("/x/y.h", 4, 5), "m")),
            "/x/y.h:4:5: warning: m [c]\n");
  EXPECT_EQ(textOf(Root, finding("c", {}, "m\xFF")),
            "warning: m\xEF\xBF\xBD [c]\n");
}

TEST(TextReport, ColorsAsClangDoes) {
  Folder Root;
  ReportContext Context = contextIn(Root);
  Context.Color = true;
  Report Result;
  Result.Findings = {finding("c", place(Root.add("a.cpp", "x\n"), 1, 1), "m")};
  EXPECT_EQ(written(Format::Text, Result, Context),
            "\x1B[1ma.cpp:1:1: \x1B[0m\x1B[0;1;35mwarning: \x1B[0m"
            "\x1B[1mm [c]\x1B[0m\n"
            "    1 | x\n"
            "      | \x1B[0;1;32m^\x1B[0m\n");
}

TEST(TextReport, SumsUp) {
  Folder Root;
  ReportContext Context = contextIn(Root);
  Context.Statistics = true;
  std::string Text = written(Format::Text, sampleIn(Root), Context);
  llvm::StringRef End = llvm::StringRef(Text).substr(Text.find("src/c.cpp: "));
  EXPECT_EQ(End.str(),
            "src/c.cpp: error: could not be analysed: c.cpp:1:10: error: 'x.h' "
            "file not found\n"
            "4 findings in 3 translation units, 1 of which could not be "
            "analysed\n"
            "     2  coro-task-reuse\n"
            "     1  coro-blocking-call\n"
            "     1  coro-discarded-task\n"
            "units: 1 analysed, 1 cached, 1 failed\n"
            "slowest units:\n"
            "    1.50 s  src/my file.cpp\n"
            "    0.25 s  src/c.cpp\n");
  EXPECT_EQ(written(Format::Text, Report(), Context),
            "no findings in no translation units\n"
            "units: 0 analysed, 0 cached, 0 failed\n");
  Context.Statistics = false;
  EXPECT_EQ(written(Format::Text, Report(), Context), "");
  EXPECT_NE(written(Format::Text, sampleIn(Root), Context)
                .find("src/c.cpp: error: could not be analysed"),
            std::string::npos);
}

} // namespace
