// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The names of declarations as people write them: without inline namespaces
// and template arguments.

#ifndef CORO_TIDY_LLVM_NAMES_H
#define CORO_TIDY_LLVM_NAMES_H

#include "clang/AST/Decl.h"
#include <string>

namespace clang::tidy::coro {

/// The last part of \p Declaration's name: "sleep_for", "~jthread",
/// "operator>>"; a constructor is named as its class. Empty for what has no
/// name.
std::string unqualifiedName(const NamedDecl &Declaration);

/// The full name of \p Declaration, as "std::this_thread::sleep_for" or
/// "std::jthread::~jthread". Inline namespaces and template arguments are left
/// out, so that it is the same for every standard library. What has no name
/// is "(anonymous)", and a lambda "serve::(lambda)".
std::string qualifiedName(const NamedDecl &Declaration);

/// How a message names \p Declaration: its class, if any, and its name; a
/// lambda's call operator is "the lambda".
std::string displayName(const NamedDecl &Declaration);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_NAMES_H
