// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/ThreadValues.h"
#include "facts/Parents.h"
#include "facts/Paths.h"
#include "facts/ThreadOrigins.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {
namespace {

struct Place {
  const CFGBlock *Block;
  size_t Index; // of the element after it
};

class Finder {
public:
  Finder(const FunctionDecl &Coroutine, const Models &Library, Values &Seen)
      : Coroutine(Coroutine),
        Sources(Coroutine.getASTContext().getSourceManager()),
        Origins(Library, Seen), Seen(Seen) {}

  std::vector<ThreadValue> find();

private:
  struct Kept {
    ThreadValue::Kind What;
    const Expr *Origin;
  };

  void findKept();
  void placeElements();

  void findUses(const VarDecl &Variable, const Kept &From);
  void findErrors(const CallExpr &Call);

  /// The first suspensions after \p From that \p Ends does not come before.
  std::vector<std::pair<Place, const CoroutineSuspendExpr *>>
  suspensionsAfter(Place From,
                   llvm::function_ref<bool(const CFGElement &)> Ends) const;

  bool isAssigned(const Expr &Mention) const;
  bool asksWhetherItMoved(const Expr &Mention) const;
  bool isAboutResultOf(const CallExpr &Call, const CFGBlock &Read) const;
  bool setsError(const CoroutineSuspendExpr &Await);

  const FunctionDecl &Coroutine;
  const SourceManager &Sources;
  ThreadOrigins Origins;
  Values &Seen;
  Parents Around;
  bool ReadsError = false;
  llvm::MapVector<const VarDecl *, std::vector<Kept>> ByVariable;
  std::unique_ptr<Flow> Order;
  std::unique_ptr<Paths> Search;
  llvm::DenseMap<const Stmt *, Place> Places; // after the element
  std::vector<ThreadValue> Result;
};

void Finder::findKept() {
  const BodyScan &Scan = Seen.scan(Coroutine);
  for (const auto &[Declared, Given] : Scan.Writes) {
    const auto *Variable = dyn_cast<VarDecl>(Declared);
    if (!Variable || !Variable->hasLocalStorage())
      continue;
    for (const Expr *Each : Given)
      if (auto What = Origins.originOf(Each, Variable->getType()))
        ByVariable[Variable].push_back({*What, Each});
  }
  ReadsError = llvm::any_of(Scan.Calls, [&](const CallExpr *Each) {
    return Origins.givesError(*Each);
  });
}

void Finder::placeElements() {
  for (const CFGBlock *Block : Order->blocks()) {
    size_t Index = 0;
    for (const CFGElement &Element : *Block) {
      ++Index;
      if (auto Statement = Element.getAs<CFGStmt>())
        Places[Statement->getStmt()] = {Block, Index};
    }
  }
}

std::vector<std::pair<Place, const CoroutineSuspendExpr *>>
Finder::suspensionsAfter(
    Place From, llvm::function_ref<bool(const CFGElement &)> Ends) const {
  std::vector<std::pair<Place, const CoroutineSuspendExpr *>> Found;
  Search->search(*From.Block, From.Index, /*AtExit=*/false,
                 [&](const CFGElement &Element) {
                   if (Ends(Element))
                     return Paths::Stop;
                   const CoroutineSuspendExpr *Await = suspensionAt(Element);
                   if (!Await)
                     return Paths::GoOn;
                   Found.push_back({Places.lookup(Await), Await});
                   return Paths::Stop;
                 });
  return Found;
}

/// Whether \p Mention is what an assignment writes to.
bool Finder::isAssigned(const Expr &Mention) const {
  const Stmt *Inner = &Mention;
  for (const Stmt *Outer = Around.of(Inner); Outer;
       Inner = Outer, Outer = Around.of(Outer)) {
    const auto *Unary = dyn_cast<UnaryOperator>(Outer);
    if (isa<ParenExpr>(Outer) || (Unary && Unary->getOpcode() == UO_Deref))
      continue;
    const auto *Assignment = dyn_cast<BinaryOperator>(Outer);
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Outer);
    return (Assignment && Assignment->getOpcode() == BO_Assign &&
            Assignment->getLHS() == Inner) ||
           (Operator && Operator->getOperator() == OO_Equal &&
            Operator->getArg(0) == Inner);
  }
  return false;
}

