// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "coroutine/TaskEnd.h"
#include "coroutine/Coroutines.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang::tidy::coro {
namespace {

/// The member of an object that \p Site calls; also in a template.
DeclarationName calledMember(const CallExpr &Site) {
  const Expr *Callee = Site.getCallee()->IgnoreParenImpCasts();
  if (const auto *Member = dyn_cast<MemberExpr>(Callee))
    return Member->getMemberDecl()->getDeclName();
  if (const auto *Dependent = dyn_cast<CXXDependentScopeMemberExpr>(Callee))
    return Dependent->getMember();
  return {};
}

bool isNamed(DeclarationName Name, llvm::StringRef Identifier) {
  const IdentifierInfo *Known = Name.getAsIdentifierInfo();
  return Known && Known->getName() == Identifier;
}

/// Looks at what a destructor does.
class Destruction {
public:
  void look(const FunctionDecl &Function, unsigned Depth);

  bool DoesSomething = false;
  bool DestroysFrame = false;
  bool DoesMore = false;
  bool Resumes = false;

private:
  void lookAtCall(const CallExpr &Site, unsigned Depth);
  bool asksForEnd(const Stmt *Condition) const;

  llvm::SmallPtrSet<const FunctionDecl *, 4> Seen;
};

void Destruction::look(const FunctionDecl &Function, unsigned Depth) {
  const Stmt *Body = Function.getBody();
  if (!Body || !Seen.insert(&Function).second)
    return;
  llvm::SmallVector<const Stmt *, 16> Pending(Body->children());
  while (!Pending.empty()) {
    const Stmt *Current = Pending.pop_back_val();
    if (!Current)
      continue;
    DoesSomething = true;
    // if (handle.done()) handle.destroy();  - else it goes on alone
    if (const auto *If = dyn_cast<IfStmt>(Current))
      DoesMore |= asksForEnd(If->getCond());
    if (const auto *Site = dyn_cast<CallExpr>(Current))
      lookAtCall(*Site, Depth);
    Pending.append(Current->child_begin(), Current->child_end());
  }
}

/// Whether \p Condition holds only when the coroutine has ended.
bool Destruction::asksForEnd(const Stmt *Condition) const {
  llvm::SmallVector<const Stmt *, 4> Pending{Condition};
  while (!Pending.empty()) {
    const Stmt *Current = Pending.pop_back_val();
    const auto *Not = dyn_cast_or_null<UnaryOperator>(Current);
    if (!Current || (Not && Not->getOpcode() == UO_LNot))
      continue;
    const auto *Site = dyn_cast<CallExpr>(Current);
    if (Site && isNamed(calledMember(*Site), "done"))
      return true;
    Pending.append(Current->child_begin(), Current->child_end());
  }
  return false;
}

void Destruction::lookAtCall(const CallExpr &Site, unsigned Depth) {
  DeclarationName Member = calledMember(Site);
  if (isNamed(Member, "destroy")) {
    DestroysFrame = true;
    return;
  }
  Resumes |= isNamed(Member, "resume");
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee) {
    // In a template: exchange(handle, {})
    DoesMore |= Member && !isNamed(Member, "done");
    return;
  }
  if (Callee->isNoReturn() || isa<CXXConversionDecl>(Callee))
    return;
  // std::exchange, std::swap, coroutine_handle; its promise() is used for more.
  if (Callee->isInStdNamespace()) {
    DoesMore |= isNamed(Member, "promise");
    return;
  }
  constexpr unsigned MaxDepth = 3;
  if (Depth < MaxDepth && Callee->hasBody())
    look(*Callee->getDefinition(), Depth + 1);
  else
    DoesMore = true;
}

} // namespace

TaskEnd endOf(const CXXRecordDecl &Record) {
  llvm::SmallVector<const CXXRecordDecl *, 4> Pending{&Record};
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> Seen;
  while (!Pending.empty()) {
    const CXXRecordDecl *Current = Pending.pop_back_val()->getDefinition();
    if (!Current || !Seen.insert(Current).second || Current->isInStdNamespace())
      continue;
    const FunctionDecl *Destructor = Current->getDestructor();
    if (Destructor && !Destructor->hasBody())
      if (const FunctionDecl *Pattern =
              Destructor->getTemplateInstantiationPattern())
        Destructor = Pattern;
    Destruction Found;
    if (Destructor && Destructor->getDefinition())
      Found.look(*Destructor->getDefinition(), 0);
    if (Found.Resumes)
      return TaskEnd::Resumed;
    // Of a member that has nothing to do with the frame nothing is known.
    bool IsAbout = Current == Record.getDefinition() || Found.DestroysFrame;
    if (IsAbout && Found.DoesSomething &&
        (Found.DoesMore || !Found.DestroysFrame))
      return TaskEnd::InOrder;
    for (const FieldDecl *Member : Current->fields())
      if (const CXXRecordDecl *Class = classOf(Member->getType()))
        Pending.push_back(Class);
    for (const CXXBaseSpecifier &Base : Current->bases())
      if (const CXXRecordDecl *Class = classOf(Base.getType()))
        Pending.push_back(Class);
  }
  return TaskEnd::FrameDestroyed;
}

} // namespace clang::tidy::coro
