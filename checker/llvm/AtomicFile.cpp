// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "llvm/AtomicFile.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

namespace clang::tidy::coro {

namespace fs = llvm::sys::fs;

static llvm::Error cannotWrite(llvm::StringRef File, std::error_code Why) {
  return llvm::createStringError(Why, "cannot write '" + File +
                                          "': " + Why.message());
}

/// Writes \p Text to \p Stream; without this question a full disk would end the
/// process when \p Stream does.
static std::error_code write(llvm::raw_fd_ostream &Stream,
                             llvm::StringRef Text) {
  Stream << Text;
  Stream.flush();
  std::error_code Wrong = Stream.error();
  Stream.clear_error();
  return Wrong;
}

static llvm::Error writeInPlace(llvm::StringRef File, llvm::StringRef Text) {
  std::error_code Wrong;
  llvm::raw_fd_ostream Stream(File, Wrong);
  if (!Wrong)
    Wrong = write(Stream, Text);
  return Wrong ? cannotWrite(File, Wrong) : llvm::Error::success();
}

llvm::Error writeAtomically(llvm::StringRef File, llvm::StringRef Text) {
  fs::file_status Status;
  bool IsThere = !fs::status(File, Status) && fs::exists(Status);
  if (IsThere && fs::is_directory(Status))
    return cannotWrite(File, std::make_error_code(std::errc::is_a_directory));
  if (IsThere && !fs::is_regular_file(Status))
    return writeInPlace(File, Text);
  llvm::SmallString<256> Target(File);
  if (IsThere)
    if (std::error_code Wrong = fs::real_path(File, Target))
      return cannotWrite(File, Wrong);

  llvm::Expected<fs::TempFile> Temporary =
      fs::TempFile::create(Target + ".%%%%%%.tmp");
  if (!Temporary)
    return cannotWrite(File, llvm::errorToErrorCode(Temporary.takeError()));
  std::error_code Wrong;
  {
    llvm::raw_fd_ostream Stream(Temporary->FD, /*shouldClose=*/false);
    Wrong = write(Stream, Text);
  }
  if (!Wrong && IsThere)
    Wrong = fs::setPermissions(Temporary->FD, Status.permissions());
  if (Wrong) {
    llvm::consumeError(Temporary->discard());
    return cannotWrite(File, Wrong);
  }
  if (llvm::Error Failed = Temporary->keep(Target))
    return cannotWrite(File, llvm::errorToErrorCode(std::move(Failed)));
  return llvm::Error::success();
}

} // namespace clang::tidy::coro
