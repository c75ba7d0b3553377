// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// coro-clangd: clangd with our checks, for editors.

#include "editor/Clangd.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Process.h"
#include <vector>

/// clangd looks for Clang's own headers beside itself, where they are not: it
/// is told where they are, unless the user does so.
static std::string resourceDirectory(int Count, char **Arguments) {
  std::string Given = llvm::sys::Process::GetEnv("CLANGD_FLAGS").value_or("");
  for (int I = 1; I < Count; ++I)
    Given += std::string(" ") + Arguments[I];
  llvm::StringRef Directory = CORO_TIDY_RESOURCE_DIRECTORY;
  if (llvm::StringRef(Given).contains("-resource-dir") ||
      !llvm::sys::fs::is_directory(Directory))
    return "";
  return ("--resource-dir=" + Directory).str();
}

int main(int Count, char **Arguments) {
  std::vector<char *> All(Arguments, Arguments + Count);
  std::string Resources = resourceDirectory(Count, Arguments);
  if (!Resources.empty())
    All.push_back(Resources.data());
  All.push_back(nullptr);
  return clang::clangd::clangdMain(static_cast<int>(All.size()) - 1,
                                   All.data());
}
