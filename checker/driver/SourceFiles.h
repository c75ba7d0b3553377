// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The files that a report speaks of: their text, read when the report is
// written, and their names.

#ifndef CORO_TIDY_DRIVER_SOURCEFILES_H
#define CORO_TIDY_DRIVER_SOURCEFILES_H

#include "driver/Finding.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace clang::tidy::coro {

/// Reads each file once. A file may be gone or changed since it was analysed.
class SourceFiles {
public:
  std::optional<llvm::StringRef> text(llvm::StringRef File);

  /// A line without its end; lines count from 1.
  std::optional<llvm::StringRef> line(llvm::StringRef File, unsigned Line);

  /// Where \p Offset is. None if the file cannot be read or is shorter.
  std::optional<Location> locate(llvm::StringRef File, unsigned Offset);

  /// The line of \p At, if the file is still such that \p At is in it.
  std::optional<llvm::StringRef> lineAt(const Location &At);

  /// The column of \p At in UTF-16 code units, as editors count; that in bytes
  /// if the line cannot be read.
  unsigned columnInUTF16(const Location &At);

private:
  struct Entry {
    std::unique_ptr<llvm::MemoryBuffer> Buffer;
    std::vector<size_t> LineStarts;
  };
  const Entry *read(llvm::StringRef File);

  llvm::StringMap<Entry> Entries;
};

/// \p Edits in the order in which they stand in their file.
std::vector<const Edit *> inOrder(const std::vector<Edit> &Edits);

/// \p File relative to \p Root if it is in it, otherwise as it is; with forward
/// slashes. Without a file it is ".".
std::string pathIn(llvm::StringRef Root, llvm::StringRef File);

/// Whether \p File is in \p Root.
bool isIn(llvm::StringRef Root, llvm::StringRef File);

/// A path as a part of an URI: "my%20file.cpp".
std::string percentEncoded(llvm::StringRef Path);

/// "file:///home/me/my%20file.cpp"
std::string fileUri(llvm::StringRef File);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_SOURCEFILES_H
