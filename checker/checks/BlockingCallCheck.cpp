// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/BlockingCallCheck.h"
#include "coroutine/Coroutines.h"
#include "llvm/Names.h"
#include "llvm/ADT/DenseSet.h"
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

/// How the message speaks of what \p At calls.
std::string describeCallee(const Call &At) {
  if (At.Form == Call::Destruction) {
    std::string Class = At.Callee ? displayName(*cast<CXXMethodDecl>(At.Callee)
                                                     ->getParent())
                                  : "";
    return At.Variable && At.Variable->getIdentifier()
               ? "the end of '" + At.Variable->getName().str() + "'"
               : "the end of " + Class;
  }
  if (At.Form == Call::Construction && At.Callee)
    return "constructing " +
           displayName(*cast<CXXMethodDecl>(At.Callee)->getParent());
  return At.Callee ? displayName(*At.Callee) : "this call";
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
    reportOption(ChainLimit, "'" + Values.get(ChainLimit) +
                                 "' is not a positive number");
  if (!Values.get(Index).empty() && !llvm::sys::fs::exists(Values.get(Index)))
    reportOption(Index, "there is no file '" + Values.get(Index) + "'");
}

void BlockingCallCheck::checkUnit(TranslationUnit &Unit) {
  BlockingAnalysis Analysis(Unit, Query);
  // Instantiations of one template share their places.
  llvm::DenseSet<std::pair<SourceLocation, const CXXRecordDecl *>> Reported;
  for (const BlockingEffect *Finding : Analysis.run())
    if (Finding->At->Location.isValid() &&
        Reported.insert({Finding->At->Location, nullptr}).second)
      report(Unit, *Finding);
}

void BlockingCallCheck::report(TranslationUnit &Unit,
                               const BlockingEffect &Finding) {
  const BlockingEffect *Primitive = &Finding;
  while (Primitive->Next)
    Primitive = Primitive->Next;
  diag(Finding.At->Location, "%0 blocks the thread in %1")
      << describeCallee(*Finding.At) << describeRoot(*Finding.In);
  unsigned Steps = 0;
  const BlockingEffect *Last = &Finding;
  auto Follow = [&](const BlockingEffect *Step) {
    for (; Step && Steps < MaxChain; Step = Step->Next, ++Steps) {
      reportStep(*Step);
      Last = Step;
    }
  };
  for (const BlockingEffect *Step = &Finding; Step && Steps < MaxChain;
       Step = Step->Next) {
    if (Step != &Finding) {
      reportStep(*Step);
      ++Steps;
    }
    Follow(Step->Through);
    Last = Step;
  }
  if (Last != Primitive)
    reportStep(*Primitive);
  reportRemedy(Unit, Finding, *Primitive);
}

void BlockingCallCheck::reportStep(const BlockingEffect &Step) {
  if (Step.At->Location.isValid())
    diag(Step.At->Location, "%0 runs %1 here", DiagnosticIDs::Note)
        << displayName(*Step.In) << describeCallee(*Step.At);
}

void BlockingCallCheck::reportRemedy(TranslationUnit &Unit,
                                     const BlockingEffect &Finding,
                                     const BlockingEffect &Primitive) {
  const BlockingFact &What = Primitive.What;
  llvm::StringRef Instead;
  if (coroutineBody(*Finding.In))
    Instead = Unit.models().replacement(
        classOf(Finding.In->getReturnType()), What.Blocks);
  if (Instead.empty() && What.Model)
    Instead = What.Model->Instead;
  if (Instead.empty())
    Instead = Unit.models().replacement(nullptr, What.Blocks);
  diag(Primitive.At->Location, "%0 is %1%select{; await %3 instead|}2",
       DiagnosticIDs::Note)
      << describeCallee(*Primitive.At) << describe(What.Blocks)
      << Instead.empty() << Instead;
}

} // namespace clang::tidy::coro
