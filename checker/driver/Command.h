// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A compile command as Clang's tools run it.

#ifndef CORO_TIDY_DRIVER_COMMAND_H
#define CORO_TIDY_DRIVER_COMMAND_H

#include "clang-tidy/ClangTidyOptions.h"
#include "driver/UnitAnalysis.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/CompilationDatabase.h"

namespace clang::tidy::coro {

/// A compile database of one command.
class OneCommand : public tooling::CompilationDatabase {
public:
  explicit OneCommand(tooling::CompileCommand Command)
      : Command(std::move(Command)) {}
  std::vector<tooling::CompileCommand>
  getCompileCommands(llvm::StringRef) const override {
    return {Command};
  }

private:
  tooling::CompileCommand Command;
};

/// \p Given without what only GCC knows, and with what the configuration
/// \p ForFile and \p Options add.
tooling::CommandLineArguments
adjusted(const tooling::CommandLineArguments &Given,
         const ClangTidyOptions &ForFile, const AnalysisOptions &Options);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_COMMAND_H
