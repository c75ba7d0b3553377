// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Fixes.h"
#include "TemporaryFolder.h"
#include "gtest/gtest.h"
#include <functional>
#include <set>

using namespace clang::tidy::coro;

namespace {

namespace fs = llvm::sys::fs;

class Fixes : public ::testing::Test {
protected:
  /// Makes the file and notes its hash, as an analysis does.
  std::string file(llvm::StringRef Name, llvm::StringRef Text) {
    Hashes[Folder.path(Name)] = contentHash(Text);
    return Folder.write(Name, Text);
  }
  Edit edit(llvm::StringRef Name, unsigned Offset, unsigned Length,
            std::string Text) {
    return {Folder.path(Name), Offset, Length, std::move(Text)};
  }
  void finding(std::vector<Edit> Edits) {
    Finding New;
    New.Check = "coro-x";
    New.At = {Folder.path("a.cpp"), unsigned(Findings.size() + 1), 1, 0};
    New.Fixes = std::move(Edits);
    Findings.push_back(std::move(New));
  }
  /// What has "bad" in it does not parse.
  FixResult apply() {
    return applyFixes(
        Findings, Hashes,
        [&](llvm::StringRef File, const FileTexts &Changed, std::string &Why) {
          Parsed.push_back(llvm::sys::path::filename(File).str());
          if (llvm::StringRef(Changed.at(File.str())).contains("bad")) {
            Why = "expected ';'";
            return false;
          }
          if (AtParse)
            AtParse();
          return true;
        });
  }
  std::string reasonOf(const FixResult &Result, size_t Index) {
    for (const FixResult::Refusal &Each : Result.Refused)
      if (Each.Index == Index)
        return Each.Reason;
    return "";
  }

