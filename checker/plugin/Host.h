// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Clang promises nothing about its ABI between versions, and a plugin built
// for another one is not refused by the loader: its checks run and find
// nothing. So the plugin looks at its host before it registers anything.

#ifndef CORO_TIDY_PLUGIN_HOST_H
#define CORO_TIDY_PLUGIN_HOST_H

namespace clang::tidy::coro {

/// Whether the program that loads this code has the version of LLVM that the
/// code was built for. If not, says so on standard error.
bool hostFits();

} // namespace clang::tidy::coro

#endif // CORO_TIDY_PLUGIN_HOST_H
