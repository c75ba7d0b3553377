// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a program that runs clang-tidy's checks itself needs, with the
// differences between the versions of LLVM.

#ifndef CORO_TIDY_LLVM_TIDYRUN_H
#define CORO_TIDY_LLVM_TIDYRUN_H

#include "clang-tidy/ClangTidy.h"
#include "clang/Basic/Version.h"

namespace clang::tidy::coro {

/// An engine of diagnostics which go to \p Consumer.
class PlainDiagnostics {
public:
  explicit PlainDiagnostics(DiagnosticConsumer &Consumer)
      : Engine(llvm::makeIntrusiveRefCnt<DiagnosticIDs>(), options(), &Consumer,
               /*ShouldOwnClient=*/false) {}

  DiagnosticsEngine &engine() { return Engine; }

private:
#if CLANG_VERSION_MAJOR >= 21
  DiagnosticOptions &options() { return Options; }
  DiagnosticOptions Options;
#else
  static llvm::IntrusiveRefCntPtr<DiagnosticOptions> options() {
    return llvm::makeIntrusiveRefCnt<DiagnosticOptions>();
  }
#endif
  DiagnosticsEngine Engine;
};

/// Has \p Context report through \p Diagnostics.
inline void useDiagnostics(ClangTidyContext &Context,
                           PlainDiagnostics &Diagnostics) {
#if CLANG_VERSION_MAJOR >= 21
  Context.setDiagnosticsEngine(std::make_unique<DiagnosticOptions>(),
                               &Diagnostics.engine());
#else
  Context.setDiagnosticsEngine(&Diagnostics.engine());
#endif
}

/// A file of a translation unit as it was read.
struct ReadFile {
  std::string Name;
  llvm::StringRef Text;
};

/// The files that were read for \p Sources so far.
inline std::vector<ReadFile> filesRead(const SourceManager &Sources) {
  std::vector<ReadFile> Result;
  for (auto Each = Sources.fileinfo_begin(); Each != Sources.fileinfo_end();
       ++Each)
    if (std::optional<llvm::StringRef> Text =
            Each->second->getBufferDataIfLoaded())
#if CLANG_VERSION_MAJOR >= 18
      Result.push_back({Each->first.getName().str(), *Text});
#else
      Result.push_back({Each->first->getName().str(), *Text});
#endif
  return Result;
}

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_TIDYRUN_H
