// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What classes and functions have to do with the locks of threads, told from
// their structure and the models. A mutex whose lock is awaited is none.

#ifndef CORO_TIDY_FACTS_LOCKTYPES_H
#define CORO_TIDY_FACTS_LOCKTYPES_H

#include "coroutine/TaskTypes.h"
#include "facts/Values.h"
#include "models/Models.h"
#include "clang/AST/ExprCXX.h"
#include <unordered_map>

namespace clang::tidy::coro {

/// What an object is to the thread that uses it.
enum class LockRole {
  None,
  Mutex,  // mutex.lock();   mutex.unlock();
  Lock,   // std::lock_guard lock(mutex);
  Scope,  // changes something of the thread, and changes it back at its end
  Relock, // unlocks a mutex, and locks it again at its end
};

struct LockClass {
  LockRole Role = LockRole::None;
  bool IsModelled = false;  // its constructors do as those of std::unique_lock
  bool IsCarrier = false;   // has a lock as a member, or as an element
  bool IsContainer = false; // of locks: std::vector<std::unique_lock<...>>
};

/// A call that locks or unlocks.
struct LockCall {
  bool Locks;
  llvm::SmallVector<const Expr *, 2> Targets; // empty: what it returns
  llvm::StringRef Succeeds; // the result with which it did; empty: always
};

/// What a function does to what it reaches from outside of itself.
struct LockEffect {
  struct Act {
    bool Locks;
    std::string Path; // see pathOf
  };
  llvm::SmallVector<Act, 2> Acts;
  bool ChangesThread = false;

  bool locks() const;
  bool unlocks() const;
};

class LockTypes {
public:
  LockTypes(const Models &Library, TaskTypes &Types, Values &Seen)
      : Library(Library), Types(Types), Seen(Seen) {}

  const LockClass &classify(const CXXRecordDecl &Class);
  /// The same for the class of \p Type.
  LockClass classify(QualType Type);

  /// What \p Site does by itself; none for other calls.
  std::optional<LockCall> lockCall(const CallExpr &Site);

  /// What the body of \p Function does; nothing where it is not in sight.
  const LockEffect &effectOf(const FunctionDecl &Function);

  /// The same for what \p Site calls, in the names of the caller.
  LockEffect effectOf(const CallExpr &Site);

  /// Whether an object that is made by \p Made, of a class that holds a lock,
  /// holds it then.
  bool isHeldBy(const Expr *Made);

private:
  LockClass classifyNew(const CXXRecordDecl &Class);
  std::optional<LockCall> containerCall(const CXXMemberCallExpr &Site);
  bool isMutex(const CXXRecordDecl &Class);
  bool isLockable(const TemplateArgument &Argument);
  bool hasAwaitableLock(const CXXRecordDecl &Class);
  LockRole roleByEnd(const CXXRecordDecl &Class);
  LockRole roleOfParts(const CXXRecordDecl &Class);
  bool isHeldByConstruction(const CXXConstructExpr &Made);
  void addEffect(const FunctionDecl &Function, LockEffect &Result);
  void addCall(const CallExpr &Site, const FunctionDecl &Within,
               LockEffect &Result);

  const Models &Library;
  TaskTypes &Types;
  Values &Seen;
  unsigned ClassDepth = 0, CallDepth = 0;
  std::unordered_map<const CXXRecordDecl *, LockClass> Classes;
  std::unordered_map<const FunctionDecl *, LockEffect> Effects;
};

/// Names the object that \p E denotes, or points to: the same text for the
/// same object. Ends in '?' where it may be another one each time.
std::string pathOf(const Expr *E);
std::string pathOf(const ValueDecl &Declaration);

/// \p Path with \p From at its beginning replaced by \p To; none when it does
/// not begin so.
std::optional<std::string> rebased(llvm::StringRef Path, llvm::StringRef From,
                                   llvm::StringRef To);

/// The path of the object that a method is called on.
inline constexpr llvm::StringLiteral ThisPath = "this";

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_LOCKTYPES_H
