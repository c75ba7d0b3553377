// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// How messages speak of calls and of the coroutines that make them.

#ifndef CORO_TIDY_SUMMARIES_WORDING_H
#define CORO_TIDY_SUMMARIES_WORDING_H

#include "facts/Call.h"
#include <string>

namespace clang::tidy::coro {

/// What \p At calls, constructs or destroys: "'flush'".
std::string nameOfCalled(const Call &At);

/// A call of the kind \p Form of what is named \p Name, as a subject:
/// "'flush'", "the destruction of 'worker'".
std::string describeCall(Call::Kind Form, const std::string &Name);

/// The same as what a function does: "calls 'flush'".
std::string describeAction(Call::Kind Form, const std::string &Name);

/// A function in which blocking is wrong: "coroutine 'serve'".
std::string describeRoot(const FunctionDecl &Function);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_WORDING_H
