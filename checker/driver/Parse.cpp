// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Parse.h"
#include "driver/Command.h"
#include "driver/TidyOptions.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/Support/MemoryBuffer.h"

namespace clang::tidy::coro {
namespace {

/// Keeps the first error.
class FirstError : public DiagnosticConsumer {
public:
  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const Diagnostic &Info) override {
    if (Level < DiagnosticsEngine::Error || !Text.empty())
      return;
    llvm::SmallString<128> Message;
    Info.FormatDiagnostic(Message);
    if (Info.hasSourceManager() && Info.getLocation().isValid())
      Text = Info.getLocation().printToString(Info.getSourceManager()) + ": ";
    Text += Message.str();
  }

  std::string Text;
};

class ParseFactory : public tooling::FrontendActionFactory {
public:
  explicit ParseFactory(const FileTexts &Changed) : Changed(Changed) {}

  std::unique_ptr<FrontendAction> create() override {
    return std::make_unique<SyntaxOnlyAction>();
  }

  bool runInvocation(std::shared_ptr<CompilerInvocation> Invocation,
                     FileManager *Files,
                     std::shared_ptr<PCHContainerOperations> Containers,
                     DiagnosticConsumer *Consumer) override {
    // The preprocessor owns the buffers then.
    for (const auto &[File, Text] : Changed)
      Invocation->getPreprocessorOpts().addRemappedFile(
          File, llvm::MemoryBuffer::getMemBufferCopy(Text, File).release());
    return FrontendActionFactory::runInvocation(
        std::move(Invocation), Files, std::move(Containers), Consumer);
  }

private:
  const FileTexts &Changed;
};

} // namespace

std::string parseErrors(const tooling::CompileCommand &Command,
                        const AnalysisOptions &Options,
                        const FileTexts &Changed) {
  FirstError Error;
  OneCommand Database(Command);
  tooling::ClangTool Tool(Database, {Command.Filename});
  Tool.setPrintErrorMessage(false);
  Tool.setDiagnosticConsumer(&Error);
  Tool.appendArgumentsAdjuster([&](const tooling::CommandLineArguments &Given,
                                   llvm::StringRef File) {
    std::string Problem;
    auto Provider = makeOptionsProvider(Options, Problem);
    return adjusted(Given,
                    Provider ? Provider->getOptions(File) : ClangTidyOptions(),
                    Options);
  });
  Tool.appendArgumentsAdjuster(tooling::getStripPluginsAdjuster());
  ParseFactory Factory(Changed);
  if (Tool.run(&Factory) != 0 && Error.Text.empty())
    Error.Text = "the compiler could not be run";
  return Error.Text;
}

} // namespace clang::tidy::coro
