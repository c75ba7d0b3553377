// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The definitions of functions that there are in a project, and which of them a
// name means where it is used.

#ifndef CORO_TIDY_SUMMARIES_DEFINITIONS_H
#define CORO_TIDY_SUMMARIES_DEFINITIONS_H

#include "summaries/UnitSummary.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"
#include <deque>
#include <memory>

namespace clang::tidy::coro {

struct Definition {
  const FunctionSummary *Summary;
  /// The units that have it: several if it is in a header. The first speaks.
  llvm::SmallVector<const UnitSummary *, 1> Units;
};

class Definitions {
public:
  /// Those of \p Units, which outlive them.
  explicit Definitions(llvm::ArrayRef<UnitSummary> Units);

  /// Sorted by key and place. Of a function that several programs define, also
  /// the harmless ones, without calls.
  llvm::ArrayRef<Definition> all() const { return All; }

  /// The definitions that \p Key means in \p From, by their numbers: the only
  /// one; else that of the same unit; else the only one of the same program;
  /// else, for those of libraries, the only one outside of the programs that
  /// have a main. Where that is not clear there is none. Several, if \p From
  /// is part of several programs.
  llvm::SmallVector<uint32_t, 1> find(llvm::StringRef Key,
                                      const Definition &From) const;

private:
  static constexpr uint32_t Unclear = UINT32_MAX;

  /// How to choose among several definitions of one name.
  struct Choice {
    llvm::DenseMap<const UnitSummary *, uint32_t> ByUnit;
    llvm::StringMap<uint32_t> ByProgram;
    std::optional<uint32_t> OfLibraries;
  };
  struct Named {
    llvm::SmallVector<uint32_t, 1> All;
    std::unique_ptr<Choice> Choose;
  };

  void addBlocking(llvm::ArrayRef<UnitSummary> Units);
  void addHarmless(llvm::ArrayRef<UnitSummary> Units);
  void nameAll();
  void note(Choice &In, uint32_t Number) const;
  uint32_t choose(const Choice &From, const UnitSummary &Unit) const;

  std::vector<Definition> All;
  std::deque<FunctionSummary> HarmlessOnes;
  llvm::StringMap<Named> ByKey;
  llvm::StringMap<char> Executables; // programs that have a main
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_DEFINITIONS_H
