// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/BlockingCallCheck.h"
#include "coroutine/Coroutines.h"
#include "summaries/Wording.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/Names.h"

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

} // namespace

BlockingCallCheck::BlockingCallCheck(llvm::StringRef Name,
                                     ClangTidyContext *Context,
                                     std::shared_ptr<SharedState> State)
    : CoroCheck(Name, Context, std::move(State), Declared),
      Query(queryOf(Values)) {}

llvm::ArrayRef<Option> BlockingCallCheck::options() { return Declared; }

BlockingQuery BlockingCallCheck::queryOf(const OptionValues &Values) {
  BlockingQuery Result;
  for (const std::string &Each : Values.list(Categories))
    Result.Categories.insert(categoryNamed(Each));
  Result.AllowedFunctions = Values.list(AllowedFunctions);
  Values.get(ChainLimit).getAsInteger(10, Result.MaxChain);
  return Result;
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
  std::string Error;
  if (std::string File = Values.get(Index).str(); !File.empty())
    Query.Index = state().indexIn(File, Error);
  if (!Error.empty())
    reportOption(Index, Error);
}

void BlockingCallCheck::checkUnit(TranslationUnit &Unit) {
  std::string Error;
  if (Values.get(Index).empty())
    Query.Index = state().indexFor(mainFile(), Error);
  if (!Error.empty())
    configurationDiag("%0") << Error;
  BlockingAnalysis Analysis(Unit, Query);
  // Instantiations of one template share their places.
  llvm::DenseSet<SourceLocation> Reported;
  for (const BlockingEffect *Finding : Analysis.run())
    if (Finding->At->Location.isValid() &&
        Reported.insert(Finding->At->Location).second)
      report(Unit, *Finding);
}

/// One step of a chain: in this unit, or as the index has it.
struct BlockingCallCheck::Step {
  const BlockingEffect *Local = nullptr;
  const IndexedEffect *Indexed = nullptr;

  std::string describe() const {
    return Local ? describeCall(Local->At->Form, nameOfCalled(*Local->At))
                 : describeCall(Indexed->Form, Indexed->Name);
  }
  std::string describeAction() const {
    return Local
               ? coro::describeAction(Local->At->Form, nameOfCalled(*Local->At))
               : coro::describeAction(Indexed->Form, Indexed->Name);
  }
};

/// The steps from \p Finding to the primitive, without the first. Where a
/// callable is passed on, the way to its call comes before what it does.
std::vector<BlockingCallCheck::Step>
BlockingCallCheck::chainOf(const BlockingEffect &Finding) const {
  std::vector<Step> Result;
  auto Add = [&](const BlockingEffect &Effect) {
    if (!Effect.Indexed) {
      Result.push_back({&Effect, nullptr});
      return;
    }
    Result.push_back({nullptr, Effect.Indexed});
    for (const IndexedEffect *Each : Query.Index->chainOf(*Effect.Indexed))
      Result.push_back({nullptr, Each});
  };
  for (const BlockingEffect *Step = &Finding; Step; Step = Step->Next) {
    if (Step != &Finding)
      Add(*Step);
    for (const BlockingEffect *Via = Step->Through; Via; Via = Via->Next)
      Add(*Via);
  }
  return Result;
}

void BlockingCallCheck::report(TranslationUnit &Unit,
                               const BlockingEffect &Finding) {
  reportAt(Unit, Finding.At->Location, "%0 blocks the thread in %1")
      << describeCall(Finding.At->Form, nameOfCalled(*Finding.At))
      << describeRoot(*Finding.In);
  std::vector<Step> Chain = chainOf(Finding);
  for (size_t I = 0; I < Chain.size(); ++I)
    if (I < Query.MaxChain || I + 1 == Chain.size())
      reportStep(Unit, Finding, Chain[I]);
  reportRemedy(Unit, Finding, Chain.empty() ? Step{&Finding} : Chain.back());
}

/// Where to show \p Of; where the call in the coroutine is, if its file has
/// gone or has become shorter since the index was written.
SourceLocation BlockingCallCheck::placeOf(TranslationUnit &Unit,
                                          const BlockingEffect &Finding,
                                          const Step &Of) const {
  if (Of.Local)
    return Of.Local->At->Location;
  SourceLocation Place = Unit.placeOf(Of.Indexed->At);
  return Place.isValid() ? Place : Finding.At->Location;
}

void BlockingCallCheck::reportStep(TranslationUnit &Unit,
                                   const BlockingEffect &Finding,
                                   const Step &Of) {
  SourceLocation Place = placeOf(Unit, Finding, Of);
  if (Place.isValid())
    reportAt(Unit, Place, "%0 %1 here", DiagnosticIDs::Note)
        << (Of.Local ? displayName(*Of.Local->In)
                     : Query.Index->Functions[Of.Indexed->Function].Name)
        << Of.describeAction();
}

void BlockingCallCheck::reportRemedy(TranslationUnit &Unit,
                                     const BlockingEffect &Finding,
                                     const Step &Primitive) {
  const FunctionModel *Model =
      Primitive.Local ? Primitive.Local->What.Model : nullptr;
  Category Blocks = Primitive.Local ? Primitive.Local->What.Blocks
                                    : Primitive.Indexed->Blocks;
  std::string Instead;
  if (coroutineBody(*Finding.In))
    Instead = Unit.models()
                  .replacement(classOf(Finding.In->getReturnType()), Blocks)
                  .str();
  if (Instead.empty() && Primitive.Indexed)
    Instead = Primitive.Indexed->Instead;
  if (Instead.empty() && Model)
    Instead = Model->Instead;
  if (Instead.empty())
    Instead = Unit.models().replacement(nullptr, Blocks).str();
  reportAt(Unit, placeOf(Unit, Finding, Primitive),
           "%0 is %1%select{; await %3 instead|}2", DiagnosticIDs::Note)
      << Primitive.describe() << coro::describe(Blocks) << Instead.empty()
      << Instead;
}

} // namespace clang::tidy::coro
