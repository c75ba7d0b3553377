// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Makes findings of what the linker finds across files.

#ifndef CORO_TIDY_DRIVER_LINKEDFINDINGS_H
#define CORO_TIDY_DRIVER_LINKEDFINDINGS_H

#include "driver/UnitAnalysis.h"
#include "summaries/Linker.h"

namespace clang::tidy::coro {

/// Those findings of \p Linked that no unit shows by itself; \p Known are what
/// the units show.
std::vector<Finding> findingsAcrossFiles(const Linker &Linked,
                                         const std::vector<Finding> &Known);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_LINKEDFINDINGS_H
