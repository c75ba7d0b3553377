// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/ThreadOrigins.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/STLExtras.h"

namespace clang::tidy::coro {
namespace {

/// How many functions deep a value is looked for.
constexpr unsigned MaxDepth = 3;

/// Whether an object of \p Type refers to others: a pointer that is copied.
bool refersToOthers(QualType Type, unsigned Depth = 0) {
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  if (Type->isPointerType() || !Class || !Class->hasDefinition() || Depth > 4)
    return Type->isPointerType();
  return llvm::any_of(Class->fields(),
                      [&](const FieldDecl *Each) {
                        return refersToOthers(Each->getType(), Depth + 1);
                      }) ||
         llvm::any_of(Class->bases(), [&](const CXXBaseSpecifier &Each) {
           return refersToOthers(Each.getType(), Depth + 1);
         });
}

/// Whether \p Type is a class as std::string_view or an iterator is one.
bool isView(QualType Type, const ASTContext &Context) {
  return Type->isRecordType() && Type.isTriviallyCopyableType(Context) &&
         refersToOthers(Type);
}

bool isVariableOfThread(const ValueDecl *Declaration) {
  const auto *Variable = dyn_cast_or_null<VarDecl>(Declaration);
  return Variable && Variable->getTLSKind() != VarDecl::TLS_None;
}

} // namespace

const ValueDecl *variableSetAt(const CFGElement &Element) {
  auto Statement = Element.getAs<CFGStmt>();
  if (!Statement)
    return nullptr;
  if (const auto *Declaration = dyn_cast<DeclStmt>(Statement->getStmt()))
    return Declaration->isSingleDecl()
               ? dyn_cast<VarDecl>(Declaration->getSingleDecl())
               : nullptr;
  const Expr *To = nullptr;
  if (const auto *Assignment = dyn_cast<BinaryOperator>(Statement->getStmt()))
    To = Assignment->getOpcode() == BO_Assign ? Assignment->getLHS() : nullptr;
  else if (const auto *Operator =
               dyn_cast<CXXOperatorCallExpr>(Statement->getStmt()))
    To = Operator->getOperator() == OO_Equal ? Operator->getArg(0) : nullptr;
  const auto *Reference = dyn_cast_or_null<DeclRefExpr>(stripped(To));
  return Reference ? Reference->getDecl() : nullptr;
}

const Expr *valueSetAt(const Stmt *S) {
  if (const auto *Declaration = dyn_cast<DeclStmt>(S))
    return cast<VarDecl>(Declaration->getSingleDecl())->getInit();
  if (const auto *Assignment = dyn_cast<BinaryOperator>(S))
    return Assignment->getRHS();
  return cast<CXXOperatorCallExpr>(S)->getArg(1);
}

bool isCFunction(const CallExpr &Site) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  return Callee && Callee->isExternC() && !Callee->getBuiltinID() &&
         !Callee->getReturnType()->isVoidType();
}

bool ThreadOrigins::givesError(const CallExpr &Site) const {
  const FunctionDecl *Callee = Site.getDirectCallee();
  return Callee && llvm::any_of(Library.functions(*Callee, nullptr),
                                [](const FunctionModel *Each) {
                                  return Each->GivesError;
                                });
}

/// Whether \p Site gives what belongs to the thread, by itself or as all that
/// a function in sight does.
bool ThreadOrigins::isOfThread(const CallExpr &Site, unsigned Depth) const {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee || Depth > MaxDepth)
    return false;
  if (llvm::any_of(Library.functions(*Callee, nullptr),
                   [](const FunctionModel *Each) { return Each->OfThread; }))
    return true;
  const Expr *Given = stripped(onlyReturnValue(Callee->getDefinition()));
  const auto *Inner = dyn_cast_or_null<CallExpr>(Given);
  return Inner && isOfThread(*Inner, Depth + 1);
}

bool ThreadOrigins::asksForThread(const Expr &E) const {
  bool Result = false;
  llvm::SmallVector<const Stmt *, 8> Pending{&E};
  while (!Pending.empty() && !Result) {
    const Stmt *Current = Pending.pop_back_val();
    if (isUnevaluated(Current) || isa<LambdaExpr>(Current))
      continue;
    const auto *Site = dyn_cast<CallExpr>(Current);
    Result = Site && isOfThread(*Site, 0);
    if (const auto *Await = dyn_cast<CoroutineSuspendExpr>(Current)) {
      Pending.push_back(Await->getOperand());
      continue;
    }
    for (const Stmt *Child : Current->children())
      if (Child)
        Pending.push_back(Child);
  }
  return Result;
}

