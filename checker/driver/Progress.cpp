// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Progress.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace clang::tidy::coro {

/// To the start of the line, and clear it.
static constexpr char Again[] = "\r\033[K";

void Progress::finished(llvm::StringRef File) {
  ++Ready;
  if (!IsShown)
    return;
  std::chrono::duration<double> Took = std::chrono::steady_clock::now() - Start;
  auto Left = static_cast<unsigned>(Took.count() / Ready * (Total - Ready));
  llvm::errs() << Again << '[' << Ready << '/' << Total << "] "
               << llvm::format("%u:%02u", Left / 60, Left % 60) << " left, "
               << llvm::sys::path::filename(File);
}

void Progress::clear() {
  if (IsShown && Ready > 0)
    llvm::errs() << Again;
}

} // namespace clang::tidy::coro
