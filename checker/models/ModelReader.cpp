// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "models/ModelReader.h"
#include "models/ModelScalars.h"
#include "models/StrictKeys.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/YAMLTraits.h"

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

template <> struct MappingTraits<Signature> {
  static void mapping(IO &IO, Signature &Value) {
    StrictKeys Keys(IO);
    Keys.required("result", Value.Result);
    Keys.required("parameters", Value.Parameters);
    Keys.end();
  }
};

template <> struct MappingTraits<Condition> {
  static void mapping(IO &IO, Condition &Value) {
    StrictKeys Keys(IO);
    Keys.optional("argument", Value.Argument);
    Keys.optional("object", Value.Object, false);
    Keys.optional("equals", Value.Equals);
    Keys.optional("flag", Value.Flag);
    Keys.optional("zero", Value.Zero, false);
    Keys.optional("null", Value.Null, false);
    Keys.optional("nonblocking", Value.Nonblocking, false);
    Keys.optional("type", Value.Type);
    Keys.optional("variable", Value.Variable);
    Keys.optional("from", Value.From);
    Keys.optional("checked-by", Value.CheckedBy);
    Keys.end([&] { return problemOf(Value); });
  }
  static std::string problemOf(const Condition &Value) {
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

template <> struct MappingTraits<FunctionModel> {
  static void mapping(IO &IO, FunctionModel &Value) {
    StrictKeys Keys(IO);
    std::string Documentation;
    Answer Succeeds;
    Discard Meant;
    Keys.optional("names", Value.Names);
    Keys.optional("signature", Value.BySignature);
    Keys.optional("category", Value.Blocks, Category::None);
    Keys.optional("arguments", Value.MinArguments, 0u);
    Keys.optional("when", Value.When);
    Keys.optional("unless", Value.Unless);
    Keys.optional("instead", Value.Instead);
    Keys.optional("calls", Value.Calls);
    Keys.optional("wraps", Value.Wraps);
    Keys.optional("makes-nonblocking", Value.MakesNonblocking);
    Keys.optional("constructs", Value.Constructs, false);
    Keys.optional("destroys", Value.Destroys, false);
    Keys.optional("moves-to", Value.MovesTo, Move::None);
    Keys.optional("locks", Value.Locks);
    Keys.optional("succeeds", Succeeds);
    Value.Succeeds = Succeeds.Text;
    Keys.optional("unlocks", Value.Unlocks);
    Keys.optional("changes-thread", Value.ChangesThread, false);
    Keys.optional("of-thread", Value.OfThread, false);
    Keys.optional("gives-error", Value.GivesError, false);
    Keys.optional("ignores-result", Value.IgnoresResult);
    Keys.optional("state", Value.State, StateUse::None);
    Keys.optional("excludes", Value.Excludes, false);
    Keys.optional("readmits", Value.Readmits, false);
    Keys.optional("discard", Meant);
    Value.DiscardAllowed = Meant.Allowed;
    Keys.optional("documentation", Documentation);
    Keys.end([&] { return problemOf(Value); });
  }
  static std::string problemOf(const FunctionModel &Value) {
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
    StrictKeys Keys(IO);
    Keys.required("names", Value.Names);
    Keys.optional("owns", Value.Owns, false);
    Keys.optional("callable", Value.Callable, false);
    Keys.optional("awaitable", Value.Awaitable, false);
    Keys.optional("fire-and-forget", Value.FireAndForget, false);
    Keys.optional("check-result", Value.CheckResult, false);
    Keys.optional("thread-bound", Value.Binding, ThreadBinding::Unknown);
    Keys.optional("same-thread", Value.SameThread, false);
    Keys.optional("excludes", Value.Excludes, false);
    Keys.optional("view", Value.View, false);
    Keys.optional("stable", Value.Stable, Stability::None);
    Discard Meant;
    Keys.optional("discard", Meant);
    Value.DiscardAllowed = Meant.Allowed;
    Keys.end();
  }
};

template <> struct MappingTraits<Replacement> {
  static void mapping(IO &IO, Replacement &Value) {
    StrictKeys Keys(IO);
    Keys.required("category", Value.For);
    Keys.required("await", Value.Await);
    Keys.end();
  }
};

template <> struct MappingTraits<NameWords> {
  static void mapping(IO &IO, NameWords &Value) {
    StrictKeys Keys(IO);
    Keys.optional("starts", Value.Starts);
    Keys.optional("waits", Value.Waits);
    Keys.optional("fills", Value.Fills);
    Keys.optional("at-once", Value.AtOnce);
    Keys.end([&] { return problemOf(Value); });
  }
  // A word is compared with the parts of names, in lower case.
  static std::string problemOf(const NameWords &Value) {
    for (const auto *List :
         {&Value.Starts, &Value.Waits, &Value.Fills, &Value.AtOnce})
      for (StringRef Word : *List)
        if (Word.empty() ||
            !llvm::all_of(Word, [](char C) { return C >= 'a' && C <= 'z'; }))
          return ("'" + Word + "' is not a word in lower case").str();
    return "";
  }
};

template <> struct MappingTraits<ModelFile> {
  static void mapping(IO &IO, ModelFile &Value) {
    StrictKeys Keys(IO);
    Keys.required("library", Value.Content.Name);
    Keys.required("documentation", Value.Documentation);
    Keys.optional("namespaces", Value.Namespaces);
    Keys.optional("coroutines", Value.Content.Coroutines);
    Keys.optional("replacements", Value.Content.Replacements);
    Keys.optional("functions", Value.Content.Functions);
    Keys.optional("types", Value.Content.Types);
    Keys.optional("words", Value.Content.Words);
    Keys.end();
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
  ReadingErrors Errors;
  auto Collect = [](const llvm::SMDiagnostic &Problem, void *Target) {
    static_cast<ReadingErrors *>(Target)->add(Problem);
  };
  llvm::yaml::Input Input(Text, &Errors, Collect, &Errors);
  ModelFile File;
  Input >> File;
  if (Input.error()) {
    if (Errors.First.empty())
      Errors.First = Text.getBufferIdentifier().str() + ": not a model file";
    return llvm::createStringError(Input.error(), Errors.First);
  }
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
