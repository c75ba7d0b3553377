// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Decides for each call of one function whether it blocks by itself: by an
// attribute of the callee or by a model whose conditions hold.

#ifndef CORO_TIDY_FACTS_BLOCKINGFACTS_H
#define CORO_TIDY_FACTS_BLOCKINGFACTS_H

#include "facts/Conditions.h"
#include "facts/Flow.h"

namespace clang::tidy::coro {

class BlockingFacts {
public:
  BlockingFacts(const FunctionDecl &Within, const Models &Library,
                Conditions &Decide, Values &Seen)
      : Within(Within), Library(Library), Decide(Decide), Seen(Seen) {}

  /// Fills in Blocks and CalledInPlace of the calls from \p First on, which
  /// stand in \p Block of \p Order; both are null when the flow is unknown.
  void fill(std::vector<Call> &Calls, size_t First, const Flow *Order,
            const CFGBlock *Block);

private:
  std::optional<BlockingFact> decideModel(const FunctionModel &Model,
                                          const Call &At);
  Verdict decide(const Condition &Test, const Call &At);
  bool isReplaced(const ValueDecl &Object, const Expr &Guard, const Call &At);
  bool isAskedByAwaitReady(const ValueDecl &Object,
                           llvm::ArrayRef<std::string> Methods);
  bool isGuarded(const ValueDecl &Object, const Call &At,
                 llvm::ArrayRef<std::string> Methods);
  bool saysReady(const Expr *Condition, bool Holds, const ValueDecl &Object,
                 llvm::ArrayRef<std::string> Methods);
  bool isQuestion(const Expr *E, const ValueDecl &Object,
                  llvm::ArrayRef<std::string> Methods, const FunctionDecl &In,
                  unsigned Depth);

  const FunctionDecl &Within;
  const Models &Library;
  Conditions &Decide;
  Values &Seen;
  const Flow *Order = nullptr;
  const CFGBlock *Block = nullptr;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_BLOCKINGFACTS_H
