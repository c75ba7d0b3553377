// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Runs the analysis of units in processes of their own: one that crashes or
// hangs takes none of the others with it.

#ifndef CORO_TIDY_DRIVER_WORKERS_H
#define CORO_TIDY_DRIVER_WORKERS_H

#include "driver/UnitAnalysis.h"
#include <functional>

namespace clang::tidy::coro {

/// A unit to be analysed, and where its summary goes.
struct UnitJob {
  const tooling::CompileCommand *Command;
  std::string Output;
};

struct WorkerOptions {
  unsigned Processes = 1;
  /// Seconds for each unit; 0: no limit.
  unsigned Timeout = 0;
};

/// Analyses \p Jobs, several at a time. Calls \p Done for each that is ready,
/// with why it failed, or an empty text, and how long it took.
void runWorkers(llvm::ArrayRef<UnitJob> Jobs, const AnalysisOptions &Analysis,
                const WorkerOptions &Options,
                const std::function<void(size_t Job, std::string Problem,
                                         double Seconds)> &Done);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_WORKERS_H
