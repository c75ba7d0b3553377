// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a type is to a coroutine, told from its structure alone: a task, a
// generator, an awaitable, or none of these. No library is known by name here.

#ifndef CORO_TIDY_COROUTINE_TASKTYPES_H
#define CORO_TIDY_COROUTINE_TASKTYPES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/DenseMap.h"
#include <optional>
#include <unordered_map>

namespace clang::tidy::coro {

/// When a coroutine's body begins to run, by its promise's initial_suspend.
enum class Start {
  Unknown,
  Lazy, // Task f() { ... }  f();  - nothing has run yet
  Eager // runs, or is scheduled, within the call
};

/// What the structure of a class says about it.
struct TaskTraits {
  bool Awaiter = false;          // has await_ready and the others itself
  bool Awaitable = false;        // co_await accepts it
  bool CoroutineResult = false;  // std::coroutine_traits gives it a promise
  bool Generator = false;        // yields to its caller, on the caller's thread
  Start Begins = Start::Unknown; // of the coroutine that returns it
  bool AcceptsAwait = true;      // its promise lets the coroutine co_await
  bool OwnsItself = false;       // runs, and ends in order when it is lost
  bool HasNoHandle = false;      // nothing in it can be asked or waited for
  bool IsSingleUse = false;      // may be awaited once: move-only or &&-await
  bool IsShared = false;         // copies stand for the same coroutine

  /// Eager and not awaitable: throwing it away is its meaning.
  bool isFireAndForget() const {
    return CoroutineResult && !Awaitable && !Generator && Begins != Start::Lazy;
  }

  /// Fire-and-forget, and nobody can find out when it has ended.
  bool isForgotten() const { return isFireAndForget() && HasNoHandle; }
};

/// Tells the traits of the classes of one translation unit.
class TaskTypes {
public:
  explicit TaskTypes(const ASTContext &Context) : Context(Context) {}

  /// The traits of \p Record; all false for an incomplete class.
  const TaskTraits &traits(const CXXRecordDecl &Record);

  /// The traits of the class that \p Type denotes, by value; null for others.
  const TaskTraits *traits(QualType Type);

  /// The promise of a coroutine that returns \p Record, as nested promise_type
  /// or by a specialisation of std::coroutine_traits. Null when it is none.
  const CXXRecordDecl *promiseOf(const CXXRecordDecl &Record);

private:
  const NamedDecl *coroutineTraitsFor(const CXXRecordDecl &Record);
  bool hasAwaitOperator(const CXXRecordDecl &Record) const;
  void readCoroutineTraits();

  const ASTContext &Context;
  /// Nodes, since callers keep references.
  std::unordered_map<const CXXRecordDecl *, TaskTraits> Known;
  /// For each class (or pattern of a class template) that a specialisation of
  /// std::coroutine_traits is for, the member promise_type in it.
  std::optional<llvm::DenseMap<const Decl *, const NamedDecl *>> ByTraits;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_COROUTINE_TASKTYPES_H
