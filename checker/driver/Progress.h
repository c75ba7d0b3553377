// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Shows on a terminal how far a run has come.

#ifndef CORO_TIDY_DRIVER_PROGRESS_H
#define CORO_TIDY_DRIVER_PROGRESS_H

#include "llvm/ADT/StringRef.h"
#include <chrono>

namespace clang::tidy::coro {

class Progress {
public:
  /// Of \p Total units; silent unless \p IsShown.
  Progress(size_t Total, bool IsShown) : Total(Total), IsShown(IsShown) {}

  /// Shows that \p File is done: "[3/12] 0:08 left, server.cpp".
  void finished(llvm::StringRef File);

  /// Takes the line away.
  void clear();

private:
  size_t Total, Ready = 0;
  bool IsShown;
  std::chrono::steady_clock::time_point Start =
      std::chrono::steady_clock::now();
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_PROGRESS_H
