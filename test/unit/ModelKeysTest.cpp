// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The keys of model files: each as it should be, misspelt, and with a wrong
// value. A message names the place and what would be right.

#include "models/ModelReader.h"
#include "models/Models.h"
#include "gtest/gtest.h"

using namespace clang::tidy::coro;

namespace {

/// A file with one entry, whose keys begin in line 5, column 5.
std::string file(llvm::StringRef List, llvm::StringRef Keys) {
  return ("library: L\ndocumentation: D\n" + List + ":\n  - names: [f]\n    " +
          Keys + "\n")
      .str();
}

/// What is wrong with the entry of \p List that has \p Keys; empty if nothing.
std::string errorOf(llvm::StringRef List, llvm::StringRef Keys) {
  std::string Text = file(List, Keys);
  llvm::Expected<Library> Model = readModel({Text, "m.yaml"});
  return Model ? "" : llvm::toString(Model.takeError());
}

FunctionModel function(llvm::StringRef Keys) {
  std::string Text = file("functions", Keys);
  llvm::Expected<Library> Model = readModel({Text, "m.yaml"});
  if (!Model) {
    ADD_FAILURE() << llvm::toString(Model.takeError());
    return {};
  }
  return Model->Functions[0];
}

TypeModel type(llvm::StringRef Keys) {
  std::string Text = file("types", Keys);
  llvm::Expected<Library> Model = readModel({Text, "m.yaml"});
  if (!Model) {
    ADD_FAILURE() << llvm::toString(Model.takeError());
    return {};
  }
  return Model->Types[0];
}

TEST(FunctionKeys, LocksAndUnlocksHaveATarget) {
  EXPECT_EQ(function("locks: object").Locks.Which, Target::Object);
  EXPECT_EQ(function("locks: result").Locks.Which, Target::Result);
  EXPECT_EQ(function("locks: arguments").Locks.Which, Target::Arguments);
  FunctionModel Second = function("unlocks: argument 1");
  EXPECT_EQ(Second.Unlocks.Which, Target::Argument);
  EXPECT_EQ(Second.Unlocks.Index, 1u);
  for (const char *Key : {"locks", "unlocks"})
    EXPECT_EQ(errorOf("functions", (Key + llvm::Twine(": everything")).str()),
              ("m.yaml:5:" + llvm::Twine(strlen(Key) + 7) +
               ": expected 'result', 'object', 'arguments' or 'argument N'")
                  .str());
  EXPECT_EQ(errorOf("functions", "lock: object"),
            "m.yaml:5:5: unknown key 'lock'; did you mean 'locks'?");
  EXPECT_EQ(errorOf("functions", "unlock: object"),
            "m.yaml:5:5: unknown key 'unlock'; did you mean 'unlocks'?");
}

TEST(FunctionKeys, SucceedsIsAResult) {
  for (const char *Each : {"true", "0", "-1"})
    EXPECT_EQ(
        function(std::string("locks: object\n    succeeds: ") + Each).Succeeds,
        Each);
  EXPECT_EQ(errorOf("functions", "locks: object\n    succeeds: 1"),
            "m.yaml:6:15: expected 'true', '0' or '-1'");
  EXPECT_EQ(errorOf("functions", "locks: object\n    suceeds: 0"),
            "m.yaml:6:5: unknown key 'suceeds'; did you mean 'succeeds'?");
  // It is a condition, which says nothing by itself.
  EXPECT_NE(errorOf("functions", "succeeds: 0").find("says nothing"),
            std::string::npos);
}

TEST(FunctionKeys, StateIsOneUse) {
  EXPECT_EQ(function("state: is-empty").State, StateUse::IsEmpty);
  EXPECT_EQ(function("state: has-key").State, StateUse::HasKey);
  EXPECT_EQ(function("state: load").State, StateUse::Load);
  EXPECT_EQ(function("state: end").State, StateUse::End);
  EXPECT_EQ(errorOf("functions", "state: empty"),
            "m.yaml:5:12: unknown use of state; one of is-empty, size, "
            "has-key, find, has-value, expired, load, access, add, remove, "
            "clear, assign, reset, end");
  EXPECT_EQ(errorOf("functions", "sate: load"),
            "m.yaml:5:5: unknown key 'sate'; did you mean 'state'?");
}

struct Flag {
  const char *Name;
  const char *Misspelt;
};

/// Checks that \p Each of \p List can be true or false, and nothing else.
void checkFlag(const char *List, const Flag &Each) {
  std::string Name = Each.Name;
  EXPECT_EQ(errorOf(List, Name + ": true"), "");
  EXPECT_EQ(errorOf(List, Name + ": maybe"),
            "m.yaml:5:" + std::to_string(Name.size() + 7) +
                ": expected 'true' or 'false'");
  EXPECT_EQ(errorOf(List, Each.Misspelt + std::string(": true")),
            std::string("m.yaml:5:5: unknown key '") + Each.Misspelt +
                "'; did you mean '" + Name + "'?");
}

TEST(FunctionKeys, FlagsAreTrueOrFalse) {
  for (const Flag &Each :
       {Flag{"changes-thread", "change-thread"},
        Flag{"of-thread", "off-thread"}, Flag{"gives-error", "gives-errors"},
        Flag{"excludes", "exclude"}, Flag{"readmits", "re-admits"}})
    checkFlag("functions", Each);
  EXPECT_TRUE(function("changes-thread: true").ChangesThread);
  EXPECT_TRUE(function("of-thread: true").OfThread);
  EXPECT_TRUE(function("gives-error: true").GivesError);
  EXPECT_TRUE(function("excludes: true").Excludes);
  EXPECT_TRUE(function("readmits: true").Readmits);
  EXPECT_NE(errorOf("functions", "excludes: false").find("says nothing"),
            std::string::npos);
}

TEST(TypeKeys, FlagsAreTrueOrFalse) {
  for (const Flag &Each : {Flag{"same-thread", "same-threads"},
                           Flag{"excludes", "excldes"}, Flag{"view", "veiw"}})
    checkFlag("types", Each);
  EXPECT_TRUE(type("same-thread: true").SameThread);
  EXPECT_TRUE(type("excludes: true").Excludes);
  EXPECT_TRUE(type("view: true").View);
}

TEST(TypeKeys, ThreadBoundIsOneOfThree) {
  EXPECT_EQ(type("view: false").Binding, ThreadBinding::Unknown);
  EXPECT_EQ(type("thread-bound: lock").Binding, ThreadBinding::Lock);
  EXPECT_EQ(type("thread-bound: scope").Binding, ThreadBinding::Scope);
  EXPECT_EQ(type("thread-bound: never").Binding, ThreadBinding::None);
  for (const char *Wrong : {"true", "mutex", "[lock]"})
    EXPECT_EQ(errorOf("types", std::string("thread-bound: ") + Wrong),
              *Wrong == '['
                  ? "m.yaml:5:20: expected one value"
                  : "m.yaml:5:19: expected 'lock', 'scope' or 'never'");
  EXPECT_EQ(
      errorOf("types", "thread_bound: lock"),
      "m.yaml:5:5: unknown key 'thread_bound'; did you mean 'thread-bound'?");
}

TEST(TypeKeys, StableIsOneOfTwo) {
  EXPECT_EQ(type("view: false").Stable, Stability::None);
  EXPECT_EQ(type("stable: references").Stable, Stability::References);
  EXPECT_EQ(type("stable: iterators").Stable, Stability::Iterators);
  EXPECT_EQ(errorOf("types", "stable: true"),
            "m.yaml:5:13: expected 'references' or 'iterators'");
  EXPECT_EQ(errorOf("types", "stabel: iterators"),
            "m.yaml:5:5: unknown key 'stabel'; did you mean 'stable'?");
}

TEST(Words, AreListsInLowerCase) {
  std::string Head = "library: L\ndocumentation: D\nwords:\n";
  auto Read = [&](const std::string &Keys) {
    std::string Text = Head + Keys;
    return readModel({Text, "m.yaml"});
  };
  auto ErrorOf = [&](const std::string &Keys) {
    llvm::Expected<Library> Model = Read(Keys);
    return Model ? "" : llvm::toString(Model.takeError());
  };
  llvm::Expected<Library> Model =
      Read("  starts: [fork]\n  waits: [await]\n  fills: [stash]\n"
           "  at-once: [begin]\n");
  ASSERT_TRUE(bool(Model)) << llvm::toString(Model.takeError());
  EXPECT_EQ(Model->Words.Starts, std::vector<std::string>{"fork"});
  EXPECT_EQ(Model->Words.Waits, std::vector<std::string>{"await"});
  EXPECT_EQ(Model->Words.Fills, std::vector<std::string>{"stash"});
  EXPECT_EQ(Model->Words.AtOnce, std::vector<std::string>{"begin"});
  EXPECT_EQ(ErrorOf("  start: [fork]\n"),
            "m.yaml:4:3: unknown key 'start'; did you mean 'starts'?");
  EXPECT_EQ(ErrorOf("  starts: fork\n"),
            "m.yaml:4:11: expected a list, as in [a, b]");
  EXPECT_NE(ErrorOf("  starts: [run_all]\n")
                .find("'run_all' is not a word in lower case"),
            std::string::npos);
}

TEST(Words, OfAllFilesCount) {
  auto Loaded = Models::load({});
  ASSERT_TRUE(bool(Loaded));
  EXPECT_FALSE((*Loaded)->words().Starts.empty());
  EXPECT_FALSE((*Loaded)->words().Waits.empty());
  EXPECT_FALSE((*Loaded)->words().Fills.empty());
  EXPECT_FALSE((*Loaded)->words().AtOnce.empty());
}

// A misspelt key leaves something out; what is missing is not the cause.
TEST(Misspellings, ComeBeforeWhatIsMissing) {
  EXPECT_EQ(errorOf("functions", "catgory: file"),
            "m.yaml:5:5: unknown key 'catgory'; did you mean 'category'?");
  std::string Text = "library: L\ndocumentation: D\ntypes:\n"
                     "  - name: [f]\n    view: true\n";
  llvm::Expected<Library> Model = readModel({Text, "m.yaml"});
  ASSERT_FALSE(bool(Model));
  EXPECT_EQ(llvm::toString(Model.takeError()),
            "m.yaml:4:5: unknown key 'name'; did you mean 'names'?");
  EXPECT_EQ(errorOf("functions", "category: file\n    when:\n"
                                 "      - {argument: 0, zeroo: true}"),
            "m.yaml:7:23: unknown key 'zeroo'; did you mean 'zero'?");
}

TEST(Misspellings, LeaveOtherMessagesAlone) {
  std::string Text = "library: L\n";
  llvm::Expected<Library> Model = readModel({Text, "m.yaml"});
  ASSERT_FALSE(bool(Model));
  EXPECT_EQ(llvm::toString(Model.takeError()),
            "m.yaml:1:1: missing required key 'documentation'");
  EXPECT_EQ(errorOf("functions", "category: file\n    arguments: many"),
            "m.yaml:6:16: expected a number");
  EXPECT_EQ(errorOf("functions", "discard: sometimes"),
            "m.yaml:5:14: the only value of 'discard' is 'allowed'");
}

} // namespace