  TemporaryFolder Folder;
  std::vector<Finding> Findings;
  llvm::StringMap<std::string> Hashes;
  std::vector<std::string> Parsed;
  std::function<void()> AtParse;
};

using Indices = std::vector<size_t>;

TEST_F(Fixes, AreApplied) {
  file("a.cpp", "one two three");
  finding({edit("a.cpp", 8, 5, "3"), edit("a.cpp", 0, 0, "zero ")});
  finding({});
  finding({edit("a.cpp", 4, 4, "")});
  FixResult Result = apply();
  EXPECT_EQ(Folder.read("a.cpp"), "zero one 3");
  EXPECT_EQ(Result.Applied, (Indices{0, 2}));
  EXPECT_TRUE(Result.Refused.empty());
  EXPECT_EQ(Result.Changed, std::vector<std::string>{Folder.path("a.cpp")});
  EXPECT_EQ(Parsed, std::vector<std::string>{"a.cpp"});
  EXPECT_EQ(Folder.count(), 1u);
}

TEST_F(Fixes, MayTouchEachOther) {
  file("a.cpp", "abcdef");
  finding({edit("a.cpp", 2, 2, "X")});
  finding({edit("a.cpp", 2, 0, "<")});
  finding({edit("a.cpp", 4, 0, ">")});
  finding({edit("a.cpp", 4, 2, "Y")});
  finding({edit("a.cpp", 0, 2, "")});
  FixResult Result = apply();
  EXPECT_EQ(Result.Applied.size(), 5u);
  EXPECT_EQ(Folder.read("a.cpp"), "<X>Y");
}

TEST_F(Fixes, AreMadeOnceWhenAlike) {
  file("a.h", "int f();");
  finding({edit("a.h", 0, 0, "[[nodiscard]] ")});
  finding({edit("a.h", 0, 0, "[[nodiscard]] "), edit("a.h", 4, 1, "g")});
  finding({edit("a.h", 4, 1, "g")});
  EXPECT_EQ(apply().Applied, (Indices{0, 1, 2}));
  EXPECT_EQ(Folder.read("a.h"), "[[nodiscard]] int g();");
}

TEST_F(Fixes, OfTheFirstWin) {
  file("a.cpp", "abcdef");
  finding({edit("a.cpp", 1, 3, "X")});
  finding({edit("a.cpp", 3, 2, "Y"), edit("a.cpp", 0, 0, "no")});
  finding({edit("a.cpp", 2, 0, "Z")});
  finding({edit("a.cpp", 1, 3, "W")});
  finding({edit("a.cpp", 6, 0, "1")});
  finding({edit("a.cpp", 6, 0, "2")});
  FixResult Result = apply();
  EXPECT_EQ(Folder.read("a.cpp"), "aXef1");
  EXPECT_EQ(Result.Applied, (Indices{0, 4}));
  for (size_t Loser : {1, 2, 3})
    EXPECT_EQ(reasonOf(Result, Loser), "it overlaps the fix of " +
                                           Folder.path("a.cpp") +
                                           ":1:1 [coro-x]");
  EXPECT_NE(reasonOf(Result, 5).find("a.cpp:5:1"), std::string::npos);
}

TEST_F(Fixes, ThatContradictThemselvesAreNotMade) {
  file("a.cpp", "abcdef");
  finding({edit("a.cpp", 0, 3, "X"), edit("a.cpp", 2, 2, "Y")});
  EXPECT_EQ(reasonOf(apply(), 0), "it contradicts itself");
  EXPECT_EQ(Folder.read("a.cpp"), "abcdef");
}

TEST_F(Fixes, AreNotMadeWhereTheResultDoesNotParse) {
  file("a.cpp", "abc");
  file("b.cpp", "abc");
  file("c.cpp", "abc");
  finding({edit("a.cpp", 0, 1, "bad")});
  // Changed by the same fix as a file that does not parse.
  finding({edit("a.cpp", 2, 1, "C"), edit("b.cpp", 0, 1, "A")});
  finding({edit("b.cpp", 2, 1, "C")});
  finding({edit("c.cpp", 2, 1, "C")});
  FixResult Result = apply();
  EXPECT_EQ(Folder.read("a.cpp"), "abc");
  EXPECT_EQ(Folder.read("b.cpp"), "abC");
  EXPECT_EQ(Folder.read("c.cpp"), "abC");
  EXPECT_EQ(Result.Applied, (Indices{2, 3}));
  for (size_t Loser : {0, 1})
    EXPECT_EQ(reasonOf(Result, Loser),
              "'" + Folder.path("a.cpp") + "' would not parse: expected ';'");
  // b.cpp is looked at with what is left for it.
  EXPECT_EQ(Parsed, (std::vector<std::string>{"a.cpp", "b.cpp", "c.cpp"}));
}

TEST_F(Fixes, KeepASharedEditThatAnotherFindingNeeds) {
  file("a.h", "abc");
  file("b.cpp", "abc");
  finding({edit("a.h", 0, 0, "1"), edit("b.cpp", 0, 0, "bad")});
  finding({edit("a.h", 0, 0, "1")});
  EXPECT_EQ(apply().Applied, (Indices{1}));
  EXPECT_EQ(Folder.read("a.h"), "1abc");
  EXPECT_EQ(Folder.read("b.cpp"), "abc");
}

TEST_F(Fixes, AreNotMadeInAFileThatHasChanged) {
  file("a.cpp", "abc");
  file("b.cpp", "abc");
  Folder.write("a.cpp", "abx");
  finding({edit("a.cpp", 0, 1, ""), edit("b.cpp", 0, 1, "")});
  finding({edit("b.cpp", 0, 1, "B")});
  FixResult Result = apply();
  EXPECT_EQ(Folder.read("a.cpp"), "abx");
  EXPECT_EQ(Folder.read("b.cpp"), "Bbc");
  EXPECT_EQ(reasonOf(Result, 0),
            "'" + Folder.path("a.cpp") + "' is not what was analysed any more");
}

TEST_F(Fixes, AreNotMadeInAFileThatChangesMeanwhile) {
  file("a.cpp", "abc");
  file("b.cpp", "abc");
  AtParse = [&] { Folder.write("b.cpp", "mine"); };
  finding({edit("a.cpp", 0, 1, "A"), edit("b.cpp", 0, 1, "B")});
  FixResult Result = apply();
  EXPECT_EQ(Folder.read("a.cpp"), "abc");
  EXPECT_EQ(Folder.read("b.cpp"), "mine");
  EXPECT_EQ(reasonOf(Result, 0),
            "'" + Folder.path("b.cpp") + "' has just been changed");
  EXPECT_TRUE(Result.Changed.empty());
}

TEST_F(Fixes, AreNotMadeOutsideOfAFile) {
  file("a.cpp", "abc");
  finding({edit("a.cpp", 4, 0, "x")});
  finding({edit("a.cpp", 2, 2, "x")});
  finding({edit("a.cpp", ~0u, 1, "x")});
  finding({edit("a.cpp", 1, ~0u, "x")});
  finding({edit("none.cpp", 0, 0, "x")});
  FixResult Result = apply();
  EXPECT_TRUE(Result.Applied.empty());
  EXPECT_EQ(Result.Refused.size(), 5u);
  EXPECT_EQ(Folder.read("a.cpp"), "abc");
  EXPECT_EQ(reasonOf(Result, 3),
            "it goes beyond the end of '" + Folder.path("a.cpp") + "'");
  EXPECT_EQ(reasonOf(Result, 4), "cannot read '" + Folder.path("none.cpp") +
                                     "': No such file or directory");
}

TEST_F(Fixes, KeepTheModeOfAFile) {
  std::string Name = file("a.cpp", "abc");
  fs::setPermissions(Name, fs::perms::owner_all | fs::perms::group_read);
  finding({edit("a.cpp", 0, 1, "x")});
  apply();
  EXPECT_EQ(Folder.read("a.cpp"), "xbc");
  EXPECT_EQ(*fs::getPermissions(Name),
            fs::perms::owner_all | fs::perms::group_read);
}

TEST_F(Fixes, GoThroughLinks) {
  file("real.h", "abc");
  ASSERT_FALSE(fs::create_link(Folder.path("real.h"), Folder.path("link.h")));
  Hashes[Folder.path("link.h")] = contentHash("abc");
  finding({edit("link.h", 0, 0, "1")});
  finding({edit("real.h", 0, 0, "1")});
  finding({edit("real.h", 3, 0, "2")});
  EXPECT_EQ(apply().Applied, (Indices{0, 1, 2}));
  EXPECT_EQ(Folder.read("real.h"), "1abc2");
  EXPECT_TRUE(fs::is_symlink_file(Folder.path("link.h")));
}

/// Whatever the edits: those that are accepted apply, in the order of offsets.
TEST_F(Fixes, HoldTogetherInAnyMixture) {
  unsigned Random = 1;
  auto Below = [&](unsigned Limit) {
    Random = Random * 1103515245 + 12345;
    return (Random >> 16) % Limit;
  };
  for (unsigned Round = 0; Round < 300; ++Round) {
    Findings.clear();
    std::string Name = ("f" + llvm::Twine(Round)).str();
    file(Name, "0123456789");
    for (unsigned I = 0; I < 8; ++I) {
      std::string Text(Below(3), char('a' + Below(2)));
      finding({edit(Name, Below(11), Below(3), Text)});
    }
    FixResult Result = apply();
    EXPECT_FALSE(Result.Applied.empty());
    EXPECT_EQ(Result.Applied.size() + Result.Refused.size(), 8u);
    std::set<std::tuple<unsigned, unsigned, std::string>> Made;
    for (size_t I : Result.Applied)
      for (const Edit &Each : Findings[I].Fixes)
        Made.insert({Each.Offset, Each.Length, Each.Text});
    std::string Expected = "0123456789";
    for (auto Each = Made.rbegin(); Each != Made.rend(); ++Each)
      Expected.replace(std::get<0>(*Each), std::get<1>(*Each),
                       std::get<2>(*Each));
    EXPECT_EQ(Folder.read(Name), Expected);
  }
}

} // namespace
