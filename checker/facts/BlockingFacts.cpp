// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/BlockingFacts.h"
#include "coroutine/Annotations.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

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
         Library.functions(*At.Callee, At.objectClass())) {
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
  // The end of a thread that was joined before has nothing to wait for.
  if (At.Form == Call::Destruction)
    return Verdict::of(
        llvm::any_of(Seen.scan(Within).Calls, [&](const CallExpr *Each) {
          const auto *Member = dyn_cast<CXXMemberCallExpr>(Each);
          if (At.Variable)
            return isQuestion(Each, *At.Variable, Test.CheckedBy, Within, 0);
          // std::async(f).get()
          return At.Object && Member && Member->getMethodDecl() &&
                 stripped(Member->getImplicitObjectArgument()) ==
                     stripped(At.Object) &&
                 llvm::is_contained(Test.CheckedBy,
                                    unqualifiedName(*Member->getMethodDecl()));
        }));
  const ValueDecl *Object = At.Object ? namedBy(At.Object) : nullptr;
  // await_resume runs when what await_ready asked for is there.
  if (isa_and_nonnull<FieldDecl>(Object) && isAwaiterMethod(Within) &&
      Within.getName() == "await_resume" &&
      isAskedByAwaitReady(*Object, Test.CheckedBy))
    return Verdict::of(true);
  return Verdict::of(Object && isGuarded(*Object, At, Test.CheckedBy));
}

/// Whether \p Object gets another value between \p Guard and \p At.
bool BlockingFacts::isReplaced(const ValueDecl &Object, const Expr &Guard,
                               const Call &At) {
  const SourceManager &Sources = Within.getASTContext().getSourceManager();
  auto Writes = Seen.scan(Within).Writes.find(&Object);
  if (Writes == Seen.scan(Within).Writes.end())
    return false;
  return llvm::any_of(Writes->second, [&](const Expr *Value) {
    return Sources.isBeforeInTranslationUnit(Guard.getEndLoc(),
                                             Value->getBeginLoc()) &&
           Sources.isBeforeInTranslationUnit(Value->getBeginLoc(), At.Location);
  });
}

bool BlockingFacts::isAskedByAwaitReady(const ValueDecl &Object,
                                        llvm::ArrayRef<std::string> Methods) {
  const auto *Ready = dyn_cast_or_null<FunctionDecl>(
      findMember(*cast<CXXMethodDecl>(Within).getParent(), "await_ready"));
  return Ready && llvm::any_of(Seen.scan(*Ready).Calls, [&](const auto *Each) {
           return isQuestion(Each, Object, Methods, *Ready, 0);
         });
}

// if (f.wait_for(0s) == std::future_status::ready) f.get();
bool BlockingFacts::isGuarded(const ValueDecl &Object, const Call &At,
                              llvm::ArrayRef<std::string> Methods) {
  if (!Order || !Block)
    return false;
  for (const Flow::Guard &Guard : Order->guardsOf(*Block)) {
    bool IsReady =
        Guard.Case ? isReadyEnumerator(Guard.Case) &&
                         isQuestion(Guard.Condition, Object, Methods, Within, 0)
                   : saysReady(Guard.Condition, Guard.Holds, Object, Methods);
    if (IsReady)
      return !isReplaced(Object, *Guard.Condition, At);
  }
  return false;
}

/// Whether \p Object is known to be ready since \p Condition was true, or
/// false where \p Holds is not set.
bool BlockingFacts::saysReady(const Expr *Condition, bool Holds,
                              const ValueDecl &Object,
                              llvm::ArrayRef<std::string> Methods) {
  const Expr *Inner = stripped(Condition);
  auto Asks = [&](const Expr *E) {
    return isQuestion(E, Object, Methods, Within, 0);
  };
  if (const auto *Not = dyn_cast_or_null<UnaryOperator>(Inner))
    return Not->getOpcode() == UO_LNot &&
           saysReady(Not->getSubExpr(), !Holds, Object, Methods);
  if (const auto *Binary = dyn_cast_or_null<BinaryOperator>(Inner)) {
    const Expr *Left = Binary->getLHS(), *Right = Binary->getRHS();
    // a && b is true, or a || b false, only if both are.
    if (Binary->isLogicalOp())
      return (Binary->getOpcode() == BO_LAnd) == Holds &&
             (saysReady(Left, Holds, Object, Methods) ||
              saysReady(Right, Holds, Object, Methods));
    if (!Binary->isEqualityOp())
      return false;
    bool AsksForReady = isReadyEnumerator(Left) || isReadyEnumerator(Right);
    bool IsEqual = (Binary->getOpcode() == BO_EQ) == Holds;
    return IsEqual == AsksForReady && (Asks(Left) || Asks(Right));
  }
  // bool ready = f.wait_for(0s) == ready;  if (ready) f.get();
  if (const ValueDecl *Named = namedBy(Inner)) {
    const Expr *Value = Seen.onlyValue(*Named, Within);
    return Value && stripped(Value) != Inner &&
           saysReady(Value, Holds, Object, Methods);
  }
  return Holds && Asks(Inner);
}

/// Whether \p E asks \p Object by one of \p Methods: directly, through a
/// variable, or in a helper that \p Object is passed to. (How long the question
/// itself waits is another matter.)
bool BlockingFacts::isQuestion(const Expr *E, const ValueDecl &Object,
                               llvm::ArrayRef<std::string> Methods,
                               const FunctionDecl &In, unsigned Depth) {
  E = stripped(E);
  if (!E || Depth > 3)
    return false;
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(E)) {
    const CXXMethodDecl *Method = Member->getMethodDecl();
    return Method && namedBy(Member->getImplicitObjectArgument()) == &Object &&
           llvm::is_contained(Methods, unqualifiedName(*Method));
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
