// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The values that the headers at hand give to names like O_NONBLOCK.

#ifndef CORO_TIDY_FACTS_CONSTANTS_H
#define CORO_TIDY_FACTS_CONSTANTS_H

#include "clang/AST/ASTContext.h"
#include "clang/Lex/Preprocessor.h"
#include "llvm/ADT/APSInt.h"
#include "llvm/ADT/StringMap.h"
#include <optional>

namespace clang::tidy::coro {

/// Looks up integers, macros, enumerators and constants by name.
class Constants {
public:
  /// \p Macros may be null: then macros are not known.
  Constants(const ASTContext &Context, const Preprocessor *Macros)
      : Context(Context), Macros(Macros) {}

  /// The value of \p Name in this translation unit; none when it is not
  /// declared or is no integer constant. \p Name may be a number or qualified.
  std::optional<llvm::APSInt> valueOf(llvm::StringRef Name) const;

private:
  std::optional<llvm::APSInt> lookUp(llvm::StringRef Name,
                                     unsigned Depth) const;
  std::optional<llvm::APSInt> declared(llvm::StringRef Name) const;

  const ASTContext &Context;
  const Preprocessor *Macros;
  mutable llvm::StringMap<std::optional<llvm::APSInt>> Known;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_CONSTANTS_H
