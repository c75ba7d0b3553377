// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A folder for the files of one test.

#ifndef CORO_TIDY_TEST_UNIT_TEMPORARYFOLDER_H
#define CORO_TIDY_TEST_UNIT_TEMPORARYFOLDER_H

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace clang::tidy::coro {

class TemporaryFolder {
public:
  TemporaryFolder() {
    llvm::SmallString<128> Made;
    if (!llvm::sys::fs::createUniqueDirectory("coro-tidy-test", Made))
      llvm::sys::fs::real_path(Made, Root);
  }
  ~TemporaryFolder() { llvm::sys::fs::remove_directories(Root); }
  TemporaryFolder(const TemporaryFolder &) = delete;
  TemporaryFolder &operator=(const TemporaryFolder &) = delete;

  std::string path() const { return Root.str().str(); }
  std::string path(const llvm::Twine &Name) const {
    return (Root + "/" + Name).str();
  }

  /// Gives the full name of the file.
  std::string write(const llvm::Twine &Name, llvm::StringRef Text) const {
    std::string Full = path(Name);
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(Full));
    std::error_code Ignored;
    llvm::raw_fd_ostream(Full, Ignored) << Text;
    return Full;
  }

  std::string read(const llvm::Twine &Name) const {
    auto Buffer = llvm::MemoryBuffer::getFile(path(Name));
    return Buffer ? (*Buffer)->getBuffer().str() : "(none)";
  }

  /// How many files and folders there are, below folders too.
  unsigned count() const {
    unsigned Result = 0;
    std::error_code Wrong;
    for (llvm::sys::fs::recursive_directory_iterator Each(Root, Wrong), End;
         !Wrong && Each != End; Each.increment(Wrong))
      ++Result;
    return Result;
  }

private:
  llvm::SmallString<128> Root;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_TEST_UNIT_TEMPORARYFOLDER_H
