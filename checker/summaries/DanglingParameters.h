// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The parameters of coroutines that refer to what nobody keeps for them.

#ifndef CORO_TIDY_SUMMARIES_DANGLINGPARAMETERS_H
#define CORO_TIDY_SUMMARIES_DANGLINGPARAMETERS_H

#include "facts/LateUses.h"
#include "summaries/Borrowing.h"

namespace clang::tidy::coro {

struct DanglingParameter {
  enum Reason {
    Broken,       // a caller lets it die
    LeftAlone,    // a caller lets the coroutine run by itself
    NobodyWaits,  // the coroutine is fire-and-forget
    MayBeDropped, // it goes on when its result is dropped
    AnyCaller,    // asked for all
  };
  const FunctionDecl *Coroutine;
  const ParmVarDecl *Parameter;
  LateUse Late;
  Reason Why;
  /// Of Broken and LeftAlone: what the caller does.
  const DanglingTask *Caller = nullptr;
};

/// Looks for them in one unit.
class DanglingParameters {
public:
  explicit DanglingParameters(TranslationUnit &Unit);

  /// The findings, in the order of the walk. With \p All each reference-like
  /// parameter that is used after a suspension, the initial one too.
  std::vector<DanglingParameter> find(bool All);

private:
  using Place = std::pair<const FunctionDecl *, unsigned>;

  std::optional<DanglingParameter> look(const FunctionDecl &Coroutine,
                                        unsigned Index, bool All);
  std::optional<LateUse> lateUse(const FunctionDecl &Coroutine, unsigned Index);
  bool keeps(const CallExpr &Site, std::optional<unsigned> Index);
  bool bindsTemporary(QualType Type);
  bool isKeptByCallers(const FunctionDecl &Coroutine, unsigned Index);
  void addCallers();

  TranslationUnit &Unit;
  llvm::DenseMap<Place, const DanglingTask *> Broken;
  llvm::DenseMap<Place, const DanglingTask *> LeftAlone;
  /// The calls in sight of each coroutine.
  llvm::DenseMap<const FunctionDecl *, std::vector<const CallExpr *>> Callers;
  llvm::DenseMap<const FunctionDecl *, std::shared_ptr<LateUses>> Uses;
  std::unordered_map<const ParmVarDecl *, std::optional<LateUse>> Known;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_DANGLINGPARAMETERS_H
