// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/LateUses.h"
#include "coroutine/Coroutines.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::coro {
namespace {

/// Whether the end of \p Variable may use what it refers to.
bool isUsedByEnd(const VarDecl &Variable, TaskTypes &Types) {
  const CXXRecordDecl *Class = Variable.getType()->getAsCXXRecordDecl();
  const CXXDestructorDecl *End =
      Class && Class->hasDefinition() ? Class->getDestructor() : nullptr;
  return End && End->isUserProvided() && !End->isInStdNamespace() &&
         !holdsTask(Variable.getType(), Types);
}

} // namespace

LateUses::LateUses(const FunctionDecl &Coroutine, Values &Seen,
                   TaskTypes &Types, const Models &Library, Keeping Keeps)
    : Coroutine(Coroutine), Seen(Seen), Types(Types), Library(Library),
      Keeps(std::move(Keeps)), Uses(Coroutine),
      Order(Coroutine, Flow::References) {
  if (Order.isKnown())
    Search = std::make_unique<Paths>(Coroutine, Order, Seen);
}

/// Whether \p Mention is what an assignment gives another value.
bool LateUses::isAssigned(const Expr &Mention) const {
  const Stmt *Outer = Uses.around().of(&Mention);
  if (const auto *Assignment = dyn_cast_or_null<BinaryOperator>(Outer))
    return Assignment->getOpcode() == BO_Assign &&
           Assignment->getLHS() == &Mention;
  const auto *Operator = dyn_cast_or_null<CXXOperatorCallExpr>(Outer);
  return Operator && Operator->getOperator() == OO_Equal &&
         Operator->getArg(0) == &Mention &&
         isView(Mention.getType().getNonReferenceType());
}

/// The suspensions at which \p Parameter still refers to what it was given:
/// not those after  text = own;
llvm::SmallPtrSet<const CoroutineSuspendExpr *, 8>
LateUses::suspensionsWith(const ParmVarDecl &Parameter) const {
  llvm::SmallPtrSet<const CoroutineSuspendExpr *, 8> Result;
  Search->search(
      Order.entry(), 0, /*AtExit=*/false, [&](const CFGElement &Element) {
        if (const auto *Await = suspensionAt(Element))
          Result.insert(Await);
        auto Statement = Element.getAs<CFGStmt>();
        const auto *Mention =
            Statement ? dyn_cast<DeclRefExpr>(Statement->getStmt()) : nullptr;
        bool IsSet = Mention && Mention->getDecl() == &Parameter &&
                     !Parameter.getType()->isReferenceType() &&
                     isAssigned(*Mention);
        return IsSet ? Paths::Stop : Paths::GoOn;
      });
  return Result;
}

/// Where \p Element uses what one of \p Known refers to; null elsewhere.
const Expr *LateUses::useAt(const CFGElement &Element,
                            const Names &Known) const {
  if (auto End = Element.getAs<CFGAutomaticObjDtor>()) {
    const VarDecl *Variable = End->getVarDecl();
    return Known.contains(Variable) && isUsedByEnd(*Variable, Types)
               ? Variable->getInit()
               : nullptr;
  }
  auto Statement = Element.getAs<CFGStmt>();
  const auto *Mention =
      Statement ? dyn_cast<DeclRefExpr>(Statement->getStmt()) : nullptr;
  return Mention && Known.contains(Mention->getDecl()) ? Mention : nullptr;
}

/// Where a handler uses it that is entered if \p Await throws.
const Expr *LateUses::useInHandler(const CoroutineSuspendExpr &Await,
                                   const Names &Known) const {
  const Expr *Result = nullptr;
  const Stmt *Inner = &Await;
  for (const Stmt *Outer = Uses.around().of(Inner); Outer && !Result;
       Inner = Outer, Outer = Uses.around().of(Outer)) {
    const auto *Try = dyn_cast<CXXTryStmt>(Outer);
    for (unsigned I = 0;
         Try && Try->getTryBlock() == Inner && I < Try->getNumHandlers(); ++I)
      forEachEvaluated(
          Coroutine.getASTContext(), Try->getHandler(I)->getHandlerBlock(),
          [&](const Stmt *S) {
            const auto *Mention = dyn_cast<DeclRefExpr>(S);
            if (!Result && Mention && Known.contains(Mention->getDecl()))
              Result = Mention;
            return !Result;
          });
  }
  return Result;
}

