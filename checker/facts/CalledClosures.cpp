// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/CalledClosures.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/TypeLoc.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/Compat.h"
#include "llvm/SourceText.h"

namespace clang::tidy::coro {
namespace {

/// What a body does that parameters might change.
struct BodyLook {
  llvm::DenseMap<const ValueDecl *, unsigned> Mentions;
  llvm::SmallPtrSet<const ValueDecl *, 2> Moved; // std::move(x)
  bool NamesMemberTemplate = false; // x.get<int>() would need "template"
};

void look(const Stmt *S, BodyLook &Result) {
  if (!S)
    return;
  if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(S))
    return look(Await->getOperand(), Result);
  if (const auto *Inner = dyn_cast<LambdaExpr>(S))
    look(Inner->getBody(), Result);
  if (const auto *Mention = dyn_cast<DeclRefExpr>(S))
    ++Result.Mentions[Mention->getDecl()];
  if (const auto *Member = dyn_cast<MemberExpr>(S))
    Result.NamesMemberTemplate |= Member->hasExplicitTemplateArgs();
  const auto *Site = dyn_cast<CallExpr>(S);
  if (Site && Site->isCallToStdMove())
    if (const auto *Mention =
            dyn_cast<DeclRefExpr>(Site->getArg(0)->IgnoreParens()))
      Result.Moved.insert(Mention->getDecl());
  if (const auto *Body = dyn_cast<CoroutineBodyStmt>(S))
    return look(Body->getBody(), Result);
  for (const Stmt *Part : S->children())
    if (!isa<LambdaExpr>(S) || Part != cast<LambdaExpr>(S)->getBody())
      look(Part, Result);
}

/// The text of what \p Variable, an init capture, is made from: x = f()
/// x{f()}
std::string initText(const VarDecl &Variable, const ASTContext &Context) {
  const Expr *Init = Variable.getInit();
  if (!Init || Variable.getInitStyle() != VarDecl::CInit)
    return "";
  llvm::StringRef Text = textOf(Init->getSourceRange(), Context);
  return Text.starts_with("{") ? "" : Text.str();
}

/// Whether \p Lambda, of an instantiation, may have to do with packs: there
/// each element of one is a variable by itself.
bool mayExpandPack(const LambdaExpr &Lambda, const ASTContext &Context) {
  return Lambda.getCallOperator()->getTemplateInstantiationPattern() &&
         textOf(Lambda.getSourceRange(), Context).contains("...");
}

/// Adds \p Each to \p Result; gives false where it cannot be passed.
bool addCapture(const LambdaCapture &Each, const LambdaExpr &Lambda,
                const BodyLook &Body, const ASTContext &Context,
                CapturesAsArguments &Result) {
  const auto *Variable = Each.capturesVariable()
                             ? dyn_cast<VarDecl>(Each.getCapturedVar())
                             : nullptr;
  if (!Variable || Each.isPackExpansion() || Variable->isParameterPack() ||
      !Variable->getIdentifier())
    return false;
  QualType Type = Variable->getType().getNonReferenceType();
  bool IsByReference = Each.getCaptureKind() == LCK_ByRef;
  bool IsInit = Variable->isInitCapture() && Each.getLocation().isValid() &&
                Lambda.isInitCapture(&Each);
  if (Type->isFunctionType() || (Type->isArrayType() && !IsByReference) ||
      Type.isVolatileQualified() || (IsInit && IsByReference))
    return false;
  // In a lambda that is not mutable, this copied what it seemed to move.
  if (!IsByReference && !Lambda.isMutable() && Body.Moved.contains(Variable) &&
      Body.Mentions.lookup(Variable) > 1)
    return false;
  std::string Name = Variable->getName().str();
  std::string Argument = IsInit ? initText(*Variable, Context) : Name;
  if (Argument.empty())
    return false;
  Result.Parameters += (IsByReference ? "auto &" : "auto ") + Name + ", ";
  Result.Arguments += Argument + ", ";
  if (IsByReference)
    Result.Referred.push_back(Variable);
  return true;
}

/// Whether what \p Written, the arguments of the call, do may depend on when
/// the captures are made.
bool dependOnCaptures(llvm::ArrayRef<const Expr *> Written,
                      const LambdaExpr &Lambda, const ASTContext &Context) {
  BodyLook Mentioned;
  for (const Expr *Each : Written)
    look(Each, Mentioned);
  bool HasEffects = llvm::any_of(
      Written, [&](const Expr *Each) { return Each->HasSideEffects(Context); });
  return HasEffects &&
         llvm::any_of(Lambda.captures(), [&](const LambdaCapture &Each) {
           return Lambda.isInitCapture(&Each) ||
                  (Each.capturesVariable() &&
                   Mentioned.Mentions.count(Each.getCapturedVar()));
         });
}

} // namespace

