// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Wording.h"
#include "coroutine/Coroutines.h"
#include "facts/Values.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

/// The name of what \p At calls. A function of a library is named in full, and
/// as a member of the class that the user sees.
std::string nameOfCallee(const Call &At) {
  if (At.Callable) {
    const ValueDecl *Named = namedBy(At.Callable);
    if (Named && !isa<FunctionDecl>(Named))
      return displayName(*Named);
  }
  if (!At.Callee)
    return "this call";
  if (!At.Blocks || !At.Blocks->Model)
    return displayName(*At.Callee);
  const CXXRecordDecl *Class = At.objectClass();
  return "'" +
         (Class ? qualifiedName(*Class) + "::" + unqualifiedName(*At.Callee)
                : qualifiedName(*At.Callee)) +
         "'";
}

std::string nameOfObject(const Call &At) {
  if (At.Variable && At.Variable->getIdentifier())
    return "'" + At.Variable->getName().str() + "'";
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(At.Callee);
  return Method ? "'" + qualifiedName(*Method->getParent()) + "'" : "an object";
}

} // namespace

std::string nameOfCalled(const Call &At) {
  return At.Form == Call::Ordinary ? nameOfCallee(At) : nameOfObject(At);
}

std::string describeCall(Call::Kind Form, const std::string &Name) {
  switch (Form) {
  case Call::Ordinary:
    return Name;
  case Call::Construction:
    return "the construction of " + Name;
  case Call::Destruction:
    return "the destruction of " + Name;
  }
  llvm_unreachable("all forms are described");
}

std::string describeAction(Call::Kind Form, const std::string &Name) {
  switch (Form) {
  case Call::Ordinary:
    return "calls " + Name;
  case Call::Construction:
    return "constructs " + Name;
  case Call::Destruction:
    return "destroys " + Name;
  }
  llvm_unreachable("all forms are described");
}

std::string describeRoot(const FunctionDecl &Function) {
  if (!coroutineBody(Function))
    return "awaiter method " + displayName(Function);
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->getParent()->isLambda()
             ? "a lambda coroutine"
             : "coroutine " + displayName(Function);
}

} // namespace clang::tidy::coro
