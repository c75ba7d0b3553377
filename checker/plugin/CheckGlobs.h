// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a configuration of clang-tidy says of our checks, for the doors through
// which they come unasked.

#ifndef CORO_TIDY_PLUGIN_CHECKGLOBS_H
#define CORO_TIDY_PLUGIN_CHECKGLOBS_H

#include "llvm/ADT/StringRef.h"
#include <string>

namespace clang::tidy::coro {

/// Those of \p Globs that speak of our checks. "-*,bugprone-*" chooses among
/// clang-tidy's own and gives nothing; a "-*" before a glob that turns some of
/// ours on is about ours too: "-*,coro-lost-task" gives
/// "-coro-*,coro-lost-task".
std::string coroGlobs(llvm::StringRef Globs);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_PLUGIN_CHECKGLOBS_H