/// Whether the expression around \p Mention compares it with the thread that
/// the coroutine is in now.
bool Finder::asksWhetherItMoved(const Expr &Mention) const {
  const Expr *Whole = &Mention;
  const Stmt *Outer = Around.of(Whole);
  for (; isa_and_nonnull<Expr>(Outer); Outer = Around.of(Outer))
    Whole = cast<Expr>(Outer);
  if (const auto *Declaration = dyn_cast_or_null<DeclStmt>(Outer);
      Declaration && Declaration->isSingleDecl())
    if (const auto *Variable = dyn_cast<VarDecl>(Declaration->getSingleDecl()))
      Whole = Variable->getInit() ? Variable->getInit() : Whole;
  if (Origins.asksForThread(*Whole))
    return true;
  bool NamesAnother = false;
  forEachEvaluated(Coroutine.getASTContext(), Whole, [&](const Stmt *S) {
    const auto *Reference = dyn_cast<DeclRefExpr>(S);
    const auto *Named = dyn_cast<DeclRefExpr>(&Mention);
    const auto *Variable =
        Reference ? dyn_cast<VarDecl>(Reference->getDecl()) : nullptr;
    NamesAnother |= Variable && Named && Variable != Named->getDecl() &&
                    ByVariable.count(Variable);
    return true;
  });
  return NamesAnother;
}

void Finder::findUses(const VarDecl &Variable, const Kept &From) {
  bool IsReference = Variable.getType()->isReferenceType();
  auto EndsScope = [&](const CFGElement &Element) {
    auto End = Element.getAs<CFGAutomaticObjDtor>();
    auto Set = Element.getAs<CFGStmt>();
    return (variableSetAt(Element) == &Variable &&
            (!IsReference || isa<DeclStmt>(Set->getStmt()))) ||
           (End && End->getVarDecl() == &Variable);
  };
  ThreadValue Found{From.What, &Variable, From.Origin, nullptr, nullptr};
  for (const CFGBlock *Block : Order->blocks()) {
    size_t Index = 0;
    for (const CFGElement &Element : *Block) {
      ++Index;
      if (variableSetAt(Element) != &Variable ||
          valueSetAt(Element.castAs<CFGStmt>().getStmt()) != From.Origin)
        continue;
      for (const auto &[After, Await] :
           suspensionsAfter({Block, Index}, EndsScope)) {
        if (!After.Block)
          continue;
        const CoroutineSuspendExpr *Across = Await;
        Search->search(
            *After.Block, After.Index, /*AtExit=*/false,
            [&, Across](const CFGElement &Element) {
              auto Statement = Element.getAs<CFGStmt>();
              const auto *Mention =
                  Statement ? dyn_cast<DeclRefExpr>(Statement->getStmt())
                            : nullptr;
              if (!Mention || Mention->getDecl() != &Variable)
                return EndsScope(Element) ? Paths::Stop : Paths::GoOn;
              if (!IsReference && isAssigned(*Mention))
                return Paths::GoOn; // it is set right after
              if (From.What == ThreadValue::Identity &&
                  asksWhetherItMoved(*Mention))
                return Paths::Stop; // from here on it is known
              if (!Found.Use ||
                  Sources.isBeforeInTranslationUnit(Mention->getExprLoc(),
                                                    Found.Use->getExprLoc())) {
                Found.Use = Mention;
                Found.Across = Across;
              }
              return Paths::Stop;
            });
      }
    }
  }
  if (Found.Use)
    Result.push_back(Found);
}

