// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "summaries/UnitSummary.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Index/USRGeneration.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::coro {

void map(Archive &With, Location &Each) {
  With(Each.File, Each.Line, Each.Column, Each.Offset);
}

void map(Archive &With, OpenCondition &Each) {
  With(Each.Parameter, Each.Test, Each.BlocksWhenTrue);
}

void map(Archive &With, ArgumentSummary &Each) {
  With(Each.Parameter, Each.Holds, Each.Callables);
}

void map(Archive &With, CallSummary &Each) {
  With(Each.At, Each.Form, Each.Name, Each.Blocks, Each.Open, Each.Instead,
       Each.Callees, Each.IsVirtual, Each.Reported, Each.Invokes,
       Each.Arguments);
}

void map(Archive &With, FunctionSummary &Each) {
  With(Each.Key, Each.Name, Each.At, Each.Root, Each.FullName,
       Each.Replacements, Each.Overrides, Each.Calls);
}

void map(Archive &With, UnitSummary &Each) {
  With(Each.File, Each.Program, Each.Categories, Each.MaxChain, Each.Functions,
       Each.Harmless, Each.DefinesMain);
}

std::string textOf(const Condition &Test) {
  if (Test.Zero)
    return "zero";
  if (Test.Null)
    return "null";
  if (Test.Nonblocking)
    return "nonblocking";
  if (!Test.Equals.empty())
    return "equals " + Test.Equals;
  if (!Test.Flag.empty())
    return "flag " + Test.Flag;
  if (!Test.Type.empty())
    return "type " + llvm::join(Test.Type, ";");
  if (!Test.Variable.empty())
    return "variable " + llvm::join(Test.Variable, ";");
  if (!Test.From.empty())
    return "from " + llvm::join(Test.From, ";");
  return "";
}

Condition conditionOf(llvm::StringRef Text) {
  Condition Result;
  auto [Kind, Value] = Text.split(' ');
  auto List = [Rest = Value] {
    llvm::SmallVector<llvm::StringRef, 4> Parts;
    Rest.split(Parts, ';');
    return std::vector<std::string>(Parts.begin(), Parts.end());
  };
  Result.Zero = Kind == "zero";
  Result.Null = Kind == "null";
  Result.Nonblocking = Kind == "nonblocking";
  if (Kind == "equals")
    Result.Equals = Value.str();
  else if (Kind == "flag")
    Result.Flag = Value.str();
  else if (Kind == "type")
    Result.Type = List();
  else if (Kind == "variable")
    Result.Variable = List();
  else if (Kind == "from")
    Result.From = List();
  return Result;
}

std::string keyOf(const FunctionDecl &Function, llvm::StringRef Unit) {
  llvm::SmallString<128> Key;
  if (index::generateUSRForDecl(&Function, Key))
    return "";
  // All lambdas of an inline function have one USR.
  for (const DeclContext *Each = Function.getDeclContext(); Each;
       Each = Each->getParent())
    if (const auto *Closure = dyn_cast<CXXRecordDecl>(Each);
        Closure && Closure->isLambda())
      Key += ("@" + llvm::Twine(Closure->getLambdaManglingNumber())).str();
  // Static functions, anonymous namespaces, local classes and lambdas. The USR
  // of some of them has the name of a file in it, but not where that lies.
  if (!Function.isExternallyVisible())
    Key += ("@" + Unit).str();
  return std::string(Key);
}

llvm::StringRef withoutUnit(llvm::StringRef Key, llvm::StringRef Unit) {
  llvm::StringRef Rest = Key;
  return Rest.consume_back(Unit) && Rest.consume_back("@") ? Rest : Key;
}

} // namespace clang::tidy::coro
