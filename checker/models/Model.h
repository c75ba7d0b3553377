// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What a model file says about a library, as values. docs/models.md describes
// the format for people.

#ifndef CORO_TIDY_MODELS_MODEL_H
#define CORO_TIDY_MODELS_MODEL_H

#include "models/StateUse.h"
#include "llvm/ADT/StringRef.h"
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace clang::tidy::coro {

/// In what way a call blocks. The order is that of the documentation.
enum class Category {
  None,
  Sleep,
  Network,
  Resolve,
  File,
  Terminal,
  Process,
  Wait,
  Join,
  Database,
  Http,
  Rpc,
  SyncWait,
  Annotated, // declared by an attribute; not a category that a file may name
  Metadata,
  Lock,
  Log,
};

/// The name of \p Value in model files and options.
llvm::StringRef nameOf(Category Value);

/// The category called \p Name, None when there is none of that name.
Category categoryNamed(llvm::StringRef Name);

/// All categories that a file or an option may name, in order.
const std::vector<Category> &allCategories();

/// What a category is called in a sentence: "a sleep", "network I/O".
llvm::StringRef describe(Category Value);

/// One test of an argument or of the object of a call.
struct Condition {
  std::optional<unsigned> Argument; // absent: the implicit object
  bool Object = false;
  std::string Equals;
  std::string Flag;
  bool Zero = false;
  bool Null = false;
  bool Nonblocking = false;
  std::vector<std::string> Type;
  std::vector<std::string> Variable;
  std::vector<std::string> From;
  std::vector<std::string> CheckedBy;

  bool operator<(const Condition &Other) const {
    auto Key = [](const Condition &Each) {
      return std::tie(Each.Argument, Each.Object, Each.Equals, Each.Flag,
                      Each.Zero, Each.Null, Each.Nonblocking, Each.Type,
                      Each.Variable, Each.From, Each.CheckedBy);
    };
    return Key(*this) < Key(Other);
  }
};

/// A function told apart by its types instead of its name.
struct Signature {
  std::string Result;
  std::vector<std::string> Parameters;
};

/// Where awaiting a function's result moves the coroutine.
enum class Move { None, BlockingAllowed, EventLoop };

/// What makes-nonblocking, locks and unlocks refer to.
struct Target {
  enum Kind { None, Result, Object, Argument, Arguments } Which = None;
  unsigned Index = 0;
};

/// What an object, while it lives, is to the thread that made it.
enum class ThreadBinding {
  Unknown,
  Lock,  // it holds a mutex of threads
  Scope, // it has changed something of the thread, and will change it back
  None,  // nothing, whatever its structure looks like
};

struct FunctionModel {
  std::vector<std::string> Names;
  std::optional<Signature> BySignature;
  Category Blocks = Category::None;
  unsigned MinArguments = 0;
  std::vector<Condition> When;   // all must be known to hold
  std::vector<Condition> Unless; // none may be known to hold
  std::string Instead;
  std::vector<unsigned> Calls;   // arguments that it calls in place
  std::optional<unsigned> Wraps; // its result stands for this argument
  Target MakesNonblocking;
  bool Constructs = false; // an object of its first template argument
  bool Destroys = false;   // an object of its first template argument
  Move MovesTo = Move::None;
  Target Locks;         // holds it until it is unlocked
  std::string Succeeds; // the result with which it does; empty: always
  Target Unlocks;
  bool ChangesThread = false; // something of the thread that calls it
  bool OfThread = false;      // its result belongs to the thread that calls it
  bool GivesError = false;    // of the last call of the thread: errno
  bool DiscardAllowed = false;
  std::vector<unsigned> IgnoresResult; // arguments whose result it drops
  StateUse State = StateUse::None;     // what it does with its object
  bool Excludes = false; // awaiting it keeps others out, until its result ends
  bool Readmits = false; // calling it lets others in again
};

struct TypeModel {
  std::vector<std::string> Names;
  bool Owns = false;     // destroys objects of its template arguments
  bool Callable = false; // a type-erased callable
  bool Awaitable = false;
  bool FireAndForget = false;
  bool DiscardAllowed = false;
  bool CheckResult = false; // one that nobody looks at hides an error
  ThreadBinding Binding = ThreadBinding::Unknown;
  bool SameThread =
      false;             // its coroutines go on in the thread that they were in
  bool Excludes = false; // others are kept out while an object of it lives
  bool View = false;     // it refers to the elements of another object
  Stability Stable = Stability::None;
};

struct Replacement {
  Category For = Category::None;
  std::string Await;
};

/// What a word in the name of a function says that it does to the tasks that
/// it is given. All are in lower case: runAll and run_all have the word "run".
struct NameWords {
  std::vector<std::string> Starts; // spawn(f()): lets it run on by itself
  std::vector<std::string> Waits;  // sync_wait(f()): until it has ended
  std::vector<std::string> Fills;  // tasks.push_back(f()): keeps it in itself
  /// As the first word: it returns at once, whatever the others say.
  std::vector<std::string> AtOnce;
};

/// One model file.
struct Library {
  std::string Name;
  std::vector<std::string> Coroutines; // its task types
  std::vector<Replacement> Replacements;
  std::vector<FunctionModel> Functions;
  std::vector<TypeModel> Types;
  NameWords Words;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_MODELS_MODEL_H
