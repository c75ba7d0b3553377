// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Command.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {

/// What GCC knows and Clang takes for an error.
static bool isForGCCOnly(llvm::StringRef Argument) {
  return llvm::is_contained<llvm::StringRef>(
      {"-fcoroutines", "-fconcepts", "-fmodules-ts", "-fvar-tracking",
       "-fno-var-tracking", "-fconcepts-diagnostics-depth",
       "-fcanonical-system-headers", "-fno-canonical-system-headers"},
      Argument.split('=').first);
}

tooling::CommandLineArguments
adjusted(const tooling::CommandLineArguments &Given,
         const ClangTidyOptions &ForFile, const AnalysisOptions &Options) {
  tooling::CommandLineArguments Result;
  for (const std::string &Each : Given)
    if (!isForGCCOnly(Each))
      Result.push_back(Each);
  if (ForFile.ExtraArgsBefore && !Result.empty())
    Result.insert(Result.begin() + 1, ForFile.ExtraArgsBefore->begin(),
                  ForFile.ExtraArgsBefore->end());
  if (ForFile.ExtraArgs)
    Result.insert(Result.end(), ForFile.ExtraArgs->begin(),
                  ForFile.ExtraArgs->end());
  Result.insert(Result.end(), Options.ExtraArguments.begin(),
                Options.ExtraArguments.end());
  return Result;
}

} // namespace clang::tidy::coro
