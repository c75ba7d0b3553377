// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/UnitAnalysis.h"
#include "checks/BlockingCallCheck.h"
#include "driver/Command.h"
#include "driver/Common.h"
#include "driver/TidyOptions.h"
#include "driver/UnitFindings.h"
#include "plugin/CoroTidyModule.h"
#include "summaries/Summarize.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/MultiplexConsumer.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/TidyRun.h"

namespace clang::tidy::coro {

void map(Archive &With, Dependency &Each) { With(Each.File, Each.Hash); }

void map(Archive &With, UnitRecord &Each) {
  With(Each.Problem, Each.Configuration, Each.Findings, Each.Summary,
       Each.Dependencies);
}

namespace {

/// What the checks of this process share. A process analyses one unit after the
/// other.
std::shared_ptr<SharedState> &sharedState() {
  static std::shared_ptr<SharedState> State = [] {
    auto Made = std::make_shared<SharedState>();
    Made->ignoreIndexes();
    return Made;
  }();
  return State;
}

class DriverModule : public CoroTidyModule {
public:
  DriverModule() : CoroTidyModule(sharedState()) {}
};

const ClangTidyModuleRegistry::Add<DriverModule>
    Registered("coro-module", "Finds misuse of C++20 coroutines.");

/// Whether the analysis looks into \p Function, although it does not follow
/// calls into system headers: what makes a class a task, a lock or a scope.
bool isMachinery(const FunctionDecl &Function) {
  if (isa<CXXDestructorDecl>(Function))
    return true;
  if (Function.getOverloadedOperator() == OO_Coawait)
    return true;
  const IdentifierInfo *Name = Function.getIdentifier();
  return Name && (Name->getName().starts_with("await_") ||
                  llvm::is_contained<llvm::StringRef>(
                      {"initial_suspend", "final_suspend", "return_void",
                       "return_value", "yield_value", "unhandled_exception",
                       "get_return_object", "lock", "unlock", "try_lock"},
                      Name->getName()));
}

constexpr llvm::StringLiteral BlockingCall = "coro-blocking-call";

OptionValues blockingOptions(ClangTidyContext &Context) {
  return OptionValues(
      ClangTidyCheck::OptionsView(BlockingCall,
                                  Context.getOptions().CheckOptions, &Context),
      BlockingCallCheck::options());
}

/// Runs after the checks: the picture of the unit is complete then.
class UnitConsumer : public ASTConsumer {
public:
  UnitConsumer(CompilerInstance &Compiler, ClangTidyContext &Context,
               ClangTidyDiagnosticConsumer &Diagnostics, UnitRecord &Result)
      : Sources(Compiler.getSourceManager()), Context(Context),
        Diagnostics(Diagnostics), Result(Result) {}

  bool shouldSkipFunctionBody(Decl *D) override {
    const FunctionDecl *Function = D->getAsFunction();
    return Function &&
           Sources.isInSystemHeader(
               Sources.getExpansionLoc(Function->getLocation())) &&
           !isMachinery(*Function);
  }

  void HandleTranslationUnit(ASTContext &) override {
    std::shared_ptr<TranslationUnit> Unit = sharedState()->unitFor(&Context);
    addFindings(Diagnostics.take(), Unit.get(), Sources, Result);
    if (Unit->isEmpty())
      return;
    sharedState()->giveModels(*Unit);
    BlockingQuery Query = BlockingCallCheck::queryOf(blockingOptions(Context));
    UnitSummary &Summary = Result.Summary;
    Summary.Categories.assign(Query.Categories.begin(), Query.Categories.end());
    llvm::sort(Summary.Categories);
    Summary.MaxChain = Query.MaxChain;
    summarize(
        *Unit, Query,
        [&](llvm::ArrayRef<SourceLocation> Places) { return judge(Places); },
        Summary);
  }

private:
  /// Has clang-tidy say what would become of findings at \p Places: it knows
  /// the comments, the header filter, and which warnings are errors.
  std::vector<Standing> judge(llvm::ArrayRef<SourceLocation> Places) {
    std::vector<Standing> Result(Places.size(), Standing::Hidden);
    if (!Context.isCheckEnabled(BlockingCall))
      return Result;
    for (size_t I = 0; I < Places.size(); ++I)
      if (Places[I].isValid())
        Context.diag(BlockingCall, Places[I], std::to_string(I));
    for (const ClangTidyError &Each : Diagnostics.take()) {
      size_t Number;
      if (!llvm::StringRef(Each.Message.Message).getAsInteger(10, Number) &&
          Number < Result.size())
        Result[Number] =
            Each.IsWarningAsError ? Standing::Error : Standing::Warning;
    }
    return Result;
  }

  SourceManager &Sources;
  ClangTidyContext &Context;
  ClangTidyDiagnosticConsumer &Diagnostics;
  UnitRecord &Result;
};

class UnitAction : public ASTFrontendAction {
public:
  UnitAction(ClangTidyContext &Context,
             ClangTidyDiagnosticConsumer &Diagnostics, UnitRecord &Result)
      : Checks(Context), Context(Context), Diagnostics(Diagnostics),
        Result(Result) {}