std::optional<LateUse> LateUses::usedAfter(const ParmVarDecl &Parameter,
                                           const Names &Known) const {
  const SourceManager &Sources = Coroutine.getASTContext().getSourceManager();
  auto Suspensions = suspensionsWith(Parameter);
  std::optional<LateUse> Result;
  for (const CFGBlock *Block : Order.blocks()) {
    size_t Index = 0;
    for (const CFGElement &Element : *Block) {
      ++Index;
      const CoroutineSuspendExpr *Across = suspensionAt(Element);
      if (!Across || !Suspensions.contains(Across))
        continue;
      const Expr *Found = nullptr;
      Search->search(*Block, Index, /*AtExit=*/false,
                     [&](const CFGElement &Next) {
                       const Expr *Use = useAt(Next, Known);
                       if (!Use || isAssigned(*Use))
                         return Use ? Paths::Stop : Paths::GoOn;
                       Found = Use;
                       return Paths::Found;
                     });
      if (!Found)
        Found = useInHandler(*Across, Known);
      if (Found &&
          (!Result || Sources.isBeforeInTranslationUnit(
                          Found->getExprLoc(), Result->Use->getExprLoc())))
        Result = LateUse{Found, Across};
    }
  }
  return Result;
}

/// Whether a call that waits for the value of \p Await is given one of \p
/// Known, too:   log(name, co_await size())   greeting + co_await read()
const Expr *LateUses::usedWithValueOf(const CoroutineSuspendExpr &Await,
                                      const Names &Known) const {
  const Stmt *Inner = &Await;
  for (const Stmt *Outer = Uses.around().of(Inner);
       isa_and_nonnull<Expr>(Outer);
       Inner = Outer, Outer = Uses.around().of(Outer)) {
    if (isa<CoroutineSuspendExpr, LambdaExpr>(Outer))
      return nullptr;
    const auto *Site = dyn_cast<CallExpr>(Outer);
    if (!Site)
      continue;
    for (const Expr *Each : Site->arguments())
      if (Each != Inner && !isa<CXXDefaultArgExpr>(Each) &&
          (Each->isGLValue() || isView(Each->getType())) &&
          refersTo(*Each, Each->isGLValue(), Known))
        return Each;
  }
  return nullptr;
}

/// co_await key   where the awaiter refers to the key, and does not own it
bool LateUses::awaitsIt(const CoroutineSuspendExpr &Await,
                        const Names &Known) const {
  const auto *Named =
      dyn_cast_or_null<DeclRefExpr>(stripped(Await.getOperand()));
  const Expr *Awaiter = Await.getCommonExpr();
  if (!Named || !Known.contains(Named->getDecl()) || !Awaiter)
    return false;
  const CXXRecordDecl *Class = Awaiter->getType()->getAsCXXRecordDecl();
  return Awaiter->isGLValue() ||
         (Class && Class->hasDefinition() && Class->hasTrivialDestructor());
}

std::optional<LateUse> LateUses::usedMeanwhile(const Names &Known) const {
  for (const CoroutineSuspendExpr *Await : Uses.awaits()) {
    if (!maySuspend(*Await))
      continue;
    if (const Expr *Other = usedWithValueOf(*Await, Known))
      return LateUse{Other, Await};
    if (awaitsIt(*Await, Known))
      return LateUse{Await->getOperand(), Await, true};
    const Expr *Found = nullptr;
    forEachEvaluated(Coroutine.getASTContext(), Await->getOperand(),
                     [&](const Stmt *S) {
                       const auto *Site = dyn_cast<CallExpr>(S);
                       if (Site && !Found)
                         Found = keptBy(*Site, Known);
                       return !Found && !isa<CoroutineSuspendExpr>(S);
                     });
    if (Found)
      return LateUse{Found, Await, true};
  }
  return std::nullopt;
}

std::optional<LateUse> LateUses::of(const ParmVarDecl &Parameter) const {
  if (!Search || Uses.mentionsOf(Parameter).empty() || Uses.awaits().empty())
    return std::nullopt;
  Names Known = namesFor(Parameter);
  std::optional<LateUse> Result = usedAfter(Parameter, Known);
  return Result ? Result : usedMeanwhile(Known);
}

std::optional<LateUse>
LateUses::afterBeginning(const ParmVarDecl &Parameter) const {
  llvm::ArrayRef<const Expr *> Mentions = Uses.mentionsOf(Parameter);
  if (Mentions.empty())
    return std::nullopt;
  return LateUse{Mentions.front(), nullptr};
}

} // namespace clang::tidy::coro
