// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/Blocking.h"
#include "coroutine/Annotations.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

/// Whether two effects of one function are the same to its callers.
bool isSameToCallers(const BlockingEffect &A, const BlockingEffect &B) {
  return A.What.Blocks == B.What.Blocks && A.Invokes == B.Invokes &&
         A.What.Deferred == B.What.Deferred;
}

/// Whether a coroutine that returns \p Result runs on behalf of its caller
/// alone: a generator that awaits nothing.
bool isSynchronousGenerator(TranslationUnit &Unit,
                            const FunctionDecl &Function) {
  const TaskTraits *Traits = Unit.taskTypes().traits(Function.getReturnType());
  if (!Traits || !Traits->Generator)
    return false;
  bool Awaits = false;
  forEachEvaluated(Unit.context(), writtenBody(Function), [&](const Stmt *S) {
    Awaits |= isa<CoawaitExpr>(S);
    return !Awaits;
  });
  return !Awaits;
}

} // namespace

/// Whether the body of \p Function could be seen. clangd skips those in
/// headers.
static bool isInSight(const FunctionDecl &Function) {
  const FunctionDecl *Definition = Function.getDefinition();
  return Definition && !Definition->hasSkippedBody();
}

bool isReportingPlace(TranslationUnit &Unit, const FunctionDecl &Function) {
  DeclaredBlocking Declared = declaredBlocking(Function);
  if (Declared != DeclaredBlocking::Unknown &&
      Declared != DeclaredBlocking::Blocks)
    return false;
  if (coroutineBody(Function))
    return !isSynchronousGenerator(Unit, Function);
  return isAwaiterMethod(Function);
}

bool BlockingQuery::allows(const FunctionDecl &Function) const {
  return !AllowedFunctions.empty() &&
         llvm::is_contained(AllowedFunctions, qualifiedName(Function));
}

const FunctionDecl *bodyToFollow(TranslationUnit &Unit,
                                 const BlockingQuery &Query,
                                 const FunctionDecl &Function) {
  const FunctionDecl *Definition = Function.getDefinition();
  const auto *Destructor = dyn_cast<CXXDestructorDecl>(&Function);
  if (!Definition && Destructor && Destructor->isDefaulted())
    Definition = &Function;
  if (!Definition || Definition->hasSkippedBody() ||
      Unit.isForeign(Definition->getLocation()) || coroutineBody(*Definition) ||
      isAwaiterMethod(*Definition) ||
      declaredBlocking(Function) != DeclaredBlocking::Unknown ||
      Query.allows(Function))
    return nullptr;
  return Definition;
}

const FunctionDecl *
BlockingAnalysis::bodyToFollow(const FunctionDecl &Function) {
  return coro::bodyToFollow(Unit, Query, Function);
}

std::vector<const BlockingEffect *> BlockingAnalysis::run() {
  for (const FunctionDecl *Each : Unit.functions()) {
    if (isReportingPlace(Unit, *Each) && !Query.allows(*Each)) {
      Roots.insert(Each);
      discover(*Each);
    }
  }
  while (!ToDiscover.empty()) {
    const FunctionDecl *Next = ToDiscover.front();
    ToDiscover.pop_front();
    for (const Call &At : Unit.facts(*Next).Calls)
      if (!At.BlockingAllowed)
        discoverCall(*Next, At);
  }
  // All grows while it is worked through.
  for (; NextEffect < All.size(); ++NextEffect) {
    const BlockingEffect &Effect = All[NextEffect];
    // A copy: an effect that runs a callable adds an edge to it.
    auto Edges = Effect.Indexed ? Indexed.lookup(Effect.Indexed).Callers
                                : Callers.lookup(Effect.In);
    for (const Edge &To : Edges)
      propagate(Effect, To);
  }
  std::vector<const BlockingEffect *> Result;
  for (const FunctionDecl *Each : Unit.functions())
    if (Roots.contains(Each))
      for (const BlockingEffect *Effect : Effects.lookup(Each))
        if (!Effect->Invokes &&
            !(Effect->What.Deferred && Effect->What.Deferred->BlocksWhenTrue))
          Result.push_back(Effect);
  return Result;
}

void BlockingAnalysis::discover(const FunctionDecl &Function) {
  if (Discovered.insert(&Function).second)
    ToDiscover.push_back(&Function);
}

void BlockingAnalysis::addEdges(const Callables &Called,
                                const FunctionDecl &Within, const Call &At) {
  for (const FunctionDecl *Each : Called.Functions) {
    if (const FunctionDecl *Body = bodyToFollow(*Each)) {
      Callers[Body].push_back({&Within, &At, nullptr});
      discover(*Body);
    } else {
      addIndexed(*Each, {&Within, &At, nullptr});
    }
  }
  if (Called.Parameter)
    add({&Within, &At, {}, Called.Parameter});
}

/// Whether the index may speak for \p Called.
bool BlockingAnalysis::isIndexed(const FunctionDecl &Called) const {
  return Query.Index && !Called.isImplicit() && Called.isExternallyVisible() &&
         !Unit.isForeign(Called.getLocation()) &&
         declaredBlocking(Called) == DeclaredBlocking::Unknown &&
         !Query.allows(Called);
}

/// Takes what the index says of \p Called, if its body is not in sight.
void BlockingAnalysis::addIndexed(const FunctionDecl &Called,
                                  const Edge &From) {
  if (!isInSight(Called) && isIndexed(Called))
    addIndexed(Query.Index->effectsOf(keyOf(Called, "")), Called, From);
}

