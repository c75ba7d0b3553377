// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/ProjectIndex.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"

namespace clang::tidy::coro {

void map(Archive &With, IndexedEffect &Each) {
  With(Each.Function, Each.At, Each.Form, Each.Name, Each.Blocks, Each.Open,
       Each.Invokes, Each.Instead, Each.Next, Each.Through);
}

void map(Archive &With, IndexedFunction &Each) {
  With(Each.Key, Each.Name, Each.FullName, Each.At, Each.IsRoot, Each.Effects);
}

void map(Archive &With, ProjectIndex &Each) {
  With(Each.Functions, Each.Effects);
}

std::string ProjectIndex::fileAbove(llvm::StringRef Folder) {
  for (; !Folder.empty(); Folder = llvm::sys::path::parent_path(Folder)) {
    llvm::SmallString<256> File(Folder);
    llvm::sys::path::append(File, ".cache", "coro-tidy", "index");
    if (llvm::sys::fs::exists(File))
      return std::string(File);
  }
  return "";
}

llvm::Expected<std::shared_ptr<const ProjectIndex>>
ProjectIndex::load(llvm::StringRef File) {
  auto Failure = [&](const llvm::Twine &Why) {
    return llvm::createStringError(llvm::inconvertibleErrorCode(),
                                   "the index '" + File + "' " + Why +
                                       "; run coro-tidy again to write it");
  };
  auto Buffer = llvm::MemoryBuffer::getFile(File, /*IsText=*/false,
                                            /*RequiresNullTerminator=*/false);
  if (!Buffer)
    return Failure("cannot be read: " + Buffer.getError().message());
  auto Result = std::make_shared<ProjectIndex>();
  if (llvm::Error Wrong = Archive::read((*Buffer)->getBuffer(), "index",
                                        CORO_TIDY_VERSION, *Result))
    return Failure(llvm::toString(std::move(Wrong)));
  size_t Count = Result->Effects.size();
  auto IsValid = [&](uint32_t Index) {
    return Index < Count || Index == IndexedEffect::None;
  };
  for (const IndexedEffect &Each : Result->Effects)
    if (Each.Function >= Result->Functions.size() || !IsValid(Each.Next) ||
        !IsValid(Each.Through))
      return Failure("is damaged");
  for (const IndexedFunction &Each : Result->Functions)
    for (uint32_t Effect : Each.Effects)
      if (Effect >= Count)
        return Failure("is damaged");
  Result->buildLookup();
  return std::shared_ptr<const ProjectIndex>(std::move(Result));
}

std::string ProjectIndex::bytes() const {
  return Archive::write("index", CORO_TIDY_VERSION, *this);
}

void ProjectIndex::buildLookup() {
  ByKey.clear();
  for (uint32_t I = 0; I < Functions.size(); ++I) {
    auto [Entry, IsNew] = ByKey.try_emplace(Functions[I].Key, I);
    if (!IsNew)
      Entry->second = IndexedEffect::None;
  }
}

llvm::ArrayRef<uint32_t> ProjectIndex::effectsOf(llvm::StringRef Key) const {
  auto Found = ByKey.find(Key);
  if (Found == ByKey.end() || Found->second == IndexedEffect::None ||
      Functions[Found->second].IsRoot)
    return {};
  return Functions[Found->second].Effects;
}

std::vector<const IndexedEffect *>
ProjectIndex::chainOf(const IndexedEffect &Effect) const {
  std::vector<const IndexedEffect *> Result;
  auto At = [&](uint32_t Index) {
    return Index == IndexedEffect::None ? nullptr : &Effects[Index];
  };
  // No chain is longer than there are effects, unless the file lies.
  for (const IndexedEffect *Step = &Effect;
       Step && Result.size() <= Effects.size(); Step = At(Step->Next)) {
    if (Step != &Effect)
      Result.push_back(Step);
    for (const IndexedEffect *Via = At(Step->Through);
         Via && Result.size() <= Effects.size(); Via = At(Via->Next))
      Result.push_back(Via);
  }
  return Result;
}

} // namespace clang::tidy::coro
