// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/LateUses.h"
#include "coroutine/Coroutines.h"
#include "facts/Call.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Basic/SourceManager.h"

namespace clang::tidy::coro {
namespace {

/// std::vector<std::string_view>   std::optional<std::span<int>>
bool holdsViews(QualType Type) {
  const auto *Holder = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type->getAsCXXRecordDecl());
  return Holder &&
         llvm::any_of(Holder->getTemplateArgs().asArray(),
                      [](const TemplateArgument &Each) {
                        return Each.getKind() == TemplateArgument::Type &&
                               Each.getAsType()->isRecordType() &&
                               isView(Each.getAsType());
                      });
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

/// Whether a reference bound to \p E, or with no \p IsBound the value of \p E,
/// refers to what one of \p Known does.
bool LateUses::refersTo(const Expr &E, bool IsBound, const Names &Known) const {
  ReferentList All;
  Referents Of(Uses, Seen, Library);
  if (IsBound)
    Of.addBound(&E, All);
  else
    Of.addViewed(&E, All);
  return llvm::any_of(All, [&](const Referent &Each) {
    return Each.Variable && Known.contains(Each.Variable) &&
           (Each.What == Referent::Outside || isView(Each.Variable->getType()));
  });
}

/// The argument, or object, that the task which \p Site makes refers to while
/// it runs, if that is what one of \p Known refers to.
const Expr *LateUses::keptBy(const CallExpr &Site, const Names &Known) const {
  Call At;
  At.setCall(Site);
  if (!At.Callee || !holdsTask(Site.getType(), Types))
    return nullptr;
  if (At.Object && Keeps(Site, std::nullopt)) {
    const ValueDecl *Named = namedBy(At.Object);
    if (Named && Known.contains(Named))
      return At.Object;
  }
  for (unsigned I = 0; I < At.Arguments.size() && I < At.Callee->getNumParams();
       ++I) {
    const Expr &Argument = *At.Arguments[I];
    QualType Type = At.Callee->getParamDecl(I)->getType();
    bool IsBound =
        Type->isReferenceType() && refersTo(Argument, /*IsBound=*/true, Known);
    bool IsViewed = isView(Type.getNonReferenceType()) &&
                    refersTo(Argument, /*IsBound=*/false, Known);
    if ((IsBound || IsViewed) && Keeps(Site, I))
      return &Argument;
  }
  return nullptr;
}

/// Whether the parts of what \p Init makes are views of what one of \p Known
/// refers to:   std::vector<std::string_view> words = split(text);
bool LateUses::isMadeOf(const Expr &Init, const Names &Known) const {
  const auto *Site = dyn_cast<CallExpr>(stripped(&Init));
  return Site && holdsViews(Site->getType()) &&
         llvm::any_of(Site->arguments(), [&](const Expr *Each) {
           return refersTo(*Each, Each->isGLValue(), Known) ||
                  refersTo(*Each, /*IsBound=*/false, Known);
         });
}

/// \p Parameter, and the local variables that refer to what it refers to.
LateUses::Names LateUses::namesFor(const ParmVarDecl &Parameter) const {
  Names Result;
  Result.insert(&Parameter);
  for (const VarDecl *Local : Uses.locals()) {
    const Expr *Init = isa<ParmVarDecl>(Local) ? nullptr : Local->getInit();
    if (!Init || Local->isStaticLocal())
      continue;
    QualType Type = Local->getType();
    const auto *Task = dyn_cast<CallExpr>(stripped(Init));
    bool Refers = refersTo(*Init, Type->isReferenceType(), Result);
    if (!Type->isReferenceType())
      Refers |= isMadeOf(*Init, Result) || (Task && keptBy(*Task, Result));
    if (!Refers)
      continue;
    Result.insert(Local);
    if (const auto *Group = dyn_cast<DecompositionDecl>(Local))
      Result.insert(Group->bindings().begin(), Group->bindings().end());
  }
  return Result;
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
      Search->search(
          *Block, Index, /*AtExit=*/false, [&](const CFGElement &Next) {
            auto Statement = Next.getAs<CFGStmt>();
            const auto *Mention =
                Statement ? dyn_cast<DeclRefExpr>(Statement->getStmt())
                          : nullptr;
            if (!Mention || !Known.contains(Mention->getDecl()))
              return Paths::GoOn;
            if (isAssigned(*Mention))
              return Paths::Stop;
            Found = Mention;
            return Paths::Found;
          });
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
