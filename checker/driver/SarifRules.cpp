// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/SarifRules.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::coro {

using llvm::json::fixUTF8;
using llvm::json::Object;

/// "coro-blocking-call" is called "BlockingCall".
static std::string titleOf(llvm::StringRef Check) {
  Check.consume_front("coro-");
  std::string Result;
  bool Begins = true;
  for (char C : Check) {
    if (llvm::isAlnum(C))
      Result += Begins ? llvm::toUpper(C) : C;
    Begins = !llvm::isAlnum(C);
  }
  return Result;
}

Object sarifRule(llvm::StringRef Check, const CheckDescription &Said) {
  Object Result{{"id", fixUTF8(Check)},
                {"name", titleOf(Check)},
                {"defaultConfiguration", Object{{"level", "warning"}}}};
  if (!Said.Summary.empty()) {
    Result["shortDescription"] = Object{{"text", fixUTF8(Said.Summary)}};
    Result["fullDescription"] = Object{{"text", fixUTF8(Said.Summary)}};
  }
  if (!Said.Help.empty())
    Result["help"] =
        Object{{"text", fixUTF8(Said.Help)}, {"markdown", fixUTF8(Said.Help)}};
  if (!Said.Uri.empty())
    Result["helpUri"] = fixUTF8(Said.Uri);
  llvm::json::Array Tags;
  for (const std::string &Tag :
       llvm::ArrayRef<std::string>(Said.Tags).take_front(MostSarifTags))
    Tags.push_back(fixUTF8(Tag));
  Object Properties{{"problem.severity", "warning"}};
  if (!Tags.empty())
    Properties["tags"] = std::move(Tags);
  Result["properties"] = std::move(Properties);
  return Result;
}

} // namespace clang::tidy::coro
