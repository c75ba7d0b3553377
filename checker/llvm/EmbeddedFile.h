// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A file of the repository that is compiled in, see EmbedFiles.cmake.

#ifndef CORO_TIDY_LLVM_EMBEDDEDFILE_H
#define CORO_TIDY_LLVM_EMBEDDEDFILE_H

namespace clang::tidy::coro {

struct EmbeddedFile {
  const char *Name; // without its folder: "posix.yaml"
  const char *Text;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_EMBEDDEDFILE_H
