// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The commands that ask the index, and those that tell about the checks.

#include "clang-tidy/GlobList.h"
#include "driver/Commands.h"
#include "driver/Common.h"
#include "driver/Explain.h"
#include "driver/TidyOptions.h"
#include "summaries/ProjectIndex.h"
#include "summaries/Wording.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

namespace clang::tidy::coro {
namespace {

/// The index that --index names, or that of the project around the working
/// directory.
llvm::Expected<std::shared_ptr<const ProjectIndex>>
indexFor(const CommandLine &Wanted) {
  if (!Wanted.IndexFile.empty())
    return ProjectIndex::load(Wanted.IndexFile);
  if (!Wanted.Run.CacheFolder.empty()) {
    llvm::SmallString<256> File(Wanted.Run.CacheFolder);
    llvm::sys::path::append(File, "index");
    return ProjectIndex::load(File);
  }
  if (std::string Found = ProjectIndex::fileAbove(fullPath("."));
      !Found.empty())
    return ProjectIndex::load(Found);
  return failure("there is no index of a project here; run coro-tidy first, or "
                 "name one with --index");
}

std::string placed(const Location &At) {
  return At.File + ":" + std::to_string(At.Line) + ":" +
         std::to_string(At.Column);
}

/// "relay::flush" and "flush" both name relay::flush.
bool isNamed(const IndexedFunction &Function, llvm::StringRef Name) {
  llvm::StringRef Full = Function.FullName;
  return Full == Name || Full.ends_with(("::" + Name).str());
}

} // namespace

ExitCode why(const CommandLine &Wanted) {
  if (Wanted.Operands.size() != 1)
    return fail(failure("why takes the name of a function"));
  auto Index = indexFor(Wanted);
  if (!Index)
    return fail(Index.takeError());
  const std::string &Name = Wanted.Operands.front();
  bool IsAny = false;
  for (const IndexedFunction &Each : (*Index)->Functions) {
    if (!isNamed(Each, Name))
      continue;
    for (uint32_t Number : Each.Effects) {
      const IndexedEffect &Effect = (*Index)->Effects[Number];
      if (Effect.Blocks == Category::None)
        continue;
      IsAny = true;
      llvm::outs() << placed(Each.At) << ": '" << Each.FullName
                   << "' may block";
      if (Effect.Open)
        llvm::outs() << ", if its callers do not see to it";
      llvm::outs() << ": " << describe(Effect.Blocks) << '\n';
      std::vector<const IndexedEffect *> Chain = (*Index)->chainOf(Effect);
      Chain.insert(Chain.begin(), &Effect);
      for (const IndexedEffect *Step : Chain)
        llvm::outs() << "  " << placed(Step->At) << ": "
                     << (*Index)->Functions[Step->Function].Name << ' '
                     << describeAction(Step->Form, Step->Name) << '\n';
    }
  }
  if (!IsAny)
    llvm::outs() << "'" << Name << "' is not known to block\n";
  return Clean;
}

ExitCode callers(const CommandLine &Wanted) {
  Category Asked = Wanted.Operands.size() == 1
                       ? categoryNamed(Wanted.Operands.front())
                       : Category::None;
  if (Asked == Category::None) {
    std::string Known;
    for (Category Each : allCategories())
      Known += (Known.empty() ? "" : ", ") + nameOf(Each).str();
    return fail(failure("callers takes a category: " + Known));
  }
  auto Index = indexFor(Wanted);
  if (!Index)
    return fail(Index.takeError());
  for (const IndexedFunction &Each : (*Index)->Functions)
    for (uint32_t Number : Each.Effects) {
      const IndexedEffect &Effect = (*Index)->Effects[Number];
      if (Effect.Blocks != Asked || Each.FullName.empty())
        continue;
      llvm::outs() << placed(Effect.At) << ": "
                   << (Each.IsRoot ? "coroutine '" : "'") << Each.FullName
                   << "' " << describeAction(Effect.Form, Effect.Name) << '\n';
    }
  return Clean;
}

ExitCode listChecks(const CommandLine &Wanted) {
  std::string Error;
  std::unique_ptr<ClangTidyOptionsProvider> Provider =
      makeOptionsProvider(Wanted.Run.Analysis, Error);
  if (!Provider)
    return fail(failure(Error));
  // As for a file in the working directory.
  ClangTidyOptions Here = Provider->getOptions(fullPath("file.cpp"));
  if (!Error.empty())
    return fail(failure(Error));
  CachedGlobList Enabled(Here.Checks.value_or(""));
  listChecks(llvm::outs(),
             [&](llvm::StringRef Check) { return Enabled.contains(Check); });
  return Clean;
}

ExitCode explain(const CommandLine &Wanted) {
  bool IsTerminal = llvm::outs().is_displayed();
  if (llvm::Error Unknown =
          explainCheck(Wanted.Explain, llvm::outs(), IsTerminal))
    return fail(std::move(Unknown));
  return Clean;
}

} // namespace clang::tidy::coro
