// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which checks are on for a file, and with which options: the command line, and
// .clang-tidy files, of which only what they say about our checks counts.

#ifndef CORO_TIDY_DRIVER_TIDYOPTIONS_H
#define CORO_TIDY_DRIVER_TIDYOPTIONS_H

#include "clang-tidy/ClangTidyOptions.h"
#include "driver/UnitAnalysis.h"

namespace clang::tidy::coro {

/// The options of each file under \p Options. Null, with \p Error, if the
/// configuration given on the command line is malformed. That a .clang-tidy
/// file is, \p Error tells after the options of a file near it were asked for;
/// it has to live as long as the provider.
std::unique_ptr<ClangTidyOptionsProvider>
makeOptionsProvider(const AnalysisOptions &Options, std::string &Error);

/// The model files that \p Options name.
std::vector<std::string> modelFilesOf(const ClangTidyOptions &Options);

/// The files that say how \p File is analysed: .clang-tidy files and models.
std::vector<std::string> configurationFilesOf(llvm::StringRef File,
                                              const AnalysisOptions &Options);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_TIDYOPTIONS_H
