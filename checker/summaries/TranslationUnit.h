// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The picture of one translation unit that all checks of a run share. It is
// filled during the one walk that clang-tidy makes anyway; everything else is
// worked out when a check first asks, and once.

#ifndef CORO_TIDY_SUMMARIES_TRANSLATIONUNIT_H
#define CORO_TIDY_SUMMARIES_TRANSLATIONUNIT_H

#include "coroutine/TaskTypes.h"
#include "facts/DiscardedValues.h"
#include "facts/FunctionFacts.h"
#include "facts/TaskVariables.h"
#include "clang/ASTMatchers/ASTMatchFinder.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Location.h"
#include <map>

namespace clang::tidy::coro {

class Borrowing;
class StateUses;

class TranslationUnit : public ast_matchers::MatchFinder::MatchCallback {
public:
  TranslationUnit();
  ~TranslationUnit() override;

  /// Has \p Finder's walk fill the picture; only the first call has an effect.
  void observe(ast_matchers::MatchFinder &Finder);

  /// Has the models in \p Files apply too, since \p Check names them. To be
  /// called before the walk.
  void addModelFiles(llvm::StringRef Check, std::vector<std::string> Files) {
    ModelFiles[Check.str()] = std::move(Files);
  }

  /// The model files of all checks, each once; the order is that of the names
  /// of the checks.
  std::vector<std::string> modelFiles() const;

  /// Gives the models that apply. To be called after the walk, before anything
  /// is asked.
  void setModels(std::shared_ptr<const Models> ThatApply) {
    Library = std::move(ThatApply);
  }
  bool hasModels() const { return Library != nullptr; }

  /// Whether a walk has been asked to fill it.
  bool isObserved() const { return Observing; }

  /// Gives access to the macros, which are needed to read flags.
  void setPreprocessor(const Preprocessor *PP) { Macros = PP; }

  void run(const ast_matchers::MatchFinder::MatchResult &Result) override;

  /// Whether anything was seen that a check could look at.
  bool isEmpty() const { return Functions.empty(); }

  const Models &models() const { return *Library; }
  const ASTContext &context() const { return *Context; }
  TaskTypes &taskTypes();
  Conditions &conditions();
  Values &values() { return Seen; }

  /// The functions with a body in the user's code, in the order of the walk.
  /// Of a template the instantiations, or the pattern if there are none.
  llvm::ArrayRef<const FunctionDecl *> functions();

  /// The local variables of class type, and the structured bindings, of
  /// \p Function.
  llvm::ArrayRef<const ValueDecl *>
  localsOf(const FunctionDecl &Function) const;

  /// The local tasks of the functions that have any, in the order of the walk.
  llvm::ArrayRef<std::unique_ptr<TaskVariables>> taskVariables();

  /// The calls and constructions in the user's code that are given a callable.
  llvm::ArrayRef<const Expr *> handovers() const {
    return Handovers.getArrayRef();
  }

  /// The conversions of objects to bool, and their negations by operator!, in
  /// the user's code.
  llvm::ArrayRef<const CallExpr *> tests() const { return Tests.getArrayRef(); }

  /// The tasks that refer to what their callers lent them.
  Borrowing &borrowing();

  /// The values that the user's code throws away.
  const std::vector<DiscardedValue> &discarded();

  /// What the functions do with the state that they share.
  StateUses &stateUses();

  /// What happens in \p Function.
  const FunctionFacts &facts(const FunctionDecl &Function);

  /// The methods with a body that override \p Method, directly or not.
  llvm::SmallVector<const CXXMethodDecl *, 4>
  overriders(const CXXMethodDecl &Method) const;

  /// Whether \p Site is evaluated when the program runs, or only looked at by
  /// the compiler.
  bool isEvaluated(const Expr &Site);

  /// Whether \p Location is in a system header, where we do not look.
  bool isForeign(SourceLocation Location) const;

  /// Where \p Place is in this unit, which reads its file if it has not.
  /// Invalid if there is no such place.
  SourceLocation placeOf(const Location &Place) const;

private:
  void addFunction(const FunctionDecl &Function);
  void addVariable(const VarDecl &Variable);

  const Preprocessor *Macros = nullptr;
  std::map<std::string, std::vector<std::string>> ModelFiles;
  std::shared_ptr<const Models> Library;
  const ASTContext *Context = nullptr;
  bool Observing = false;

  std::vector<const FunctionDecl *> Functions;
  bool PatternsDropped = false;
  llvm::SmallPtrSet<const FunctionDecl *, 16> Instantiated;
  llvm::DenseMap<const CXXMethodDecl *,
                 llvm::SmallVector<const CXXMethodDecl *, 2>>
      OverriddenBy;
  /// Sets, since the walk comes to the operand of a co_await several times.
  llvm::SetVector<const BinaryOperator *> Commas;
  llvm::SetVector<const Expr *> Handovers;
  llvm::SetVector<const CallExpr *> Tests;
  llvm::MapVector<const FunctionDecl *,
                  llvm::SmallSetVector<const ValueDecl *, 4>>
      Variables;

  Values Seen;
  std::optional<std::vector<DiscardedValue>> Discarded;
  std::unique_ptr<StateUses> States;
  std::optional<std::vector<std::unique_ptr<TaskVariables>>> Tasks;
  std::unique_ptr<TaskTypes> Types;
  std::shared_ptr<Borrowing> Lent; // shared, for its type is not complete
  std::unique_ptr<Constants> Names;
  std::unique_ptr<Conditions> Decide;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<FunctionFacts>> Facts;
};

/// The object that \p Test, one of TranslationUnit::tests, asks.
const Expr *testedBy(const CallExpr &Test);

} // namespace clang::tidy::coro

#endif // CORO_TIDY_SUMMARIES_TRANSLATIONUNIT_H
