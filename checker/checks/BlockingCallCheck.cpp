// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/BlockingCallCheck.h"
#include "coroutine/Coroutines.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Names.h"
#include "llvm/Support/FileSystem.h"

namespace clang::tidy::coro {
namespace {

constexpr Option Categories{
    "Categories", "sleep;network;resolve;file;terminal;process;wait;join;"
                  "database;http;rpc;sync-wait"};
constexpr Option AllowedFunctions{"AllowedFunctions", ""};
constexpr Option Index{"Index", ""};
constexpr Option ChainLimit{"MaxChain", "16"};
constexpr Option Declared[] = {Categories, CoroCheck::ModelFiles,
                               AllowedFunctions, Index, ChainLimit};

/// The name of what \p At calls. A function of a library is named in full, and
/// as a member of the class that the user sees.
std::string nameOfCallee(const Call &At) {
  if (At.Callable) {
    const ValueDecl *Named = namedBy(At.Callable);
    if (Named && !isa<FunctionDecl>(Named))
      return displayName(*Named);
  }
  if (!At.Callee)
    return "this call";
  if (!At.Blocks || !At.Blocks->Model)
    return displayName(*At.Callee);
  const CXXRecordDecl *Class = At.objectClass();
  return "'" +
         (Class ? qualifiedName(*Class) + "::" + unqualifiedName(*At.Callee)
                : qualifiedName(*At.Callee)) +
         "'";
}

std::string nameOfObject(const Call &At) {
  if (At.Variable && At.Variable->getIdentifier())
    return "'" + At.Variable->getName().str() + "'";
  const auto *Method = dyn_cast_or_null<CXXMethodDecl>(At.Callee);
  return Method ? "'" + qualifiedName(*Method->getParent()) + "'" : "an object";
}

/// How a message speaks of what \p At does, as its subject.
std::string describe(const Call &At) {
  switch (At.Form) {
  case Call::Ordinary:
    return nameOfCallee(At);
  case Call::Construction:
    return "the construction of " + nameOfObject(At);
  case Call::Destruction:
    return "the destruction of " + nameOfObject(At);
  }
  llvm_unreachable("all forms are described");
}

/// The same as what a function does.
std::string describeAction(const Call &At) {
  switch (At.Form) {
  case Call::Ordinary:
    return "calls " + nameOfCallee(At);
  case Call::Construction:
    return "constructs " + nameOfObject(At);
  case Call::Destruction:
    return "destroys " + nameOfObject(At);
  }
  llvm_unreachable("all forms are described");
}

std::string describeRoot(const FunctionDecl &Function) {
  if (!coroutineBody(Function))
    return "awaiter method " + displayName(Function);
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  return Method && Method->getParent()->isLambda()
             ? "a lambda coroutine"
             : "coroutine " + displayName(Function);
}

} // namespace

BlockingCallCheck::BlockingCallCheck(llvm::StringRef Name,
                                     ClangTidyContext *Context,
                                     std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared) {
  for (const std::string &Each : Values.list(Categories))
    Query.Categories.insert(categoryNamed(Each));
  Query.AllowedFunctions = Values.list(AllowedFunctions);
  Values.get(ChainLimit).getAsInteger(10, MaxChain);
}

void BlockingCallCheck::checkOptions() {
  for (const std::string &Each : Values.list(Categories))
    if (categoryNamed(Each) == Category::None) {
      std::string Known;
      for (Category Possible : allCategories())
        Known += (Known.empty() ? "" : ", ") + nameOf(Possible).str();
      reportOption(Categories,
                   "unknown category '" + Each + "'; known are " + Known);
    }
  unsigned Limit;
  if (Values.get(ChainLimit).getAsInteger(10, Limit) || Limit == 0)
    reportOption(ChainLimit,
                 "'" + Values.get(ChainLimit) + "' is not a positive number");
  if (!Values.get(Index).empty() && !llvm::sys::fs::exists(Values.get(Index)))
    reportOption(Index, "there is no file '" + Values.get(Index) + "'");
}

void BlockingCallCheck::checkUnit(TranslationUnit &Unit) {
  BlockingAnalysis Analysis(Unit, Query);
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const BlockingEffect *Finding : Analysis.run())
    if (Finding->At->Location.isValid() &&
        Reported.insert(Finding->At->Location).second)
      report(Unit, *Finding);
}

/// The steps from \p Finding to the primitive, without the first. Where a
/// callable is passed on, the way to its call comes before what it does.
static llvm::SmallVector<const BlockingEffect *, 8>
chainOf(const BlockingEffect &Finding) {
  llvm::SmallVector<const BlockingEffect *, 8> Result;
  for (const BlockingEffect *Step = &Finding; Step; Step = Step->Next) {
    if (Step != &Finding)
      Result.push_back(Step);
    for (const BlockingEffect *Via = Step->Through; Via; Via = Via->Next)
      Result.push_back(Via);
  }
  return Result;
}

void BlockingCallCheck::report(TranslationUnit &Unit,
                               const BlockingEffect &Finding) {
  reportAt(Unit, Finding.At->Location, "%0 blocks the thread in %1")
      << describe(*Finding.At) << describeRoot(*Finding.In);
  llvm::SmallVector<const BlockingEffect *, 8> Chain = chainOf(Finding);
  const BlockingEffect *Primitive = Chain.empty() ? &Finding : Chain.back();
  for (size_t I = 0; I < Chain.size(); ++I)
    if (I < MaxChain || Chain[I] == Primitive)
      reportStep(Unit, *Chain[I]);
  reportRemedy(Unit, Finding, *Primitive);
}

void BlockingCallCheck::reportStep(TranslationUnit &Unit,
                                   const BlockingEffect &Step) {
  if (Step.At->Location.isValid())
    reportAt(Unit, Step.At->Location, "%0 %1 here", DiagnosticIDs::Note)
        << displayName(*Step.In) << describeAction(*Step.At);
}

void BlockingCallCheck::reportRemedy(TranslationUnit &Unit,
                                     const BlockingEffect &Finding,
                                     const BlockingEffect &Primitive) {
  const BlockingFact &What = Primitive.What;
  llvm::StringRef Instead;
  if (coroutineBody(*Finding.In))
    Instead = Unit.models().replacement(classOf(Finding.In->getReturnType()),
                                        What.Blocks);
  if (Instead.empty() && What.Model)
    Instead = What.Model->Instead;
  if (Instead.empty())
    Instead = Unit.models().replacement(nullptr, What.Blocks);
  reportAt(Unit, Primitive.At->Location,
           "%0 is %1%select{; await %3 instead|}2", DiagnosticIDs::Note)
      << describe(*Primitive.At) << coro::describe(What.Blocks)
      << Instead.empty() << Instead;
}

} // namespace clang::tidy::coro
