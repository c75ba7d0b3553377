// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/HintCheck.h"
#include "clang-tidy/GlobList.h"
#include "llvm/Globs.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Hints{"Hints", "false"};
constexpr Option Declared[] = {Hints, CoroCheck::ModelFiles};

} // namespace

bool namesCheck(llvm::StringRef Globs, llvm::StringRef Name) {
  bool IsNamed = false;
  forEachGlob(Globs, [&](llvm::StringRef Each) {
    if (Each == Name)
      IsNamed = true;
    else if (Each.consume_front("-") && GlobList(Each).contains(Name))
      IsNamed = false;
  });
  return IsNamed;
}

HintCheck::HintCheck(llvm::StringRef Name, ClangTidyContext *Context,
                     std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared),
      IsAsked(Values.isTrue(Hints) ||
              namesCheck(Context->getOptions().Checks.value_or(""), Name)) {}

void HintCheck::checkOptions() { checkFlag(Hints); }

void HintCheck::checkUnit(TranslationUnit &Unit) {
  if (IsAsked)
    findHints(Unit);
}

} // namespace clang::tidy::coro
