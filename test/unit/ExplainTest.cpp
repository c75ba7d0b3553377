// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Explain.h"
#include "gtest/gtest.h"

using namespace clang::tidy::coro;

namespace {

std::string rendered(llvm::StringRef Markdown, bool WithColors = false) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Out.enable_colors(WithColors);
  renderMarkdown(Markdown, Out);
  return Out.str();
}

std::string explained(llvm::StringRef Check, bool ForTerminal = false) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Out.enable_colors(ForTerminal);
  if (llvm::Error Wrong = explainCheck(Check, Out, ForTerminal))
    return llvm::toString(std::move(Wrong));
  return Out.str();
}

TEST(CheckDocs, AreThePages) {
  EXPECT_GT(checkDocs().size(), 10u);
  for (const CheckDoc &Each : checkDocs()) {
    EXPECT_TRUE(Each.Markdown.starts_with("# " + Each.Name + "\n"));
    EXPECT_TRUE(llvm::StringRef(Each.Summary).starts_with("Finds "))
        << Each.Summary;
    EXPECT_EQ(Each.Summary.back(), '.') << Each.Summary;
    EXPECT_EQ(Each.Summary.find_first_of("\n`"), std::string::npos);
  }
  EXPECT_TRUE(llvm::is_sorted(
      checkDocs(), [](auto &A, auto &B) { return A.Name < B.Name; }));
}

TEST(ListChecks, HasALinePerEnabledCheck) {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  listChecks(Out,
             [](llvm::StringRef Name) { return Name == "coro-lost-task"; });
  llvm::StringRef Line = Out.str();
  EXPECT_TRUE(Line.starts_with("coro-lost-task  ")) << Text;
  EXPECT_EQ(Line.count('\n'), 1u);
  EXPECT_TRUE(Line.contains(" Finds "));
}

TEST(ExplainCheck, GivesThePageAsItIs) {
  EXPECT_EQ(explained("coro-lost-task").substr(0, 17), "# coro-lost-task\n");
  EXPECT_EQ(explained("lost-task"), explained("coro-lost-task"));
}

TEST(ExplainCheck, RendersEveryPageForATerminal) {
  for (const CheckDoc &Each : checkDocs()) {
    std::string Text = explained(Each.Name, true);
    EXPECT_EQ(Text.find("\x1b["), 0u);
    EXPECT_NE(Text.find("\n    "), std::string::npos) << "no code";
    EXPECT_EQ(Text.find("```"), std::string::npos);
    EXPECT_EQ(Text.find("|--"), std::string::npos);
    EXPECT_EQ(Text.find(".md)"), std::string::npos) << "a link";
    EXPECT_GT(Text.size(), Each.Markdown.size() / 2);
  }
}

TEST(ExplainCheck, GuessesWhatIsMeant) {
  EXPECT_EQ(explained("coro-lost-tasks"),
            "there is no check 'coro-lost-tasks'; did you mean "
            "'coro-lost-task'?");
  EXPECT_EQ(explained("blocking-cal"),
            "there is no check 'blocking-cal'; did you mean "
            "'coro-blocking-call'?");
  for (const char *Name : {"", "coro-", "*", "performance-move-const-arg", "x"})
    EXPECT_EQ(explained(Name),
              "there is no check '" + std::string(Name) +
                  "'; --list-checks names those that there are");
}

TEST(RenderMarkdown, MarksHeadings) {
  EXPECT_EQ(rendered("# a\n\n## b c\nd\n", true),
            "\x1b[1ma\x1b[0m\n\n\x1b[1mb c\x1b[0m\nd\n");
  EXPECT_EQ(rendered("# a\n"), "a\n");
}

TEST(RenderMarkdown, IndentsCode) {
  EXPECT_EQ(rendered("a\n\n```cpp bad\n# `x`\n\n|y|\n```\n\nb\n"),
            "a\n\nBad:\n\n    # `x`\n\n    |y|\n\nb\n");
  EXPECT_EQ(rendered("```\nx\n```\n"), "    x\n");
}

TEST(RenderMarkdown, TakesTheMarksOffWords) {
  EXPECT_EQ(rendered("see [models](../models.md) and `a[i](j)` or **this**\n"),
            "see models and a[i](j) or this\n");
  EXPECT_EQ(rendered("[x](https://a.b/c)\n"), "x (https://a.b/c)\n");
  EXPECT_EQ(rendered("a * b [ ` ** ] (c) [d]\n"), "a * b [ ` ** ] (c) [d]\n");
  EXPECT_EQ(rendered("`x`\n", true), "\x1b[0;36mx\x1b[0m\n");
}

TEST(RenderMarkdown, LinesUpTables) {
  EXPECT_EQ(rendered("| option | default |\n|---|---|\n| `Files` | |\n| A | b "
                     "|\nc\n"),
            "  option  default\n  Files\n  A       b\nc\n");
}

TEST(RenderMarkdown, SurvivesAnything) {
  for (const char *Text : {"", "`", "[", "](", "**", "```", "|", "| |\n", "#",
                           "[a](", "[a]b(c)", "``", "****"})
    rendered(Text, true);
}

} // namespace
