// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The options of a check, each declared once: what is read is what is stored
// for --dump-config and known to --verify-config.

#ifndef CORO_TIDY_LLVM_OPTIONS_H
#define CORO_TIDY_LLVM_OPTIONS_H

#include "clang-tidy/ClangTidyCheck.h"
#include "llvm/ADT/StringExtras.h"
#include <string>
#include <vector>

namespace clang::tidy::coro {

struct Option {
  llvm::StringLiteral Name;
  llvm::StringLiteral Default;
};

/// The values of the options of one check.
class OptionValues {
public:
  /// Reads \p Declared from \p View, the check's own value before the global
  /// one.
  OptionValues(const ClangTidyCheck::OptionsView &View,
               llvm::ArrayRef<Option> Declared)
      : View(View) {
    for (const Option &Each : Declared)
      Values.push_back(
          {Each, View.getLocalOrGlobal(Each.Name, Each.Default).str()});
  }

  void store(ClangTidyOptions::OptionMap &Map) const {
    for (const auto &[Declared, Value] : Values)
      View.store(Map, Declared.Name, llvm::StringRef(Value));
  }

  llvm::StringRef get(const Option &Wanted) const {
    for (const auto &[Declared, Value] : Values)
      if (Declared.Name == Wanted.Name)
        return Value;
    llvm_unreachable("an option that the check did not declare");
  }

  bool isTrue(const Option &Wanted) const { return get(Wanted) == "true"; }

  /// The value as a list: items are separated by ';'.
  std::vector<std::string> list(const Option &Wanted) const {
    std::vector<std::string> Result;
    llvm::SmallVector<llvm::StringRef, 8> Items;
    get(Wanted).split(Items, ';');
    for (llvm::StringRef Item : Items)
      if (!Item.trim().empty())
        Result.push_back(Item.trim().str());
    return Result;
  }

private:
  ClangTidyCheck::OptionsView View;
  std::vector<std::pair<Option, std::string>> Values;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_OPTIONS_H
