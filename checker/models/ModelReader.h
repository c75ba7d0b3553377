// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads one model file.

#ifndef CORO_TIDY_MODELS_MODELREADER_H
#define CORO_TIDY_MODELS_MODELREADER_H

#include "models/Model.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

namespace clang::tidy::coro {

/// Reads \p Text, a model file in YAML. Unknown keys, categories and wrong
/// values are errors; the message names file, line and column.
llvm::Expected<Library> readModel(llvm::MemoryBufferRef Text);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_MODELS_MODELREADER_H
