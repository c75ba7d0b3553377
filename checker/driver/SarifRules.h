// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What SARIF says of a check.

#ifndef CORO_TIDY_DRIVER_SARIFRULES_H
#define CORO_TIDY_DRIVER_SARIFRULES_H

#include "driver/Formats.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

/// GitHub takes no more tags of a rule.
inline constexpr size_t MostSarifTags = 20;

llvm::json::Object sarifRule(llvm::StringRef Check,
                             const CheckDescription &Said);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_DRIVER_SARIFRULES_H
