// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// What all checks share: the picture of the translation unit, the models, and
// the way options are read.

#ifndef CORO_TIDY_CHECKS_COROCHECK_H
#define CORO_TIDY_CHECKS_COROCHECK_H

#include "clang-tidy/ClangTidyCheck.h"
#include "summaries/TranslationUnit.h"
#include "llvm/Options.h"
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

private:
  struct Loaded {
    std::shared_ptr<const Models> Library;
    std::string Error;
  };
  std::mutex Mutex;
  std::map<const ClangTidyContext *, std::weak_ptr<TranslationUnit>> Units;
  std::map<std::vector<std::string>, Loaded> Libraries;
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

  OptionValues Values;

private:
  std::string Name;
  std::shared_ptr<SharedState> State;
  std::shared_ptr<TranslationUnit> Unit;
};

} // namespace clang::tidy::coro

#endif // CORO_TIDY_CHECKS_COROCHECK_H
