// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What the values of keys in model files are called. Each says which ones
// there are if it is given another.

#ifndef CORO_TIDY_MODELS_MODELSCALARS_H
#define CORO_TIDY_MODELS_MODELSCALARS_H

#include "models/Model.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/YAMLTraits.h"

namespace clang::tidy::coro {

/// The value of 'succeeds'.
struct Answer {
  std::string Text;
};

/// The value of 'discard'.
struct Discard {
  bool Allowed = false;
};

} // namespace clang::tidy::coro

namespace llvm::yaml {

/// Scalars that are read and never written.
template <typename T> struct ReadOnlyScalar {
  static void output(const T &, void *, raw_ostream &) {}
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

template <>
struct ScalarTraits<clang::tidy::coro::Category>
    : ReadOnlyScalar<clang::tidy::coro::Category> {
  static StringRef input(StringRef Text, void *,
                         clang::tidy::coro::Category &Value) {
    Value = clang::tidy::coro::categoryNamed(Text);
    return Value == clang::tidy::coro::Category::None
               ? "unknown category; one of sleep, network, resolve, file, "
                 "terminal, process, wait, join, database, http, rpc, "
                 "sync-wait, metadata, lock, log"
               : StringRef();
  }
};

template <>
struct ScalarTraits<clang::tidy::coro::Target>
    : ReadOnlyScalar<clang::tidy::coro::Target> {
  static StringRef input(StringRef Text, void *,
                         clang::tidy::coro::Target &Value) {
    using clang::tidy::coro::Target;
    if (Text == "result")
      Value.Which = Target::Result;
    else if (Text == "object")
      Value.Which = Target::Object;
    else if (Text == "arguments")
      Value.Which = Target::Arguments;
    else if (Text.consume_front("argument ") &&
             !Text.getAsInteger(10, Value.Index))
      Value.Which = Target::Argument;
    else
      return "expected 'result', 'object', 'arguments' or 'argument N'";
    return {};
  }
};

template <>
struct ScalarTraits<clang::tidy::coro::Move>
    : ReadOnlyScalar<clang::tidy::coro::Move> {
  static StringRef input(StringRef Text, void *,
                         clang::tidy::coro::Move &Value) {
    using clang::tidy::coro::Move;
    Value = StringSwitch<Move>(Text)
                .Case("blocking-allowed", Move::BlockingAllowed)
                .Case("event-loop", Move::EventLoop)
                .Default(Move::None);
    return Value == Move::None ? "expected 'blocking-allowed' or 'event-loop'"
                               : StringRef();
  }
};

template <>
struct ScalarTraits<clang::tidy::coro::ThreadBinding>
    : ReadOnlyScalar<clang::tidy::coro::ThreadBinding> {
  static StringRef input(StringRef Text, void *,
                         clang::tidy::coro::ThreadBinding &Value) {
    using clang::tidy::coro::ThreadBinding;
    Value = StringSwitch<ThreadBinding>(Text)
                .Case("lock", ThreadBinding::Lock)
                .Case("scope", ThreadBinding::Scope)
                .Case("never", ThreadBinding::None)
                .Default(ThreadBinding::Unknown);
    return Value == ThreadBinding::Unknown
               ? "expected 'lock', 'scope' or 'never'"
               : StringRef();
  }
};

template <>
struct ScalarTraits<clang::tidy::coro::StateUse>
    : ReadOnlyScalar<clang::tidy::coro::StateUse> {
  static StringRef input(StringRef Text, void *,
                         clang::tidy::coro::StateUse &Value) {
    using clang::tidy::coro::StateUse;
    Value = StringSwitch<StateUse>(Text)
                .Case("is-empty", StateUse::IsEmpty)
                .Case("size", StateUse::Size)
                .Case("has-key", StateUse::HasKey)
                .Case("find", StateUse::Find)
                .Case("has-value", StateUse::HasValue)
                .Case("expired", StateUse::Expired)
                .Case("load", StateUse::Load)
                .Case("access", StateUse::Access)
                .Case("add", StateUse::Add)
                .Case("remove", StateUse::Remove)
                .Case("clear", StateUse::Clear)
                .Case("assign", StateUse::Assign)
                .Case("reset", StateUse::Reset)
                .Case("end", StateUse::End)
                .Default(StateUse::None);
    return Value == StateUse::None
               ? "unknown use of state; one of is-empty, size, has-key, find, "
                 "has-value, expired, load, access, add, remove, clear, "
                 "assign, reset, end"
               : StringRef();
  }
};

template <>
struct ScalarTraits<clang::tidy::coro::Stability>
    : ReadOnlyScalar<clang::tidy::coro::Stability> {
  static StringRef input(StringRef Text, void *,
                         clang::tidy::coro::Stability &Value) {
    using clang::tidy::coro::Stability;
    Value = StringSwitch<Stability>(Text)
                .Case("references", Stability::References)
                .Case("iterators", Stability::Iterators)
                .Default(Stability::None);
    return Value == Stability::None ? "expected 'references' or 'iterators'"
                                    : StringRef();
  }
};

template <>
struct ScalarTraits<clang::tidy::coro::Answer>
    : ReadOnlyScalar<clang::tidy::coro::Answer> {
  static StringRef input(StringRef Text, void *,
                         clang::tidy::coro::Answer &Value) {
    Value.Text = Text.str();
    return Text == "true" || Text == "0" || Text == "-1"
               ? StringRef()
               : "expected 'true', '0' or '-1'";
  }
};

template <>
struct ScalarTraits<clang::tidy::coro::Discard>
    : ReadOnlyScalar<clang::tidy::coro::Discard> {
  static StringRef input(StringRef Text, void *,
                         clang::tidy::coro::Discard &Value) {
    Value.Allowed = Text == "allowed";
    return Value.Allowed ? StringRef()
                         : "the only value of 'discard' is 'allowed'";
  }
};

} // namespace llvm::yaml

#endif // CORO_TIDY_MODELS_MODELSCALARS_H
