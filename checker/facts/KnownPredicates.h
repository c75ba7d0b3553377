// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What is known, on one way through a function, of what its conditions ask.

#ifndef CORO_TIDY_FACTS_KNOWNPREDICATES_H
#define CORO_TIDY_FACTS_KNOWNPREDICATES_H

#include "facts/Changes.h"
#include "facts/Flow.h"
#include "facts/Predicates.h"
#include "facts/Values.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include <map>

namespace clang::tidy::coro {

class KnownPredicates {
public:
  /// Chooses the predicates of \p Function that are worth to be followed: those
  /// whose subject is asked more than once, or is set to a constant.
  KnownPredicates(const FunctionDecl &Function, const Flow &Order,
                  Values &Seen);

  enum Knowledge : char { Unknown, IsTrue, IsFalse };
  /// What is known, by the number of the predicate, in the order in which it
  /// was learnt.
  using State = llvm::SmallVector<std::pair<unsigned, Knowledge>, 4>;

  bool isEmpty() const { return Followed.empty(); }

  /// Changes \p Now as \p Element does: ready = true;   ++round;
  void update(State &Now, const CFGElement &Element) const;

  /// Adds what follows from going from \p Block to \p Successor, the branch for
  /// true if \p Outcome; in a loop \p Again, if not for the first time. False
  /// when that contradicts what is known.
  bool learn(State &Now, const CFGBlock &Block, const CFGBlock *Successor,
             bool Outcome, bool Again) const;

  /// Forgets what nobody asks from \p Block on before it may be different, what
  /// is not among \p Wanted if that is given, and of the rest the oldest beyond
  /// \p Most.
  void forget(State &Now, const CFGBlock &Block, size_t Most,
              const llvm::BitVector *Wanted = nullptr) const;

  /// Adds to \p Wanted what is asked at the end of \p Block.
  void addAsked(const CFGBlock &Block, llvm::BitVector &Wanted) const;

private:
  struct Entry {
    std::string Subject;
    std::string Value;
    llvm::SmallVector<const ValueDecl *, 2> Mentions;
  };
  /// That the predicate \p Index is true, or false.
  struct Answer {
    unsigned Index;
    bool Holds;
  };
  struct Switched {
    std::string Subject;
    llvm::SmallVector<std::pair<const Stmt *, std::string>, 4> Cases;
  };

  /// A condition that asks; null for the label of a switch.
  struct Use {
    const Expr *Condition;
    Predicate What;
  };
  /// By subject, in the order of the blocks.
  using Uses = llvm::MapVector<std::string, std::vector<Use>,
                               std::map<std::string, unsigned>>;

  void addUses(const Expr &Condition, const Stmt *Terminator, Uses &Found,
               llvm::DenseSet<const ValueDecl *> &Mentioned);
  void follow(const Use &Asking);
  void findCounters(const decltype(BodyScan::Writes) &Writes);
  void findAskedLater(const Flow &Order);
  llvm::ArrayRef<unsigned> about(llvm::StringRef Subject) const;
  llvm::ArrayRef<unsigned> mentioning(const ValueDecl &Variable) const;
  void forEachChange(
      const CFGElement &Element,
      llvm::function_ref<void(const ValueDecl &, const Expr *)> Visit) const;
  void assign(State &Now, const ValueDecl &Variable, const Expr *Value) const;
  void become(State &Now, llvm::StringRef Subject, llvm::StringRef Value) const;
  bool learn(State &Now, Answer What) const;

  const ASTContext &Context;
  std::vector<Entry> Followed;
  using Numbers = llvm::SmallVector<unsigned, 2>;
  llvm::StringMap<Numbers> BySubject;
  llvm::DenseMap<const ValueDecl *, Numbers> ByMention;
  /// Which are asked after the beginning of a block, and not changed before.
  llvm::DenseMap<const CFGBlock *, llvm::BitVector> AskedLater;
  Changes Changing;
  /// For the condition of a branch, what it says when it is true.
  llvm::DenseMap<const Stmt *, Answer> Asked;
  llvm::DenseMap<const Stmt *, Switched> Switches;
  /// The variables that start with a constant and only grow, with it.
  llvm::DenseMap<const ValueDecl *, std::string> Counters;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_KNOWNPREDICATES_H
