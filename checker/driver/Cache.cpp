// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Cache.h"
#include "driver/Common.h"
#include "driver/TidyOptions.h"
#include "clang/Basic/Version.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CachePruning.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace clang::tidy::coro {

llvm::StringRef summaryVersion() {
  // What this program finds may change with each of its builds.
  static const std::string Version = [] {
    static int Anchor;
    std::string Self = llvm::sys::fs::getMainExecutable(nullptr, &Anchor);
    auto Program = llvm::MemoryBuffer::getFile(Self);
    std::string Build =
        Program ? llvm::toHex(contentHash((*Program)->getBuffer()), true) : "";
    return CORO_TIDY_VERSION "/" CLANG_VERSION_STRING "/" + Build;
  }();
  return Version;
}

llvm::Expected<UnitRecord> readSummary(llvm::StringRef File) {
  auto Failure = [&](const llvm::Twine &Why) {
    return failure("the summary '" + File + "' " + Why);
  };
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return Failure("cannot be read: " + Buffer.getError().message());
  UnitRecord Result;
  if (llvm::Error Wrong = Archive::read((*Buffer)->getBuffer(), "summary",
                                        summaryVersion(), Result))
    return Failure(llvm::toString(std::move(Wrong)));
  return Result;
}

llvm::Expected<std::string>
Cache::fileFor(const tooling::CompileCommand &Command,
               const AnalysisOptions &Options) {
  std::string Key;
  auto Add = [&](llvm::StringRef Part) { Key += (Part + "\n").str(); };
  Add(summaryVersion());
  Add(Command.Directory);
  Add(Command.Filename);
  Add(Command.Output);
  for (const std::string &Each : Command.CommandLine)
    Add(Each);
  Add(Options.Checks);
  Add(Options.HeaderFilter);
  for (const std::string &Each : Options.ExtraArguments)
    Add(Each);
  Add(Options.ParsesEverything ? "everything" : "");
  std::string Error;
  auto Provider = makeOptionsProvider(Options, Error);
  if (!Provider)
    return failure(Error);
  ClangTidyOptions ForFile = Provider->getOptions(Command.Filename);
  if (!Error.empty())
    return failure(Error);
  Add(configurationAsText(ForFile));
  // As the analysis finds them.
  for (const std::string &File : modelFilesOf(ForFile))
    Add(currentHash(absolutePath(File, Command.Directory)));
  llvm::SmallString<256> File(Folder);
  // The prefix is that of files which pruning may take.
  llvm::sys::path::append(File, "units",
                          "llvmcache-" + llvm::toHex(contentHash(Key), true));
  return std::string(File);
}

const std::string &Cache::currentHash(const std::string &File) {
  auto [Known, IsNew] = Hashes.try_emplace(File);
  if (IsNew) {
    auto Text = llvm::MemoryBuffer::getFile(File, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
    Known->second = Text ? contentHash((*Text)->getBuffer()) : "";
  }
  return Known->second;
}

std::optional<UnitRecord> Cache::find(llvm::StringRef File) {
  llvm::Expected<UnitRecord> Read = readSummary(File);
  if (!Read) {
    llvm::consumeError(Read.takeError());
    return std::nullopt;
  }
  // What was missing may be there now, and nothing here would tell.
  if (!Read->Problem.empty() || !Read->Configuration.empty())
    return std::nullopt;
  for (const Dependency &Each : Read->Dependencies)
    if (currentHash(Each.File) != Each.Hash)
      return std::nullopt;
  return std::move(*Read);
}

void Cache::prune() const {
  llvm::SmallString<256> Units(Folder);
  llvm::sys::path::append(Units, "units");
  llvm::CachePruningPolicy Policy;
  Policy.Expiration = std::chrono::hours(24 * 30);
  Policy.MaxSizeBytes = 1 << 30;
  llvm::pruneCache(Units, Policy);
}

} // namespace clang::tidy::coro
