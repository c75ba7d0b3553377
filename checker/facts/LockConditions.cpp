// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Whether a lock may be held, by what was asked or awaited.

#include "facts/LockEvents.h"
#include "facts/Predicates.h"

namespace clang::tidy::coro {

bool LockEvents::isGivenTo(const CoroutineSuspendExpr &Await,
                           const LockedObject &Object) const {
  bool Result = false;
  auto IsIt = [&](const Expr *Argument, const FunctionDecl *Callee,
                  unsigned Position) {
    std::string Path = pathOf(Argument);
    bool IsProof = Callee && Position < Callee->getNumParams() &&
                   Callee->getParamDecl(Position)
                       ->getType()
                       .getNonReferenceType()
                       .isConstQualified();
    Result |= (Path == Object.Path || Path == Object.MutexPath) &&
              !isa_and_nonnull<CXXThisExpr>(stripped(Argument)) && !IsProof;
  };
  forEachEvaluated(
      Function.getASTContext(), Await.getOperand(), [&](const Stmt *S) {
        unsigned Position = 0;
        if (const auto *Site = dyn_cast<CallExpr>(S)) {
          if (!isa<CXXOperatorCallExpr>(Site))
            for (const Expr *Each : Site->arguments())
              IsIt(Each, Site->getDirectCallee(), Position++);
        } else if (const auto *Made = dyn_cast<CXXConstructExpr>(S)) {
          if (!Made->getConstructor()->isCopyOrMoveConstructor())
            for (const Expr *Each : Made->arguments())
              IsIt(Each, Made->getConstructor(), Position++);
        } else if (const auto *Braced = dyn_cast<InitListExpr>(S)) {
          for (const Expr *Each : Braced->inits())
            IsIt(Each, nullptr, 0);
        }
        return true;
      });
  return Result;
}

bool LockEvents::mayBeHeld(const LockedObject &Object, const LockEvent &Taken,
                           const Expr &Condition, bool Outcome) const {
  const ASTContext &Context = Function.getASTContext();
  // The condition as "Asked == Value", or the opposite.
  const Expr *Asked = Condition.IgnoreParenImpCasts();
  std::string Value = "0";
  bool Equals = !Outcome;
  for (unsigned Depth = 0; Depth < 8; ++Depth) {
    Asked = Asked->IgnoreUnlessSpelledInSource()->IgnoreParenImpCasts();
    const auto *Not = dyn_cast<UnaryOperator>(Asked);
    const auto *Compared = dyn_cast<BinaryOperator>(Asked);
    if (Not && Not->getOpcode() == UO_LNot) {
      Asked = Not->getSubExpr();
      Equals = !Equals;
      continue;
    }
    if (!Compared || !Compared->isEqualityOp())
      break;
    const Expr *Left = Compared->getLHS(), *Right = Compared->getRHS();
    auto Constant = valueOf(*Right->IgnoreParenImpCasts(), Context);
    if (!Constant) {
      std::swap(Left, Right);
      Constant = valueOf(*Right->IgnoreParenImpCasts(), Context);
    }
    if (!Constant)
      return true;
    bool IsTrue = Right->IgnoreParenImpCasts()->getType()->isBooleanType() &&
                  *Constant != "0";
    // Equals says so far that the comparison is false.
    Equals = (Compared->getOpcode() == BO_EQ) != Equals;
    Asked = Left;
    Value = *Constant;
    if (!IsTrue)
      break;
    Value = "0"; // == true is != 0
    Equals = !Equals;
  }
  Asked = stripped(Asked);
  if (const auto *Assignment = dyn_cast_or_null<BinaryOperator>(Asked);
      Assignment && Assignment->getOpcode() == BO_Assign)
    Asked = stripped(Assignment->getRHS());
  bool IsZero = Equals && Value == "0";
  // if (lock)   lock.owns_lock()   hold.has_value()
  const auto *Question = dyn_cast_or_null<CXXMemberCallExpr>(Asked);
  const Expr *Subject = Asked;
  if (Question && Question->getNumArgs() == 0 &&
      Question->getType()->isBooleanType()) {
    // Not of what a lock leads to, nor of more than the lock: access->empty()
    Subject = Question->getImplicitObjectArgument();
    LockClass Class = Types.classify(Subject->getType());
    const CXXMethodDecl *Asks = Question->getMethodDecl();
    if (Class.Role == LockRole::None ||
        (Class.IsCarrier && !isa_and_nonnull<CXXConversionDecl>(Asks) &&
         !(Asks && Asks->getParent()->isInStdNamespace())))
      Subject = nullptr;
  }
  if (auto Lock = variable(Subject); Lock && &Objects[*Lock] == &Object)
    return !IsZero;
  // if (mutex.try_lock())   int error = pthread_mutex_trylock(&mutex);
  if (!Taken.Try)
    return true;
  const auto *Stored = dyn_cast_or_null<DeclRefExpr>(Asked);
  if (Stored)
    Asked = stripped(Seen.onlyValue(*Stored->getDecl(), Function));
  if (Asked != Taken.Try)
    return true;
  if (Taken.Succeeds == "true")
    return !IsZero;
  return Equals == (Value == Taken.Succeeds);
}

} // namespace clang::tidy::coro
