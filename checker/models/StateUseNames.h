// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the uses of an object's state are called in model files.

#ifndef CORO_TIDY_MODELS_STATEUSENAMES_H
#define CORO_TIDY_MODELS_STATEUSENAMES_H

#include "models/StateUse.h"
#include "llvm/Support/YAMLTraits.h"

namespace llvm::yaml {

template <> struct ScalarEnumerationTraits<clang::tidy::coro::StateUse> {
  static void enumeration(IO &IO, clang::tidy::coro::StateUse &Value) {
    using clang::tidy::coro::StateUse;
    IO.enumCase(Value, "is-empty", StateUse::IsEmpty);
    IO.enumCase(Value, "size", StateUse::Size);
    IO.enumCase(Value, "has-key", StateUse::HasKey);
    IO.enumCase(Value, "find", StateUse::Find);
    IO.enumCase(Value, "has-value", StateUse::HasValue);
    IO.enumCase(Value, "expired", StateUse::Expired);
    IO.enumCase(Value, "load", StateUse::Load);
    IO.enumCase(Value, "access", StateUse::Access);
    IO.enumCase(Value, "add", StateUse::Add);
    IO.enumCase(Value, "remove", StateUse::Remove);
    IO.enumCase(Value, "clear", StateUse::Clear);
    IO.enumCase(Value, "assign", StateUse::Assign);
    IO.enumCase(Value, "reset", StateUse::Reset);
    IO.enumCase(Value, "end", StateUse::End);
  }
};

template <> struct ScalarEnumerationTraits<clang::tidy::coro::Stability> {
  static void enumeration(IO &IO, clang::tidy::coro::Stability &Value) {
    using clang::tidy::coro::Stability;
    IO.enumCase(Value, "references", Stability::References);
    IO.enumCase(Value, "iterators", Stability::Iterators);
  }
};

} // namespace llvm::yaml

#endif // CORO_TIDY_MODELS_STATEUSENAMES_H
