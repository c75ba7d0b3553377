// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "checks/CoroCheck.h"
#include "summaries/Borrowing.h"
#include "clang/ASTMatchers/ASTMatchers.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/SourceText.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

namespace clang::tidy::coro {

std::shared_ptr<TranslationUnit>
SharedState::unitFor(const ClangTidyContext *Context) {
  std::lock_guard Lock(Mutex);
  std::weak_ptr<TranslationUnit> &Known = Units[Context];
  std::shared_ptr<TranslationUnit> Result = Known.lock();
  if (!Result) {
    // Those of earlier translation units are gone.
    for (auto Each = Units.begin(); Each != Units.end();)
      Each = Each->first != Context && Each->second.expired()
                 ? Units.erase(Each)
                 : std::next(Each);
    Result = std::make_shared<TranslationUnit>();
    Known = Result;
  }
  return Result;
}

std::shared_ptr<const Models>
SharedState::modelsWith(const std::vector<std::string> &Files,
                        std::string &Error) {
  std::lock_guard Lock(Mutex);
  auto [Entry, IsNew] = Libraries.try_emplace(Files);
  Loaded &Result = Entry->second;
  if (IsNew) {
    if (llvm::Expected<std::shared_ptr<const Models>> Read =
            Models::load(Files)) {
      Result.Library = *Read;
    } else {
      Result.Error = llvm::toString(Read.takeError());
      Result.Library = std::make_shared<Models>();
    }
  }
  Error = Result.Error;
  return Result.Library;
}

std::shared_ptr<const ProjectIndex>
SharedState::indexIn(const std::string &File, std::string &Error) {
  std::lock_guard Lock(IndexMutex);
  llvm::sys::fs::file_status Status;
  std::pair<llvm::sys::TimePoint<>, uint64_t> Stamp;
  if (!llvm::sys::fs::status(File, Status))
    Stamp = {Status.getLastModificationTime(), Status.getSize()};
  auto [Entry, IsNew] = Indexes.try_emplace(File);
  LoadedIndex &Result = Entry->second;
  if (IsNew || Result.Stamp != Stamp) {
    Result = {Stamp, nullptr, ""};
    if (auto Read = ProjectIndex::load(File))
      Result.Index = *Read;
    else
      Result.Error = llvm::toString(Read.takeError());
    if (Log)
      Log(File, Result.Error);
  }
  Error = Result.Error;
  return Result.Index;
}

std::shared_ptr<const ProjectIndex>
SharedState::indexFor(llvm::StringRef MainFile, std::string &Error) {
  std::string File;
  if (!IgnoresIndexes)
    File = ProjectIndex::fileAbove(llvm::sys::path::parent_path(MainFile));
  return File.empty() ? nullptr : indexIn(File, Error);
}

void SharedState::giveModels(TranslationUnit &Unit) {
  if (Unit.hasModels())
    return;
  std::string Reported; // by the check that named the file
  Unit.setModels(modelsWith(Unit.modelFiles(), Reported));
}

CoroCheck::CoroCheck(llvm::StringRef Name, ClangTidyContext *Context,
                     std::shared_ptr<SharedState> State,
                     llvm::ArrayRef<Option> Declared)
    : ClangTidyCheck(Name, Context), Values(Options, Declared),
      Context(Context), Name(Name), State(std::move(State)),
      Unit(this->State->unitFor(Context)) {}

void CoroCheck::registerPPCallbacks(const SourceManager &, Preprocessor *PP,
                                    Preprocessor *) {
  Unit->setPreprocessor(PP);
}

void CoroCheck::registerMatchers(ast_matchers::MatchFinder *Finder) {
  Unit->observe(*Finder);
  std::vector<std::string> Files = Values.list(ModelFiles);
  std::string Error;
  if (!Files.empty())
    State->modelsWith(Files, Error);
  if (Error.empty())
    Unit->addModelFiles(Name, std::move(Files));
  else
    reportOption(ModelFiles, Error);
  checkOptions();
  Finder->addMatcher(ast_matchers::translationUnitDecl(), this);
}

void CoroCheck::onEndOfTranslationUnit() {
  if (Unit->isEmpty())
    return;
  State->giveModels(*Unit);
  checkUnit(*Unit);
}

std::string CoroCheck::mainFile() const {
  llvm::SmallString<256> File(Context->getCurrentFile());
  if (!llvm::sys::path::is_absolute(File)) {
    File = Context->getCurrentBuildDirectory();
    llvm::sys::path::append(File, Context->getCurrentFile());
  }
  llvm::sys::path::remove_dots(File, /*remove_dot_dot=*/true);
  return std::string(File);
}

DiagnosticBuilder CoroCheck::reportAt(TranslationUnit &Unit,
                                      SourceLocation Location,
                                      llvm::StringRef Message,
                                      DiagnosticIDs::Level Level) {
  return diag(reportableLocation(Location, Unit.context().getSourceManager()),
              Message, Level);
}

void CoroCheck::noteFate(TranslationUnit &Unit, const DanglingTask &Lost) {
  const TaskFate &Fate = Lost.Fate;
  if (!Fate.At)
    return;
  SourceLocation Place = Fate.At->getBeginLoc();
  if (Fate.What == TaskFate::Stored && Fate.Variable->getIdentifier())
    reportAt(Unit, Place, "the task is stored in %0 here", DiagnosticIDs::Note)
        << Fate.Variable;
  else
    reportAt(Unit, Place,
             "the task is %select{used|returned|kept|left to run by itself}0 "
             "here",
             DiagnosticIDs::Note)
        << (Fate.What == TaskFate::Returned ? 1
            : Fate.What == TaskFate::Kept   ? 2
            : Fate.What == TaskFate::Stored ? 0
                                            : 3);
}

void CoroCheck::reportOption(const Option &Wanted, const llvm::Twine &Problem) {
  configurationDiag("option '%0.%1': %2", DiagnosticIDs::Error)
      << Name << Wanted.Name << Problem.str();
}

void CoroCheck::checkFlag(const Option &Wanted) {
  llvm::StringRef Value = Values.get(Wanted);
  if (Value != "true" && Value != "false")
    reportOption(Wanted, "'" + Value + "' is neither 'true' nor 'false'");
}

} // namespace clang::tidy::coro
