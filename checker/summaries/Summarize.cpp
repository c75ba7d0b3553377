// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Summarize.h"
#include "coroutine/Annotations.h"
#include "summaries/CallableTypes.h"
#include "summaries/Prune.h"
#include "summaries/Wording.h"
#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Names.h"
#include "llvm/SourceText.h"
#include "llvm/Support/xxhash.h"

namespace clang::tidy::coro {
namespace {

class Summarizer {
public:
  Summarizer(TranslationUnit &Unit, const BlockingQuery &Query,
             llvm::StringRef File)
      : Unit(Unit), Query(Query), File(File), Tests(Unit.models().tests()) {}

  void run(Judge Judged, UnitSummary &Result);

private:
  bool isInMainFile(const FunctionDecl &Function) const;
  bool isReachableFromOutside(const FunctionDecl &Function) const;
  void discover(const FunctionDecl &Function);
  void addCall(const Call &At, const FunctionDecl &Within,
               FunctionSummary &Caller);
  void addCallees(const Callables &Called, CallSummary &Result);
  bool addCallee(const FunctionDecl &Function, CallSummary &Result);
  bool addVirtual(const Call &At, const Callables &Called, CallSummary &Result);
  ArgumentSummary argument(const Expr &Value, const FunctionDecl &Within);
  FunctionSummary begin(const FunctionDecl &Function);
  void addOverridden(const CXXMethodDecl &Method, FunctionSummary &Result);
  void addHarmless(UnitSummary &Result) const;

  TranslationUnit &Unit;
  const BlockingQuery &Query;
  llvm::StringRef File;
  std::vector<const Condition *> Tests;
  llvm::SetVector<const FunctionDecl *> Discovered;
  /// Where the calls of coroutines and awaiters are, in their order.
  std::vector<SourceLocation> RootCalls;
};

bool Summarizer::isInMainFile(const FunctionDecl &Function) const {
  const SourceManager &Sources = Unit.context().getSourceManager();
  return Sources.isInMainFile(Sources.getExpansionLoc(Function.getLocation()));
}

/// Whether another unit may call \p Function, and may do so without its body in
/// sight. Who includes a header sees the bodies that it has.
bool Summarizer::isReachableFromOutside(const FunctionDecl &Function) const {
  if (Function.isDependentContext())
    return false;
  // Whoever sees the base can call it, also in an anonymous namespace.
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
    for (const CXXMethodDecl *Each : Method->overridden_methods())
      if (isReachableFromOutside(*Each) || Each->isExternallyVisible())
        return true;
  return Function.isExternallyVisible() && isInMainFile(Function);
}

void Summarizer::discover(const FunctionDecl &Function) {
  Discovered.insert(&Function);
}

void Summarizer::run(Judge Judged, UnitSummary &Result) {
  for (const FunctionDecl *Each : Unit.functions())
    if (!Query.allows(*Each) &&
        (isReportingPlace(Unit, *Each) ||
         (isReachableFromOutside(*Each) && bodyToFollow(Unit, Query, *Each))))
      discover(*Each);
  // Grows while it is worked through.
  for (size_t I = 0; I < Discovered.size(); ++I) {
    const FunctionDecl &Each = *Discovered[I];
    FunctionSummary Summary = begin(Each);
    for (const Call &At : Unit.facts(Each).Calls)
      if (!At.BlockingAllowed)
        addCall(At, Each, Summary);
    Result.Functions.push_back(std::move(Summary));
  }
  std::vector<Standing> Standings = Judged(RootCalls);
  auto Next = Standings.begin();
  for (FunctionSummary &Each : Result.Functions)
    if (!Each.Root.empty())
      for (CallSummary &Call : Each.Calls)
        Call.Reported = *Next++;
  llvm::erase_if(Result.Functions,
                 [](const FunctionSummary &Each) { return Each.Key.empty(); });
  keepWhatMatters(Result.Functions);
  addHarmless(Result);
}

/// Takes note of the functions that other units can call and that are not among
/// those of \p Result.
void Summarizer::addHarmless(UnitSummary &Result) const {
  llvm::StringSet<> Kept;
  for (const FunctionSummary &Each : Result.Functions)
    Kept.insert(Each.Key);
  for (const FunctionDecl *Each : Unit.functions()) {
    Result.DefinesMain |= Each->isMain();
    if (Each->isDependentContext() || !Each->isExternallyVisible() ||
        Each->isInlined() || !isInMainFile(*Each))
      continue;
    std::string Key = keyOf(*Each, File);
    if (!Kept.contains(Key))
      Result.Harmless.push_back(llvm::xxHash64(Key));
  }
  llvm::sort(Result.Harmless);
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
    addOverridden(*Method, Result);
  return Result;
}

/// All of them, for what stands between may lead nowhere and be left out.
void Summarizer::addOverridden(const CXXMethodDecl &Method,
                               FunctionSummary &Result) {
  for (const CXXMethodDecl *Each : Method.overridden_methods()) {
    std::string Key = keyOf(*Each, File);
    if (llvm::is_contained(Result.Overrides, Key))
      continue;
    Result.Overrides.push_back(std::move(Key));
    addOverridden(*Each, Result);
  }
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
    Callables Called = resolveCallees(Unit, At, Within);
    if (!addVirtual(At, Called, Result))
      addCallees(Called, Result);
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
  const SourceManager &Sources = Unit.context().getSourceManager();
  SourceLocation Place = reportableLocation(At.Location, Sources);
  if (!Caller.Root.empty())
    RootCalls.push_back(Place);
  Result.At = locate(Place, Sources);
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

/// Names the method that is called; the linker knows what overrides it. False
/// if the call is not virtual, or the method is a library's.
bool Summarizer::addVirtual(const Call &At, const Callables &Called,
                            CallSummary &Result) {
  if (!At.IsVirtual || !addCallee(*At.Callee, Result))
    return false;
  for (const FunctionDecl *Each : Called.Functions)
    if (const FunctionDecl *Body = bodyToFollow(Unit, Query, *Each))
      discover(*Body);
  return Result.IsVirtual = true;
}

/// False if \p Function leads nowhere.
bool Summarizer::addCallee(const FunctionDecl &Function, CallSummary &Result) {
  if (const FunctionDecl *Body = bodyToFollow(Unit, Query, Function))
    discover(*Body);
  else if (Function.getDefinition() || Function.isImplicit() ||
           Unit.isForeign(Function.getLocation()) ||
           declaredBlocking(Function) != DeclaredBlocking::Unknown ||
           Query.allows(Function))
    return false;
  std::string Key = keyOf(Function, File);
  if (Key.empty())
    return false;
  Result.Callees.push_back(std::move(Key));
  return true;
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

} // namespace

void summarize(TranslationUnit &Unit, const BlockingQuery &Query, Judge Judged,
               UnitSummary &Result) {
  Summarizer(Unit, Query, Result.File).run(Judged, Result);
}

} // namespace clang::tidy::coro
