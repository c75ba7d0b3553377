// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "plugin/CheckGlobs.h"
#include "checks/HintCheck.h"
#include <gtest/gtest.h>

namespace clang::tidy::coro {
namespace {

TEST(CheckGlobs, WhatSpeaksOfOtherChecksIsNotOurs) {
  EXPECT_EQ(coroGlobs(""), "");
  EXPECT_EQ(coroGlobs("-*,bugprone-*"), "");
  EXPECT_EQ(coroGlobs("*,-modernize-*"), "");
  EXPECT_EQ(
      coroGlobs("-*,cppcoreguidelines-avoid-reference-coroutine-parameters"),
      "");
}

TEST(CheckGlobs, WhatTurnsOursOffIsKept) {
  EXPECT_EQ(coroGlobs("bugprone-*, -coro-lost-task"), "-coro-lost-task");
  EXPECT_EQ(coroGlobs("-*,\nbugprone-*,\n-coro-*\n"), "-coro-*");
}

TEST(CheckGlobs, ThoseChosenAfterAllWereTurnedOffAreTheOnlyOnes) {
  EXPECT_EQ(coroGlobs("-*,coro-lost-task"), "-coro-*,coro-lost-task");
  EXPECT_EQ(coroGlobs("coro-task-reuse,-*,bugprone-*,coro-lost-task"),
            "-coro-*,coro-lost-task");
  EXPECT_EQ(coroGlobs("-*,*coro*,-coro-lost-task"),
            "-coro-*,*coro*,-coro-lost-task");
}

TEST(CheckGlobs, OnlyTheFullNameNamesACheck) {
  EXPECT_TRUE(namesCheck("-*,coro-a", "coro-a"));
  EXPECT_TRUE(namesCheck("coro-a,\ncoro-*", "coro-a"));
  EXPECT_FALSE(namesCheck("coro-*", "coro-a"));
  EXPECT_FALSE(namesCheck("coro-ab", "coro-a"));
}

TEST(CheckGlobs, WhatIsTurnedOffAgainIsNotNamed) {
  EXPECT_FALSE(namesCheck("coro-a,-coro-*", "coro-a"));
  EXPECT_FALSE(namesCheck("coro-a,-coro-a,coro-*", "coro-a"));
  EXPECT_TRUE(namesCheck("coro-a,-coro-b", "coro-a"));
}

} // namespace
} // namespace clang::tidy::coro
