// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "models/ModelReader.h"
#include "models/EmbeddedModels.h"
#include "models/Models.h"
#include "gtest/gtest.h"

using namespace clang::tidy::coro;

namespace {

std::string errorOf(llvm::StringRef Text) {
  llvm::Expected<Library> Model = readModel({Text, "m.yaml"});
  return Model ? "" : llvm::toString(Model.takeError());
}

const char Head[] = "library: L\ndocumentation: D\n";

TEST(ModelReader, ReadsAnEntry) {
  llvm::Expected<Library> Model =
      readModel({"library: L\ndocumentation: D\nnamespaces: [a, b]\n"
                 "functions:\n  - names: [\"C::f\"]\n    category: network\n"
                 "    unless:\n      - {argument: 1, flag: NOW}\n",
                 "m.yaml"});
  ASSERT_TRUE(bool(Model)) << llvm::toString(Model.takeError());
  ASSERT_EQ(Model->Functions.size(), 1u);
  const FunctionModel &Function = Model->Functions[0];
  EXPECT_EQ(Function.Names, (std::vector<std::string>{"a::C::f", "b::C::f"}));
  EXPECT_EQ(Function.Blocks, Category::Network);
  ASSERT_EQ(Function.Unless.size(), 1u);
  EXPECT_EQ(Function.Unless[0].Flag, "NOW");
}

TEST(ModelReader, NamesThePlaceOfAnUnknownKey) {
  std::string Error = errorOf(
      std::string(Head) +
      "functions:\n  - names: [f]\n    category: file\n    untill: 1\n");
  EXPECT_NE(Error.find("m.yaml:6:5: unknown key 'untill'; one of names, "),
            std::string::npos)
      << Error;
}

TEST(ModelReader, SaysWhichCategoriesThereAre) {
  std::string Error = errorOf(
      std::string(Head) + "functions:\n  - names: [f]\n    category: nap\n");
  EXPECT_NE(Error.find("m.yaml:5:15: unknown category; one of sleep"),
            std::string::npos)
      << Error;
}

TEST(ModelReader, WantsOneTestInACondition) {
  EXPECT_NE(errorOf(std::string(Head) +
                    "functions:\n  - names: [f]\n    category: file\n"
                    "    when:\n      - {argument: 0}\n")
                .find("exactly one test"),
            std::string::npos);
  EXPECT_NE(errorOf(std::string(Head) +
                    "functions:\n  - names: [f]\n    category: file\n"
                    "    when:\n      - {zero: true}\n")
                .find("'argument: N' or 'object: true'"),
            std::string::npos);
}

TEST(ModelReader, RefusesAnEntryThatSaysNothing) {
  EXPECT_NE(errorOf(std::string(Head) + "functions:\n  - names: [f]\n")
                .find("says nothing"),
            std::string::npos);
}

TEST(ModelReader, RefusesWhatIsNoMapping) {
  EXPECT_FALSE(errorOf("").empty());
  EXPECT_FALSE(errorOf("- a\n- b\n").empty());
  EXPECT_FALSE(errorOf("{{{").empty());
  EXPECT_FALSE(errorOf("library: [").empty());
}

TEST(ModelReader, ReadsAllThatIsCompiledIn) {
  EXPECT_GT(embeddedModels().size(), 20u);
  for (const EmbeddedFile &Each : embeddedModels()) {
    llvm::Expected<Library> Model = readModel({Each.Text, Each.Name});
    EXPECT_TRUE(bool(Model)) << llvm::toString(Model.takeError());
  }
}

TEST(Models, ReportsEachFileThatCannotBeRead) {
  auto Loaded = Models::load({"/nowhere/a.yaml", "/nowhere/b.yaml"});
  ASSERT_FALSE(bool(Loaded));
  std::string Error = llvm::toString(Loaded.takeError());
  EXPECT_NE(Error.find("/nowhere/a.yaml"), std::string::npos);
  EXPECT_NE(Error.find("/nowhere/b.yaml"), std::string::npos);
}

TEST(Categories, HaveNamesThatLeadBack) {
  for (Category Each : allCategories())
    EXPECT_EQ(categoryNamed(nameOf(Each)), Each);
  EXPECT_EQ(categoryNamed("nap"), Category::None);
}

} // namespace
