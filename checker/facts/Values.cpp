// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/Values.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/ExprConcepts.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {

const Expr *stripped(const Expr *E) {
  while (E) {
    const Expr *Before = E;
    E = E->IgnoreUnlessSpelledInSource()->IgnoreParenImpCasts();
    if (const auto *Cast = dyn_cast<ExplicitCastExpr>(E))
      E = Cast->getSubExpr();
    else if (const auto *Construct = dyn_cast<CXXConstructExpr>(E);
             Construct && Construct->getNumArgs() == 1 &&
             Construct->getConstructor()->isCopyOrMoveConstructor())
      E = Construct->getArg(0);
    else if (const auto *CallToMove = dyn_cast<CallExpr>(E);
             CallToMove && CallToMove->isCallToStdMove())
      E = CallToMove->getArg(0);
    else if (const auto *Braced = dyn_cast<InitListExpr>(E);
             Braced && Braced->getNumInits() == 1 &&
             !Braced->getType().isNull() && !Braced->getType()->isRecordType())
      E = Braced->getInit(0);
    if (E == Before)
      break;
  }
  return E;
}

/// What \p E reaches into: p for *p and p->, a for a[i]; null for others.
static const Expr *reachedThrough(const Expr *E) {
  if (const auto *Element = dyn_cast_or_null<ArraySubscriptExpr>(E))
    return Element->getBase();
  if (const auto *Unary = dyn_cast_or_null<UnaryOperator>(E))
    return Unary->getOpcode() == UO_Deref ? Unary->getSubExpr() : nullptr;
  const auto *Overloaded = dyn_cast_or_null<CXXOperatorCallExpr>(E);
  if (!Overloaded)
    return nullptr;
  switch (Overloaded->getOperator()) {
  case OO_Arrow:
  case OO_Subscript:
    return Overloaded->getArg(0);
  case OO_Star:
    return Overloaded->getNumArgs() == 1 ? Overloaded->getArg(0) : nullptr;
  default:
    return nullptr;
  }
}

const ValueDecl *namedBy(const Expr *E) {
  E = stripped(E);
  while (const Expr *Outer = reachedThrough(E))
    E = stripped(Outer);
  if (const auto *Reference = dyn_cast_or_null<DeclRefExpr>(E))
    return Reference->getDecl();
  if (const auto *Member = dyn_cast_or_null<MemberExpr>(E))
    return Member->getMemberDecl();
  return nullptr;
}

bool isUnevaluated(const Stmt *S) {
  if (isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr, RequiresExpr>(S))
    return true;
  const auto *Typeid = dyn_cast<CXXTypeidExpr>(S);
  return Typeid &&
         (Typeid->isTypeOperand() || !Typeid->isPotentiallyEvaluated());
}

void forEachPart(const ASTContext &Context, const Stmt &S,
                 llvm::function_ref<void(const Stmt *)> Visit) {
  auto VisitPart = [&](const Stmt *Part) {
    if (Part)
      Visit(Part);
  };
  if (const auto *Suspend = dyn_cast<CoroutineSuspendExpr>(&S))
    return VisitPart(Suspend->getOperand());
  if (const auto *Return = dyn_cast<CoreturnStmt>(&S))
    return VisitPart(Return->getOperand());
  if (const auto *Coroutine = dyn_cast<CoroutineBodyStmt>(&S))
    return VisitPart(Coroutine->getBody());
  if (const auto *Lambda = dyn_cast<LambdaExpr>(&S)) {
    for (const Expr *Init : Lambda->capture_inits())
      VisitPart(Init);
    return;
  }
  if (const auto *If = dyn_cast<IfStmt>(&S); If && If->isConstexpr()) {
    if (If->getCond()->isValueDependent())
      return;
    if (auto Taken = If->getNondiscardedCase(Context))
      VisitPart(*Taken);
    return;
  }
  for (const Stmt *Child : S.children())
    VisitPart(Child);
}

void forEachEvaluated(const ASTContext &Context, const Stmt *Root,
                      llvm::function_ref<bool(const Stmt *)> Visit) {
  llvm::SmallVector<const Stmt *, 32> Pending;
  if (Root)
    Pending.push_back(Root);
  while (!Pending.empty()) {
    const Stmt *Current = Pending.pop_back_val();
    if (isUnevaluated(Current) || !Visit(Current))
      continue;
    size_t First = Pending.size();
    forEachPart(Context, *Current,
                [&](const Stmt *Part) { Pending.push_back(Part); });
    std::reverse(Pending.begin() + First, Pending.end());
  }
}

