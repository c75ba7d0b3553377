// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/ChangedLines.h"
#include "TemporaryFolder.h"
#include "llvm/Support/Program.h"
#include "gtest/gtest.h"
#include <cstdlib>

using namespace clang::tidy::coro;

namespace {

Location at(std::string File, unsigned Line) { return {File, Line, 1, 0}; }

LineFilter parsed(llvm::StringRef Json) {
  llvm::Expected<LineFilter> Result = LineFilter::parse(Json);
  if (Result)
    return *Result;
  ADD_FAILURE() << llvm::toString(Result.takeError());
  return LineFilter();
}

std::string errorOf(llvm::StringRef Json) {
  llvm::Expected<LineFilter> Result = LineFilter::parse(Json);
  return Result ? "" : llvm::toString(Result.takeError());
}

TEST(LineFilter, IncludesAllByDefault) {
  EXPECT_TRUE(LineFilter().includes(at("/a.cpp", 1)));
  EXPECT_TRUE(parsed("[]").includes(at("/a.cpp", 1)));
  EXPECT_TRUE(parsed("").includes(at("/a.cpp", 1)));
}

TEST(LineFilter, KnowsTheEndsOfNames) {
  LineFilter Filter = parsed(
      R"([{"name":"src/a.cpp","lines":[[1,3],[5,7]]},{"name":"all.h"}])");
  EXPECT_TRUE(Filter.includes(at("/x/src/a.cpp", 1)));
  EXPECT_TRUE(Filter.includes(at("/x/src/a.cpp", 3)));
  EXPECT_FALSE(Filter.includes(at("/x/src/a.cpp", 4)));
  EXPECT_TRUE(Filter.includes(at("/x/src/a.cpp", 7)));
  EXPECT_FALSE(Filter.includes(at("/x/src/a.cpp", 8)));
  EXPECT_FALSE(Filter.includes(at("/x/a.cpp", 1)));
  EXPECT_TRUE(Filter.includes(at("/x/overall.h", 99)));
  EXPECT_TRUE(Filter.includes(Location()));
}

TEST(LineFilter, LetsTheFirstThatFitsSpeak) {
  LineFilter Filter =
      parsed(R"([{"name":"a.cpp","lines":[[1,1]]},{"name":"src/a.cpp"}])");
  EXPECT_FALSE(Filter.includes(at("/src/a.cpp", 2)));
}

TEST(LineFilter, LooksAtTheNotesToo) {
  LineFilter Filter = parsed(R"([{"name":"b.cpp","lines":[[2,2]]}])");
  Finding Each;
  Each.At = at("/a.cpp", 1);
  EXPECT_FALSE(Filter.includes(Each));
  Each.Notes = {{Location(), "why"}, {at("/b.cpp", 1), "calls"}};
  EXPECT_FALSE(Filter.includes(Each));
  Each.Notes.push_back({at("/b.cpp", 2), "sleeps"});
  EXPECT_TRUE(Filter.includes(Each));
}

TEST(LineFilter, SaysWhatIsWrong) {
  EXPECT_EQ(errorOf(R"([{"name":"a","line":[[1,2]]}])"),
            "--line-filter:1:14: unknown key 'line'");
  EXPECT_EQ(errorOf(R"([{"lines":[[1,2]]}])"),
            "--line-filter:1:3: missing required key 'name'");
  EXPECT_EQ(errorOf(R"([{"name":""}])"),
            "--line-filter:1:3: the name of a file is empty");
  for (const char *Range : {"[1]", "[1,2,3]", "[0,2]", "[3,2]"})
    EXPECT_EQ(
        errorOf(
            (R"([{"name":"a","lines":[)" + llvm::Twine(Range) + "]}]").str()),
        "--line-filter:1:3: a range of lines is [first,last], counted "
        "from 1");
  for (const char *Bad :
       {"{", "a.cpp", "[{\"name\":\"a\",\"lines\":[[1,x]]}]", "[1]",
        "{\"name\":\"a\"}", "[{\"name\":\"a\",\"lines\":[[-1,2]]}]"})
    EXPECT_NE(errorOf(Bad).find("--line-filter"), std::string::npos) << Bad;
}

TEST(AddedLines, ReadsWhatGitWrites) {
  auto Lines = addedLines("diff --git a/a.cpp b/a.cpp\n"
                          "index 1..2 100644\n--- a/a.cpp\n+++ b/a.cpp\n"
                          "@@ -3 +3,2 @@ int f() {\n-x\n+++ b/no.cpp\n+z\n"
                          "@@ -9,2 +10,0 @@\n-x\n--- a/no.cpp\n"
                          "@@ -20,0 +20 @@\n+x\n\\ No newline at end of file\n"
                          "diff --git a/gone.cpp b/gone.cpp\n"
                          "--- a/gone.cpp\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n"
                          "diff --git a/x.bin b/x.bin\n"
                          "Binary files a/x.bin and b/x.bin differ\n"
                          "diff --git \"a/t\\tb.cpp\" \"b/t\\tb.cpp\"\n"
                          "--- /dev/null\n+++ \"b/t\\t\\303\\244\\\".cpp\"\n"
                          "@@ -0,0 +1 @@\n+x\n",
                          "/r");
  EXPECT_EQ(Lines.size(), 2u);
  const std::vector<LineRange> &A = Lines["/r/a.cpp"];
  ASSERT_EQ(A.size(), 2u);
  EXPECT_EQ(A[0].First, 3u);
  EXPECT_EQ(A[0].Last, 4u);
  EXPECT_EQ(A[1].First, 20u);
  EXPECT_EQ(A[1].Last, 20u);
  EXPECT_EQ(Lines.count("/r/t\t\xc3\xa4\".cpp"), 1u);
}

TEST(AddedLines, CountsContext) {
  auto Lines = addedLines("diff --git a/a b/a\n--- a/a\n+++ b/a\n"
                          "@@ -1,3 +1,4 @@\n a\n+b\n c\n+d\n-e\n",
                          "");
  const std::vector<LineRange> &A = Lines["/a"];
  ASSERT_EQ(A.size(), 2u);
  EXPECT_EQ(A[0].First, 2u);
  EXPECT_EQ(A[1].First, 4u);
}

TEST(AddedLines, SurvivesAnything) {
  for (const char *Text : {"", "\n\n", "+++ b/a", "@@ -1 +1 @@\n+x", "@@ -1",
                           "diff \n+++ \"b/\\", "diff \n+++ \"\n@@ -1 +2 @@\n+",
                           "diff x\n+++ b/a\n@@ -1 +99999999999 @@\n+x"})
    addedLines(Text, "/r");
}

/// A repository without the settings of who runs the test.
class ChangedLines : public ::testing::Test {
protected:
  ChangedLines() {
    for (const char *Name : {"GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"})
      setenv(Name, "/dev/null", 1);
    for (const char *Name : {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"})
      unsetenv(Name);
  }

  bool git(std::vector<llvm::StringRef> Arguments) {
    llvm::ErrorOr<std::string> Program = llvm::sys::findProgramByName("git");
    if (!Program)
      return false;
    std::string Root = Folder.path();
    std::vector<llvm::StringRef> Line = {
        "git", "-C", Root, "-c", "user.name=n", "-c", "user.email=e"};
    Line.insert(Line.end(), Arguments.begin(), Arguments.end());
    llvm::StringRef Nowhere;
    return llvm::sys::ExecuteAndWait(*Program, Line, std::nullopt,
                                     {Nowhere, Nowhere, Nowhere}) == 0;
  }
  void commit() {
    ASSERT_TRUE(git({"add", "-A"}) &&
                git({"commit", "-q", "--allow-empty", "-m", "m"}));
  }
  void SetUp() override {
    if (!git({"init", "-q", "-b", "main"}))
      GTEST_SKIP() << "there is no git";
    Folder.write("a.cpp", "1\n2\n3\n4\n5\n");
    Folder.write("sub/gone.cpp", "1\n");
    Folder.write("sub/old.cpp", "1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    Folder.write("x.bin", llvm::StringRef("\0\1\2", 3));
    Folder.write(".gitignore", "build\n");
    commit();
  }

  LineFilter since(llvm::StringRef Ref, llvm::StringRef From = "") {
    llvm::Expected<LineFilter> Result =
        LineFilter::changedSince(Ref, Folder.path(From));
    if (Result)
      return *Result;
    ADD_FAILURE() << llvm::toString(Result.takeError());
    return LineFilter();
  }
  std::string errorSince(llvm::StringRef Ref) {
    llvm::Expected<LineFilter> Result =
        LineFilter::changedSince(Ref, Folder.path());
    return Result ? "" : llvm::toString(Result.takeError());
  }
  Location in(const llvm::Twine &Name, unsigned Line) {
    return at(Folder.path(Name), Line);
  }

  TemporaryFolder Folder;
};

TEST_F(ChangedLines, AreThoseThatAreNotCommitted) {
  EXPECT_FALSE(since("HEAD").includes(in("a.cpp", 1)));
  Folder.write("a.cpp", "1\nnew\n3\n4\n5\nnew\n");
  Folder.write("x.bin", llvm::StringRef("\0\1\3", 3));
  Folder.write("sub/staged.cpp", "staged\n");
  git({"add", "sub/staged.cpp"});
  Folder.write("sub/new one.cpp", "1\n");
  Folder.write("build/made.cpp", "1\n");
  llvm::sys::fs::remove(Folder.path("sub/gone.cpp"));
  // The folder of the question makes no difference.
  for (const char *From : {"", "sub"}) {
    LineFilter Filter = since("HEAD", From);
    EXPECT_FALSE(Filter.includes(in("a.cpp", 1)));
    EXPECT_TRUE(Filter.includes(in("a.cpp", 2)));
    EXPECT_FALSE(Filter.includes(in("a.cpp", 3)));
    EXPECT_TRUE(Filter.includes(in("a.cpp", 6)));
    EXPECT_TRUE(Filter.includes(in("sub/staged.cpp", 1)));
    EXPECT_TRUE(Filter.includes(in("sub/new one.cpp", 1)));
    EXPECT_FALSE(Filter.includes(in("sub/old.cpp", 1)));
    EXPECT_FALSE(Filter.includes(in("build/made.cpp", 1)));
    EXPECT_FALSE(Filter.includes(at("/elsewhere/a.cpp", 2)));
  }
}

TEST_F(ChangedLines, OfABranchAreNotThoseOfTheOther) {
  git({"checkout", "-q", "-b", "topic"});
  Folder.write("a.cpp", "1\n2\n3\n4\ntopic\n");
  commit();
  git({"checkout", "-q", "main"});
  Folder.write("a.cpp", "main\n2\n3\n4\n5\n");
  commit();
  git({"checkout", "-q", "topic"});
  LineFilter Filter = since("main");
  EXPECT_FALSE(Filter.includes(in("a.cpp", 1)));
  EXPECT_TRUE(Filter.includes(in("a.cpp", 5)));
}

TEST_F(ChangedLines, FollowARename) {
  git({"mv", "sub/old.cpp", "sub/renamed.cpp"});
  Folder.write("sub/renamed.cpp", "1\n2\n3\n4\n5\n6\n7\n8\nnew\n");
  LineFilter Filter = since("HEAD");
  EXPECT_FALSE(Filter.includes(in("sub/renamed.cpp", 8)));
  EXPECT_TRUE(Filter.includes(in("sub/renamed.cpp", 9)));
}

TEST_F(ChangedLines, BearAnyNameOfAFile) {
  std::vector<std::string> Names = {
      "with space.cpp", "qu\"ote.cpp",   "t\tab.cpp", "back\\slash.cpp",
      "\xc3\xa4.cpp",   "new\nline.cpp", "-dash.cpp"};
  for (const std::string &Name : Names)
    Folder.write(Name, "1\n2\n");
  commit();
  for (const std::string &Name : Names)
    Folder.write(Name, "1\nnew\n");
  LineFilter Filter = since("HEAD");
  for (const std::string &Name : Names) {
    EXPECT_FALSE(Filter.includes(in(Name, 1))) << Name;
    EXPECT_TRUE(Filter.includes(in(Name, 2))) << Name;
  }
}

TEST_F(ChangedLines, DoNotDependOnSettings) {
  for (const char *Setting :
       {"diff.noprefix=true", "diff.mnemonicPrefix=true", "color.ui=always",
        "diff.context=5", "diff.interHunkContext=9", "diff.external=false",
        "diff.relative=true", "diff.renames=false"}) {
    auto [Name, Value] = llvm::StringRef(Setting).split('=');
    git({"config", Name, Value});
  }
  setenv("GIT_DIFF_OPTS", "--unified=3", 1);
  Folder.write("a.cpp", "new\n2\n3\n4\nnew\n");
  LineFilter Filter = since("HEAD", "sub");
  unsetenv("GIT_DIFF_OPTS");
  for (unsigned Line : {1, 5})
    EXPECT_TRUE(Filter.includes(in("a.cpp", Line))) << Line;
  for (unsigned Line : {2, 3, 4})
    EXPECT_FALSE(Filter.includes(in("a.cpp", Line))) << Line;
}

TEST_F(ChangedLines, AreFoundOverLinks) {
  Folder.write("a.cpp", "new\n");
  TemporaryFolder Other;
  ASSERT_FALSE(llvm::sys::fs::create_link(Folder.path(), Other.path("link")));
  EXPECT_TRUE(since("HEAD").includes(at(Other.path("link/a.cpp"), 1)));
}

TEST_F(ChangedLines, NeedACommit) {
  for (const char *Ref : {"nobranch", "--output=x", "", "HEAD:a.cpp", "a..b"})
    EXPECT_EQ(errorSince(Ref),
              "'" + std::string(Ref) + "' is no commit of the repository in '" +
                  Folder.path() + "'; if its clone is shallow, fetch it first");
  EXPECT_FALSE(llvm::sys::fs::exists(Folder.path("x")));
}

TEST_F(ChangedLines, NeedACommonAncestor) {
  git({"checkout", "-q", "--orphan", "other"});
  Folder.write("a.cpp", "other\n");
  commit();
  EXPECT_NE(errorSince("main").find("'main' and HEAD have no common ancestor"),
            std::string::npos);
}

TEST_F(ChangedLines, NeedARepository) {
  TemporaryFolder Other;
  llvm::Expected<LineFilter> Result =
      LineFilter::changedSince("HEAD", Other.path());
  ASSERT_FALSE(bool(Result));
  std::string Message = llvm::toString(Result.takeError());
  EXPECT_NE(Message.find("not a git repository"), std::string::npos) << Message;
  llvm::Expected<LineFilter> Nowhere =
      LineFilter::changedSince("HEAD", Other.path("none"));
  ASSERT_FALSE(bool(Nowhere));
  EXPECT_NE(llvm::toString(Nowhere.takeError()).find("none"),
            std::string::npos);
}

} // namespace
