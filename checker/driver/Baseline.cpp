// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Baseline.h"
#include "driver/Common.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/AtomicFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Yaml.h"
#include <map>
#include <set>

using namespace clang::tidy::coro;

namespace path = llvm::sys::path;

namespace {

constexpr unsigned Version = 1;

/// A file as it is written.
struct BaselineFile {
  unsigned Version = 0;
  std::vector<KnownFindings> Findings;
};

/// What tells the lines of a baseline apart.
using Key = std::pair<std::string, std::string>;

Key keyOf(const KnownFindings &Entry) {
  return {Entry.File, Entry.Fingerprint};
}

} // namespace

LLVM_YAML_IS_SEQUENCE_VECTOR(KnownFindings)

namespace llvm::yaml {

template <> struct MappingTraits<KnownFindings> {
  static void mapping(IO &IO, KnownFindings &Entry) {
    IO.mapRequired("fingerprint", Entry.Fingerprint);
    IO.mapRequired("count", Entry.Count);
    IO.mapRequired("check", Entry.Check);
    IO.mapRequired("file", Entry.File);
    IO.mapRequired("function", Entry.Function);
    IO.mapRequired("subject", Entry.Subject);
  }
  static std::string validate(IO &IO, KnownFindings &Entry) {
    StringRef Digits = Entry.Fingerprint;
    if (Digits.size() != 40 || !all_of(Digits, isHexDigit))
      return "a fingerprint has 40 hexadecimal digits";
    if (Entry.Count == 0)
      return "a count is at least 1";
    auto &Seen = *static_cast<std::set<Key> *>(IO.getContext());
    return Seen.insert(keyOf(Entry)).second ? "" : "this entry is there twice";
  }
};

template <> struct MappingTraits<BaselineFile> {
  static void mapping(IO &IO, BaselineFile &File) {
    IO.mapRequired("version", File.Version);
    // Another version may well have other keys.
    if (File.Version != Version)
      IO.setError("this program reads baselines of version " + Twine(Version));
    else
      IO.mapRequired("findings", File.Findings);
  }
};

} // namespace llvm::yaml