namespace {

/// The variable or member that a write to \p Place changes, in whole or part:
/// for tv.tv_sec that is tv.
const ValueDecl *writtenBy(const Expr *Place) {
  Place = stripped(Place);
  while (const auto *Member = dyn_cast_or_null<MemberExpr>(Place)) {
    const Expr *Base = stripped(Member->getBase());
    if (!isa_and_nonnull<DeclRefExpr, MemberExpr>(Base))
      break;
    Place = Base;
  }
  return namedBy(Place);
}

void record(BodyScan &Scan, const Stmt &S) {
  auto Write = [&](const Expr *Place, const Expr *Value) {
    if (const ValueDecl *Written = writtenBy(Place))
      Scan.Writes[Written].push_back(Value);
  };
  auto Compare = [&](const Expr *With) {
    const auto *Number = dyn_cast<IntegerLiteral>(stripped(With));
    if (Number && Number->getLocation().isMacroID())
      Scan.Compared.push_back(Number);
  };
  if (const auto *Case = dyn_cast<CaseStmt>(&S)) {
    Compare(Case->getLHS());
  } else if (const auto *Declaration = dyn_cast<DeclStmt>(&S)) {
    for (const Decl *Each : Declaration->decls())
      if (const auto *Variable = dyn_cast<VarDecl>(Each))
        if (const Expr *Init = Variable->getInit())
          Scan.Writes[Variable].push_back(Init);
  } else if (const auto *Operator = dyn_cast<BinaryOperator>(&S)) {
    if (Operator->isAssignmentOp())
      Write(Operator->getLHS(), Operator->getRHS());
    if (Operator->isEqualityOp())
      for (const Expr *Side : {Operator->getLHS(), Operator->getRHS()})
        Compare(Side);
  } else if (const auto *Overloaded = dyn_cast<CXXOperatorCallExpr>(&S);
             Overloaded && Overloaded->isAssignmentOp()) {
    Write(Overloaded->getArg(0), Overloaded->getArg(1));
  } else if (const auto *Step = dyn_cast<UnaryOperator>(&S)) {
    if (Step->isIncrementDecrementOp())
      Write(Step->getSubExpr(), Step);
  } else if (const auto *Return = dyn_cast<ReturnStmt>(&S)) {
    if (Return->getRetValue())
      Scan.Returned.push_back(Return->getRetValue());
  } else if (const auto *Coreturn = dyn_cast<CoreturnStmt>(&S)) {
    if (Coreturn->getOperand())
      Scan.Returned.push_back(Coreturn->getOperand());
  }
  if (const auto *Called = dyn_cast<CallExpr>(&S))
    Scan.Calls.push_back(Called);
}

} // namespace

const BodyScan &Values::scan(const FunctionDecl &Function) {
  const FunctionDecl *Definition = &Function;
  if (const FunctionDecl *WithBody = Function.getDefinition())
    Definition = WithBody;
  std::unique_ptr<BodyScan> &Known = Scans[Definition];
  if (Known)
    return *Known;
  Known = std::make_unique<BodyScan>();
  BodyScan &Scan = *Known;
  const ASTContext &Context = Function.getASTContext();
  auto Record = [&](const Stmt *S) {
    record(Scan, *S);
    return true;
  };
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Definition))
    for (const CXXCtorInitializer *Init : Constructor->inits()) {
      const Expr *Value = Init->getInit();
      if (const auto *Default = dyn_cast_or_null<CXXDefaultInitExpr>(Value))
        Value = Default->getExpr();
      if (const FieldDecl *Member = Init->getAnyMember(); Member && Value)
        Scan.Writes[Member].push_back(Value);
      forEachEvaluated(Context, Value, Record);
    }
  forEachEvaluated(Context, writtenBody(*Definition), Record);
  return Scan;
}

llvm::SmallVector<const FunctionDecl *, 8>
Values::writersOf(const ValueDecl &Declaration, const FunctionDecl &Within) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Declaration.getDeclContext());
  if (!Class) {
    // A lambda sees the variables of the function around it.
    const auto *Around =
        dyn_cast_or_null<FunctionDecl>(Declaration.getParentFunctionOrMethod());
    if (Around && Around != &Within)
      return {&Within, Around};
    return {&Within};
  }
  llvm::SmallVector<const FunctionDecl *, 8> Result;
  for (const Decl *Member : Class->decls()) {
    if (const auto *Template = dyn_cast<FunctionTemplateDecl>(Member))
      Member = Template->getTemplatedDecl();
    const auto *Method = dyn_cast<CXXMethodDecl>(Member);
    if (Method && Method->getDefinition())
      Result.push_back(Method->getDefinition());
  }
  // A method that is asked about a member of another object.
  if (!llvm::is_contained(Result, &Within))
    Result.push_back(&Within);
  return Result;
}

llvm::SmallVector<const Expr *, 4> Values::of(const ValueDecl &Declaration,
                                              const FunctionDecl &Within) {
  llvm::SmallVector<const Expr *, 4> Result;
  for (const FunctionDecl *Writer : writersOf(Declaration, Within)) {
    const BodyScan &Scan = scan(*Writer);
    auto Found = Scan.Writes.find(&Declaration);
    if (Found != Scan.Writes.end())
      Result.append(Found->second.begin(), Found->second.end());
  }
  if (const auto *Member = dyn_cast<FieldDecl>(&Declaration)) {
    // struct S { int fd = open(...); };  - without a constructor in sight
    if (const Expr *Init = Member->getInClassInitializer();
        Init && !llvm::is_contained(Result, Init))
      Result.push_back(Init);
  } else if (const auto *Variable = dyn_cast<VarDecl>(&Declaration)) {
    const Expr *Init = Variable->getAnyInitializer();
    if (Init && !isa<ParmVarDecl>(Variable) &&
        !llvm::is_contained(Result, Init))
      Result.push_back(Init);
  }
  return Result;
}

bool Values::isGivenAway(const VarDecl &Variable, const FunctionDecl &Within) {
  const BodyScan &Scan = scan(Within);
  return llvm::any_of(Scan.Calls,
                      [&](const CallExpr *Each) {
                        return Each->isCallToStdMove() &&
                               namedBy(Each->getArg(0)) == &Variable;
                      }) ||
         llvm::any_of(Scan.Returned, [&](const Expr *Each) {
           return namedBy(Each) == &Variable;
         });
}

const Expr *Values::onlyValue(const ValueDecl &Declaration,
                              const FunctionDecl &Within) {
  const auto *Variable = dyn_cast<VarDecl>(&Declaration);
  if (Variable && isa<ParmVarDecl>(Variable))
    return nullptr;
  if (Variable && !Variable->isLocalVarDecl() &&
      !Variable->getType().isConstQualified() && !Variable->isConstexpr())
    return nullptr;
  llvm::SmallVector<const Expr *, 4> All = of(Declaration, Within);
  return All.size() == 1 ? All.front() : nullptr;
}

} // namespace clang::tidy::coro
