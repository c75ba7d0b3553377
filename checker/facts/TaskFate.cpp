// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "facts/TaskFate.h"
#include "facts/TaskCalls.h"
#include "facts/Values.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/StmtCXX.h"
#include "clang/Basic/CharInfo.h"
#include "llvm/Names.h"

namespace clang::tidy::coro {
namespace {

/// The words of a name in lower case: blockingWait and blocking_wait are the
/// same.
llvm::SmallVector<std::string, 4> wordsOf(const NamedDecl &Function) {
  llvm::SmallVector<std::string, 4> Result;
  bool Begins = true;
  for (char Letter : unqualifiedName(Function)) {
    if (!isLetter(Letter)) {
      Begins = true;
      continue;
    }
    if (Begins || isUppercase(Letter))
      Result.emplace_back();
    Begins = false;
    Result.back() += toLowercase(Letter);
  }
  return Result;
}

/// Whether one of \p Words is in the name of \p Function, and says what it
/// does: async_wait() returns at once, spawn_and_wait() waits.
bool isNamedLike(const NamedDecl &Function,
                 const std::vector<std::string> &Words, const Models &Library) {
  llvm::SmallVector<std::string, 4> Name = wordsOf(Function);
  if (Name.empty() || llvm::is_contained(Library.words().AtOnce, Name.front()))
    return false;
  auto Last = std::find(Name.rbegin(), Name.rend(), "and").base();
  if (Last == Name.begin() || Last == Name.end())
    Last = Name.begin();
  return std::any_of(Last, Name.end(), [&](const std::string &Word) {
    return llvm::is_contained(Words, Word);
  });
}

/// Whether \p Lambda only refers to what \p Init names: [&tasks] { ... }
bool isCapturedByReference(const Stmt &Init, const LambdaExpr &Lambda) {
  for (auto [Capture, Value] :
       llvm::zip(Lambda.captures(), Lambda.capture_inits()))
    if (Value == &Init)
      return Capture.getCaptureKind() == LCK_ByRef;
  return false;
}

/// Finds the fate of one value by climbing from it.
class Climb {
public:
  Climb(const Parents &Around, TaskTypes &Types, const Models &Library)
      : Around(Around), Types(Types), Library(Library) {}

  TaskFate run(const Expr &Task);

private:
  /// What \p Outer does to its part \p Inner; none if its own value has it
  /// then.
  std::optional<TaskFate> step(const Stmt &Inner, const Stmt *&Outer);
  std::optional<TaskFate> given(const CallExpr &Site, const Stmt &Argument);
  std::optional<TaskFate> calledOn(const CXXMemberCallExpr &Site);
  TaskFate putInto(const Expr *Place, const Stmt &At) const;
  TaskFate storedBy(const DeclStmt &Declaration, const Stmt &Init) const;
  bool isWaitedOn(const CallExpr &Site) const;
  bool isDropped(const Expr &Site) const { return !Around.useValueOf(Site); }
  /// Whether the name of \p Function says that it lets a task run on by itself.
  bool isNamedForStarting(const NamedDecl &Function) const {
    return isNamedLike(Function, Library.words().Starts, Library);
  }
  // tasks.push_back(f())   tasks.emplace(id, f())
  bool isNamedForFilling(const NamedDecl &Function) const {
    return isNamedLike(Function, Library.words().Fills, Library);
  }

