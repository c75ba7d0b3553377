// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the parts of the driver say and do alike.

#ifndef CORO_TIDY_DRIVER_COMMON_H
#define CORO_TIDY_DRIVER_COMMON_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include <string>

namespace clang::tidy::coro {

/// Writes \p Bytes to \p File, as a whole or not at all; its folder is made if
/// it is missing. Fails with a message that names the file.
llvm::Error writeFile(llvm::StringRef File, llvm::StringRef Bytes);

/// \p Path in full, without "." and, but for links, "..".
std::string fullPath(llvm::StringRef Path);

/// \p Path in full, as seen from \p Folder.
std::string absolutePath(llvm::StringRef Path, llvm::StringRef Folder);

/// What \p Text is known by, to notice that it has changed; not printable.
std::string contentHash(llvm::StringRef Text);

/// A failure that says \p Message.
llvm::Error failure(const llvm::Twine &Message);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_COMMON_H