/// Whether \p E denotes a thread_local variable or a part of it:
///   buffer   state.rows   slots[i]   cache.at(key)   current()
bool ThreadOrigins::refersToThreadLocal(const Expr *E, unsigned Depth) const {
  for (E = stripped(E); E && Depth <= MaxDepth; E = stripped(E)) {
    if (const auto *Reference = dyn_cast<DeclRefExpr>(E))
      return isVariableOfThread(Reference->getDecl());
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (isVariableOfThread(Member->getMemberDecl()))
        return true;
      if (Member->isArrow())
        return pointsToThreadLocal(Member->getBase(), Depth + 1);
      E = Member->getBase();
      continue;
    }
    if (const auto *Element = dyn_cast<ArraySubscriptExpr>(E)) {
      if (!stripped(Element->getBase())->getType()->isArrayType())
        return false;
      E = Element->getBase();
      continue;
    }
    if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      return Unary->getOpcode() == UO_Deref &&
             pointsToThreadLocal(Unary->getSubExpr(), Depth + 1);
    const auto *Site = dyn_cast<CallExpr>(E);
    if (!Site || !Site->isGLValue())
      return false;
    if (const auto *OnObject = dyn_cast<CXXMemberCallExpr>(Site)) {
      const Expr *Object = OnObject->getImplicitObjectArgument();
      if (Object && !Object->getType()->isPointerType()) {
        E = Object;
        continue;
      }
    } else if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Site);
               Operator && Operator->getOperator() == OO_Subscript) {
      E = Operator->getArg(0);
      continue;
    }
    const FunctionDecl *Callee = Site->getDirectCallee();
    if (!Callee || !Callee->hasBody())
      return false;
    return llvm::any_of(Seen.scan(*Callee).Returned, [&](const Expr *Each) {
      return refersToThreadLocal(Each, Depth + 1);
    });
  }
  return false;
}

/// Whether \p E is a pointer to a thread_local variable or a part of it:
///   &counter   buffer   text.c_str()   current()
bool ThreadOrigins::pointsToThreadLocal(const Expr *E, unsigned Depth) const {
  E = stripped(E);
  if (!E || Depth > MaxDepth)
    return false;
  if (E->getType()->isArrayType())
    return refersToThreadLocal(E, Depth);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf &&
           refersToThreadLocal(Unary->getSubExpr(), Depth);
  const auto *Site = dyn_cast<CallExpr>(E);
  if (!Site)
    return false;
  if (givesError(*Site))
    return true;
  if (const auto *OnObject = dyn_cast<CXXMemberCallExpr>(Site)) {
    const Expr *Object = OnObject->getImplicitObjectArgument();
    if (Object && !Object->getType()->isPointerType() &&
        refersToThreadLocal(Object, Depth))
      return true;
  }
  const FunctionDecl *Callee = Site->getDirectCallee();
  return Callee && Callee->hasBody() &&
         llvm::any_of(Seen.scan(*Callee).Returned, [&](const Expr *Each) {
           return pointsToThreadLocal(Each, Depth + 1);
         });
}

std::optional<ThreadValue::Kind> ThreadOrigins::originOf(const Expr *Value,
                                                         QualType Kept) const {
  if (!Value || Value->getType().isNull() || Kept->isDependentType())
    return std::nullopt;
  if (Kept->isReferenceType())
    return Value->isGLValue() && refersToThreadLocal(Value, 0)
               ? std::optional(ThreadValue::Address)
               : std::nullopt;
  const Expr *Given = stripped(Value);
  const auto *Site = dyn_cast_or_null<CallExpr>(Given);
  if (Kept->isPointerType() && pointsToThreadLocal(Value, 0))
    return ThreadValue::Address;
  if (Site && isOfThread(*Site, 0))
    return ThreadValue::Identity;
  const ASTContext *Context = nullptr;
  if (const CXXRecordDecl *Class = Kept->getAsCXXRecordDecl())
    Context = &Class->getASTContext();
  // std::string_view text = threadLocalText;   auto at = table.find(key);
  if (Context && isView(Kept, *Context)) {
    const Expr *From = nullptr;
    if (const auto *OnObject = dyn_cast_or_null<CXXMemberCallExpr>(Given))
      From = OnObject->isPRValue() ? OnObject->getImplicitObjectArgument()
                                   : nullptr;
    else if (const auto *Made = dyn_cast_or_null<CXXConstructExpr>(Given))
      From = Made->getNumArgs() > 0 ? Made->getArg(0) : nullptr;
    else if (Given && Given->isGLValue() &&
             Given->getType().getCanonicalType().getUnqualifiedType() !=
                 Kept.getCanonicalType().getUnqualifiedType())
      From = Given; // by a conversion
    if (From && !From->getType()->isPointerType() &&
        refersToThreadLocal(From, 0))
      return ThreadValue::Address;
  }
  // std::hash<std::thread::id>()(std::this_thread::get_id()) % slots
  bool IsPlain = Kept->isIntegralOrEnumerationType();
  bool IsComputed =
      isa_and_nonnull<BinaryOperator, CXXOperatorCallExpr, UnaryOperator>(
          Given);
  if (IsPlain && IsComputed && asksForThread(*Given))
    return ThreadValue::Identity;
  return std::nullopt;
}

} // namespace clang::tidy::coro
