// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// All that is known about libraries, found by declaration.

#ifndef CORO_TIDY_MODELS_MODELS_H
#define CORO_TIDY_MODELS_MODELS_H

#include "models/Model.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"
#include <memory>

namespace clang::tidy::coro {

/// The libraries compiled in and those that the user adds.
class Models {
public:
  /// The models compiled in, and those in \p Files, which come first. Fails
  /// with the messages of every file that cannot be read.
  static llvm::Expected<std::shared_ptr<const Models>>
  load(llvm::ArrayRef<std::string> Files);

  using FunctionModels = llvm::SmallVector<const FunctionModel *, 2>;

  /// The entries for \p Function, in order of precedence. \p ObjectClass is the
  /// static class of the object that it is called on, which may be derived from
  /// the one that declares it. A C function of a library is not one that the
  /// user defines, whatever its name.
  FunctionModels functions(const FunctionDecl &Function,
                           const CXXRecordDecl *ObjectClass) const;

  /// Whether the class template or class \p Record is one of \p Names.
  static bool isOneOf(const CXXRecordDecl &Record,
                      llvm::ArrayRef<std::string> Names);

  /// The entry for \p Record; null when there is none.
  const TypeModel *type(const CXXRecordDecl &Record) const;

  /// What to await instead of \p Blocks: in the library whose coroutine returns
  /// \p Result, or, when that is null, in any. Empty when nothing is known.
  llvm::StringRef replacement(const CXXRecordDecl *Result,
                              Category Blocks) const;

  /// The conditions on arguments, each kind once: those that a caller may have
  /// to decide.
  std::vector<const Condition *> tests() const;

  /// What the words of the names of functions mean, in all files.
  const NameWords &words() const { return Words; }

private:
  void add(Library Added, bool FromUser);

  std::vector<std::unique_ptr<Library>> Libraries;
  struct NamedFunction {
    llvm::StringRef Name;
    const FunctionModel *Model;
    bool FromUser;
  };
  static bool matches(const NamedFunction &Known, llvm::StringRef Name,
                      const FunctionDecl &Function);

  /// By the last part of the name.
  llvm::StringMap<llvm::SmallVector<NamedFunction, 2>> Functions;
  std::vector<const FunctionModel *> BySignature;
  llvm::StringMap<const TypeModel *> Types;
  NameWords Words;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_MODELS_MODELS_H
