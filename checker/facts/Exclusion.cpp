// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Exclusion.h"
#include "coroutine/Coroutines.h"
#include "facts/PlaceChecks.h"
#include "facts/Predicates.h"
#include "facts/Values.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {
namespace {

bool excludesByModel(const FunctionDecl *Callee, const Models &Library,
                     bool FunctionModel::*Effect) {
  return Callee &&
         llvm::any_of(Library.functions(*Callee, nullptr),
                      [&](const FunctionModel *Each) { return Each->*Effect; });
}

/// Whether \p Type is a lock by its structure: who has it can unlock it.
bool isLock(QualType Type) {
  const CXXRecordDecl *Class = classOf(Type);
  return Class && Class->hasDefinition() && findMember(*Class, "unlock");
}

std::optional<std::string> constantOf(const PlaceUse &Use,
                                      const ASTContext &Context) {
  if (Use.What == PlaceUse::Assign && Use.Value)
    return valueOf(*stripped(Use.Value), Context);
  return std::nullopt;
}

} // namespace

Exclusion::Exclusion(const FunctionDecl &Function, const Flow &Order,
                     const Models &Library, llvm::ArrayRef<PlaceUse> Uses,
                     const Parents &Around)
    : Function(Function), Library(Library), Around(Around) {
  findAcquisitions(Order, Uses);
  findFlags(Order, Uses);
  if (!Things.empty())
    solve(Order);
}

void Exclusion::add(const Stmt &At, Held What) {
  if (Things.size() == 64)
    return;
  Acquired[&At] |= Mask(1) << Things.size();
  Things.push_back(std::move(What));
}

/// The object that is locked by \p Site: m for m.lock(), lock(m) and m.
std::string Exclusion::objectOf(const Expr &Site) const {
  const Expr *Object = &Site;
  if (const auto *Method = dyn_cast<CXXMemberCallExpr>(&Site))
    Object = Method->getImplicitObjectArgument();
  else if (const auto *Free = dyn_cast<CallExpr>(&Site))
    Object = Free->getNumArgs() > 0 ? Free->getArg(0) : nullptr;
  std::optional<Place> Named = placeNamedBy(Object, Function);
  return Named ? Named->Text : "";
}

// co_await mutex.lock()   co_await mutex
bool Exclusion::excludes(const Expr &Awaited) const {
  if (isLock(Awaited.getType()))
    return true;
  const auto *Site = dyn_cast<CallExpr>(&Awaited);
  if (!Site)
    return false;
  if (excludesByModel(Site->getDirectCallee(), Library,
                      &FunctionModel::Excludes))
    return true;
  const auto *Method = dyn_cast<CXXMemberCallExpr>(Site);
  return Method && Method->getImplicitObjectArgument() &&
         isLock(Method->getImplicitObjectArgument()->getType());
}

void Exclusion::findAcquisitions(const Flow &Order, llvm::ArrayRef<PlaceUse>) {
  for (const CFGBlock *Block : Order.blocks())
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      if (!Statement)
        continue;
      const Stmt *S = Statement->getStmt();
      if (const auto *Await = dyn_cast<CoawaitExpr>(S)) {
        const Expr *Operand = stripped(Await->getOperand());
        if (!Operand || !excludes(*Operand))
          continue;
        Held What;
        What.Object = objectOf(*Operand);
        const Stmt *Outer = Around.of(Await);
        while (Outer && isa<Expr>(Outer))
          Outer = Around.of(Outer);
        const auto *Declaration = dyn_cast_or_null<DeclStmt>(Outer);
        if (Declaration && Declaration->isSingleDecl())
          What.Guard = dyn_cast<VarDecl>(Declaration->getSingleDecl());
        add(*S, std::move(What));
      } else if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
        // std::lock_guard lock(mutex_);
        for (const Decl *Each : Declaration->decls()) {
          const auto *Variable = dyn_cast<VarDecl>(Each);
          const CXXRecordDecl *Class =
              Variable ? Variable->getType()->getAsCXXRecordDecl() : nullptr;
          const TypeModel *Model = Class ? Library.type(*Class) : nullptr;
          if (Model && Model->Excludes)
            add(*S, {Variable, "", ""});
        }
      }
    }
}

