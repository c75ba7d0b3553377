// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the documentation says of the checks, for a terminal: --list-checks and
// --explain.

#ifndef CORO_TIDY_DRIVER_EXPLAIN_H
#define CORO_TIDY_DRIVER_EXPLAIN_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/raw_ostream.h"
#include <string>

namespace clang::tidy::coro {

/// The page of a check.
struct CheckDoc {
  std::string Name;    // "coro-blocking-call"
  std::string Summary; // its first sentence, in plain text
  llvm::StringRef Markdown;
};

/// All of them, sorted by name.
llvm::ArrayRef<CheckDoc> checkDocs();

/// Writes a line for each check that \p IsEnabled names.
void listChecks(llvm::raw_ostream &Out,
                llvm::function_ref<bool(llvm::StringRef)> IsEnabled);

/// Writes the page of \p Check, whose name may lack "coro-": for people if
/// \p ForTerminal, otherwise as the Markdown that it is. An unknown name is an
/// error that says which one is meant.
llvm::Error explainCheck(llvm::StringRef Check, llvm::raw_ostream &Out,
                         bool ForTerminal);

/// Writes \p Markdown with bold headings, indented code, and of links the
/// words.
void renderMarkdown(llvm::StringRef Markdown, llvm::raw_ostream &Out);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_EXPLAIN_H
