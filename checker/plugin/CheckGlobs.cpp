// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "plugin/CheckGlobs.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Globs.h"
#include <vector>

namespace clang::tidy::coro {

/// "coro-*", "coro-lost-task" and "*coro*", but not another check that has
/// coroutines in its name.
static bool speaksOfOurs(llvm::StringRef Glob) {
  return Glob.contains("coro-") || Glob.contains("coro*");
}

std::string coroGlobs(llvm::StringRef Globs) {
  std::vector<std::string> Ours;
  bool AllOff = false;
  forEachGlob(Globs, [&](llvm::StringRef Each) {
    if (Each == "-*") {
      AllOff = true;
    } else if (speaksOfOurs(Each)) {
      if (AllOff && !Each.starts_with("-"))
        Ours = {"-coro-*"};
      if (!Each.starts_with("-"))
        AllOff = false;
      Ours.push_back(Each.str());
    }
  });
  return llvm::join(Ours, ",");
}

} // namespace clang::tidy::coro
