// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/TidyOptions.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::coro {
namespace {

/// Those of the globs that speak of our checks. A .clang-tidy that begins with
/// "-*" to choose among clang-tidy's own does not turn ours off.
std::string ourGlobs(llvm::StringRef Globs) {
  std::vector<std::string> Ours;
  llvm::SmallVector<llvm::StringRef, 16> All;
  Globs.split(All, ',');
  for (llvm::StringRef Each : All)
    if (Each.contains("coro"))
      Ours.push_back(Each.trim().str());
  return llvm::join(Ours, ",");
}

/// What \p Text says; the first mistake in it goes to \p Error.
llvm::ErrorOr<ClangTidyOptions> parse(llvm::MemoryBufferRef Text,
                                      std::string &Error) {
  llvm::ErrorOr<ClangTidyOptions> Result =
      parseConfigurationWithDiags(Text, [&](const llvm::SMDiagnostic &Wrong) {
        if (Error.empty())
          Error =
              (Text.getBufferIdentifier() + ":" +
               llvm::Twine(Wrong.getLineNo()) + ":" +
               llvm::Twine(Wrong.getColumnNo() + 1) + ": " + Wrong.getMessage())
                  .str();
      });
  if (!Result && Error.empty())
    Error =
        (Text.getBufferIdentifier() + ": " + Result.getError().message()).str();
  return Result;
}

/// Reads .clang-tidy files. clang-tidy passes over those that are malformed; we
/// say so.
class OptionsProvider : public FileOptionsProvider {
public:
  OptionsProvider(const ClangTidyOptions &Defaults,
                  const ClangTidyOptions &Overrides, std::string &Error)
      : FileOptionsProvider(ClangTidyGlobalOptions(), Defaults, Overrides) {
    ConfigHandlers = {{".clang-tidy",
                       [&Error](llvm::MemoryBufferRef Text)
                           -> llvm::ErrorOr<ClangTidyOptions> {
                         auto Read = parse(Text, Error);
                         return Read ? *Read : ClangTidyOptions();
                       }}};
  }

  std::vector<OptionsSource> getRawOptions(llvm::StringRef File) override {
    std::vector<OptionsSource> Sources =
        FileOptionsProvider::getRawOptions(File);
    for (OptionsSource &Each : Sources)
      if (Each.first.Checks)
        Each.first.Checks = ourGlobs(*Each.first.Checks);
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
    return std::make_unique<OptionsProvider>(Defaults, Overrides, Error);
  llvm::ErrorOr<ClangTidyOptions> Parsed =
      parse(llvm::MemoryBufferRef(Options.Config, "--config"), Error);
  if (!Parsed)
    return nullptr;
  if (Parsed->Checks)
    Parsed->Checks = ourGlobs(*Parsed->Checks);
  return std::make_unique<ConfigOptionsProvider>(ClangTidyGlobalOptions(),
                                                 Defaults, *Parsed, Overrides);
}

} // namespace clang::tidy::coro
