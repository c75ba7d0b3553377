// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which functions of a project block, and how: what the linker finds out, and
// what a check reads that sees one translation unit only.

#ifndef CORO_TIDY_SUMMARIES_PROJECTINDEX_H
#define CORO_TIDY_SUMMARIES_PROJECTINDEX_H

#include "summaries/UnitSummary.h"
#include "llvm/ADT/StringMap.h"

namespace clang::tidy::coro {

/// That a function may block, and by which of its calls.
struct IndexedEffect {
  static constexpr uint32_t None = UINT32_MAX;

  uint32_t Function = 0; // in ProjectIndex::Functions
  Location At;           // the call
  Call::Kind Form = Call::Ordinary;
  std::string Name; // of what is called
  Category Blocks = Category::None;
  std::optional<OpenCondition> Open;
  /// The function runs this parameter; it is not known whether that blocks.
  std::optional<unsigned> Invokes;
  std::string Instead; // what to await, in any library
  /// The effect of the callee that is passed on; None for a primitive.
  uint32_t Next = None;
  /// Where the callee runs the callable that Next belongs to.
  uint32_t Through = None;
};

struct IndexedFunction {
  std::string Key;
  std::string Name; // as messages say it
  std::string FullName;
  Location At;
  /// It is a coroutine or an awaiter: its effects are findings.
  bool IsRoot = false;
  std::vector<uint32_t> Effects;
};

class ProjectIndex {
public:
  /// Sorted by key and place; at the end, without a name of their own, what the
  /// overriders of methods do.
  std::vector<IndexedFunction> Functions;
  std::vector<IndexedEffect> Effects;

  /// The next .cache/coro-tidy/index in \p Folder or above it; empty if there
  /// is none.
  static std::string fileAbove(llvm::StringRef Folder);

  /// Reads the index in \p File. Fails, and says why, if it is missing,
  /// damaged, or of another version.
  static llvm::Expected<std::shared_ptr<const ProjectIndex>>
  load(llvm::StringRef File);

  /// The index as the bytes of a file.
  std::string bytes() const;

  /// The effects of the only function that has \p Key; none if it is not
  /// there, or several programs define it differently.
  llvm::ArrayRef<uint32_t> effectsOf(llvm::StringRef Key) const;

  /// The effects of what overrides the method that has \p Key.
  llvm::ArrayRef<uint32_t> effectsOfOverriders(llvm::StringRef Key) const {
    return effectsOf(keyOfOverriders(Key));
  }
  static std::string keyOfOverriders(llvm::StringRef Key) {
    return ("overriders of " + Key).str();
  }

  /// The effects from \p Effect to the primitive, in the order in which they
  /// are told, without \p Effect.
  std::vector<const IndexedEffect *> chainOf(const IndexedEffect &Effect) const;

  /// To be called when Functions are complete.
  void buildLookup();

private:
  llvm::StringMap<uint32_t> ByKey;
};

void map(Archive &With, IndexedEffect &Each);
void map(Archive &With, IndexedFunction &Each);
void map(Archive &With, ProjectIndex &Each);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_PROJECTINDEX_H
