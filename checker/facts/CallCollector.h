// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Turns the expressions of one function into calls.

#ifndef CORO_TIDY_FACTS_CALLCOLLECTOR_H
#define CORO_TIDY_FACTS_CALLCOLLECTOR_H

#include "facts/Call.h"
#include "facts/Values.h"
#include "models/Models.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <vector>

namespace clang::tidy::coro {

class CallCollector {
public:
  CallCollector(const ASTContext &Context, const Models &Library,
                std::vector<Call> &Result)
      : Context(Context), Library(Library), Result(Result) {}

  /// Adds what \p S does itself, not what its children do. Default arguments
  /// are taken as part of the call.
  void add(const Stmt &S);

  /// Adds all that runs within \p S, in the order of the source.
  void addAll(const Stmt *S);

  /// Adds the end of an object of type \p Type. \p Variable is null for
  /// members and temporaries; \p Site is the temporary.
  void addDestruction(QualType Type, SourceLocation Location,
                      const VarDecl *Variable, const Expr *Site);

  /// Adds the ends of the bases and members of \p Class.
  void addMemberDestructions(const CXXRecordDecl &Class);

  /// Takes note that the value of \p Init lives on in a member.
  void noteKept(const Expr &Init) { HandedOn.insert(stripped(&Init)); }

  /// What is added from here on lies where blocking is allowed, or not.
  bool BlockingAllowed = false;

private:
  Call &begin(Call::Kind Form, const Expr *Site, SourceLocation Location);
  void addCall(const CallExpr &Site);
  void addConstruction(const Expr &Site, const CXXConstructorDecl *Callee,
                       llvm::ArrayRef<const Expr *> Arguments);
  void addDefaultArguments(SourceLocation Location,
                           llvm::ArrayRef<const Expr *> Arguments);
  void addDelete(const CXXDeleteExpr &Site);

  void noteHandedOn(llvm::ArrayRef<const Expr *> Arguments);
  void addByModel(const CallExpr &Site);

  const ASTContext &Context;
  const Models &Library;
  std::vector<Call> &Result;
  llvm::SmallPtrSet<const Stmt *, 32> Done;
  /// Temporaries bound to T&&: what is in them is taken over.
  llvm::SmallPtrSet<const Expr *, 8> HandedOn;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_FACTS_CALLCOLLECTOR_H
