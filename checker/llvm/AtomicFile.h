// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Files that are there as a whole or not at all.

#ifndef CORO_TIDY_LLVM_ATOMICFILE_H
#define CORO_TIDY_LLVM_ATOMICFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

namespace clang::tidy::coro {

/// Makes \p Text the content of \p File: in a temporary file beside it, which
/// then takes its name, so that nobody ever sees a part. If \p File is there,
/// it keeps its permissions, and a link still leads to it; what is no regular
/// file, /dev/stdout, is written to. On failure \p File is as it was.
llvm::Error writeAtomically(llvm::StringRef File, llvm::StringRef Text);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_ATOMICFILE_H
