// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "models/ModelReader.h"
#include "models/StateUseNames.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"
#include "llvm/Yaml.h"

using namespace clang::tidy::coro;

namespace clang::tidy::coro {
namespace {

/// A file as it is written; names are not yet completed.
struct ModelFile {
  std::string Documentation;
  std::vector<std::string> Namespaces;
  Library Content;
};

} // namespace

} // namespace clang::tidy::coro

LLVM_YAML_IS_SEQUENCE_VECTOR(Condition)
LLVM_YAML_IS_SEQUENCE_VECTOR(FunctionModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(TypeModel)
LLVM_YAML_IS_SEQUENCE_VECTOR(Replacement)

namespace llvm::yaml {

template <> struct ScalarTraits<Category> {
  static void output(const Category &Value, void *, raw_ostream &OS) {
    OS << nameOf(Value);
  }
  static StringRef input(StringRef Text, void *, Category &Value) {
    Value = categoryNamed(Text);
    return Value == Category::None
               ? "unknown category; one of sleep, network, resolve, file, "
                 "terminal, process, wait, join, database, http, rpc, "
                 "sync-wait, metadata, lock, log"
               : StringRef();
  }
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

template <> struct ScalarTraits<Target> {
  static void output(const Target &, void *, raw_ostream &) {}
  static StringRef input(StringRef Text, void *, Target &Value) {
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
  static QuotingType mustQuote(StringRef) { return QuotingType::None; }
};

template <> struct ScalarEnumerationTraits<Move> {
  static void enumeration(IO &IO, Move &Value) {
    IO.enumCase(Value, "blocking-allowed", Move::BlockingAllowed);
    IO.enumCase(Value, "event-loop", Move::EventLoop);
  }
};

template <> struct ScalarEnumerationTraits<ThreadBinding> {
  static void enumeration(IO &IO, ThreadBinding &Value) {
    IO.enumCase(Value, "lock", ThreadBinding::Lock);
    IO.enumCase(Value, "scope", ThreadBinding::Scope);
    IO.enumCase(Value, "never", ThreadBinding::None);
  }
};

template <> struct MappingTraits<Signature> {
  static void mapping(IO &IO, Signature &Value) {
    IO.mapRequired("result", Value.Result);
    IO.mapRequired("parameters", Value.Parameters);
  }
};

template <> struct MappingTraits<Condition> {
  static void mapping(IO &IO, Condition &Value) {
    IO.mapOptional("argument", Value.Argument);
    IO.mapOptional("object", Value.Object, false);
    IO.mapOptional("equals", Value.Equals);
    IO.mapOptional("flag", Value.Flag);
    IO.mapOptional("zero", Value.Zero, false);
    IO.mapOptional("null", Value.Null, false);
    IO.mapOptional("nonblocking", Value.Nonblocking, false);
    IO.mapOptional("type", Value.Type);
    IO.mapOptional("variable", Value.Variable);
    IO.mapOptional("from", Value.From);
    IO.mapOptional("checked-by", Value.CheckedBy);
  }
  static std::string validate(IO &, Condition &Value) {
    if (Value.Argument.has_value() == Value.Object)
      return "a condition needs either 'argument: N' or 'object: true'";
    int Tests = !Value.Equals.empty() + !Value.Flag.empty() + Value.Zero +
                Value.Null + Value.Nonblocking + !Value.Type.empty() +
                !Value.Variable.empty() + !Value.From.empty() +
                !Value.CheckedBy.empty();
    // 'from' with 'equals': a call whose first argument has the value.
    if (!Value.From.empty() && !Value.Equals.empty())
      --Tests;
    return Tests == 1 ? "" : "a condition needs exactly one test";
  }
};

void mapDiscard(IO &IO, bool &Allowed) {
  std::string Text = Allowed ? "allowed" : "";
  IO.mapOptional("discard", Text);
  if (!Text.empty() && Text != "allowed")
    IO.setError("the only value of 'discard' is 'allowed'");
  Allowed = Text == "allowed";
}

template <> struct MappingTraits<FunctionModel> {
  static void mapping(IO &IO, FunctionModel &Value) {
    std::string Documentation;
    IO.mapOptional("names", Value.Names);
    IO.mapOptional("signature", Value.BySignature);
    IO.mapOptional("category", Value.Blocks, Category::None);
    IO.mapOptional("arguments", Value.MinArguments, 0u);
    IO.mapOptional("when", Value.When);
    IO.mapOptional("unless", Value.Unless);
    IO.mapOptional("instead", Value.Instead);
    IO.mapOptional("calls", Value.Calls);
    IO.mapOptional("wraps", Value.Wraps);
    IO.mapOptional("makes-nonblocking", Value.MakesNonblocking);
    IO.mapOptional("constructs", Value.Constructs, false);
    IO.mapOptional("destroys", Value.Destroys, false);
    IO.mapOptional("moves-to", Value.MovesTo, Move::None);
    IO.mapOptional("locks", Value.Locks);
    IO.mapOptional("succeeds", Value.Succeeds);
    IO.mapOptional("unlocks", Value.Unlocks);
    IO.mapOptional("changes-thread", Value.ChangesThread, false);
    IO.mapOptional("of-thread", Value.OfThread, false);
    IO.mapOptional("gives-error", Value.GivesError, false);
    IO.mapOptional("ignores-result", Value.IgnoresResult);
    IO.mapOptional("state", Value.State, StateUse::None);
    IO.mapOptional("excludes", Value.Excludes, false);
    IO.mapOptional("readmits", Value.Readmits, false);
    mapDiscard(IO, Value.DiscardAllowed);
    IO.mapOptional("documentation", Documentation);
  }
  static std::string validate(IO &, FunctionModel &Value) {
    if (!StringSwitch<bool>(Value.Succeeds)
             .Case("", true)
             .Case("true", true)
             .Case("0", true)
             .Case("-1", true)
             .Default(false))
      return "'succeeds' is one of true, 0, -1";
    if (Value.Names.empty() != Value.BySignature.has_value())
      return "an entry needs either 'names' or 'signature'";
    bool SaysSomething =
        Value.Blocks != Category::None || !Value.Calls.empty() || Value.Wraps ||
        Value.MakesNonblocking.Which != Target::None || Value.Constructs ||
        Value.Destroys || Value.MovesTo != Move::None || Value.DiscardAllowed ||
        Value.Locks.Which != Target::None ||
        Value.Unlocks.Which != Target::None || Value.ChangesThread ||
        Value.OfThread || Value.GivesError || !Value.IgnoresResult.empty() ||
        Value.State != StateUse::None || Value.Excludes || Value.Readmits;
    return SaysSomething ? ""
                         : "the entry says nothing: give a 'category' or "
                           "another effect";
  }
};

template <> struct MappingTraits<TypeModel> {
  static void mapping(IO &IO, TypeModel &Value) {
    IO.mapRequired("names", Value.Names);
    IO.mapOptional("owns", Value.Owns, false);
    IO.mapOptional("callable", Value.Callable, false);
    IO.mapOptional("awaitable", Value.Awaitable, false);
    IO.mapOptional("fire-and-forget", Value.FireAndForget, false);
    IO.mapOptional("check-result", Value.CheckResult, false);
    IO.mapOptional("thread-bound", Value.Binding, ThreadBinding::Unknown);
    IO.mapOptional("same-thread", Value.SameThread, false);
    IO.mapOptional("excludes", Value.Excludes, false);
    IO.mapOptional("view", Value.View, false);
    IO.mapOptional("stable", Value.Stable, Stability::None);
    mapDiscard(IO, Value.DiscardAllowed);
  }
};

template <> struct MappingTraits<Replacement> {
  static void mapping(IO &IO, Replacement &Value) {
    IO.mapRequired("category", Value.For);
    IO.mapRequired("await", Value.Await);
  }
};

template <> struct MappingTraits<ModelFile> {
  static void mapping(IO &IO, ModelFile &Value) {
    IO.mapRequired("library", Value.Content.Name);
    IO.mapRequired("documentation", Value.Documentation);
    IO.mapOptional("namespaces", Value.Namespaces);
    IO.mapOptional("coroutines", Value.Content.Coroutines);
    IO.mapOptional("replacements", Value.Content.Replacements);
    IO.mapOptional("functions", Value.Content.Functions);
    IO.mapOptional("types", Value.Content.Types);
  }
};

} // namespace llvm::yaml

namespace clang::tidy::coro {

/// Puts each name into each of \p Namespaces.
static void qualify(std::vector<std::string> &Names,
                    llvm::ArrayRef<std::string> Namespaces) {
  if (Namespaces.empty())
    return;
  std::vector<std::string> Result;
  for (const std::string &Namespace : Namespaces)
    for (const std::string &Name : Names)
      Result.push_back(Namespace + "::" + Name);
  Names = std::move(Result);
}

llvm::Expected<Library> readModel(llvm::MemoryBufferRef Text) {
  ModelFile File;
  if (llvm::Error Wrong = readYaml(Text, "a model file", File))
    return {std::move(Wrong)};
  for (FunctionModel &Function : File.Content.Functions) {
    qualify(Function.Names, File.Namespaces);
    for (std::vector<Condition> *Conditions :
         {&Function.When, &Function.Unless})
      for (Condition &Each : *Conditions)
        qualify(Each.Type, File.Namespaces);
  }
  for (TypeModel &Type : File.Content.Types)
    qualify(Type.Names, File.Namespaces);
  return std::move(File.Content);
}

} // namespace clang::tidy::coro
