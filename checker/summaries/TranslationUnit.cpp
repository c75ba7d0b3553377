// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/TranslationUnit.h"
#include "coroutine/Coroutines.h"
#include "facts/Parents.h"
#include "summaries/Borrowing.h"
#include "summaries/CallableTypes.h"
#include "summaries/StateUses.h"
#include "clang/AST/ExprCXX.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Preprocessor.h"
#include <set>

namespace clang::tidy::coro {

using namespace ast_matchers;

namespace {

/// The class of the object that lives as long as \p Variable, or of its
/// elements; of a reference that of a temporary, which it may keep. Null for
/// what is no class.
const CXXRecordDecl *classOfObject(const VarDecl &Variable) {
  QualType Type = Variable.getType();
  bool MayKeep = isa_and_nonnull<ExprWithCleanups, MaterializeTemporaryExpr>(
      Variable.getInit());
  if (Type->isReferenceType() && !MayKeep)
    return nullptr;
  return Type.getNonReferenceType()
      ->getBaseElementTypeUnsafe()
      ->getAsCXXRecordDecl();
}

/// Matches the nodes for which a function answers true. The filters stand in
/// the matchers, since the walk comes to a call as often as Clang keeps it:
/// several times in the operand of each co_await around it.
template <typename Node>
class Satisfies : public ast_matchers::internal::MatcherInterface<Node> {
public:
  explicit Satisfies(bool (*Test)(const Node &)) : Test(Test) {}
  bool matches(const Node &Each, ast_matchers::internal::ASTMatchFinder *,
               ast_matchers::internal::BoundNodesTreeBuilder *) const override {
    return Test(Each);
  }

private:
  bool (*Test)(const Node &);
};

template <typename Node>
ast_matchers::internal::Matcher<Node> satisfies(bool (*Test)(const Node &)) {
  return ast_matchers::internal::Matcher<Node>(new Satisfies<Node>(Test));
}

// timer.every(1s, [] { ... });
bool isGivenCallable(const CallExpr &Site) {
  return !Site.isTypeDependent() &&
         llvm::any_of(Site.arguments(), looksCallable);
}

// std::thread t([] { ... });
bool isMadeFromCallable(const CXXConstructExpr &Site) {
  return !Site.isTypeDependent() &&
         llvm::any_of(Site.arguments(), looksCallable);
}

// Guard guard{[] { ... }};
bool isMadeOfCallable(const InitListExpr &Site) {
  return !Site.isTypeDependent() && Site.isSemanticForm() &&
         llvm::any_of(Site.inits(), looksCallable);
}

// if (request())
bool isConversionToBool(const CXXMemberCallExpr &Site) {
  return Site.getType()->isBooleanType() &&
         isa_and_nonnull<CXXConversionDecl>(Site.getMethodDecl());
}

} // namespace

TranslationUnit::TranslationUnit() = default;
TranslationUnit::~TranslationUnit() = default;

std::vector<std::string> TranslationUnit::modelFiles() const {
  llvm::SetVector<std::string, std::vector<std::string>, std::set<std::string>>
      Result;
  for (const auto &[Check, Files] : ModelFiles)
    Result.insert(Files.begin(), Files.end());
  return Result.takeVector();
}

void TranslationUnit::observe(MatchFinder &Finder) {
  if (Observing)
    return;
  Observing = true;
  Finder.addMatcher(translationUnitDecl().bind("unit"), this);
  Finder.addMatcher(functionDecl(isDefinition()).bind("function"), this);
  Finder.addMatcher(varDecl(hasLocalStorage()).bind("variable"), this);
  Finder.addMatcher(callExpr(satisfies(isGivenCallable)).bind("handover"),
                    this);
  Finder.addMatcher(
      cxxConstructExpr(satisfies(isMadeFromCallable)).bind("handover"), this);
  Finder.addMatcher(initListExpr(satisfies(isMadeOfCallable)).bind("handover"),
                    this);
  Finder.addMatcher(
      cxxMemberCallExpr(satisfies(isConversionToBool)).bind("test"), this);
  Finder.addMatcher(
      cxxOperatorCallExpr(hasOverloadedOperatorName("!")).bind("test"), this);
  Finder.addMatcher(binaryOperator(hasOperatorName(",")).bind("comma"), this);
}

void TranslationUnit::run(const MatchFinder::MatchResult &Result) {
  Context = Result.Context;
  if (const auto *Function = Result.Nodes.getNodeAs<FunctionDecl>("function"))
    addFunction(*Function);
  else if (const auto *Variable = Result.Nodes.getNodeAs<VarDecl>("variable"))
    addVariable(*Variable);
  else if (const auto *Site = Result.Nodes.getNodeAs<Expr>("handover")) {
    if (!isForeign(Site->getExprLoc()))
      Handovers.insert(Site);
  } else if (const auto *Test = Result.Nodes.getNodeAs<CallExpr>("test")) {
    if (!isForeign(Test->getExprLoc()))
      Tests.insert(Test);
  } else if (const auto *Comma =
                 Result.Nodes.getNodeAs<BinaryOperator>("comma"))
    if (!isForeign(Comma->getOperatorLoc()))
      Commas.insert(Comma);
}

bool TranslationUnit::isForeign(SourceLocation Location) const {
  return Location.isInvalid() ||
         Context->getSourceManager().isInSystemHeader(Location);
}

SourceLocation TranslationUnit::placeOf(const Location &Place) const {
  return Macros ? coro::placeOf(Place, Macros->getSourceManager())
                : SourceLocation();
}

const Expr *testedBy(const CallExpr &Test) {
  const auto *Conversion = dyn_cast<CXXMemberCallExpr>(&Test);
  return Conversion ? Conversion->getImplicitObjectArgument() : Test.getArg(0);
}

bool TranslationUnit::isEvaluated(const Expr &Site) {
  const SourceManager &Sources = Context->getSourceManager();
  SourceLocation Place = Sources.getExpansionLoc(Site.getExprLoc());
  for (const FunctionDecl *Each : functions()) {
    SourceRange Body = Each->getBody()->getSourceRange();
    if (Body.isInvalid() ||
        !Sources.isPointWithin(Place, Sources.getExpansionLoc(Body.getBegin()),
                               Sources.getExpansionLoc(Body.getEnd())))
      continue;
    bool IsFound = false;
    forEachEvaluated(*Context, writtenBody(*Each), [&](const Stmt *S) {
      IsFound |= S == &Site;
      return !IsFound;
    });
    if (IsFound)
      return true;
  }
  // A default argument, the initialiser of a global variable, or nowhere.
  return !isInUnevaluated(*Context, Site);
}

void TranslationUnit::addFunction(const FunctionDecl &Function) {
  if (Function.isInvalidDecl() || Function.isImplicit() ||
      !Function.doesThisDeclarationHaveABody() ||
      isForeign(Function.getLocation()))
    return;
  Functions.push_back(&Function);
  if (const FunctionDecl *Pattern = Function.getTemplateInstantiationPattern())
    Instantiated.insert(Pattern);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(&Function))
    for (const CXXMethodDecl *Overridden : Method->overridden_methods())
      OverriddenBy[Overridden->getCanonicalDecl()].push_back(Method);
}

