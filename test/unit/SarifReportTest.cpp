// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ReportSample.h"

using namespace clang::tidy::coro;
using llvm::json::Value;

namespace {

class SarifReport : public testing::Test {
protected:
  Value run(const Report &Result) {
    return parsed(written(Format::Sarif, Result, contextIn(Root)));
  }
  std::string uri(llvm::StringRef Name) { return "file://" + Root.path(Name); }
  Folder Root;
};

TEST_F(SarifReport, NamesRulesAndPlaces) {
  Value Log = run(sampleIn(Root));
  EXPECT_EQ(at(Log, "version"), "2.1.0");
  EXPECT_EQ(at(Log, "runs.0.tool.driver.version"), "1.2.3");
  EXPECT_EQ(at(Log, "runs.0.tool.driver.rules.0.id"), "coro-blocking-call");
  EXPECT_EQ(at(Log, "runs.0.tool.driver.rules.0.name"), "BlockingCall");
  EXPECT_EQ(at(Log, "runs.0.tool.driver.rules.0.help.markdown"),
            "# coro-blocking-call\n\nFinds mistakes of the kind "
            "coro-blocking-call.\n");
  EXPECT_EQ(at(Log, "runs.0.tool.driver.rules.0.helpUri"),
            "https://example.org/coro-tidy/coro-blocking-call");
  EXPECT_EQ(at(Log, "runs.0.tool.driver.rules.3"), "none");
  EXPECT_EQ(at(Log, "runs.0.originalUriBaseIds.%SRCROOT%.uri"), uri("") + "/");
  EXPECT_EQ(at(Log, "runs.0.results.0.ruleIndex"), "0");
  EXPECT_EQ(at(Log, "runs.0.results.0.level"), "warning");
  // The tab, the letter and the face before it are 1, 1 and 2 units of UTF-16.
  EXPECT_EQ(at(Log, "runs.0.results.0.locations.0.physicalLocation"),
            R"({"artifactLocation":{"uri":"src/my%20file.cpp",)"
            R"("uriBaseId":"%SRCROOT%"},)"
            R"("region":{"startColumn":12,"startLine":3}})");
  EXPECT_EQ(at(Log, "runs.0.results.0.locations.0.logicalLocations.0"),
            R"({"fullyQualifiedName":"serve","kind":"function"})");
  EXPECT_EQ(at(Log, "runs.0.results.2.locations.0.physicalLocation."
                    "artifactLocation"),
            R"({"uri":"file:///no/such%20folder/x.h"})");
  EXPECT_EQ(at(Log, "runs.0.results.2.message.text"),
            "bad bytes \xEF\xBF\xBD and \x01 here");
}

TEST_F(SarifReport, MakesOfAChainACodeFlow) {
  Value Log = run(sampleIn(Root));
  std::string Steps = "runs.0.results.0.codeFlows.0.threadFlows.0.locations.";
  EXPECT_EQ(at(Log, Steps + "0.location.message.text"),
            "'nap' blocks the thread in coroutine 'serve'");
  EXPECT_EQ(at(Log, Steps + "1.location.message.text"),
            "'nap' calls 'sleep' here");
  EXPECT_EQ(at(Log, Steps + "1.location.physicalLocation.artifactLocation.uri"),
            "src/a.h");
  EXPECT_EQ(at(Log, Steps + "2"), "none");
  EXPECT_EQ(at(Log, "runs.0.results.0.relatedLocations"), "none");
  EXPECT_EQ(at(Log, "runs.0.results.0.message.text"),
            "'nap' blocks the thread in coroutine 'serve'\n"
            "await a timer instead");
}

TEST_F(SarifReport, LinksOtherNotes) {
  Value Log = run(sampleIn(Root));
  EXPECT_EQ(at(Log, "runs.0.results.1.codeFlows"), "none");
  EXPECT_EQ(at(Log, "runs.0.results.1.level"), "error");
  EXPECT_EQ(at(Log, "runs.0.results.1.relatedLocations.0.id"), "1");
  EXPECT_EQ(at(Log, "runs.0.results.1.relatedLocations.0.message.text"),
            "declared as [nap] here");
  EXPECT_EQ(at(Log, "runs.0.results.1.message.text"),
            "100% of \"<task>\" & its\nresult: lost, [[x]]\n"
            "[declared as \\[nap\\] here](1)");
}

TEST_F(SarifReport, CarriesFixesAndFingerprints) {
  Report Sample = sampleIn(Root);
  Value Log = run(Sample);
  std::string Change = "runs.0.results.1.fixes.0.artifactChanges.0.";
  EXPECT_EQ(at(Log, Change + "replacements"),
            R"([{"deletedRegion":{"endColumn":3,"endLine":4,"startColumn":3,)"
            R"("startLine":4},"insertedContent":{"text":"co_await "}},)"
            R"({"deletedRegion":{"endColumn":9,"endLine":4,"startColumn":8,)"
            R"("startLine":4},"insertedContent":{"text":"2"}}])");
  EXPECT_EQ(at(Log, "runs.0.results.1.fixes.1"), "none");
  EXPECT_EQ(at(Log, "runs.0.results.1.partialFingerprints.coroFindingHash/v1"),
            fingerprints(Sample.Findings)[1]);
  Sample.Findings[1].Fixes = {{"/no/such.cpp", 5, 2, ""}};
  EXPECT_EQ(at(run(Sample), Change + "replacements"),
            R"([{"deletedRegion":{"byteLength":2,"byteOffset":5}}])");
}

TEST_F(SarifReport, SaysWhatFailed) {
  Value Log = run(sampleIn(Root));
  EXPECT_EQ(at(Log, "runs.0.invocations.0.executionSuccessful"), "false");
  std::string Said = "runs.0.invocations.0.toolExecutionNotifications.";
  EXPECT_EQ(at(Log, Said + "0.level"), "error");
  EXPECT_EQ(at(Log, Said + "0.message.text"),
            "src/c.cpp could not be analysed: c.cpp:1:10: error: 'x.h' file "
            "not found");
  EXPECT_EQ(
      at(Log, Said + "0.locations.0.physicalLocation.artifactLocation.uri"),
      "src/c.cpp");
  // Results need a place.
  EXPECT_EQ(at(Log, Said + "1.message.text"), "without a place");
  EXPECT_EQ(at(Log, Said + "1.associatedRule.id"), "coro-task-reuse");
  EXPECT_EQ(at(Log, "runs.0.results.3"), "none");
}

TEST_F(SarifReport, OfNothingIsARun) {
  Value Log = run(Report());
  EXPECT_EQ(at(Log, "runs.0.results"), "[]");
  EXPECT_EQ(at(Log, "runs.0.tool.driver.rules"), "[]");
  EXPECT_EQ(at(Log, "runs.0.invocations.0.executionSuccessful"), "true");
  EXPECT_EQ(at(Log, "runs.0.invocations.0.toolExecutionNotifications"), "none");
  EXPECT_EQ(at(parsed(written(Format::Sarif, Report(), ReportContext())),
               "runs.0.originalUriBaseIds"),
            "none");
}

TEST_F(SarifReport, StaysWithinTheLimits) {
  Report Many;
  Finding Each = finding("coro-task-reuse", place("/x.cpp", 1, 1), "m");
  Many.Findings.assign(25010, Each);
  Many.Findings[0].Notes.assign(1003, {place("/x.cpp", 2, 1), "n"});
  Many.Findings[1].Check = "coro-blocking-call";
  Many.Findings[1].Notes.assign(10004, {place("/x.cpp", 2, 1), "n"});
  // The text is counted: as values it would take a gigabyte.
  std::string Text = written(Format::Sarif, Many, contextIn(Root));
  EXPECT_EQ(occurrences(Text, "\"ruleId\""), 25000u);
  // 1000 related locations, and 9999 steps after the first.
  EXPECT_EQ(occurrences(Text, "\"text\": \"n\""), 1000u + 9999u);
  EXPECT_EQ(occurrences(Text, "](1000)"), 1u);
  EXPECT_EQ(occurrences(Text, "](1001)"), 0u);
  for (llvm::StringRef Said :
       {"only 25000 of 25010 findings are shown",
        "only 1000 of 1003 places of the finding at /x.cpp:1:1 are shown",
        "only 10000 of 10005 places of the finding at /x.cpp:1:1 are shown"})
    EXPECT_EQ(occurrences(Text, Said), 1u) << Said.str();
}

} // namespace
