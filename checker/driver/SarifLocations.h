// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Places and changes of files in the words of SARIF.

#ifndef CORO_TIDY_DRIVER_SARIFLOCATIONS_H
#define CORO_TIDY_DRIVER_SARIFLOCATIONS_H

#include "driver/SourceFiles.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

class SarifLocations {
public:
  explicit SarifLocations(std::string Root) : Root(std::move(Root)) {}

  /// Says where the URIs begin that are relative: run.originalUriBaseIds
  llvm::json::Object bases() const;
  llvm::json::Object location(const Location &At);
  llvm::json::Object fix(const Finding &Of);

private:
  llvm::json::Object artifact(llvm::StringRef File) const;
  llvm::json::Object replacement(const Edit &Of);

  std::string Root;
  SourceFiles Files;
};

/// "file:///home/me/project/"
std::string folderUri(llvm::StringRef Folder);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_SARIFLOCATIONS_H
