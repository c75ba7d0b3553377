// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The translation units that a run is about: those of a compile database, or of
// the paths that the user gives.

#ifndef CORO_TIDY_DRIVER_PROJECT_H
#define CORO_TIDY_DRIVER_PROJECT_H

#include "clang/Tooling/CompilationDatabase.h"
#include "llvm/Support/Error.h"

namespace clang::tidy::coro {

struct Project {
  /// One for each unit, absolute, in the order of the database; the same
  /// command once.
  std::vector<tooling::CompileCommand> Units;
  /// The folder that the units have in common, or the repository around it.
  std::string Root;
};

/// The project in \p BuildPath, a folder with a compile_commands.json, or its
/// name; if it is empty, the next one upward from the first path or, without
/// paths, from the working directory. \p Paths, files and folders, choose among
/// its units. \p Flags, if there, are how the paths, which are files then, are
/// compiled. Fails with what is wrong and what to do.
llvm::Expected<Project>
loadProject(llvm::StringRef BuildPath, const std::vector<std::string> &Paths,
            const std::optional<std::vector<std::string>> &Flags);

/// The object file that \p Command makes, absolute; empty if it does not say.
std::string objectOf(const tooling::CompileCommand &Command);

/// Whether \p File is \p Folder or in it; both absolute.
bool isWithin(llvm::StringRef File, llvm::StringRef Folder);

/// What the unit of \p Command belongs to: the folder of its object file.
std::string programOf(const tooling::CompileCommand &Command);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_PROJECT_H