namespace clang::tidy::coro {

static std::string folderOf(llvm::StringRef Path) {
  return path::parent_path(fullPath(Path)).str();
}

/// \p File as it is called from \p Folder: "../src/a.cpp".
static std::string nameFrom(llvm::StringRef Folder, llvm::StringRef File) {
  if (File.empty() || path::root_name(File) != path::root_name(Folder))
    return llvm::json::fixUTF8(File);
  auto InFile = path::begin(File), EndOfFile = path::end(File);
  auto InFolder = path::begin(Folder), EndOfFolder = path::end(Folder);
  while (InFile != EndOfFile && InFolder != EndOfFolder &&
         *InFile == *InFolder) {
    ++InFile;
    ++InFolder;
  }
  llvm::SmallString<256> Result;
  for (; InFolder != EndOfFolder; ++InFolder)
    path::append(Result, "..");
  for (; InFile != EndOfFile; ++InFile)
    path::append(Result, *InFile);
  return llvm::json::fixUTF8(path::convert_to_slash(Result));
}

Baseline Baseline::of(const Report &Of, llvm::StringRef Path) {
  Baseline Result;
  Result.Folder = folderOf(Path);
  std::map<Key, KnownFindings> Lines;
  for (const Finding &Each : Of.Findings) {
    KnownFindings Line;
    Line.Fingerprint = fingerprint(Each, 0);
    Line.Check = llvm::json::fixUTF8(Each.Check);
    Line.File = nameFrom(Result.Folder, Each.At.File);
    Line.Function = llvm::json::fixUTF8(Each.Function);
    Line.Subject = llvm::json::fixUTF8(Each.Subject);
    auto [Place, IsNew] = Lines.try_emplace(keyOf(Line), Line);
    if (!IsNew)
      ++Place->second.Count;
  }
  for (auto &[Key, Line] : Lines)
    Result.Entries.push_back(std::move(Line));
  llvm::sort(Result.Entries,
             [](const KnownFindings &A, const KnownFindings &B) {
               auto Order = [](const KnownFindings &Of) {
                 return std::tie(Of.File, Of.Check, Of.Function, Of.Subject,
                                 Of.Fingerprint);
               };
               return Order(A) < Order(B);
             });
  return Result;
}

llvm::Error Baseline::write(llvm::StringRef Path) const {
  std::string Text;
  llvm::raw_string_ostream Out(Text);
  Out << "{\n  \"version\": " << Version << ",\n  \"findings\": [";
  const char *Separator = "\n    ";
  for (const KnownFindings &Each : Entries) {
    Out << Separator;
    Separator = ",\n    ";
    llvm::json::OStream Line(Out);
    Line.object([&] {
      Line.attribute("fingerprint", Each.Fingerprint);
      Line.attribute("count", int64_t(Each.Count));
      Line.attribute("check", Each.Check);
      Line.attribute("file", Each.File);
      Line.attribute("function", Each.Function);
      Line.attribute("subject", Each.Subject);
    });
  }
  Out << (Entries.empty() ? "]\n}\n" : "\n  ]\n}\n");
  return writeAtomically(Path, Out.str());
}

/// YAML allows more than JSON does; what a merge leaves behind must not pass.
static llvm::Error checkSyntax(llvm::StringRef Path, llvm::StringRef Text) {
  llvm::Expected<llvm::json::Value> Parsed = llvm::json::parse(Text);
  if (Parsed)
    return llvm::Error::success();
  // [12:3, byte=240]: Expected object key
  std::string Message = llvm::toString(Parsed.takeError());
  auto [Place, What] = llvm::StringRef(Message).split("]: ");
  Place.consume_front("[");
  return failure(Path + ":" + Place.split(',').first + ": " + What);
}

llvm::Expected<Baseline> Baseline::read(llvm::StringRef Path) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return failure("cannot read the baseline '" + Path +
                   "': " + Buffer.getError().message());
  BaselineFile File;
  std::set<Key> Seen;
  llvm::Error Wrong = checkSyntax(Path, (*Buffer)->getBuffer());
  if (!Wrong)
    Wrong = readYaml(**Buffer, "a baseline", File, &Seen);
  if (Wrong)
    return failure(llvm::toString(std::move(Wrong)) +
                   "; mend it, or write it anew with 'coro-tidy baseline'");
  Baseline Result;
  Result.Folder = folderOf(Path);
  Result.Entries = std::move(File.Findings);
  return Result;
}

std::vector<KnownFindings> Baseline::filter(Report &From) const {
  std::vector<unsigned> Left;
  llvm::StringMap<std::vector<size_t>> ByFingerprint;
  for (size_t I = 0; I < Entries.size(); ++I) {
    Left.push_back(Entries[I].Count);
    ByFingerprint[Entries[I].Fingerprint].push_back(I);
  }
  std::vector<bool> IsKnown(From.Findings.size());
  for (bool InAnyFile : {false, true}) {
    for (size_t I = 0; I < From.Findings.size(); ++I) {
      const Finding &Each = From.Findings[I];
      auto Alike = ByFingerprint.find(fingerprint(Each, 0));
      if (IsKnown[I] || Alike == ByFingerprint.end())
        continue;
      std::string File = nameFrom(Folder, Each.At.File);
      for (size_t Entry : Alike->second) {
        if (Left[Entry] == 0 || (!InAnyFile && Entries[Entry].File != File))
          continue;
        --Left[Entry];
        IsKnown[I] = true;
        break;
      }
    }
  }
  std::vector<Finding> New;
  for (size_t I = 0; I < From.Findings.size(); ++I)
    if (!IsKnown[I])
      New.push_back(std::move(From.Findings[I]));
  From.Findings = std::move(New);

  std::vector<KnownFindings> Stale;
  if (llvm::any_of(From.Units, [](const UnitStatus &Unit) {
        return Unit.Outcome == UnitStatus::Failed;
      }))
    return Stale;
  for (size_t I = 0; I < Entries.size(); ++I) {
    if (Left[I] == 0)
      continue;
    Stale.push_back(Entries[I]);
    Stale.back().Count = Left[I];
  }
  return Stale;
}

} // namespace clang::tidy::coro
