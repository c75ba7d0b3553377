// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Registers the checks with the clangd that they are linked into.

#include "editor/Clangd.h"
#include "plugin/CoroTidyModule.h"
#include "plugin/Host.h"

namespace clang::tidy::coro {
namespace {

/// What is wrong with an index has no place in a file, so that no editor shows
/// it: it goes to clangd's log.
std::shared_ptr<SharedState> stateWithLog() {
  auto State = std::make_shared<SharedState>();
  State->onIndexRead([](llvm::StringRef File, llvm::StringRef Error) {
    if (Error.empty())
      clangd::detail::logImpl(
          clangd::Logger::Info, "",
          llvm::formatv("coro-tidy: read the index '{0}'", File));
    else
      clangd::detail::logImpl(
          clangd::Logger::Error, "",
          llvm::formatv("coro-tidy: {0}; without it nothing is known of other "
                        "files",
                        Error));
  });
  return State;
}

class EditorModule : public CoroTidyModule {
public:
  EditorModule() : CoroTidyModule(stateWithLog()) {}
};

/// The shared libraries of Clang are found when the program starts, and may be
/// others than those that it was linked to.
const bool Registered = [] {
  if (!hostFits())
    return false;
  static ClangTidyModuleRegistry::Add<EditorModule> Module(
      "coro-module", "Finds misuse of C++20 coroutines.");
  return true;
}();

} // namespace
} // namespace clang::tidy::coro
