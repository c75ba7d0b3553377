// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Linker.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

namespace clang::tidy::coro {
namespace {

CallSummary callOf(std::vector<std::string> Callees) {
  CallSummary Result;
  Result.Name = Callees.front();
  Result.Callees = std::move(Callees);
  return Result;
}

CallSummary sleepCall() {
  CallSummary Result;
  Result.Name = "'sleep'";
  Result.Blocks = Category::Sleep;
  return Result;
}

FunctionSummary function(std::string Key, std::vector<CallSummary> Calls,
                         std::string Root = "") {
  FunctionSummary Result;
  Result.Key = Result.Name = Result.FullName = std::move(Key);
  Result.Root = std::move(Root);
  Result.Calls = std::move(Calls);
  return Result;
}

UnitSummary unit(std::string File, std::string Program,
                 std::vector<FunctionSummary> Functions) {
  UnitSummary Result;
  Result.File = std::move(File);
  Result.Program = std::move(Program);
  Result.Categories = {Category::Sleep};
  Result.Functions = std::move(Functions);
  for (FunctionSummary &Each : Result.Functions)
    Each.At.File = Result.File;
  return Result;
}

/// The full names of the coroutines with findings.
std::vector<std::string> flagged(std::vector<UnitSummary> Units) {
  Linker Linked;
  for (UnitSummary &Each : Units)
    Linked.add(std::move(Each));
  Linked.link();
  std::vector<std::string> Result;
  for (const LinkedFinding &Each : Linked.findings())
    Result.push_back(Each.In->FullName);
  return Result;
}

using Names = std::vector<std::string>;

TEST(Linker, FollowsChainsThroughFilesAndRecursion) {
  EXPECT_EQ(
      flagged(
          {unit("c", "", {function("flush", {sleepCall()})}),
           unit("b", "",
                {function("save", {callOf({"save"}), callOf({"flush"})})}),
           unit("a", "", {function("serve", {callOf({"save"})}, "serve")})}),
      Names{"serve"});
}

TEST(Linker, TellsProgramsApart) {
  UnitSummary Quiet = unit("q", "two", {});
  Quiet.Harmless.push_back(llvm::xxHash64(llvm::StringRef("helper")));
  EXPECT_EQ(
      flagged({unit("h", "one", {function("helper", {sleepCall()})}),
               unit("a", "one", {function("A", {callOf({"helper"})}, "A")}),
               unit("b", "two", {function("B", {callOf({"helper"})}, "B")}),
               Quiet}),
      Names{"A"});
}

TEST(Linker, DoesNotTakeTheFunctionsOfOtherExecutables) {
  UnitSummary Test = unit("t", "test", {});
  Test.DefinesMain = true;
  Test.Harmless.push_back(llvm::xxHash64(llvm::StringRef("helper")));
  EXPECT_EQ(
      flagged({unit("h", "library", {function("helper", {sleepCall()})}),
               unit("a", "app", {function("A", {callOf({"helper"})}, "A")}),
               Test}),
      Names{"A"});
}

TEST(Linker, KnowsWhatOverrides) {
  FunctionSummary Overrider = function("Derived::run", {sleepCall()});
  Overrider.Overrides = {"Base::run"};
  CallSummary Virtual = callOf({"Base::run"});
  Virtual.IsVirtual = true;
  Linker Linked;
  Linked.add(unit("d", "", {Overrider}));
  Linked.add(unit("a", "",
                  {function("A", {Virtual}, "A"),
                   function("B", {callOf({"Base::run"})}, "B")}));
  Linked.link();
  ASSERT_EQ(Linked.findings().size(), 1u);
  EXPECT_EQ(Linked.findings().front().In->FullName, "A");
  EXPECT_EQ(Linked.index().effectsOfOverriders("Base::run").size(), 1u);
  EXPECT_TRUE(Linked.index().effectsOf("Base::run").empty());
}

TEST(Linker, DoesNotDependOnTheOrderOfUnits) {
  std::vector<UnitSummary> Units = {
      unit("a", "", {function("A", {callOf({"f"})}, "A")}),
      unit("b", "", {function("f", {callOf({"g"}), sleepCall()})}),
      unit("b", "", {function("g", {sleepCall()})}),
      unit("c", "", {function("h", {callOf({"f"})})})};
  auto BytesOf = [](const std::vector<UnitSummary> &All) {
    Linker Linked;
    for (const UnitSummary &Each : All)
      Linked.add(Each);
    Linked.link();
    return Linked.index().bytes();
  };
  std::string Expected = BytesOf(Units);
  std::reverse(Units.begin(), Units.end());
  EXPECT_EQ(BytesOf(Units), Expected);
  std::swap(Units[1], Units[2]);
  EXPECT_EQ(BytesOf(Units), Expected);
}

TEST(Archive, NoticesDamage) {
  UnitSummary Written = unit("a", "p", {function("f", {sleepCall()})});
  std::string Bytes = Archive::write("summary", "1", Written);
  UnitSummary Read;
  EXPECT_FALSE(Archive::read(Bytes, "summary", "1", Read));
  EXPECT_EQ(Archive::write("summary", "1", Read), Bytes);
  auto Fails = [](llvm::StringRef Text, const char *Version) {
    UnitSummary Ignored;
    llvm::Error Wrong = Archive::read(Text, "summary", Version, Ignored);
    bool Result = static_cast<bool>(Wrong);
    llvm::consumeError(std::move(Wrong));
    return Result;
  };
  EXPECT_TRUE(Fails(Bytes, "2"));
  for (size_t Size = 0; Size < Bytes.size(); ++Size)
    EXPECT_TRUE(Fails(llvm::StringRef(Bytes).take_front(Size), "1")) << Size;
  for (size_t I = 0; I < Bytes.size(); ++I) {
    std::string Damaged = Bytes;
    Damaged[I] ^= 1;
    EXPECT_TRUE(Fails(Damaged, "1")) << I;
  }
}

} // namespace
} // namespace clang::tidy::coro