  const Parents &Around;
  TaskTypes &Types;
  const Models &Library;
};

TaskFate Climb::run(const Expr &Task) {
  const Stmt *Inner = &Task;
  for (const Stmt *Outer = Around.of(Inner); Outer; Outer = Around.of(Inner)) {
    if (std::optional<TaskFate> Found = step(*Inner, Outer))
      return *Found;
    Inner = Outer;
  }
  // Job() : task_(f()) {}
  return {TaskFate::Kept, nullptr, Inner};
}

TaskFate Climb::storedBy(const DeclStmt &Declaration, const Stmt &Init) const {
  for (const Decl *Each : Declaration.decls())
    if (const auto *Variable = dyn_cast<VarDecl>(Each))
      if (Variable->getInit() == &Init)
        return {Variable->isStaticLocal() ? TaskFate::Kept : TaskFate::Stored,
                Variable, &Declaration};
  return {};
}

/// \p Place = f();   \p Place.push_back(f());
TaskFate Climb::putInto(const Expr *Place, const Stmt &At) const {
  const ValueDecl *Named = namedBy(Place);
  const auto *Variable = dyn_cast_or_null<VarDecl>(Named);
  bool IsLocal = Variable && Variable->hasLocalStorage() &&
                 !Variable->getType()->isReferenceType() &&
                 !Variable->getType()->isPointerType();
  return {IsLocal ? TaskFate::Stored : TaskFate::Kept, Named, &At};
}

std::optional<TaskFate> Climb::step(const Stmt &Inner, const Stmt *&Outer) {
  if (isa<CoawaitExpr>(Outer))
    return TaskFate{TaskFate::Awaited, nullptr, Outer};
  if (isa<ReturnStmt, CoreturnStmt>(Outer))
    return TaskFate{TaskFate::Returned, nullptr, Outer};
  if (const auto *Declaration = dyn_cast<DeclStmt>(Outer))
    return storedBy(*Declaration, Inner);
  if (const auto *Lambda = dyn_cast<LambdaExpr>(Outer))
    return isCapturedByReference(Inner, *Lambda)
               ? TaskFate()
               : TaskFate{TaskFate::Kept, nullptr, Outer};
  if (isa<CXXNewExpr>(Outer))
    return TaskFate{TaskFate::Kept, nullptr, Outer};
  if (!isa<Expr>(Outer))
    return TaskFate{TaskFate::Discarded, nullptr, &Inner};
  if (passesValueOn(*Outer) ||
      isa<CXXConstructExpr, InitListExpr, CXXStdInitializerListExpr,
          ParenListExpr>(Outer))
    return std::nullopt;
  if (const auto *Cast = dyn_cast<CastExpr>(Outer)) {
    if (Cast->getCastKind() == CK_ToVoid)
      return TaskFate{TaskFate::Discarded, nullptr, Outer};
    return std::nullopt;
  }
  if (const auto *Choice = dyn_cast<ConditionalOperator>(Outer))
    return Choice->getCond() == &Inner ? std::optional(TaskFate())
                                       : std::nullopt;
  if (const auto *Comma = dyn_cast<BinaryOperator>(Outer);
      Comma && Comma->getOpcode() == BO_Comma)
    return Comma->getRHS() == &Inner
               ? std::nullopt
               : std::optional(TaskFate{TaskFate::Discarded, nullptr, Outer});
  if (isa<MemberExpr>(Outer))
    if (const auto *Site =
            dyn_cast_or_null<CXXMemberCallExpr>(Around.of(Outer))) {
      Outer = Site;
      return calledOn(*Site);
    }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Outer)) {
    if (Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2)
      return Operator->getArg(1) == &Inner
                 ? std::optional(putInto(Operator->getArg(0), *Operator))
                 : std::optional(TaskFate());
    if (Operator->getOperator() != OO_Call)
      return holdsTask(Operator->getType(), Types) ? std::nullopt
                                                   : std::optional(TaskFate());
  }
  if (const auto *Site = dyn_cast<CallExpr>(Outer))
    return given(*Site, Inner);
  return TaskFate();
}

/// f().then(g)   f().get()   f().detach()
std::optional<TaskFate> Climb::calledOn(const CXXMemberCallExpr &Site) {
  const CXXMethodDecl *Method = Site.getMethodDecl();
  if (!Method || isQuery(*Method))
    return TaskFate();
  if (isWait(Site, Library))
    return TaskFate{TaskFate::Finished, nullptr, &Site};
  if (holdsTask(Site.getType(), Types) && !isDropped(Site))
    return std::nullopt;
  if (isNamedForStarting(*Method))
    return TaskFate{TaskFate::Started, nullptr, &Site};
  return Site.getType()->isVoidType()
             ? TaskFate()
             : TaskFate{TaskFate::Finished, nullptr, &Site};
}

