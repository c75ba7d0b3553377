// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The smaller formats for machines: GitLab, GitHub, rdjsonl, JUnit, our JSON
// and the YAML of --export-fixes.

#include "ReportSample.h"
#include "clang/Tooling/DiagnosticsYaml.h"
#include "llvm/ADT/SmallVector.h"

using namespace clang::tidy::coro;
using llvm::json::Value;

namespace {

class MachineReport : public testing::Test {
protected:
  std::string sample(Format As) {
    return written(As, sampleIn(Root), contextIn(Root));
  }
  std::string empty(Format As) {
    return written(As, Report(), contextIn(Root));
  }
  /// The line that starts with \p Start.
  std::string line(const std::string &Text, llvm::StringRef Start) {
    llvm::SmallVector<llvm::StringRef, 8> Lines;
    llvm::StringRef(Text).split(Lines, '\n');
    for (llvm::StringRef Line : Lines)
      if (Line.take_front(Start.size()) == Start)
        return Line.str();
    return "";
  }
  Folder Root;
};

TEST_F(MachineReport, GitLab) {
  Value Issues = parsed(sample(Format::GitLab));
  EXPECT_EQ(at(Issues, "0.check_name"), "coro-blocking-call");
  EXPECT_EQ(at(Issues, "0.severity"), "major");
  EXPECT_EQ(at(Issues, "0.location"),
            R"({"lines":{"begin":3,"end":3},"path":"src/my file.cpp"})");
  EXPECT_EQ(at(Issues, "0.fingerprint"),
            fingerprints(sampleIn(Root).Findings)[0]);
  EXPECT_EQ(at(Issues, "0.content.body"),
            "```\nsrc/a.h:1:21: note: 'nap' calls 'sleep' here\n"
            "note: await a timer instead\n```\n");
  EXPECT_EQ(at(Issues, "1.severity"), "critical");
  EXPECT_EQ(at(Issues, "1.description"),
            "100% of \"<task>\" & its result: lost, [[x]]");
  EXPECT_EQ(at(Issues, "2.location.path"), "/no/such folder/x.h");
  EXPECT_EQ(at(Issues, "3.location"),
            R"({"lines":{"begin":1,"end":1},"path":"."})");
  EXPECT_EQ(at(Issues, "4.check_name"), "not-analysed");
  EXPECT_EQ(at(Issues, "4.severity"), "blocker");
  EXPECT_EQ(at(Issues, "4.location.path"), "src/c.cpp");
  EXPECT_EQ(at(Issues, "5"), "none");
  EXPECT_EQ(empty(Format::GitLab), "[]\n");
}

TEST_F(MachineReport, GitHub) {
  std::string Text = sample(Format::GitHub);
  EXPECT_EQ(line(Text, "::warning file=src"),
            "::warning file=src/my file.cpp,line=3,col=12,"
            "title=coro-blocking-call::'nap' blocks the thread in coroutine "
            "'serve' [coro-blocking-call]%0Asrc/a.h:1:21: note: 'nap' calls "
            "'sleep' here%0Anote: await a timer instead");
  EXPECT_EQ(line(Text, "::error file=src/my"),
            "::error file=src/my file.cpp,line=4,col=3,"
            "title=coro-discarded-task::100%25 of \"<task>\" & its%0Aresult: "
            "lost, [[x]] [coro-discarded-task]%0Asrc/a.h:1:13: note: declared "
            "as [nap] here");
  EXPECT_EQ(line(Text, "::warning title"),
            "::warning title=coro-task-reuse::without a place "
            "[coro-task-reuse]");
  EXPECT_EQ(line(Text, "::error file=src/c"),
            "::error file=src/c.cpp,title=not-analysed::could not be analysed: "
            "c.cpp:1:10: error: 'x.h' file not found");
  EXPECT_EQ(occurrences(Text, "\n"), 5u);
  EXPECT_EQ(empty(Format::GitHub), "");

  Report Odd;
  Odd.Findings = {finding("c", place(Root.path("a,b:c%d.cpp"), 1, 0), "m")};
  EXPECT_EQ(written(Format::GitHub, Odd, contextIn(Root)),
            "::warning file=a%2Cb%3Ac%25d.cpp,line=1,title=c::m [c]\n");
}

TEST_F(MachineReport, RDJsonLines) {
  llvm::SmallVector<llvm::StringRef, 8> Lines;
  std::string Text = sample(Format::RDJsonLines);
  llvm::StringRef(Text).split(Lines, '\n');
  ASSERT_EQ(Lines.size(), 6u); // the last one is empty
  Value Chain = parsed(Lines[0]);
  EXPECT_EQ(at(Chain, "location"),
            R"({"path":"src/my file.cpp",)"
            R"("range":{"start":{"column":15,"line":3}}})");
  EXPECT_EQ(at(Chain, "severity"), "WARNING");
  EXPECT_EQ(at(Chain, "code"),
            R"({"url":"https://example.org/coro-tidy/coro-blocking-call",)"
            R"("value":"coro-blocking-call"})");
  EXPECT_EQ(at(Chain, "message"),
            "'nap' blocks the thread in coroutine 'serve'\n"
            "src/a.h:1:21: note: 'nap' calls 'sleep' here\n"
            "note: await a timer instead");
  Value Fixed = parsed(Lines[1]);
  EXPECT_EQ(at(Fixed, "severity"), "ERROR");
  EXPECT_EQ(at(Fixed, "suggestions"),
            R"([{"range":{"end":{"column":9,"line":4},)"
            R"("start":{"column":3,"line":4}},"text":"co_await work(2"}])");
  EXPECT_EQ(at(parsed(Lines[3]), "location"), R"({"path":"."})");
  EXPECT_EQ(at(parsed(Lines[4]), "code.value"), "not-analysed");
  EXPECT_EQ(empty(Format::RDJsonLines), "");
}

TEST_F(MachineReport, RDJsonLinesSuggestsNothingThatItCannotSay) {
  for (Edit Other : {Edit{Root.path("src/a.h"), 0, 0, "x"},
                     Edit{Root.path("src/my file.cpp"), 30, 40, "x"},
                     Edit{Root.path("src/my file.cpp"), 5000, 1, "x"}}) {
    Report Sample = sampleIn(Root);
    Sample.Findings[1].Fixes.push_back(Other);
    EXPECT_EQ(occurrences(written(Format::RDJsonLines, Sample, contextIn(Root)),
                          "suggestions"),
              0u)
        << Other.File << Other.Offset;
  }
}

TEST_F(MachineReport, JUnit) {
  std::string Text = sample(Format::JUnit);
  EXPECT_NE(Text.find("<testsuites name=\"coro-tidy\" tests=\"6\" "
                      "failures=\"4\" errors=\"1\">"),
            std::string::npos);
  EXPECT_NE(Text.find("<testcase classname=\"src/b.cpp\" name=\"analysis\"/>"),
            std::string::npos);
  EXPECT_NE(
      Text.find(
          "message=\"100% of &quot;&lt;task&gt;&quot; &amp; "
          "its&#10;result: lost, [[x]]\">src/my file.cpp:4:3: error: 100%"),
      std::string::npos);
  EXPECT_NE(Text.find("message=\"bad bytes \xEF\xBF\xBD and  here\""),
            std::string::npos);
  EXPECT_NE(Text.find("<error type=\"not-analysed\" message=\"could not be"),
            std::string::npos);
  EXPECT_EQ(empty(Format::JUnit),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<testsuites name=\"coro-tidy\" tests=\"0\" failures=\"0\" "
            "errors=\"0\">\n</testsuites>\n");
}

TEST_F(MachineReport, Json) {
  Value All = parsed(sample(Format::Json));
  EXPECT_EQ(at(All, "version"), "1");
  EXPECT_EQ(at(All, "complete"), "false");
  EXPECT_EQ(at(All, "root"), Root.path());
  EXPECT_EQ(at(All, "findings.0.file"), "src/my file.cpp");
  EXPECT_EQ(at(All, "findings.0.column"), "15");
  EXPECT_EQ(at(All, "findings.0.subject"), "nap");
  EXPECT_EQ(at(All, "findings.0.notes.1"),
            R"({"message":"await a timer instead"})");
  EXPECT_EQ(at(All, "findings.1.severity"), "error");
  EXPECT_EQ(at(All, "findings.1.fixes.1.text"), "2");
  EXPECT_EQ(at(All, "findings.3.file"), "none");
  EXPECT_EQ(at(All, "units.0"),
            R"({"file":"src/my file.cpp","outcome":"analysed"})");
  EXPECT_EQ(at(All, "units.2.outcome"), "failed");
  EXPECT_EQ(at(All, "summary"),
            R"({"analysed":1,"cached":1,"checks":{"coro-blocking-call":1,)"
            R"("coro-discarded-task":1,"coro-task-reuse":2},"failed":1,)"
            R"("findings":4})");
  Value None = parsed(empty(Format::Json));
  EXPECT_EQ(at(None, "findings"), "[]");
  EXPECT_EQ(at(None, "complete"), "true");
}

TEST_F(MachineReport, Yaml) {
  std::string Text = sample(Format::Yaml);
  clang::tooling::TranslationUnitDiagnostics Read;
  llvm::yaml::Input In(Text);
  In >> Read;
  ASSERT_FALSE(In.error());
  ASSERT_EQ(Read.Diagnostics.size(), 5u);
  const clang::tooling::Diagnostic &Fixed = Read.Diagnostics[1];
  EXPECT_EQ(Fixed.DiagnosticName, "coro-discarded-task");
  EXPECT_EQ(Fixed.DiagLevel, clang::tooling::Diagnostic::Error);
  EXPECT_EQ(Fixed.Message.Message,
            "100% of \"<task>\" & its\nresult: lost, [[x]]");
  EXPECT_EQ(Fixed.Message.FilePath, Root.path("src/my file.cpp"));
  ASSERT_EQ(Fixed.Message.Fix.size(), 1u);
  EXPECT_EQ(Fixed.Message.Fix.begin()->second.size(), 2u);
  ASSERT_EQ(Fixed.Notes.size(), 1u);
  EXPECT_EQ(Fixed.Notes[0].FileOffset, 12u);
  EXPECT_EQ(Read.Diagnostics[4].DiagnosticName, "not-analysed");
}

TEST_F(MachineReport, YamlHasNoFixesThatContradictEachOther) {
  Report Sample = sampleIn(Root);
  Sample.Findings[1].Fixes.push_back(Sample.Findings[1].Fixes[1]);
  Sample.Findings[1].Fixes.back().Text = "3";
  EXPECT_EQ(occurrences(written(Format::Yaml, Sample, contextIn(Root)),
                        "ReplacementText"),
            0u);
}

/// For the readers that test/driver runs: each format in a file, in the folder
/// that the environment names, beside the project that the report is about.
TEST(ReportSample, IsWrittenForOtherReaders) {
  const char *Where = std::getenv("CORO_TIDY_SAMPLES");
  if (!Where)
    GTEST_SKIP() << "CORO_TIDY_SAMPLES is not set";
  Folder Samples(Where);
  Folder Root(Samples.path("project"));
  Report Full = sampleIn(Root);
  for (llvm::StringRef Name : formatNames()) {
    llvm::Expected<Format> As = parseFormat(Name);
    ASSERT_TRUE(bool(As));
    ReportContext Context = contextIn(Root);
    Samples.add("full/report." + Name.str(), written(*As, Full, Context));
    Samples.add("empty/report." + Name.str(), written(*As, {}, Context));
    Context.Statistics = true;
    Samples.add("timed/report." + Name.str(), written(*As, Full, Context));
    Samples.add("bare/report." + Name.str(), written(*As, Full, {}));
  }
}

} // namespace
