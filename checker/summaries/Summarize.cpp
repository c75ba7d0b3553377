// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Summarize.h"
#include "coroutine/Annotations.h"
#include "summaries/CallableTypes.h"
#include "summaries/Wording.h"
#include "clang/AST/ASTContext.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

class Summarizer {
public:
  Summarizer(TranslationUnit &Unit, const BlockingQuery &Query,
             llvm::StringRef File)
      : Unit(Unit), Query(Query), File(File), Tests(Unit.models().tests()) {}

  std::vector<FunctionSummary> run();

private:
  bool isReachableFromOutside(const FunctionDecl &Function) const;
  void discover(const FunctionDecl &Function);
  void addCall(const Call &At, const FunctionDecl &Within,
               FunctionSummary &Caller);
  void addCallees(const Callables &Called, CallSummary &Result);
  void addCallee(const FunctionDecl &Function, CallSummary &Result);
  ArgumentSummary argument(const Expr &Value, const FunctionDecl &Within);
  FunctionSummary begin(const FunctionDecl &Function);
  void keepWhatMatters(std::vector<FunctionSummary> &Functions) const;

  TranslationUnit &Unit;
  const BlockingQuery &Query;
  llvm::StringRef File;
  std::vector<const Condition *> Tests;
  llvm::SetVector<const FunctionDecl *> Discovered;
};

/// Whether another unit may call \p Function, and may do so without its body in
/// sight. Who includes a header sees the bodies that it has.
bool Summarizer::isReachableFromOutside(const FunctionDecl &Function) const {
  if (!Function.isExternallyVisible() || Function.isDependentContext())
    return false;
  const auto *Method = dyn_cast<CXXMethodDecl>(&Function);
  if (Method && Method->size_overridden_methods() > 0)
    return true;
  const SourceManager &Sources = Unit.context().getSourceManager();
  return Sources.isInMainFile(Sources.getExpansionLoc(Function.getLocation()));
}

void Summarizer::discover(const FunctionDecl &Function) {
  Discovered.insert(&Function);
}

std::vector<FunctionSummary> Summarizer::run() {
  for (const FunctionDecl *Each : Unit.functions())
    if (!Query.allows(*Each) &&
        (isReportingPlace(Unit, *Each) ||
         (isReachableFromOutside(*Each) && bodyToFollow(Unit, Query, *Each))))
      discover(*Each);
  std::vector<FunctionSummary> Result;
  // Grows while it is worked through.
  for (size_t I = 0; I < Discovered.size(); ++I) {
    const FunctionDecl &Each = *Discovered[I];
    FunctionSummary Summary = begin(Each);
    for (const Call &At : Unit.facts(Each).Calls)
      if (!At.BlockingAllowed)
        addCall(At, Each, Summary);
    if (!Summary.Key.empty())
      Result.push_back(std::move(Summary));
  }
  keepWhatMatters(Result);
  return Result;
}

FunctionSummary Summarizer::begin(const FunctionDecl &Function) {
  FunctionSummary Result;
  Result.Key = keyOf(Function, File);
  Result.Name = displayName(Function);
  Result.FullName = qualifiedName(Function);
  Result.At = locate(Function.getLocation(), Unit.context().getSourceManager());
  if (isReportingPlace(Unit, Function)) {
    Result.Root = describeRoot(Function);
    const CXXRecordDecl *Task = Function.getReturnType()->getAsCXXRecordDecl();
    for (Category Each : allCategories())
      if (llvm::StringRef Instead =
              Task ? Unit.models().replacement(Task, Each) : "";
          !Instead.empty()) {
        Result.Replacements.resize(static_cast<size_t>(Each) + 1);
        Result.Replacements.back() = Instead.str();
      }
  }
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
    for (const CXXMethodDecl *Each : Method->overridden_methods())
      Result.Overrides.push_back(keyOf(*Each, File));
  return Result;
}

void Summarizer::addCall(const Call &At, const FunctionDecl &Within,
                         FunctionSummary &Caller) {
  if (At.Callee && Query.allows(*At.Callee))
    return;
  CallSummary Result;
  if (At.Blocks) {
    const BlockingFact &What = *At.Blocks;
    Result.Blocks = What.Blocks;
    if (What.Deferred)
      Result.Open =
          OpenCondition{What.Deferred->Parameter, textOf(*What.Deferred->Test),
                        What.Deferred->BlocksWhenTrue};
    if (What.Model)
      Result.Instead = What.Model->Instead;
    if (Result.Instead.empty())
      Result.Instead = Unit.models().replacement(nullptr, What.Blocks).str();
  } else {
    addCallees(resolveCallees(Unit, At, Within), Result);
    Result.IsVirtual = At.IsVirtual && !Result.Callees.empty();
  }
  for (const Expr *Callable : At.CalledInPlace)
    addCallees(resolveCallable(Unit, Callable, Within), Result);
  if (Result.Blocks == Category::None && Result.Callees.empty() &&
      !Result.Invokes)
    return;
  if (At.Callee && !At.Blocks && !Unit.isForeign(At.Callee->getLocation()))
    for (const Expr *Each : At.Arguments)
      Result.Arguments.push_back(Each ? argument(*Each, Within)
                                      : ArgumentSummary());
  Result.At = locate(At.Location, Unit.context().getSourceManager());
  Result.Form = At.Form;
  Result.Name = nameOfCalled(At);
  Caller.Calls.push_back(std::move(Result));
}

