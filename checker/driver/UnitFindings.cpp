// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/UnitFindings.h"
#include "driver/Common.h"
#include "llvm/Names.h"
#include "llvm/Support/Path.h"
#include <set>

namespace clang::tidy::coro {
namespace {

/// The functions of a unit, to be asked which of them is around a place.
class EnclosingFunctions {
public:
  EnclosingFunctions(TranslationUnit *Unit, const SourceManager &Sources) {
    if (!Unit)
      return;
    for (const FunctionDecl *Each : Unit->functions()) {
      auto [File, Begin] = decomposed(Each->getBeginLoc(), Sources);
      auto [LastFile, End] = decomposed(Each->getEndLoc(), Sources);
      if (File == LastFile)
        ByFile[File].push_back({Begin, End, Each});
    }
  }

  /// The full name of the innermost function around \p Offset of \p File.
  std::string nameAt(FileID File, unsigned Offset) const {
    auto Known = ByFile.find(File);
    const Range *Innermost = nullptr;
    if (Known != ByFile.end())
      for (const Range &Each : Known->second)
        if (Each.Begin <= Offset && Offset <= Each.End &&
            (!Innermost || Each.Begin >= Innermost->Begin))
          Innermost = &Each;
    return Innermost ? qualifiedName(*Innermost->Function) : "";
  }

private:
  struct Range {
    unsigned Begin, End;
    const FunctionDecl *Function;
  };
  static std::pair<FileID, unsigned> decomposed(SourceLocation Place,
                                                const SourceManager &Sources) {
    return Sources.getDecomposedLoc(Sources.getExpansionLoc(Place));
  }
  std::map<FileID, std::vector<Range>> ByFile;
};

/// Where \p Message stands, and the file for EnclosingFunctions.
std::pair<Location, FileID> placeOf(const tooling::DiagnosticMessage &Message,
                                    llvm::StringRef Directory,
                                    SourceManager &Sources) {
  Location Result;
  if (Message.FilePath.empty())
    return {Result, FileID()};
  auto File = Sources.getFileManager().getFileRef(Message.FilePath);
  if (!File) {
    llvm::consumeError(File.takeError());
    Result.File = absolutePath(Message.FilePath, Directory);
    return {Result, FileID()};
  }
  FileID ID = Sources.translateFile(*File);
  if (ID.isInvalid())
    ID = Sources.getOrCreateFileID(*File, SrcMgr::C_User);
  Result.File = absolutePath(File->getName(), Sources);
  Result.Offset = Message.FileOffset;
  Result.Line = Sources.getLineNumber(ID, Result.Offset);
  Result.Column = Sources.getColumnNumber(ID, Result.Offset);
  return {Result, ID};
}

} // namespace

std::string subjectOf(llvm::StringRef Message) {
  std::set<std::string> Names;
  llvm::SmallVector<llvm::StringRef, 8> Parts;
  Message.split(Parts, '\'');
  for (size_t I = 1; I + 1 < Parts.size(); I += 2)
    Names.insert(Parts[I].str());
  std::string Result;
  for (const std::string &Each : Names)
    Result += (Result.empty() ? "" : ", ") + Each;
  return Result;
}

void addFindings(const std::vector<ClangTidyError> &Errors,
                 TranslationUnit *Unit, SourceManager &Sources,
                 UnitRecord &Result) {
  std::optional<EnclosingFunctions> Functions;
  for (const ClangTidyError &Each : Errors) {
    if (!llvm::StringRef(Each.DiagnosticName).starts_with("coro-")) {
      addProblems({Each}, Result);
      continue;
    }
    if (!Functions)
      Functions.emplace(Unit, Sources);
    Finding Made;
    Made.Check = Each.DiagnosticName;
    Made.Message = Each.Message.Message;
    FileID File;
    std::tie(Made.At, File) =
        placeOf(Each.Message, Each.BuildDirectory, Sources);
    Made.IsError = Each.IsWarningAsError;
    Made.Function = Functions->nameAt(File, Made.At.Offset);
    Made.Subject = subjectOf(Made.Message);
    for (const tooling::DiagnosticMessage &Of : Each.Notes)
      Made.Notes.push_back(
          {placeOf(Of, Each.BuildDirectory, Sources).first, Of.Message});
    for (const auto &InFile : Each.Message.Fix)
      for (const tooling::Replacement &Fix : InFile.getValue())
        Made.Fixes.push_back(
            {absolutePath(Fix.getFilePath(), Each.BuildDirectory),
             Fix.getOffset(), Fix.getLength(), Fix.getReplacementText().str()});
    Result.Findings.push_back(std::move(Made));
  }
}

void addProblems(const std::vector<ClangTidyError> &Errors,
                 UnitRecord &Result) {
  for (const ClangTidyError &Each : Errors) {
    if (Each.DiagnosticName == "clang-tidy-config") {
      if (Result.Configuration.empty())
        Result.Configuration = Each.Message.Message;
    } else if (Each.DiagLevel == tooling::Diagnostic::Error &&
               Result.Problem.empty()) {
      Result.Problem = Each.Message.Message;
      if (!Each.Message.FilePath.empty())
        Result.Problem =
            absolutePath(Each.Message.FilePath, Each.BuildDirectory) + ": " +
            Result.Problem;
    }
  }
}

} // namespace clang::tidy::coro