  std::unique_ptr<ASTConsumer>
  CreateASTConsumer(CompilerInstance &Compiler, llvm::StringRef File) override {
    std::vector<std::unique_ptr<ASTConsumer>> Both;
    Both.push_back(Checks.createASTConsumer(Compiler, File));
    // Without checks, as before C++20, other units need to know it all the
    // same.
    Unit = sharedState()->unitFor(&Context);
    if (!Unit->isObserved() && Compiler.getLangOpts().CPlusPlus) {
      Unit->observe(Finder);
      Unit->addModelFiles("coro-blocking-call",
                          blockingOptions(Context).list(CoroCheck::ModelFiles));
      Unit->setPreprocessor(&Compiler.getPreprocessor());
      Both.push_back(Finder.newASTConsumer());
    }
    Both.push_back(
        std::make_unique<UnitConsumer>(Compiler, Context, Diagnostics, Result));
    return std::make_unique<MultiplexConsumer>(std::move(Both));
  }

  void EndSourceFileAction() override {
    const SourceManager &Sources = getCompilerInstance().getSourceManager();
    for (const ReadFile &Each : filesRead(Sources))
      Result.Dependencies.push_back(
          {absolutePath(Each.Name, Sources), contentHash(Each.Text)});
    llvm::sort(Result.Dependencies,
               [](const Dependency &A, const Dependency &B) {
                 return A.File < B.File;
               });
  }

private:
  ClangTidyASTConsumerFactory Checks;
  ast_matchers::MatchFinder Finder;
  std::shared_ptr<TranslationUnit> Unit;
  ClangTidyContext &Context;
  ClangTidyDiagnosticConsumer &Diagnostics;
  UnitRecord &Result;
};

class ActionFactory : public tooling::FrontendActionFactory {
public:
  ActionFactory(ClangTidyContext &Context,
                ClangTidyDiagnosticConsumer &Diagnostics,
                const AnalysisOptions &Options, UnitRecord &Result)
      : Context(Context), Diagnostics(Diagnostics), Options(Options),
        Result(Result) {}

  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<UnitAction>(Context, Diagnostics, Result);
  }

  bool runInvocation(std::shared_ptr<CompilerInvocation> Invocation,
                     FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> Containers,
                     DiagnosticConsumer *Consumer) override {
    // As clang-tidy does: defines __clang_analyzer__.
    Invocation->getPreprocessorOpts().SetUpStaticAnalyzer = true;
    // Else Clang counts its warnings on stderr.
    Invocation->getDiagnosticOpts().ShowCarets = false;
    // UnitConsumer says which.
    Invocation->getFrontendOpts().SkipFunctionBodies =
        !Options.ParsesEverything;
    return FrontendActionFactory::runInvocation(
        std::move(Invocation), Files, std::move(Containers), Consumer);
  }

private:
  ClangTidyContext &Context;
  ClangTidyDiagnosticConsumer &Diagnostics;
  const AnalysisOptions &Options;
  UnitRecord &Result;
};

} // namespace

UnitRecord analyseUnit(const tooling::CompileCommand &Command,
                       const AnalysisOptions &Options) {
  UnitRecord Result;
  Result.Summary.File = Command.Filename;
  std::unique_ptr<ClangTidyOptionsProvider> Provider =
      makeOptionsProvider(Options, Result.Configuration);
  if (!Provider)
    return Result;
  if (!llvm::sys::fs::exists(
          absolutePath(Command.Filename, Command.Directory))) {
    Result.Problem = "the file does not exist";
    return Result;
  }
  auto Context = std::make_unique<ClangTidyContext>(std::move(Provider));
  ClangTidyDiagnosticConsumer Diagnostics(*Context);
  PlainDiagnostics Engine(Diagnostics);
  useDiagnostics(*Context, Engine);
  OneCommand Database(Command);
  tooling::ClangTool Tool(Database, {Command.Filename});
  Tool.setPrintErrorMessage(false);
  Tool.setDiagnosticConsumer(&Diagnostics);
  Tool.appendArgumentsAdjuster(
      [&](const tooling::CommandLineArguments &Given, llvm::StringRef File) {
        return adjusted(Given, Context->getOptionsForFile(File), Options);
      });
  Tool.appendArgumentsAdjuster(tooling::getStripPluginsAdjuster());
  Context->setCurrentBuildDirectory(Command.Directory);
  ActionFactory Factory(*Context, Diagnostics, Options, Result);
  int Failed = Tool.run(&Factory);
  // What came before there was a unit.
  addProblems(Diagnostics.take(), Result);
  if (Failed && Result.Problem.empty())
    Result.Problem = "the compiler could not be run";
  return Result;
}

} // namespace clang::tidy::coro