SourceLocation beforeParameters(const CXXMethodDecl &Operator) {
  const TypeSourceInfo *Written = Operator.getTypeSourceInfo();
  auto Type = Written ? Written->getTypeLoc().getAs<FunctionProtoTypeLoc>()
                      : FunctionProtoTypeLoc();
  if (!Type || hasExplicitObject(Operator) || Operator.isVariadic())
    return {};
  SourceLocation Open = Type.getLParenLoc(), Close = Type.getRParenLoc();
  const ASTContext &Context = Operator.getASTContext();
  llvm::StringRef Text = textOf({Open, Close}, Context);
  // Not [x] -> Task<> { }, and not (void).
  if (!Text.consume_front("(") || !Text.consume_back(")") ||
      (Operator.getNumParams() == 0 && !Text.trim().empty()))
    return {};
  return Open.getLocWithOffset(1);
}

std::optional<CapturesAsArguments>
capturesAsArguments(const CallExpr &Site, const ASTContext &Context) {
  const auto *Call = dyn_cast<CXXOperatorCallExpr>(&Site);
  if (!Call || Call->getOperator() != OO_Call)
    return std::nullopt;
  const Expr *Called = Call->getArg(0)->IgnoreImplicit();
  const auto *Lambda =
      dyn_cast<LambdaExpr>(Called->IgnoreParens()->IgnoreImplicit());
  const CXXMethodDecl *Operator = Lambda ? Lambda->getCallOperator() : nullptr;
  if (!Operator)
    return std::nullopt;
  CapturesAsArguments Result;
  Result.Introducer = Lambda->getIntroducerRange();
  Result.BeforeParameters = beforeParameters(*Operator);
  Result.BeforeArguments = behindToken("(", Called->getEndLoc(), Context);
  if (Result.BeforeParameters.isInvalid() ||
      Result.BeforeArguments.isInvalid() ||
      textOf(Result.Introducer, Context).empty())
    return std::nullopt;
  llvm::SmallVector<const Expr *, 4> Written;
  for (const Expr *Each : llvm::drop_begin(Call->arguments()))
    if (!isa<CXXDefaultArgExpr>(Each))
      Written.push_back(Each);
  BodyLook Body;
  look(Lambda->getBody(), Body);
  if (Body.NamesMemberTemplate || mayExpandPack(*Lambda, Context) ||
      dependOnCaptures(Written, *Lambda, Context))
    return std::nullopt;
  for (const LambdaCapture &Each : Lambda->captures())
    if (!addCapture(Each, *Lambda, Body, Context, Result))
      return std::nullopt;
  auto DropComma = [](std::string &List) { List.erase(List.size() - 2); };
  if (Result.Parameters.empty())
    return std::nullopt;
  if (Operator->getNumParams() == 0)
    DropComma(Result.Parameters);
  if (Written.empty())
    DropComma(Result.Arguments);
  return Result;
}

} // namespace clang::tidy::coro
