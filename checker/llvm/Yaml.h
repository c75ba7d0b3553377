// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads YAML, and so JSON, for people who want to know what is wrong with it.

#ifndef CORO_TIDY_LLVM_YAML_H
#define CORO_TIDY_LLVM_YAML_H

#include "llvm/Support/Error.h"
#include "llvm/Support/YAMLTraits.h"

namespace clang::tidy::coro {

/// Reads \p Text into \p Value by its traits, which are given \p Context. An
/// unknown key and a value of the wrong kind are errors; the message names
/// file, line and column. \p Kind says what the file was to be: "a model file".
template <typename T>
llvm::Error readYaml(llvm::MemoryBufferRef Text, llvm::StringRef Kind, T &Value,
                     void *Context = nullptr) {
  std::string Message;
  auto Collect = [](const llvm::SMDiagnostic &Diagnostic, void *Target) {
    auto &Result = *static_cast<std::string *>(Target);
    if (Result.empty())
      Result = (Diagnostic.getFilename() + ":" +
                llvm::Twine(Diagnostic.getLineNo()) + ":" +
                llvm::Twine(Diagnostic.getColumnNo() + 1) + ": " +
                Diagnostic.getMessage())
                   .str();
  };
  llvm::yaml::Input Input(Text, Context, Collect, &Message);
  Input >> Value;
  if (!Input.error())
    return llvm::Error::success();
  if (Message.empty())
    Message = (Text.getBufferIdentifier() + ": not " + Kind).str();
  return llvm::createStringError(Input.error(), Message);
}

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_YAML_H
