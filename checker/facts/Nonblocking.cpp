// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether a descriptor or socket is seen to be made non-blocking: where it is
// opened, by a later call, in a constructor, or in a helper that it is passed
// to.

#include "facts/Conditions.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

constexpr unsigned MaxDepth = 4; // helpers that wrap helpers

Models::FunctionModels modelsOf(const Models &Library, const CallExpr &Site) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Site);
  return Callee ? Library.functions(*Callee,
                                    Member ? Member->getRecordDecl() : nullptr)
                : Models::FunctionModels();
}

const Expr *targetOf(const Target &Which, const CallExpr &Site) {
  if (Which.Which == Target::Argument && Which.Index < Site.getNumArgs())
    return Site.getArg(Which.Index);
  const auto *Member = dyn_cast<CXXMemberCallExpr>(&Site);
  return Which.Which == Target::Object && Member
             ? Member->getImplicitObjectArgument()
             : nullptr;
}

} // namespace

bool Conditions::allHold(const FunctionModel &Model, const CallExpr &Site,
                         const FunctionDecl &Within) {
  return llvm::all_of(Model.When, [&](const Condition &Test) {
    return Test.Argument && *Test.Argument < Site.getNumArgs() &&
           decide(Test, Site.getArg(*Test.Argument), Within).Holds ==
               Verdict::Yes;
  });
}

// socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)    open_nonblocking(path)
bool Conditions::resultIsNonblocking(const CallExpr &Site,
                                     const FunctionDecl &Within,
                                     unsigned Depth) {
  for (const FunctionModel *Model : modelsOf(Library, Site))
    if (Model->MakesNonblocking.Which == Target::Result &&
        allHold(*Model, Site, Within))
      return true;
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee || !Callee->getDefinition() || Depth >= MaxDepth)
    return false;
  return llvm::any_of(Seen.scan(*Callee).Returned, [&](const Expr *Result) {
    return isNonblocking(Result, *Callee->getDefinition(), Depth + 1);
  });
}

// fcntl(fd, F_SETFL, O_NONBLOCK)    socket.non_blocking(true)
bool Conditions::makesNonblocking(const CallExpr &Site,
                                  const ValueDecl &Descriptor,
                                  const FunctionDecl &Within, unsigned Depth) {
  for (const FunctionModel *Model : modelsOf(Library, Site)) {
    const Expr *Changed = targetOf(Model->MakesNonblocking, Site);
    if (Changed && namedBy(Changed) == &Descriptor &&
        allHold(*Model, Site, Within))
      return true;
  }
  // set_nonblocking(fd), with its body in sight.
  const FunctionDecl *Callee = Site.getDirectCallee();
  Callee = Callee ? Callee->getDefinition() : nullptr;
  if (!Callee || Depth >= MaxDepth)
    return false;
  unsigned FirstArgument = isa<CXXOperatorCallExpr>(Site) ? 1 : 0;
  for (unsigned I = FirstArgument; I < Site.getNumArgs(); ++I) {
    if (namedBy(Site.getArg(I)) != &Descriptor ||
        I - FirstArgument >= Callee->getNumParams())
      continue;
    const ParmVarDecl *Parameter = Callee->getParamDecl(I - FirstArgument);
    for (const CallExpr *Inner : Seen.scan(*Callee).Calls)
      if (Inner != &Site &&
          makesNonblocking(*Inner, *Parameter, *Callee, Depth + 1))
        return true;
  }
  return false;
}

/// Whether \p Within looks for the errors that only non-blocking descriptors
/// give: if (errno == EAGAIN) ...
bool Conditions::handlesWouldBlock(const FunctionDecl &Within) {
  return llvm::any_of(
      Seen.scan(Within).Compared, [&](const IntegerLiteral *Each) {
        for (llvm::StringRef Error : {"EAGAIN", "EWOULDBLOCK", "EINPROGRESS"})
          if (std::optional<llvm::APSInt> Value = Names.valueOf(Error))
            if (Each->getValue().getZExtValue() == Value->getZExtValue())
              return true;
        return false;
      });
}

bool Conditions::isNonblocking(const Expr *E, const FunctionDecl &Within,
                               unsigned Depth) {
  E = stripped(E);
  // fd = dup(fd)  - what depends on itself is not known.
  if (!E || Depth >= MaxDepth || !InProgress.insert(E).second)
    return false;
  bool Result = isNonblockingValue(*E, Within, Depth);
  InProgress.erase(E);
  return Result;
}

bool Conditions::isNonblockingValue(const Expr &Value,
                                    const FunctionDecl &Within,
                                    unsigned Depth) {
  const Expr *E = &Value;
  if (const auto *Site = dyn_cast<CallExpr>(E)) {
    if (resultIsNonblocking(*Site, Within, Depth))
      return true;
    // descriptor.get(), connection.fd()
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Site);
    return Member && Member->getNumArgs() == 0 &&
           isNonblocking(Member->getImplicitObjectArgument(), Within,
                         Depth + 1);
  }
  // Descriptor fd(socket(...));
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return llvm::any_of(Construct->arguments(), [&](const Expr *Argument) {
      return isNonblocking(Argument, Within, Depth + 1);
    });
  const ValueDecl *Descriptor = namedBy(E);
  if (!Descriptor)
    return false;
  for (const FunctionDecl *Writer : Seen.writersOf(*Descriptor, Within))
    for (const CallExpr *Site : Seen.scan(*Writer).Calls)
      if (makesNonblocking(*Site, *Descriptor, *Writer, Depth))
        return true;
  return llvm::any_of(Seen.of(*Descriptor, Within), [&](const Expr *Value) {
    return isNonblocking(Value, Within, Depth + 1);
  });
}

} // namespace clang::tidy::coro
