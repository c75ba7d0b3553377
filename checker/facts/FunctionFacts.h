// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What happens inside one function, in the order in which it runs.

#ifndef CORO_TIDY_FACTS_FUNCTIONFACTS_H
#define CORO_TIDY_FACTS_FUNCTIONFACTS_H

#include "facts/Call.h"
#include "facts/Conditions.h"
#include <vector>

namespace clang::tidy::coro {

struct FunctionFacts {
  const FunctionDecl *Function = nullptr;
  /// The calls that can be reached, also those that the syntax hides:
  /// constructors, operators, default arguments, the ends of objects.
  std::vector<Call> Calls;
};

/// The facts of \p Function. Empty without a body in sight.
FunctionFacts collectFacts(const FunctionDecl &Function, const Models &Library,
                           Conditions &Decide, Values &Seen);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_FUNCTIONFACTS_H