void TranslationUnit::addVariable(const VarDecl &Variable) {
  const auto *Function =
      dyn_cast_or_null<FunctionDecl>(Variable.getParentFunctionOrMethod());
  if (!Function || Variable.isInvalidDecl() || !classOfObject(Variable) ||
      Function->isDependentContext() || isForeign(Variable.getLocation()))
    return;
  // The walk comes to the parameters of a lambda twice.
  auto &Known = Variables[Function];
  if (const auto *Group = dyn_cast<DecompositionDecl>(&Variable))
    Known.insert(Group->bindings().begin(), Group->bindings().end());
  else
    Known.insert(&Variable);
}

llvm::ArrayRef<const ValueDecl *>
TranslationUnit::localsOf(const FunctionDecl &Function) const {
  auto Found = Variables.find(&Function);
  return Found == Variables.end() ? llvm::ArrayRef<const ValueDecl *>()
                                  : Found->second.getArrayRef();
}

llvm::ArrayRef<std::unique_ptr<TaskVariables>>
TranslationUnit::taskVariables() {
  if (!Tasks) {
    Tasks.emplace();
    for (const auto &[Function, Declared] : Variables)
      if (Function->doesThisDeclarationHaveABody()) {
        auto Added = std::make_unique<TaskVariables>(
            *Function, Declared.getArrayRef(), taskTypes(), *Library, Seen);
        if (!Added->isEmpty())
          Tasks->push_back(std::move(Added));
      }
  }
  return *Tasks;
}