void Summarizer::addCallees(const Callables &Called, CallSummary &Result) {
  for (const FunctionDecl *Each : Called.Functions)
    addCallee(*Each, Result);
  if (Called.Parameter)
    Result.Invokes = Called.Parameter;
}

void Summarizer::addCallee(const FunctionDecl &Function, CallSummary &Result) {
  if (const FunctionDecl *Body = bodyToFollow(Unit, Query, Function))
    discover(*Body);
  else if (Function.getDefinition() || Function.isImplicit() ||
           Unit.isForeign(Function.getLocation()) ||
           declaredBlocking(Function) != DeclaredBlocking::Unknown ||
           Query.allows(Function))
    return;
  if (std::string Key = keyOf(Function, File); !Key.empty())
    Result.Callees.push_back(std::move(Key));
}

ArgumentSummary Summarizer::argument(const Expr &Value,
                                     const FunctionDecl &Within) {
  ArgumentSummary Result;
  if (looksCallable(&Value)) {
    CallSummary Runs;
    addCallees(resolveCallable(Unit, &Value, Within), Runs);
    Result.Callables = std::move(Runs.Callees);
    Result.Parameter = Runs.Invokes;
    return Result;
  }
  for (const Condition *Test : Tests) {
    Verdict Answer = Unit.conditions().decide(*Test, &Value, Within);
    if (Answer.Holds == Verdict::Yes)
      Result.Holds.push_back(textOf(*Test));
    else if (Answer.Parameter)
      Result.Parameter = Answer.Parameter;
  }
  return Result;
}

/// Takes away what leads nowhere: neither to what blocks nor out of the unit.
void Summarizer::keepWhatMatters(
    std::vector<FunctionSummary> &Functions) const {
  llvm::StringMap<size_t> ByKey;
  for (size_t I = 0; I < Functions.size(); ++I)
    ByKey.try_emplace(Functions[I].Key, I);
  std::vector<llvm::SmallVector<size_t, 2>> Callers(Functions.size());
  std::vector<char> Matters(Functions.size());
  std::vector<size_t> Pending;
  auto Mark = [&](size_t Index) {
    if (!Matters[Index])
      Pending.push_back(Index);
    Matters[Index] = true;
  };
  for (size_t I = 0; I < Functions.size(); ++I)
    for (const CallSummary &Call : Functions[I].Calls) {
      if (Call.Blocks != Category::None || Call.Invokes || Call.IsVirtual)
        Mark(I);
      auto Note = [&](const std::string &Key) {
        if (auto Known = ByKey.find(Key); Known != ByKey.end())
          Callers[Known->second].push_back(I);
        else
          Mark(I);
      };
      llvm::for_each(Call.Callees, Note);
      for (const ArgumentSummary &Each : Call.Arguments)
        llvm::for_each(Each.Callables, Note);
    }
  while (!Pending.empty()) {
    size_t Index = Pending.back();
    Pending.pop_back();
    llvm::for_each(Callers[Index], Mark);
  }
  std::vector<FunctionSummary> Kept;
  for (size_t I = 0; I < Functions.size(); ++I) {
    if (!Matters[I])
      continue;
    FunctionSummary &Each = Functions[I];
    llvm::erase_if(Each.Calls, [&](const CallSummary &Call) {
      auto LeadsNowhere = [&](const std::string &Key) {
        auto Known = ByKey.find(Key);
        return Known != ByKey.end() && !Matters[Known->second];
      };
      return Call.Blocks == Category::None && !Call.Invokes &&
             !Call.IsVirtual && llvm::all_of(Call.Callees, LeadsNowhere) &&
             llvm::all_of(Call.Arguments, [&](const ArgumentSummary &Given) {
               return llvm::all_of(Given.Callables, LeadsNowhere);
             });
    });
    Kept.push_back(std::move(Each));
  }
  // The order of the walk is that of the source; equal keys stay together.
  Functions = std::move(Kept);
}

} // namespace

std::vector<FunctionSummary> summarize(TranslationUnit &Unit,
                                       const BlockingQuery &Query,
                                       llvm::StringRef File) {
  return Summarizer(Unit, Query, File).run();
}

} // namespace clang::tidy::coro
