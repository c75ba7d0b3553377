// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/TidyOptions.h"
#include "plugin/CheckGlobs.h"
#include "llvm/Support/FileSystem.h"

namespace clang::tidy::coro {
namespace {

/// Says of a malformed configuration where it is so.
llvm::ErrorOr<ClangTidyOptions> parse(llvm::MemoryBufferRef Text,
                                      std::string &Error) {
  return parseConfigurationWithDiags(
      Text, [&](const llvm::SMDiagnostic &Wrong) {
        if (Error.empty())
          Error =
              (Text.getBufferIdentifier() + ":" +
               llvm::Twine(Wrong.getLineNo()) + ":" +
               llvm::Twine(Wrong.getColumnNo() + 1) + ": " + Wrong.getMessage())
                  .str();
      });
}

class OptionsProvider : public FileOptionsProvider {
public:
  OptionsProvider(ClangTidyOptions Defaults, ClangTidyOptions Overrides,
                  std::string &Error)
      : FileOptionsProvider(ClangTidyGlobalOptions(), std::move(Defaults),
                            std::move(Overrides)) {
    // An error would be printed too.
    ConfigHandlers = {{".clang-tidy", [&Error](llvm::MemoryBufferRef Text) {
                         auto Read = parse(Text, Error);
                         return Read ? *Read : ClangTidyOptions();
                       }}};
  }

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
    return std::make_unique<OptionsProvider>(Defaults, Overrides, Error);
  llvm::ErrorOr<ClangTidyOptions> Parsed =
      parse(llvm::MemoryBufferRef(Options.Config, "--config"), Error);
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

std::vector<std::string> modelFilesOf(const ClangTidyOptions &Options) {
  std::vector<std::string> Result;
  for (const auto &Each : Options.CheckOptions)
    if (Each.getKey().ends_with("ModelFiles")) {
      llvm::SmallVector<llvm::StringRef, 4> Files;
      llvm::StringRef(Each.getValue().Value)
          .split(Files, ';', /*MaxSplit=*/-1, /*KeepEmpty=*/false);
      for (llvm::StringRef File : Files)
        Result.push_back(File.trim().str());
    }
  llvm::sort(Result);
  return Result;
}

std::vector<std::string> configurationFilesOf(llvm::StringRef File,
                                              const AnalysisOptions &Options) {
  std::string Error;
  auto Provider = makeOptionsProvider(Options, Error);
  if (!Provider)
    return {};
  std::vector<std::string> Result = modelFilesOf(Provider->getOptions(File));
  for (const auto &[Each, Source] : Provider->getRawOptions(File))
    // The others stand for the defaults and the command line.
    if (llvm::sys::fs::is_regular_file(Source))
      Result.push_back(Source);
  return Result;
}

} // namespace clang::tidy::coro
