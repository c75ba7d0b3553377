// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads the keys of a mapping in YAML so that the first error is the one that
// helps: a misspelt key comes before what is missing because of it.

#ifndef CORO_TIDY_MODELS_STRICTKEYS_H
#define CORO_TIDY_MODELS_STRICTKEYS_H

#include "llvm/Support/YAMLTraits.h"
#include <string>
#include <vector>

namespace clang::tidy::coro {

/// The first error of a file, and what its messages are made from. It is the
/// context of the reader, and that of its diagnostics.
struct ReadingErrors {
  std::string First; // empty: none
  /// The keys that the mapping which was read last may have.
  std::vector<llvm::StringRef> Keys;

  /// Notes \p Problem, with what would be right.
  void add(const llvm::SMDiagnostic &Problem);
};

/// The keys of one mapping.
class StrictKeys {
public:
  /// \p IO is a reader.
  explicit StrictKeys(llvm::yaml::IO &IO);

  template <typename T> void required(const char *Key, T &Value) {
    Known.push_back(Key);
    if (!IsThere || llvm::is_contained(Written, Key))
      IO.mapRequired(Key, Value);
    else if (Missing.empty())
      Missing = Key;
  }

  template <typename T> void optional(const char *Key, T &Value) {
    Known.push_back(Key);
    IO.mapOptional(Key, Value);
  }

  template <typename T>
  void optional(const char *Key, T &Value, const T &Default) {
    Known.push_back(Key);
    IO.mapOptional(Key, Value, Default);
  }

  /// Ends the mapping. Reports what is missing, or else what \p Problem says is
  /// wrong with all of it. Unknown keys are reported by the reader, next.
  void end(llvm::function_ref<std::string()> Problem = nullptr);

private:
  llvm::yaml::IO &IO;
  bool IsThere; // not in an empty file, nor behind an error
  std::vector<llvm::StringRef> Written, Known;
  std::string Missing;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_MODELS_STRICTKEYS_H
