// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "models/StrictKeys.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SourceMgr.h"

namespace clang::tidy::coro {
namespace {

/// What the reader of YAML leaves open: "invalid boolean".
std::string clearer(llvm::StringRef Message) {
  return llvm::StringSwitch<llvm::StringRef>(Message)
      .Case("invalid boolean", "expected 'true' or 'false'")
      .Case("invalid number", "expected a number")
      .Case("not a sequence", "expected a list, as in [a, b]")
      .Case("not a mapping", "expected keys with values, as in {a: b}")
      .Case("unexpected scalar", "expected one value")
      .Default(Message)
      .str();
}

/// What may have been meant by the unknown key \p Written.
std::string meant(llvm::StringRef Written,
                  llvm::ArrayRef<llvm::StringRef> Known) {
  const auto *Nearest = std::min_element(
      Known.begin(), Known.end(), [&](llvm::StringRef A, llvm::StringRef B) {
        return Written.edit_distance(A) < Written.edit_distance(B);
      });
  if (Nearest == Known.end())
    return "";
  if (Written.edit_distance(*Nearest) <= 1 + Written.size() / 4)
    return ("; did you mean '" + *Nearest + "'?").str();
  return "; one of " + llvm::join(Known, ", ");
}

} // namespace

void ReadingErrors::add(const llvm::SMDiagnostic &Problem) {
  if (!First.empty())
    return;
  std::string Message = clearer(Problem.getMessage());
  llvm::StringRef Key = Message;
  if (Key.consume_front("unknown key '") && Key.consume_back("'"))
    Message += meant(Key, Keys);
  First = (Problem.getFilename() + ":" + llvm::Twine(Problem.getLineNo()) +
           ":" + llvm::Twine(Problem.getColumnNo() + 1) + ": " + Message)
              .str();
}

StrictKeys::StrictKeys(llvm::yaml::IO &IO) : IO(IO) {
  auto &Reader = static_cast<llvm::yaml::Input &>(IO);
  IsThere = !Reader.error() && Reader.getCurrentNode();
  if (IsThere)
    Written = IO.keys();
}

void StrictKeys::end(llvm::function_ref<std::string()> Problem) {
  static_cast<ReadingErrors *>(IO.getContext())->Keys = Known;
  if (!IsThere || !llvm::all_of(Written, [&](llvm::StringRef Each) {
        return llvm::is_contained(Known, Each);
      }))
    return;
  if (!Missing.empty())
    IO.setError("missing required key '" + Missing + "'");
  else if (std::string Wrong = Problem ? Problem() : ""; !Wrong.empty())
    IO.setError(Wrong);
}

} // namespace clang::tidy::coro