/// Takes what the index says of the methods that override \p Called.
void BlockingAnalysis::addOverriders(const FunctionDecl &Called,
                                     const Edge &From) {
  if (isIndexed(Called))
    addIndexed(Query.Index->effectsOfOverriders(keyOf(Called, "")), Called,
               From);
}

void BlockingAnalysis::addIndexed(llvm::ArrayRef<uint32_t> Effects,
                                  const FunctionDecl &Called,
                                  const Edge &From) {
  for (uint32_t Each : Effects) {
    const IndexedEffect &Effect = Query.Index->Effects[Each];
    if (Effect.Blocks != Category::None &&
        Effect.Blocks != Category::Annotated &&
        !Query.Categories.contains(Effect.Blocks))
      continue;
    FromIndex &Known = Indexed[&Effect];
    Known.Callers.push_back(From);
    if (Known.Effect) {
      // Who passes a callable comes late.
      if (From.Through)
        propagate(*Known.Effect, From);
      continue;
    }
    BlockingEffect Added{&Called, nullptr, {}, Effect.Invokes};
    Added.What.Blocks = Effect.Blocks;
    if (Effect.Open)
      Added.What.Deferred = DeferredCondition{
          Effect.Open->Parameter,
          &IndexedTests.emplace_back(conditionOf(Effect.Open->Test)),
          Effect.Open->BlocksWhenTrue};
    Added.Indexed = &Effect;
    All.push_back(std::move(Added));
    Known.Effect = &All.back();
  }
}

void BlockingAnalysis::discoverCall(const FunctionDecl &Within,
                                    const Call &At) {
  if (At.Callee && Query.allows(*At.Callee))
    return;
  if (At.Blocks) {
    if (At.Blocks->Blocks == Category::Annotated ||
        Query.Categories.contains(At.Blocks->Blocks))
      add({&Within, &At, *At.Blocks, std::nullopt});
  } else {
    addEdges(resolveCallees(Unit, At, Within), Within, At);
    if (At.IsVirtual)
      addOverriders(*At.Callee, {&Within, &At, nullptr});
  }
  for (const Expr *Callable : At.CalledInPlace)
    addEdges(resolveCallable(Unit, Callable, Within), Within, At);
  // What is passed to a function that is known may be called by it.
  if (At.Callee && (bodyToFollow(*At.Callee) || isIndexed(*At.Callee)))
    for (const Expr *Argument : At.Arguments)
      for (const FunctionDecl *Each :
           resolveCallable(Unit, Argument, Within).Functions)
        if (const FunctionDecl *Body = bodyToFollow(*Each))
          discover(*Body);
}

void BlockingAnalysis::add(BlockingEffect Effect) {
  auto &Known = Effects[Effect.In];
  bool IsRoot = Roots.contains(Effect.In);
  for (const BlockingEffect *Each : Known)
    if (IsRoot ? Each->At == Effect.At && Each->Invokes == Effect.Invokes
               : isSameToCallers(*Each, Effect))
      return;
  All.push_back(std::move(Effect));
  Known.push_back(&All.back());
}

void BlockingAnalysis::propagate(const BlockingEffect &Effect, const Edge &To) {
  BlockingEffect Passed{To.Caller,    To.At,   Effect.What,
                        std::nullopt, &Effect, To.Through};
  auto ArgumentFor = [&](unsigned Parameter) -> const Expr * {
    return !To.Through && Parameter < To.At->Arguments.size()
               ? To.At->Arguments[Parameter]
               : nullptr;
  };
  if (Effect.Invokes) {
    const Expr *Argument = ArgumentFor(*Effect.Invokes);
    if (!Argument)
      return;
    Callables Called = resolveCallable(Unit, Argument, *To.Caller);
    for (const FunctionDecl *Each : Called.Functions)
      if (const FunctionDecl *Body = bodyToFollow(*Each))
        link(*Body, {To.Caller, To.At, &Effect});
      else if (declaredBlocking(*Each) == DeclaredBlocking::Blocks)
        add({To.Caller, To.At, {Category::Annotated, nullptr, std::nullopt}});
      else
        addIndexed(*Each, {To.Caller, To.At, &Effect});
    if (Called.Parameter) {
      Passed.Invokes = Called.Parameter;
      add(std::move(Passed));
    }
    return;
  }
  if (const auto &Deferred = Effect.What.Deferred) {
    Passed.What.Deferred.reset();
    const Expr *Argument = ArgumentFor(Deferred->Parameter);
    Verdict Result = Argument ? Unit.conditions().decide(*Deferred->Test,
                                                         Argument, *To.Caller)
                              : Verdict{};
    if (Result.Holds == Verdict::Unknown && Result.Parameter)
      Passed.What.Deferred = DeferredCondition{
          *Result.Parameter, Deferred->Test, Deferred->BlocksWhenTrue};
    else if ((Result.Holds == Verdict::Yes) != Deferred->BlocksWhenTrue)
      return;
  }
  add(std::move(Passed));
}

/// Takes note that \p From runs \p Called by passing it to a function.
void BlockingAnalysis::link(const FunctionDecl &Called, const Edge &From) {
  discover(Called);
  Callers[&Called].push_back(From);
  for (const BlockingEffect *Effect : Effects.lookup(&Called))
    propagate(*Effect, From);
}

} // namespace clang::tidy::coro
