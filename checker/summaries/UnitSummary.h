// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What other translation units need to know of one: its functions, as far as
// they may block or cannot be decided here. A plain value, and a pure function
// of the unit, so that it can be kept and be made on any machine.

#ifndef CORO_TIDY_SUMMARIES_UNITSUMMARY_H
#define CORO_TIDY_SUMMARIES_UNITSUMMARY_H

#include "facts/Call.h"
#include "llvm/Archive.h"
#include "llvm/Location.h"

namespace clang::tidy::coro {

class TranslationUnit;

/// A condition of a model that the callers decide for an argument.
struct OpenCondition {
  unsigned Parameter = 0;
  std::string Test; // see textOf
  bool BlocksWhenTrue = false;

  bool operator==(const OpenCondition &Other) const {
    return Parameter == Other.Parameter && Test == Other.Test &&
           BlocksWhenTrue == Other.BlocksWhenTrue;
  }
};

/// What is known of one argument of a call.
struct ArgumentSummary {
  /// It is this parameter of the function around it.
  std::optional<unsigned> Parameter;
  /// The tests that hold for it.
  std::vector<std::string> Holds;
  /// The functions that it can run, by their keys.
  std::vector<std::string> Callables;
};

/// What becomes of a finding under the options of its file and its comments.
enum class Standing { Hidden, Warning, Error };

/// A call that matters: it blocks, or leads to what may.
struct CallSummary {
  Location At;
  Call::Kind Form = Call::Ordinary;
  std::string Name; // of what is called, as messages say it
  /// None: what it calls decides.
  Category Blocks = Category::None;
  std::optional<OpenCondition> Open;
  std::string Instead; // what to await, in any library
  /// The functions that it can run, by their keys.
  std::vector<std::string> Callees;
  bool IsVirtual = false; // and their overriders
  /// In a coroutine or awaiter: how it is reported if it blocks.
  Standing Reported = Standing::Hidden;
  /// It runs this parameter of the function around it.
  std::optional<unsigned> Invokes;
  std::vector<ArgumentSummary> Arguments;
};

struct FunctionSummary {
  /// A USR; of a function that other units do not see, with the unit.
  std::string Key;
  std::string Name; // as messages say it
  Location At;      // its definition
  /// How messages speak of it, if blocking in it is wrong: "coroutine 'f'".
  std::string Root;
  std::string FullName;
  /// What to await in its library, by Category; empty if nothing is known.
  std::vector<std::string> Replacements;
  /// The methods that it overrides, directly or not, by their keys.
  std::vector<std::string> Overrides;
  std::vector<CallSummary> Calls;
};

struct UnitSummary {
  std::string File; // the main file, absolute
  /// What its object file belongs to, so that two programs of one project are
  /// told apart: the directory of the object file.
  std::string Program;
  std::vector<Category> Categories; // that are looked for
  unsigned MaxChain = 0;            // how many steps to show
  std::vector<FunctionSummary> Functions;
  /// The functions that other units can call and that lead nowhere: hashes of
  /// their keys, to be told from those of the same name in other programs.
  std::vector<uint64_t> Harmless;
  bool DefinesMain = false;
};

void map(Archive &With, Location &Each);
void map(Archive &With, OpenCondition &Each);
void map(Archive &With, ArgumentSummary &Each);
void map(Archive &With, CallSummary &Each);
void map(Archive &With, FunctionSummary &Each);
void map(Archive &With, UnitSummary &Each);

/// \p Test as a text which is the same in every unit, and back.
std::string textOf(const Condition &Test);
Condition conditionOf(llvm::StringRef Text);

/// The key of \p Function; \p Unit is the main file.
std::string keyOf(const FunctionDecl &Function, llvm::StringRef Unit);

/// \p Key without the unit, if it is that of a function which only \p Unit
/// sees.
llvm::StringRef withoutUnit(llvm::StringRef Key, llvm::StringRef Unit);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_UNITSUMMARY_H
