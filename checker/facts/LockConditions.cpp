// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Which variable that holds a lock is meant, and whether it may be held, by
// what was asked or awaited.

#include "facts/LockEvents.h"
#include "facts/Predicates.h"

namespace clang::tidy::coro {

/// The variable that holds a lock and that \p E denotes, or reaches into as
/// into an optional.
std::optional<unsigned> LockEvents::variable(const Expr *E) const {
  for (unsigned Depth = 0; E && Depth < 4; ++Depth) {
    E = stripped(E);
    if (const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(E);
        Operator && (Operator->getOperator() == OO_Star ||
                     Operator->getOperator() == OO_Arrow ||
                     Operator->getOperator() == OO_Subscript)) {
      E = Operator->getArg(0);
      continue;
    }
    // access.lock of a variable that has the lock as a member
    if (const auto *Member = dyn_cast_or_null<MemberExpr>(E)) {
      LockRole Role = Types.classify(Member->getType()).Role;
      if (Role != LockRole::Lock && Role != LockRole::Scope)
        return std::nullopt;
      E = Member->getBase();
      continue;
    }
    const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E);
    if (!Reference)
      return std::nullopt;
    auto Found = ByVariable.find(Reference->getDecl());
    if (Found != ByVariable.end())
      return Found->second;
    const auto *Alias = dyn_cast<VarDecl>(Reference->getDecl());
    if (!Alias || !Alias->getType()->isReferenceType() ||
        isa<ParmVarDecl>(Alias))
      return std::nullopt;
    E = Alias->getInit();
  }
  return std::nullopt;
}

/// The two variables of std::swap(a, b) and a.swap(b).
std::optional<std::pair<unsigned, unsigned>>
LockEvents::swapped(const CallExpr &Site) const {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee || !Callee->getIdentifier() || Callee->getName() != "swap")
    return std::nullopt;
  llvm::SmallVector<const Expr *, 2> Both(Site.arguments());
  if (const auto *OnObject = dyn_cast<CXXMemberCallExpr>(&Site))
    Both.insert(Both.begin(), OnObject->getImplicitObjectArgument());
  if (Both.size() != 2)
    return std::nullopt;
  auto First = variable(Both[0]), Second = variable(Both[1]);
  if (!First || !Second)
    return std::nullopt;
  return std::pair(*First, *Second);
}

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
