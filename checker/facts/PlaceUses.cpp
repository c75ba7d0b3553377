// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/PlaceUses.h"
#include "facts/Values.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {
namespace {

/// Tells one use from what stands around the mention.
class Classifier {
public:
  Classifier(PlaceUse &Result, const Parents &Around, const Models &Library)
      : Result(Result), Around(Around), Library(Library) {}

  void classify();

private:
  bool step(const Stmt &Outer);
  bool stepCast(const CastExpr &Cast);
  bool stepOperator(const CXXOperatorCallExpr &Site);
  bool stepCall(const CallExpr &Site);
  bool stepBinary(const BinaryOperator &Binary);
  void callMethod(const CXXMethodDecl &Method, const CXXMemberCallExpr &Site);

  bool is(PlaceUse::Kind What) {
    // Who asks an element has used the container.
    if (What != PlaceUse::Ask || !IsElement)
      Result.What = What;
    return false;
  }
  bool isCall(PlaceUse::Kind What, const Expr &Site) {
    Result.At = &Site;
    return is(What);
  }
  /// Where an object that Site gives access to is used: the call of its method.
  void accessBy(const Stmt &Site, const Expr *Key);

  PlaceUse &Result;
  const Parents &Around;
  const Models &Library;
  const Stmt *Inner = nullptr;
  bool IsLoaded = false;  // the value itself has been read
  bool IsElement = false; // what follows is done to an element
  bool IsMoved = false;
};

void Classifier::classify() {
  Inner = Result.Mention;
  Result.At = Result.Mention;
  for (const Stmt *Outer = Around.of(Inner); Outer && step(*Outer);
       Inner = Outer, Outer = Around.of(Outer))
    ;
}

void Classifier::accessBy(const Stmt &Site, const Expr *Key) {
  Result.What = PlaceUse::Access;
  Result.Key = Key;
  const Stmt *At = &Site;
  const Stmt *Outer = Around.of(At);
  while (Outer && (passesValueOn(*Outer) || isa<ImplicitCastExpr>(Outer)))
    At = Outer, Outer = Around.of(At);
  const auto *Method = dyn_cast_or_null<MemberExpr>(Outer);
  const Stmt *Called = Method ? Around.of(Method) : nullptr;
  if (isa_and_nonnull<CXXMemberCallExpr>(Called) &&
      isa<CXXMethodDecl>(Method->getMemberDecl())) {
    Result.At = Called;
    Result.IsEnd = stateUse(*cast<CXXMethodDecl>(Method->getMemberDecl()),
                            Library) == StateUse::End;
  }
}

bool Classifier::stepCast(const CastExpr &Cast) {
  switch (Cast.getCastKind()) {
  case CK_LValueToRValue:
    IsLoaded = true;
    if (!IsElement)
      Result.What = PlaceUse::Read;
    return true;
  case CK_PointerToBoolean:
  case CK_IntegralToBoolean:
    return is(PlaceUse::Ask);
  case CK_ToVoid:
    return is(PlaceUse::Other);
  default:
    return true;
  }
}

bool Classifier::stepBinary(const BinaryOperator &Binary) {
  if (Binary.isComparisonOp() || Binary.isLogicalOp())
    return is(PlaceUse::Ask);
  if (Binary.isAssignmentOp() && Binary.getLHS() == Inner) {
    Result.Value = Binary.getRHS();
    if (IsElement) {
      if (Binary.getOpcode() != BO_Assign)
        Result.Value = nullptr;
      return is(PlaceUse::Add);
    }
    return is(Binary.getOpcode() == BO_Assign ? PlaceUse::Assign
                                              : PlaceUse::Update);
  }
  return false;
}

bool Classifier::stepOperator(const CXXOperatorCallExpr &Site) {
  bool IsObject = Site.getNumArgs() > 0 && Site.getArg(0) == Inner;
  OverloadedOperatorKind Kind = Site.getOperator();
  if (Site.isComparisonOp())
    return is(PlaceUse::Ask);
  if (!IsObject || IsElement) {
    if (IsObject && Site.isAssignmentOp() && Site.getNumArgs() == 2) {
      Result.Value = Kind == OO_Equal ? Site.getArg(1) : nullptr;
      return isCall(PlaceUse::Add, Site);
    }
    return IsMoved ? is(PlaceUse::Give) : stepCall(Site);
  }
  if (Kind == OO_Arrow || (Kind == OO_Star && Site.getNumArgs() == 1)) {
    accessBy(Site, nullptr);
    return false;
  }
  if (Kind == OO_Call)
    return isCall(PlaceUse::Access, Site);
  if (Kind == OO_Subscript && Site.getNumArgs() == 2) {
    accessBy(Site, Site.getArg(1));
    IsElement = true;
    return true;
  }
  if (Site.isAssignmentOp() && Site.getNumArgs() == 2) {
    Result.Value = Site.getArg(1);
    return isCall(Kind == OO_Equal ? PlaceUse::Assign : PlaceUse::Update, Site);
  }
  if (Kind == OO_PlusPlus || Kind == OO_MinusMinus)
    return isCall(PlaceUse::Update, Site);
  return stepCall(Site);
}

void Classifier::callMethod(const CXXMethodDecl &Method,
                            const CXXMemberCallExpr &Site) {
  const Expr *First = Site.getNumArgs() > 0 ? Site.getArg(0) : nullptr;
  if (isa_and_nonnull<CXXDefaultArgExpr>(First)) // p.reset()
    First = nullptr;
  Result.At = &Site;
  if (IsElement) { // rows[i].clear()
    Result.What = PlaceUse::Access;
    return;
  }
  switch (stateUse(Method, Library)) {
  case StateUse::None:
    Result.What = isa<CXXConversionDecl>(Method) || Method.isConst()
                      ? PlaceUse::Ask
                      : PlaceUse::Call;
    return;
  case StateUse::IsEmpty:
  case StateUse::Size:
  case StateUse::HasKey:
  case StateUse::HasValue:
  case StateUse::Expired:
    Result.What = PlaceUse::Ask;
    return;
  case StateUse::Find: {
    // m.find(k)->second
    Result.What = PlaceUse::Ask;
    const Stmt *Outer = Around.of(&Site);
    while (Outer && passesValueOn(*Outer))
      Outer = Around.of(Outer);
    const auto *Access = dyn_cast_or_null<CXXOperatorCallExpr>(Outer);
    if (Access && Access->getOperator() == OO_Arrow)
      accessBy(*Access, First);
    return;
  }
  case StateUse::Load:
    Result.What = PlaceUse::Read;
    return;
  case StateUse::Access:
    // w.lock() may well give nothing, and somebody looks; see accessBy.
    if (!Site.isPRValue() || !isNullable(Site.getType())) {
      accessBy(Site, First);
      return;
    }
    Result.What = PlaceUse::Ask;
    if (const auto *Arrow = dyn_cast_or_null<CXXOperatorCallExpr>([&] {
          const Stmt *Outer = Around.of(&Site);
          while (Outer && passesValueOn(*Outer))
            Outer = Around.of(Outer);
          return Outer;
        }());
        Arrow &&
        (Arrow->getOperator() == OO_Arrow || Arrow->getOperator() == OO_Star))
      accessBy(*Arrow, nullptr);
    return;
  case StateUse::Add:
    Result.What = PlaceUse::Add;
    Result.Key = First;
    Result.ResultUsed = Around.useValueOf(Site);
    return;
  case StateUse::Remove:
    Result.What = PlaceUse::Remove;
    Result.Key = First;
    return;
  case StateUse::Clear:
    Result.What = PlaceUse::Clear;
    return;
  case StateUse::Assign:
    Result.What = PlaceUse::Assign;
    Result.Value = First;
    return;
  case StateUse::Reset:
    Result.What = First ? PlaceUse::Assign : PlaceUse::Clear;
    Result.Value = First;
    return;
  case StateUse::End:
    Result.What = PlaceUse::End;
    return;
  }
}

bool Classifier::stepCall(const CallExpr &Site) {
  if (Site.isCallToStdMove()) {
    IsMoved = true;
    return true;
  }
  const FunctionDecl *Callee = Site.getDirectCallee();
  unsigned Skipped =
      isa<CXXOperatorCallExpr>(Site) && isa_and_nonnull<CXXMethodDecl>(Callee);
  for (unsigned I = 0; I < Site.getNumArgs(); ++I) {
    if (Site.getArg(I) != Inner)
      continue;
    if (IsMoved)
      return isCall(PlaceUse::Give, Site);
    if (!Callee || I < Skipped || I - Skipped >= Callee->getNumParams())
      return false;
    QualType Type = Callee->getParamDecl(I - Skipped)->getType();
    // swap(queue_, mine)   std::exchange(busy_, true)
    if (Type->isLValueReferenceType() &&
        !Type.getNonReferenceType().isConstQualified() && !IsElement)
      return isCall(PlaceUse::Clear, Site);
  }
  return false;
}

/// Goes on outwards from Inner while that is true.
bool Classifier::step(const Stmt &Outer) {
  if (const auto *Cast = dyn_cast<CastExpr>(&Outer))
    return stepCast(*Cast);
  if (passesValueOn(Outer))
    return true;
  if (const auto *Member = dyn_cast<MemberExpr>(&Outer)) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Member->getMemberDecl());
    if (Member->isArrow()) {
      accessBy(*Inner, nullptr);
      return false;
    }
    const auto *Site = dyn_cast_or_null<CXXMemberCallExpr>(Around.of(&Outer));
    if (Method && Site)
      callMethod(*Method, *Site);
    else if (IsElement)
      return true;
    return false;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(&Outer)) {
    if (Unary->isIncrementDecrementOp())
      return is(IsElement ? PlaceUse::Add : PlaceUse::Update);
    if (Unary->getOpcode() == UO_Deref)
      accessBy(Outer, nullptr);
    else if (Unary->getOpcode() == UO_LNot)
      Result.What = PlaceUse::Ask;
    else
      return Unary->getOpcode() != UO_AddrOf;
    return false;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(&Outer))
    return stepBinary(*Binary);
  if (const auto *Element = dyn_cast<ArraySubscriptExpr>(&Outer)) {
    if (Element->getBase() != Inner)
      return is(PlaceUse::Index);
    accessBy(Outer, Element->getIdx());
    IsElement = true;
    return true;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(&Outer)) {
    // rows[cursor_]
    if (Operator->getOperator() == OO_Subscript &&
        Operator->getNumArgs() == 2 && Operator->getArg(1) == Inner &&
        Inner->children().begin() != Inner->children().end())
      Result.What = PlaceUse::Index;
    return stepOperator(*Operator);
  }
  if (const auto *Site = dyn_cast<CallExpr>(&Outer))
    return stepCall(*Site);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(&Outer)) {
    if (IsMoved)
      return isCall(PlaceUse::Give, *Construct);
    if (Construct->getConstructor()->isCopyConstructor() && !IsElement)
      Result.What = PlaceUse::Read;
    return false;
  }
  if (isa<IfStmt, WhileStmt, DoStmt, ForStmt, SwitchStmt>(&Outer) &&
      !isa<CompoundStmt>(Inner))
    return is(PlaceUse::Ask);
  if (const auto *Choice = dyn_cast<AbstractConditionalOperator>(&Outer))
    return Choice->getCond() == Inner ? is(PlaceUse::Ask) : true;
  return false;
}

} // namespace

StateUse stateUse(const CXXMethodDecl &Method, const Models &Library) {
  if (!Method.getIdentifier())
    return StateUse::None;
  for (const FunctionModel *Each :
       Library.functions(Method, Method.getParent()))
    if (Each->State != StateUse::None)
      return Each->State;
  return StateUse::None;
}

std::vector<PlaceUse> usesIn(const FunctionDecl &Function,
                             const Models &Library, Parents &Around) {
  std::vector<PlaceUse> Result;
  Around = Parents(Function, [&](const Stmt *S) {
    const auto *Member = dyn_cast<MemberExpr>(S);
    if (!isa<DeclRefExpr>(S) &&
        !(Member && isa<FieldDecl, VarDecl>(Member->getMemberDecl())))
      return;
    std::optional<Place> Where = placeNamedBy(cast<Expr>(S), Function);
    if (!Where || !Where->Declaration || !Where->IsShared)
      return;
    PlaceUse Use;
    Use.Where = *Where;
    Use.Mention = cast<Expr>(S);
    Use.Function = &Function;
    Result.push_back(std::move(Use));
  });
  for (PlaceUse &Each : Result)
    Classifier(Each, Around, Library).classify();
  return Result;
}

} // namespace clang::tidy::coro
