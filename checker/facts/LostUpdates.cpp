// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/LostUpdates.h"
#include "coroutine/Coroutines.h"
#include "facts/Predicates.h"
#include "clang/AST/StmtCXX.h"

namespace clang::tidy::coro {
namespace {

/// Whether \p Change happens to the object \p Text or one that it is part of.
bool concerns(const PlaceUse &Use, llvm::StringRef Text) {
  return Text.starts_with(Use.Where.Text) &&
         (Text.size() == Use.Where.Text.size() ||
          llvm::StringRef(".*[").contains(Text[Use.Where.Text.size()]));
}

bool isWrite(const PlaceUse &Use) {
  return Use.What == PlaceUse::Assign || Use.What == PlaceUse::Update;
}

} // namespace

LostUpdates::LostUpdates(const FunctionDecl &Function, const Models &Library,
                         Values &Seen, llvm::ArrayRef<PlaceUse> Uses,
                         const Parents &Around, KnownUses &Others)
    : Function(Function), Context(Function.getASTContext()), Library(Library),
      Seen(Seen), Uses(Uses), Around(Around), Others(Others),
      Run(Function, Library, Seen, Uses, Around, Others) {}

std::vector<LostUpdate> LostUpdates::find() {
  if (!Run.isKnown())
    return {};
  for (const PlaceUse &Each : Uses)
    ByMention[Each.Mention] = &Each;
  findOldValues();
  findOldChecks();
  return std::move(Result);
}

void LostUpdates::add(LostUpdate::Kind What, const Stale &Found,
                      const PlaceCheck *Known, const Expr &Before,
                      const PlaceUse *Change) {
  if (Done.insert(Found.Use->Mention).second)
    Result.push_back(
        {What, *Found.Use, &Before,
         Known ? Known->Where.Declaration : Found.Use->Where.Declaration,
         Found.Suspension, Change});
}

/// Adds what reads the object \p Text in \p Value, also by way of local
/// variables.
void LostUpdates::addReads(const Expr &Value, const std::string &Text,
                           unsigned Depth, Reads &Found) const {
  constexpr unsigned MaxDepth = 3;
  forEachEvaluated(Context, &Value, [&](const Stmt *S) {
    const auto *E = dyn_cast<Expr>(S);
    if (!E || isa<CoroutineSuspendExpr, LambdaExpr>(E))
      return false;
    const PlaceUse *Use = ByMention.lookup(E);
    if (Use && Use->What == PlaceUse::Read && Use->Where.Text == Text) {
      Found.push_back(E);
    } else if (isa<ArraySubscriptExpr, CXXOperatorCallExpr>(E)) {
      auto Named = placeNamedBy(E, Function);
      const Expr *Base = nullptr;
      if (Named && Named->Text == Text && !Text.empty() && Text.back() == ']')
        forEachEvaluated(Context, E, [&](const Stmt *Part) {
          const auto *Mention = dyn_cast<Expr>(Part);
          if (!Base && Mention && ByMention.count(Mention))
            Base = Mention;
          return !Base;
        });
      if (Base)
        Found.push_back(Base);
    }
    const auto *Named = dyn_cast<DeclRefExpr>(E);
    const auto *Local = Named ? dyn_cast<VarDecl>(Named->getDecl()) : nullptr;
    if (!Local || !Local->isLocalVarDecl() || !Local->hasLocalStorage() ||
        Local->getType()->isReferenceType() || Depth == MaxDepth ||
        Local->getParentFunctionOrMethod() != &Function)
      return true;
    auto &Writes = Seen.scan(Function).Writes;
    auto Values = Writes.find(Local);
    if (Values == Writes.end())
      return true;
    // n = co_await f(n);   - what it is then is not known
    for (const Expr *Each : Values->second)
      if (Each != Local->getInit() && isa<CoawaitExpr>(stripped(Each)))
        return true;
    for (const Expr *Each : Values->second)
      if (Each != &Value)
        addReads(*Each, Text, Depth + 1, Found);
    return true;
  });
}

void LostUpdates::findOldValues() {
  for (const PlaceUse &Write : Uses) {
    if ((Write.What != PlaceUse::Assign && Write.What != PlaceUse::Add) ||
        !Write.Value)
      continue;
    std::string Text = Write.Where.Text;
    if (Write.What == PlaceUse::Add) {
      const Stmt *Outer = Around.of(Write.Mention);
      while (Outer && !isa<ArraySubscriptExpr, CXXOperatorCallExpr>(Outer))
        Outer = Around.of(Outer);
      auto Named = placeNamedBy(dyn_cast_or_null<Expr>(Outer), Function);
      if (!Named)
        continue;
      Text = Named->Text;
    }
    Reads Found;
    addReads(*Write.Value, Text, 0, Found);
    for (const Expr *Read : Found) {
      Position From = Run.positionOf(*Read), To = Run.positionOf(*Write.At);
      if (!From.Block || !To.Block)
        continue;
      const PlaceUse *Change = Run.changeElsewhere(
          *Write.Where.Declaration, [](const PlaceUse &) { return true; });
      if (!Change && Run.isWorker(*Write.Mention))
        continue;
      std::vector<Stale> Late = Run.search(
          {From.Block, From.Index + 1},
          [&](const PlaceUse &Use) { return &Use == &Write; },
          [&](const PlaceUse &Use, bool IsSuspended) {
            return &Use != &Write && concerns(Use, Text) &&
                   (Use.isChange() ||
                    (IsSuspended && Use.Where.Text == Text && Use.isLook()));
          });
      if (Late.empty())
        continue;
      Exclusion::Kept Out = Run.keepsOut(From, To);
      if (Out == Exclusion::All || (Out == Exclusion::Itself && !Change))
        continue;
      add(LostUpdate::OldValue, Late.front(), nullptr, *Read, Change);
    }
  }
}

void LostUpdates::findOldChecks() {
  for (const CFGBlock *Block : Run.order().blocks()) {
    // All of a && b, which may stand before the ends of temporaries.
    const auto *Condition =
        dyn_cast_or_null<Expr>(Block->getTerminatorCondition());
    const Stmt *Terminator = Block->getTerminatorStmt();
    if (!Condition || Block->succ_size() < 2 ||
        isa_and_nonnull<CXXForRangeStmt>(Terminator) ||
        Condition->getExprLoc().isMacroID())
      continue;
    bool Outcome = true;
    for (const CFGBlock::AdjacentBlock &Next : Block->succs()) {
      const CFGBlock *To = Next.getReachableBlock();
      bool IsTrue = std::exchange(Outcome, false);
      if (!To)
        continue;
      std::vector<PlaceCheck> Known;
      if (isa_and_nonnull<SwitchStmt>(Terminator))
        Known = caseChecks(*Condition, To->getLabel(), Function);
      else if (Block->succ_size() == 2)
        Known = checksIn(*Condition, IsTrue, Function, Library);
      for (const PlaceCheck &Each : Known) {
        check({Block, To}, Each, Known);
        checkRelated({Block, To}, Each);
        checkUnused({Block, To}, Each);
      }
    }
  }
}

/// Whether \p Read is part of the value that is written to what it reads.
bool LostUpdates::isPartOfOwnWrite(const PlaceUse &Read) const {
  for (const Stmt *Outer = Around.of(Read.Mention);
       isa_and_nonnull<Expr>(Outer); Outer = Around.of(Outer)) {
    const auto *Write = dyn_cast<BinaryOperator>(Outer);
    if (!Write || !Write->isAssignmentOp())
      continue;
    auto Place = placeNamedBy(Write->getLHS(), Function);
    return Place && Place->Text == Read.Where.Text;
  }
  return false;
}

bool LostUpdates::changesItself(const PlaceCheck &Known) const {
  return llvm::any_of(Uses, [&](const PlaceUse &Each) {
    return Each.Where.Declaration == Known.Where.Declaration &&
           !Each.Where.IsPart && mayBreak(Each, Known, Context);
  });
}

// if (rows_.size() + opening_ < max_) { ++opening_; ... rows_.push_back(x); }
bool LostUpdates::reserves(const PlaceUse &Use, const PlaceCheck &Known,
                           llvm::ArrayRef<PlaceCheck> Together) {
  auto IsCounted = [](const PlaceCheck &Each) {
    return Each.What == PlaceCheck::Size || Each.What == PlaceCheck::Compare;
  };
  return Use.isChange() && IsCounted(Known) &&
         llvm::any_of(Together, [&](const PlaceCheck &Each) {
           return IsCounted(Each) && Each.Where.Text == Use.Where.Text &&
                  Each.Where.Text != Known.Where.Text;
         });
}

/// Whether the flag that \p Known asked is taken back at once where it was set,
/// so that who sets it to a new value leaves a message for the next run.
///   if (ended_) { ended_ = false; co_return; } ... ended_ = answer.ended;
bool LostUpdates::isConsumed(const Edge &Decided, const PlaceCheck &Known) {
  return llvm::any_of(Decided.From->succs(), [&](const auto &Next) {
    const CFGBlock *Other = Next.getReachableBlock();
    return Other && Other != Decided.To &&
           llvm::any_of(Uses, [&](const PlaceUse &Use) {
             if (Use.What != PlaceUse::Assign ||
                 Use.Where.Text != Known.Where.Text || !Use.Value ||
                 valueOf(*stripped(Use.Value), Context) != Known.Value)
               return false;
             Position At = Run.positionOf(*Use.At);
             return At.Block &&
                    Run.passesOnlyBy({Decided.From, Other}, *At.Block);
           });
  });
}

void LostUpdates::check(const Edge &Decided, const PlaceCheck &Known,
                        llvm::ArrayRef<PlaceCheck> Together) {
  bool IsMessage =
      Known.What == PlaceCheck::IsEqual && isConsumed(Decided, Known);
  auto IsWanted = [&](const PlaceUse &Use) {
    if (IsMessage && Use.Value && !valueOf(*stripped(Use.Value), Context))
      return false;
    if (Use.Where.Text != Known.Where.Text || !reliesOn(Use, Known, Context) ||
        (isWrite(Use) && Run.isLoopCondition(*Known.Mention)))
      return false;
    Position At = Run.positionOf(*Use.At);
    return At.Block && Run.passesOnlyBy(Decided, *At.Block);
  };
  if (llvm::none_of(Uses, IsWanted) &&
      llvm::none_of(Run.usesByCalls(),
                    [&](auto &Each) { return IsWanted(*Each); }))
    return;
  Position Asked = Run.checkedAt(Decided, *Known.Mention);
  std::vector<Stale> Late =
      Run.search(Asked, IsWanted, [&](const PlaceUse &Use, bool IsSuspended) {
        if (IsSuspended && Run.tellsOfChange(Use, *Known.Where.Declaration))
          return true;
        if (!IsSuspended && reserves(Use, Known, Together))
          return true;
        if (!concerns(Use, Known.Where.Text))
          return false;
        bool ByCall = isa<CXXMemberCallExpr>(Use.Mention);
        if (!IsSuspended)
          return Use.isChange() && !(ByCall && mayBreak(Use, Known, Context));
        if (Use.Where.Text != Known.Where.Text)
          return Use.isChange();
        return Use.isChange() || Use.What == PlaceUse::Ask ||
               Use.What == PlaceUse::Other ||
               (Use.What == PlaceUse::Read && !isPartOfOwnWrite(Use));
      });
  for (const Stale &Each : Late) {
    const PlaceUse *Change =
        Run.changeElsewhere(*Known.Where.Declaration, [&](const PlaceUse &Use) {
          return isWrite(*Each.Use) || mayBreak(Use, Known, Context);
        });
    bool ByItself = Known.What != PlaceCheck::HasValue &&
                    Known.What != PlaceCheck::HasKey &&
                    !Known.Where.ByReference && changesItself(Known) &&
                    !Run.isWorker(*Known.Mention) &&
                    !Run.isLoopCondition(*Known.Mention);
    if (!Change && !ByItself && !isWeak(Known.Mention->getType()))
      continue;
    Position At = Run.positionOf(*Each.Use->At);
    Exclusion::Kept Out = Run.keepsOut(Asked, At);
    if (Out == Exclusion::All || (Out == Exclusion::Itself && !Change))
      continue;
    add(LostUpdate::OldCheck, Each, &Known, *Known.Mention, Change);
  }
}

} // namespace clang::tidy::coro
