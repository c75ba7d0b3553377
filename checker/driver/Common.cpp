// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Common.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/AtomicFile.h"
#include "llvm/Support/BLAKE3.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace clang::tidy::coro {

llvm::Error failure(const llvm::Twine &Message) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Message);
}

llvm::Error writeFile(llvm::StringRef File, llvm::StringRef Bytes) {
  llvm::StringRef Folder = llvm::sys::path::parent_path(File);
  if (!Folder.empty())
    if (std::error_code Wrong = llvm::sys::fs::create_directories(Folder))
      return failure("cannot make '" + Folder + "': " + Wrong.message());
  return writeAtomically(File, Bytes);
}

std::string contentHash(llvm::StringRef Text) {
  auto Digest =
      llvm::BLAKE3::hash<16>(llvm::ArrayRef(Text.bytes_begin(), Text.size()));
  return std::string(Digest.begin(), Digest.end());
}

std::string absolutePath(llvm::StringRef Path, llvm::StringRef Folder) {
  llvm::SmallString<256> Full(Path);
  if (!llvm::sys::path::is_absolute(Full)) {
    Full = Folder;
    llvm::sys::path::append(Full, Path);
  }
  llvm::sys::path::remove_dots(Full);
  llvm::SmallString<256> Short(Full);
  if (!llvm::sys::path::remove_dots(Short, /*remove_dot_dot=*/true))
    return std::string(Full);
  // What is above a folder that is a link is above its target.
  bool IsElsewhere =
      llvm::sys::fs::exists(Full) && !llvm::sys::fs::equivalent(Full, Short);
  return std::string(IsElsewhere ? Full : Short);
}

std::string fullPath(llvm::StringRef Path) {
  llvm::SmallString<256> Here;
  llvm::sys::fs::current_path(Here);
  return absolutePath(Path, Here);
}

} // namespace clang::tidy::coro
