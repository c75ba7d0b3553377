// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What all checks share: the picture of the translation unit, the models, and
// the way options are read.

#ifndef CORO_TIDY_CHECKS_COROCHECK_H
#define CORO_TIDY_CHECKS_COROCHECK_H

#include "clang-tidy/ClangTidyCheck.h"
#include "summaries/ProjectIndex.h"
#include "summaries/TranslationUnit.h"
#include "llvm/Options.h"
#include "llvm/Support/Chrono.h"
#include <functional>
#include <map>
#include <mutex>

namespace clang::tidy::coro {

struct DanglingTask;

/// What the checks that a module makes have in common. Thread-safe: clangd
/// makes checks for several files at once.
class SharedState {
public:
  /// The picture that all checks with the same \p Context share. It lives as
  /// long as one of them does.
  std::shared_ptr<TranslationUnit> unitFor(const ClangTidyContext *Context);

  /// The models with \p Files added; read once for each list of files. On
  /// failure \p Error says what is wrong, and the models compiled in are given.
  std::shared_ptr<const Models>
  modelsWith(const std::vector<std::string> &Files, std::string &Error);

  /// Gives \p Unit the models that its checks name, unless it has them.
  void giveModels(TranslationUnit &Unit);

  /// The index in \p File, read again when it changes; null, with \p Error, if
  /// it cannot be used.
  std::shared_ptr<const ProjectIndex> indexIn(const std::string &File,
                                              std::string &Error);

  /// The index .cache/coro-tidy/index of the project that \p MainFile belongs
  /// to: the next one upward. Null without \p Error if there is none.
  std::shared_ptr<const ProjectIndex> indexFor(llvm::StringRef MainFile,
                                               std::string &Error);

  /// Has \p Told called for each index that is read, with what is wrong with
  /// it, if anything.
  using IndexRead =
      std::function<void(llvm::StringRef File, llvm::StringRef Error)>;
  void onIndexRead(IndexRead Told) { Log = std::move(Told); }

  /// Has checks see nothing but their translation unit.
  void ignoreIndexes() { IgnoresIndexes = true; }

private:
  struct Loaded {
    std::shared_ptr<const Models> Library;
    std::string Error;
  };
  struct LoadedIndex {
    std::pair<llvm::sys::TimePoint<>, uint64_t> Stamp;
    std::shared_ptr<const ProjectIndex> Index;
    std::string Error;
  };
  std::mutex Mutex;
  std::map<const ClangTidyContext *, std::weak_ptr<TranslationUnit>> Units;
  std::map<std::vector<std::string>, Loaded> Libraries;
  std::mutex IndexMutex; // apart: reading an index takes its time
  std::map<std::string, LoadedIndex> Indexes;
  IndexRead Log;
  bool IgnoresIndexes = false;
};

/// The base of all checks. A check says what it finds in checkUnit.
class CoroCheck : public ClangTidyCheck {
public:
  CoroCheck(llvm::StringRef Name, ClangTidyContext *Context,
            std::shared_ptr<SharedState> State,
            llvm::ArrayRef<Option> Declared);

  bool isLanguageVersionSupported(const LangOptions &Language) const override {
    return Language.Coroutines;
  }
  void storeOptions(ClangTidyOptions::OptionMap &Map) override {
    Values.store(Map);
  }
  void registerPPCallbacks(const SourceManager &Sources, Preprocessor *PP,
                           Preprocessor *ModuleExpanderPP) override;
  void registerMatchers(ast_matchers::MatchFinder *Finder) override;
  void check(const ast_matchers::MatchFinder::MatchResult &) override {}
  void onEndOfTranslationUnit() override;

  /// Files of the user's own models, separated by ';'.
  static constexpr Option ModelFiles{"ModelFiles", ""};

protected:
  /// Reports what the check finds in \p Unit.
  virtual void checkUnit(TranslationUnit &Unit) = 0;

  /// Reports each wrong value of an option.
  virtual void checkOptions() {}

  /// Reports \p Message at \p Location, or where the macro around it is used.
  DiagnosticBuilder
  reportAt(TranslationUnit &Unit, SourceLocation Location,
           llvm::StringRef Message,
           DiagnosticIDs::Level Level = DiagnosticIDs::Warning);

  /// Notes where \p Lost, a task, goes when what it refers to dies.
  void noteFate(TranslationUnit &Unit, const DanglingTask &Lost);

  /// Reports that \p Wanted has a wrong value and what would be right.
  void reportOption(const Option &Wanted, const llvm::Twine &Problem);

  /// Reports the value of \p Wanted unless it is 'true' or 'false'.
  void checkFlag(const Option &Wanted);

  SharedState &state() { return *State; }

  /// The main file of the translation unit, absolute.
  std::string mainFile() const;

  OptionValues Values;

private:
  ClangTidyContext *Context;
  std::string Name;
  std::shared_ptr<SharedState> State;
  std::shared_ptr<TranslationUnit> Unit;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_COROCHECK_H