// if (busy_) co_return; busy_ = true;   if (std::exchange(busy_, true)) ...
void Exclusion::findFlags(const Flow &Order, llvm::ArrayRef<PlaceUse> Uses) {
  const ASTContext &Context = Function.getASTContext();
  llvm::DenseMap<const Stmt *, const PlaceUse *> Writes;
  for (const PlaceUse &Each : Uses)
    if (Each.isChange() && Each.Where.Declaration &&
        (Each.Where.Declaration->getType()->isIntegralOrEnumerationType() ||
         Each.Where.Declaration->getType()->isRecordType()))
      Writes[Each.At] = &Each;
  if (Writes.empty())
    return;
  for (const CFGBlock *Block : Order.blocks())
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      const PlaceUse *Use =
          Statement ? Writes.lookup(Statement->getStmt()) : nullptr;
      if (!Use)
        continue;
      const auto *Site = dyn_cast<CallExpr>(Use->At);
      bool IsExchange = Site && Site->getNumArgs() > 0 &&
                        !isa<CXXOperatorCallExpr>(Site) &&
                        !isa_and_nonnull<CompoundStmt>(Around.of(Site)) &&
                        Site->getType()->isBooleanType();
      auto Constant = constantOf(*Use, Context);
      bool IsClaimed = IsExchange;
      if (!IsClaimed && Constant)
        for (const Flow::Guard &Guard : Order.guardsOf(*Block))
          for (const PlaceCheck &Known :
               checksIn(*Guard.Condition, Guard.Holds, Function, Library))
            IsClaimed |= Known.Where.Text == Use->Where.Text &&
                         mayBreak(*Use, Known, Context);
      if (IsClaimed)
        add(*Use->At, {nullptr, "", Use->Where.Text});
    }
  // Another value gives it back.
  for (auto [At, Use] : Writes)
    for (size_t I = 0; I < Things.size(); ++I)
      if (Things[I].Flag == Use->Where.Text && !Acquired.count(At))
        FlagsReset[At] |= Mask(1) << I;
}

Exclusion::Mask Exclusion::after(const CFGElement &Element, Mask Before) const {
  auto Release = [&](auto Matches) {
    for (size_t I = 0; I < Things.size(); ++I)
      if (Matches(Things[I]))
        Before &= ~(Mask(1) << I);
  };
  if (auto End = Element.getAs<CFGAutomaticObjDtor>()) {
    Release([&](const Held &Each) { return Each.Guard == End->getVarDecl(); });
    return Before;
  }
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return Before;
  const Stmt *S = Statement->getStmt();
  if (const auto *Site = dyn_cast<CXXMemberCallExpr>(S);
      Site && excludesByModel(Site->getMethodDecl(), Library,
                              &FunctionModel::Readmits)) {
    const Expr *Object = Site->getImplicitObjectArgument();
    const ValueDecl *Named = namedBy(Object);
    std::string Text = objectOf(*Site);
    Release([&](const Held &Each) {
      return (Each.Guard && Each.Guard == Named) ||
             (!Text.empty() && Each.Object == Text);
    });
  } else if (const auto *Move = dyn_cast<CallExpr>(S);
             Move && Move->isCallToStdMove()) {
    const ValueDecl *Named = namedBy(Move->getArg(0));
    Release(
        [&](const Held &Each) { return Each.Guard && Each.Guard == Named; });
  }
  Before &= ~FlagsReset.lookup(S);
  return Before | Acquired.lookup(S);
}

void Exclusion::solve(const Flow &Order) {
  // Optimistic start, so that loops keep what holds before them.
  for (const CFGBlock *Block : Order.blocks())
    AtEnd[Block] = ~Mask(0);
  for (bool Changed = true; Changed;) {
    Changed = false;
    for (const CFGBlock *Block : Order.blocks()) {
      Mask Now = Block == &Order.entry() ? 0 : ~Mask(0);
      for (const CFGBlock::AdjacentBlock &Previous : Block->preds())
        if (const CFGBlock *From = Previous.getReachableBlock())
          if (auto Found = AtEnd.find(From); Found != AtEnd.end())
            Now &= Found->second;
      AtBegin[Block] = Now;
      for (const CFGElement &Element : *Block)
        Now = after(Element, Now);
      Changed |= AtEnd[Block] != Now;
      AtEnd[Block] = Now;
    }
  }
}

/// What is held before the element \p Index.
Exclusion::Mask Exclusion::at(const CFGBlock &Block, size_t Index) const {
  Mask Now = AtBegin.lookup(&Block);
  size_t Position = 0;
  for (const CFGElement &Element : Block) {
    if (Position++ == Index)
      break;
    Now = after(Element, Now);
  }
  return Now;
}

Exclusion::Kept Exclusion::keepsOut(const CFGBlock &First, size_t FirstIndex,
                                    const CFGBlock &Second,
                                    size_t SecondIndex) const {
  if (Things.empty())
    return Nobody;
  Mask Both = at(First, FirstIndex) & at(Second, SecondIndex);
  Kept Result = Nobody;
  for (size_t I = 0; I < Things.size(); ++I)
    if (Both & (Mask(1) << I))
      Result = std::max(Result, Things[I].Flag.empty() ? All : Itself);
  return Result;
}

} // namespace clang::tidy::coro
