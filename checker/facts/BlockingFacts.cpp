// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/BlockingFacts.h"
#include "coroutine/Annotations.h"
#include "coroutine/Coroutines.h"
#include "llvm/Names.h"
#include "clang/AST/ExprCXX.h"

namespace clang::tidy::coro {
namespace {

/// The static class of the object that \p At is called on.
const CXXRecordDecl *objectClass(const Call &At) {
  if (At.Object) {
    QualType Type = stripped(At.Object)->getType();
    return Type->isPointerType() ? Type->getPointeeCXXRecordDecl()
                                 : Type->getAsCXXRecordDecl();
  }
  const auto *Method = dyn_cast<CXXMethodDecl>(At.Callee);
  return Method ? Method->getParent() : nullptr;
}

unsigned writtenArguments(const Call &At) {
  return llvm::count_if(At.Arguments, [](const Expr *Each) {
    return !isa<CXXDefaultArgExpr>(Each);
  });
}

bool isReadyEnumerator(const Expr *E) {
  const auto *Enumerator = dyn_cast_or_null<EnumConstantDecl>(namedBy(E));
  return Enumerator && Enumerator->getName() == "ready";
}

} // namespace

void BlockingFacts::fill(std::vector<Call> &Calls, size_t First,
                         const Flow *InOrder, const CFGBlock *InBlock) {
  Order = InOrder;
  Block = InBlock;
  for (size_t I = First; I < Calls.size(); ++I) {
    Call &At = Calls[I];
    if (!At.Callee)
      continue;
    switch (declaredBlocking(*At.Callee)) {
    case DeclaredBlocking::Blocks:
      At.Blocks = BlockingFact{Category::Annotated, nullptr, std::nullopt};
      continue;
    case DeclaredBlocking::NeverBlocks:
    case DeclaredBlocking::MayBlock:
      continue;
    case DeclaredBlocking::Unknown:
      break;
    }
    // The first entry that holds decides; one that depends on a parameter
    // only where no other does.
    std::optional<BlockingFact> Deferred;
    for (const FunctionModel *Model :
         Library.functions(*At.Callee, objectClass(At))) {
      if (writtenArguments(At) < Model->MinArguments)
        continue;
      for (unsigned Index : Model->Calls)
        if (Index < At.Arguments.size())
          At.CalledInPlace.push_back(At.Arguments[Index]);
      std::optional<BlockingFact> Fact = decideModel(*Model, At);
      if (!Fact || At.Blocks)
        continue;
      if (Fact->Deferred && Fact->Deferred->BlocksWhenTrue)
        Deferred = Deferred ? Deferred : Fact;
      else
        At.Blocks = Fact;
    }
    if (!At.Blocks)
      At.Blocks = Deferred;
  }
}

std::optional<BlockingFact>
BlockingFacts::decideModel(const FunctionModel &Model, const Call &At) {
  if (Model.Blocks == Category::None)
    return std::nullopt;
  BlockingFact Fact{Model.Blocks, &Model, std::nullopt};
  for (const Condition &Test : Model.Unless) {
    Verdict Result = decide(Test, At);
    if (Result.Holds == Verdict::Yes)
      return std::nullopt;
    if (Result.Holds == Verdict::Unknown && Result.Parameter)
      Fact.Deferred = DeferredCondition{*Result.Parameter, &Test, false};
  }
  for (const Condition &Test : Model.When) {
    Verdict Result = decide(Test, At);
    if (Result.Holds == Verdict::Yes)
      continue;
    if (Result.Holds == Verdict::No || !Result.Parameter)
      return std::nullopt;
    Fact.Deferred = DeferredCondition{*Result.Parameter, &Test, true};
  }
  return Fact;
}

Verdict BlockingFacts::decide(const Condition &Test, const Call &At) {
  if (Test.CheckedBy.empty())
    return Decide.decide(Test, At, Within);
  // The end of a future that was asked before has nothing to wait for.
  if (At.Form == Call::Destruction) {
    if (!At.Variable)
      return {};
    return Verdict::of(
        llvm::any_of(Seen.scan(Within).Calls, [&](const CallExpr *Each) {
          return (Each->isCallToStdMove() &&
                  namedBy(Each->getArg(0)) == At.Variable) ||
                 isQuestion(Each, *At.Variable, Test.CheckedBy, Within, 0);
        }));
  }
  const ValueDecl *Object = At.Object ? namedBy(At.Object) : nullptr;
  return Verdict::of(Object && isGuarded(*Object, Test.CheckedBy));
}

// if (f.wait_for(0s) == std::future_status::ready) f.get();
bool BlockingFacts::isGuarded(const ValueDecl &Object,
                              llvm::ArrayRef<std::string> Methods) {
  if (!Order || !Block)
    return false;
  for (const Flow::Guard &Guard : Order->guardsOf(*Block))
    if (saysReady(Guard.Condition, Guard.Holds, Object, Methods))
      return true;
  return false;
}

bool BlockingFacts::saysReady(const Expr *Condition, bool Holds,
                              const ValueDecl &Object,
                              llvm::ArrayRef<std::string> Methods) {
  const Expr *Inner = stripped(Condition);
  while (const auto *Not = dyn_cast_or_null<UnaryOperator>(Inner)) {
    if (Not->getOpcode() != UO_LNot)
      return false;
    Holds = !Holds;
    Inner = stripped(Not->getSubExpr());
  }
  if (const auto *Comparison = dyn_cast<BinaryOperator>(Inner);
      Comparison && Comparison->isEqualityOp()) {
    bool AsksForReady = isReadyEnumerator(Comparison->getLHS()) ||
                        isReadyEnumerator(Comparison->getRHS());
    bool IsEqual = (Comparison->getOpcode() == BO_EQ) == Holds;
    return IsEqual == AsksForReady &&
           (isQuestion(Comparison->getLHS(), Object, Methods, Within, 0) ||
            isQuestion(Comparison->getRHS(), Object, Methods, Within, 0));
  }
  // bool ready = f.wait_for(0s) == ready;  if (ready) f.get();
  if (const ValueDecl *Named = namedBy(Inner)) {
    const Expr *Value = Seen.onlyValue(*Named, Within);
    return Value && stripped(Value) != Inner &&
           saysReady(Value, Holds, Object, Methods);
  }
  return Holds && isQuestion(Inner, Object, Methods, Within, 0);
}

/// Whether \p E asks \p Object by one of \p Methods without waiting: directly,
/// through a variable, or in a helper that \p Object is passed to.
bool BlockingFacts::isQuestion(const Expr *E, const ValueDecl &Object,
                               llvm::ArrayRef<std::string> Methods,
                               const FunctionDecl &In, unsigned Depth) {
  E = stripped(E);
  if (!E || Depth > 3)
    return false;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Member->getMethodDecl();
    return Method && namedBy(Member->getImplicitObjectArgument()) == &Object &&
           llvm::is_contained(Methods, unqualifiedName(*Method)) &&
           (Member->getNumArgs() == 0 ||
            Decide.isZero(Member->getArg(0), In) ||
            unqualifiedName(*Method) == "wait_until");
  }
  if (const auto *Site = dyn_cast<CallExpr>(E)) {
    const FunctionDecl *Callee = Site->getDirectCallee();
    Callee = Callee ? Callee->getDefinition() : nullptr;
    if (!Callee)
      return false;
    for (unsigned I = 0; I < Site->getNumArgs(); ++I)
      if (I < Callee->getNumParams() && namedBy(Site->getArg(I)) == &Object)
        for (const CallExpr *Inner : Seen.scan(*Callee).Calls)
          if (isQuestion(Inner, *Callee->getParamDecl(I), Methods, *Callee,
                         Depth + 1))
            return true;
    return false;
  }
  const ValueDecl *Named = namedBy(E);
  const Expr *Value = Named ? Seen.onlyValue(*Named, In) : nullptr;
  return Value && isQuestion(Value, Object, Methods, In, Depth + 1);
}

} // namespace clang::tidy::coro