llvm::ArrayRef<const FunctionDecl *> TranslationUnit::functions() {
  if (!PatternsDropped) {
    PatternsDropped = true;
    llvm::erase_if(Functions, [&](const FunctionDecl *Each) {
      return Instantiated.contains(Each);
    });
  }
  return Functions;
}

const std::vector<DiscardedValue> &TranslationUnit::discarded() {
  if (Discarded)
    return *Discarded;
  Discarded.emplace();
  for (const FunctionDecl *Each : functions()) {
    std::vector<DiscardedValue> Found = discardedValues(*Context, *Each);
    Discarded->insert(Discarded->end(), Found.begin(), Found.end());
  }
  // Those inside of other expressions. "decltype(f(), void())" asks whether
  // f() is well-formed.
  for (const BinaryOperator *Comma : Commas) {
    if (Comma->isTypeDependent())
      continue;
    size_t Before = Discarded->size();
    addDiscarded(Comma->getLHS(), {nullptr, false, false, nullptr}, *Discarded);
    if (Discarded->size() > Before && !isEvaluated(*Comma))
      Discarded->resize(Before);
  }
  return *Discarded;
}

Borrowing &TranslationUnit::borrowing() {
  if (!Lent)
    Lent = std::make_shared<Borrowing>(*this);
  return *Lent;
}

StateUses &TranslationUnit::stateUses() {
  if (!States)
    States = std::make_unique<StateUses>(functions(), *Library);
  return *States;
}

TaskTypes &TranslationUnit::taskTypes() {
  if (!Types)
    Types = std::make_unique<TaskTypes>(*Context);
  return *Types;
}

Conditions &TranslationUnit::conditions() {
  if (!Decide) {
    Names = std::make_unique<Constants>(*Context, Macros);
    Decide = std::make_unique<Conditions>(*Context, *Library, *Names, Seen);
  }
  return *Decide;
}

const FunctionFacts &TranslationUnit::facts(const FunctionDecl &Function) {
  std::unique_ptr<FunctionFacts> &Known = Facts[&Function];
  if (!Known)
    Known = std::make_unique<FunctionFacts>(
        collectFacts(Function, *Library, conditions(), Seen));
  return *Known;
}

llvm::SmallVector<const CXXMethodDecl *, 4>
TranslationUnit::overriders(const CXXMethodDecl &Method) const {
  llvm::SmallVector<const CXXMethodDecl *, 4> Result;
  llvm::SmallVector<const CXXMethodDecl *, 4> Pending{
      Method.getCanonicalDecl()};
  while (!Pending.empty()) {
    auto Found = OverriddenBy.find(Pending.pop_back_val());
    if (Found == OverriddenBy.end())
      continue;
    for (const CXXMethodDecl *Each : Found->second) {
      Result.push_back(Each);
      Pending.push_back(Each->getCanonicalDecl());
    }
  }
  return Result;
}

} // namespace clang::tidy::coro
