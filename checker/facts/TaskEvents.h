// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What each mention of a local task does to it.

#ifndef CORO_TIDY_FACTS_TASKEVENTS_H
#define CORO_TIDY_FACTS_TASKEVENTS_H

#include "facts/Parents.h"
#include "facts/TaskVariable.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include <unordered_map>
#include <vector>

namespace clang::tidy::coro {

struct TaskEvent {
  enum Kind {
    Create, // auto t = f();   t = f();   tasks.push_back(f());
    Clear,  // Task<> t;   t = {};
    Await,  // co_await t
    Move,   // g(std::move(t))   return t;
    Query,  // t.done()
    Escape, // g(t)   &t   [&t]   t.start()
  };
  Kind What;
  const TaskVariable *Variable;
  const Stmt *At;       // the element of the flow at which it happens
  const Expr *Mention;  // null for a declaration
  bool Assigns = false; // a task that is still pending is thrown away: t = f()
};

/// The local tasks of one function with their events.
class TaskEvents {
public:
  TaskEvents(const FunctionDecl &Function,
             llvm::ArrayRef<const ValueDecl *> Declared, TaskTypes &Types,
             const Models &Library);

  const std::vector<std::unique_ptr<TaskVariable>> &variables() const {
    return Variables;
  }

  /// The events that happen at \p S.
  llvm::ArrayRef<TaskEvent> at(const Stmt *S) const {
    auto Found = ByPlace.find(S);
    return Found == ByPlace.end() ? llvm::ArrayRef<TaskEvent>()
                                  : llvm::ArrayRef<TaskEvent>(Found->second);
  }

  /// The handlers of the try blocks around \p Event.
  llvm::SmallVector<const CXXCatchStmt *, 2>
  handlersAround(const TaskEvent &Event) const;

private:
  void walk(const FunctionDecl &Function);
  void addDeclaration(const DeclStmt &Declaration);
  void addReference(const DeclRefExpr &Reference);
  void addCall(const CXXMemberCallExpr &Site, TaskVariable &Variable,
               const DeclRefExpr &Reference, bool IsMoved);
  void addOperator(const CXXOperatorCallExpr &Site, const Stmt &Argument,
                   TaskVariable &Variable, const DeclRefExpr &Reference,
                   bool IsMoved);
  void add(TaskEvent::Kind What, const TaskVariable &Variable, const Stmt &At,
           const Expr *Mention, bool Assigns = false);
  TaskVariable *known(const ValueDecl *Declaration) const {
    return ByDeclaration.lookup(Declaration);
  }
  void addAliases(const DeclStmt &Declaration);

  std::vector<std::unique_ptr<TaskVariable>> Variables;
  llvm::DenseMap<const ValueDecl *, TaskVariable *> ByDeclaration;
  Parents Around;
  std::unordered_map<const Stmt *, std::vector<TaskEvent>> ByPlace;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_TASKEVENTS_H
