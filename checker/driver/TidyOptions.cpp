// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/TidyOptions.h"
#include "plugin/CheckGlobs.h"

namespace clang::tidy::coro {
namespace {

class OptionsProvider : public FileOptionsProvider {
public:
  using FileOptionsProvider::FileOptionsProvider;

  std::vector<OptionsSource> getRawOptions(llvm::StringRef File) override {
    std::vector<OptionsSource> Sources =
        FileOptionsProvider::getRawOptions(File);
    for (OptionsSource &Each : Sources)
      if (Each.first.Checks)
        Each.first.Checks = coroGlobs(*Each.first.Checks);
    return Sources;
  }
};

} // namespace

std::unique_ptr<ClangTidyOptionsProvider>
makeOptionsProvider(const AnalysisOptions &Options, std::string &Error) {
  ClangTidyOptions Defaults = ClangTidyOptions::getDefaults();
  Defaults.Checks = "coro-*";
  Defaults.WarningsAsErrors = "";
  Defaults.HeaderFilterRegex = ".*";
  Defaults.SystemHeaders = false;
  ClangTidyOptions Overrides;
  if (!Options.Checks.empty())
    // Before it stands what the configuration says, which it replaces.
    Overrides.Checks = "-coro-*," + Options.Checks;
  if (!Options.HeaderFilter.empty())
    Overrides.HeaderFilterRegex = Options.HeaderFilter;
  if (Options.Config.empty())
    return std::make_unique<OptionsProvider>(ClangTidyGlobalOptions(), Defaults,
                                             Overrides);
  llvm::ErrorOr<ClangTidyOptions> Parsed = parseConfigurationWithDiags(
      llvm::MemoryBufferRef(Options.Config, "--config"),
      [&](const llvm::SMDiagnostic &Wrong) {
        if (Error.empty())
          Error =
              ("--config:" + llvm::Twine(Wrong.getLineNo()) + ":" +
               llvm::Twine(Wrong.getColumnNo() + 1) + ": " + Wrong.getMessage())
                  .str();
      });
  if (!Parsed) {
    if (Error.empty())
      Error = "--config: " + Parsed.getError().message();
    return nullptr;
  }
  if (Parsed->Checks)
    Parsed->Checks = coroGlobs(*Parsed->Checks);
  return std::make_unique<ConfigOptionsProvider>(ClangTidyGlobalOptions(),
                                                 Defaults, *Parsed, Overrides);
}

} // namespace clang::tidy::coro