/// Whether the object that \p Site gives is waited for in the same expression.
bool Climb::isWaitedOn(const CallExpr &Site) const {
  const Stmt *Outer = Around.of(&Site);
  while (isa_and_nonnull<Expr>(Outer) && passesValueOn(*Outer))
    Outer = Around.of(Outer);
  const auto *Called =
      isa_and_nonnull<MemberExpr>(Outer)
          ? dyn_cast_or_null<CXXMemberCallExpr>(Around.of(Outer))
          : nullptr;
  return Called && isWait(*Called, Library);
}

std::optional<TaskFate> Climb::given(const CallExpr &Site,
                                     const Stmt &Argument) {
  if (Site.isCallToStdMove())
    return std::nullopt;
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee)
    return TaskFate();
  // std::forward<Task<>>(t)   std::move(t)
  bool GoesOn = holdsTask(Site.getType().getNonReferenceType(), Types);
  if (GoesOn && !isDropped(Site))
    return std::nullopt;
  // Detached run(Task<> t);
  const TaskTraits *Result = Types.traits(Site.getType());
  if (Result && Result->isFireAndForget())
    return TaskFate{TaskFate::Started, nullptr, &Site};
  if (isWait(Site, Library) && !isNamedForStarting(*Callee))
    return TaskFate{TaskFate::Finished, nullptr, &Site};
  const auto *OnObject = dyn_cast<CXXMemberCallExpr>(&Site);
  if (OnObject && isNamedForFilling(*Callee)) {
    const Expr *Object = OnObject->getImplicitObjectArgument();
    if (holdsTask(Object->getType().getNonReferenceType(), Types))
      return putInto(Object, Site);
  }
  if (isNamedForStarting(*Callee)) // co_spawn(executor, f(), use_future).get()
    return TaskFate{isWaitedOn(Site) ? TaskFate::Finished : TaskFate::Started,
                    nullptr, &Site};
  // Who takes a task over and gives nothing back keeps it.
  const Expr *Given = cast<Expr>(&Argument);
  if (OnObject && Site.getType()->isVoidType() && !Given->isLValue())
    return TaskFate{TaskFate::Kept, nullptr, &Site};
  return TaskFate{TaskFate::Unknown, nullptr, &Site};
}

} // namespace

bool holdsTask(QualType Type, TaskTypes &Types) {
  if (Type.isNull())
    return false;
  Type = Type->getBaseElementTypeUnsafe()->getCanonicalTypeInternal();
  if (const TaskTraits *Traits = Types.traits(Type);
      Traits && (Traits->Awaitable || Traits->Generator ||
                 (Traits->CoroutineResult && !Traits->isFireAndForget())))
    return true;
  const auto *Holder = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      Type->getAsCXXRecordDecl());
  if (!Holder)
    return false;
  for (const TemplateArgument &Each : Holder->getTemplateArgs().asArray()) {
    llvm::ArrayRef<TemplateArgument> Elements(Each);
    if (Each.getKind() == TemplateArgument::Pack)
      Elements = Each.getPackAsArray();
    for (const TemplateArgument &Element : Elements)
      if (Element.getKind() == TemplateArgument::Type &&
          holdsTask(Element.getAsType(), Types))
        return true;
  }
  return false;
}

bool isWait(const CallExpr &Site, const Models &Library) {
  const FunctionDecl *Callee = Site.getDirectCallee();
  if (!Callee)
    return false;
  for (const FunctionModel *Model : Library.functions(*Callee, nullptr))
    if (Model->Blocks != Category::None && Model->Blocks != Category::Lock &&
        Model->Blocks != Category::Log && Model->Blocks != Category::Metadata)
      return true;
  return isNamedLike(*Callee, Library.words().Waits, Library);
}

TaskFate fateOf(const Expr &Task, const Parents &Around, TaskTypes &Types,
                const Models &Library) {
  return Climb(Around, Types, Library).run(Task);
}

} // namespace clang::tidy::coro