/// Whether the block \p Read runs only after a condition has asked for what
/// \p Call gave:   if (::open(path, 0) < 0)   int n = ::read(...); if (n < 0)
bool Finder::isAboutResultOf(const CallExpr &Call, const CFGBlock &Read) const {
  for (const Flow::Guard &Each : Order->guardsOf(Read)) {
    bool Found = false;
    forEachEvaluated(
        Coroutine.getASTContext(), Each.Condition, [&](const Stmt *S) {
          const auto *Reference = dyn_cast<DeclRefExpr>(S);
          Found |= S == &Call;
          if (Reference)
            for (const Expr *Each : Seen.of(*Reference->getDecl(), Coroutine))
              Found |= stripped(Each) == &Call;
          return !Found;
        });
    if (Found)
      return true;
  }
  return false;
}

/// Whether what \p Await does when the coroutine goes on sets the error.
bool Finder::setsError(const CoroutineSuspendExpr &Await) {
  const auto *Resume = dyn_cast_or_null<CallExpr>(
      Await.getResumeExpr() ? Await.getResumeExpr()->IgnoreImplicit()
                            : nullptr);
  const FunctionDecl *Callee = Resume ? Resume->getDirectCallee() : nullptr;
  return Callee && Callee->hasBody() &&
         llvm::any_of(Seen.scan(*Callee).Calls,
                      [](const CallExpr *Each) { return isCFunction(*Each); });
}

/// Finds where the error of \p Call is read after a suspension.
void Finder::findErrors(const CallExpr &Call) {
  auto IsOtherCall = [&](const CFGElement &Element) {
    auto Statement = Element.getAs<CFGStmt>();
    const auto *Site =
        Statement ? dyn_cast<CallExpr>(Statement->getStmt()) : nullptr;
    return Site && isCFunction(*Site) && !Origins.givesError(*Site);
  };
  Place From = Places.lookup(&Call);
  if (!From.Block)
    return;
  ThreadValue Found{ThreadValue::Error, nullptr, &Call, nullptr, nullptr};
  for (const auto &[After, Await] : suspensionsAfter(From, IsOtherCall)) {
    if (!After.Block || setsError(*Await))
      continue;
    const CoroutineSuspendExpr *Across = Await;
    Search->search(*After.Block, After.Index, /*AtExit=*/false,
                   [&, Across](const CFGElement &Element) {
                     auto Statement = Element.getAs<CFGStmt>();
                     const auto *Read =
                         Statement ? dyn_cast<CallExpr>(Statement->getStmt())
                                   : nullptr;
                     if (IsOtherCall(Element))
                       return Paths::Stop;
                     if (!Read || !Origins.givesError(*Read))
                       return Paths::GoOn;
                     if (!isAssigned(*Read) && !Found.Use &&
                         isAboutResultOf(Call, *Places.lookup(Read).Block)) {
                       Found.Use = Read;
                       Found.Across = Across;
                     }
                     return Paths::Stop;
                   });
  }
  if (Found.Use)
    Result.push_back(Found);
}

std::vector<ThreadValue> Finder::find() {
  findKept();
  if (ByVariable.empty() && !ReadsError)
    return {};
  Order = std::make_unique<Flow>(Coroutine, Flow::References);
  if (!Order->isKnown())
    return {};
  Search = std::make_unique<Paths>(Coroutine, *Order, Seen);
  Around = Parents(Coroutine, [](const Stmt *) {});
  placeElements();
  for (const auto &[Variable, Given] : ByVariable)
    for (const Kept &Each : Given)
      findUses(*Variable, Each);
  if (ReadsError)
    for (const CallExpr *Each : Seen.scan(Coroutine).Calls)
      if (isCFunction(*Each) && !Origins.givesError(*Each))
        findErrors(*Each);
  return std::move(Result);
}

} // namespace

std::vector<ThreadValue> threadValuesAcross(const FunctionDecl &Coroutine,
                                            const Models &Library,
                                            Values &Seen) {
  return Finder(Coroutine, Library, Seen).find();
}

} // namespace clang::tidy::coro
