// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Fixes.h"
#include "clang/Tooling/Core/Replacement.h"
#include "llvm/ADT/IntEqClasses.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/AtomicFile.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include <set>

namespace clang::tidy::coro {

using tooling::Replacement;

namespace {

/// A file that a fix wants to change.
struct FixedFile {
  std::string Name; // as the first fix calls it
  std::string Original;
  /// Why no fix may change it.
  std::string Obstacle;
  /// The edits that are accepted, each with the first finding that has it.
  std::map<Replacement, size_t> Edits;
};

class Fixer {
public:
  Fixer(llvm::ArrayRef<Finding> Findings,
        const llvm::StringMap<std::string> &Hashes, ParseTest Parses)
      : Findings(Findings), Hashes(Hashes), Parses(Parses) {}

  FixResult run();

private:
  size_t fileNamed(const std::string &Name);
  void read(FixedFile &File);
  Replacement replacement(const Edit &Each);
  std::string whatForbids(size_t Index);
  void refuse(size_t Index, std::string Reason);
  std::string placeOf(size_t Index) const;
  std::vector<std::vector<size_t>> groups();
  FileTexts texts(llvm::ArrayRef<size_t> Group);
  bool touches(size_t Index, llvm::StringRef Name);
  void settle(std::vector<size_t> Group);
  llvm::Error write(const FileTexts &Texts);
  llvm::Error writeOne(const std::string &Name, llvm::StringRef Text);
  const std::string &original(const std::string &Name) {
    return Files[fileNamed(Name)].Original;
  }

  llvm::ArrayRef<Finding> Findings;
  const llvm::StringMap<std::string> &Hashes;
  ParseTest Parses;
  std::vector<FixedFile> Files;
  llvm::StringMap<size_t> Numbers; // of Files, by all their names
  FixResult Result;
};

std::string contentOf(llvm::StringRef File, std::string &Text) {
  auto Buffer = llvm::MemoryBuffer::getFile(File);
  if (!Buffer)
    return ("cannot read '" + File + "': " + Buffer.getError().message()).str();
  Text = (*Buffer)->getBuffer().str();
  return "";
}

/// The number of the file that may have several names, over links.
size_t Fixer::fileNamed(const std::string &Name) {
  if (auto Known = Numbers.find(Name); Known != Numbers.end())
    return Known->second;
  llvm::SmallString<256> Real;
  if (llvm::sys::fs::real_path(Name, Real))
    Real = Name;
  auto [Known, IsNew] = Numbers.try_emplace(Real, Files.size());
  size_t Number = Known->second;
  if (IsNew) {
    Files.emplace_back().Name = Name;
    read(Files.back());
  }
  Numbers[Name] = Number;
  return Number;
}

void Fixer::read(FixedFile &File) {
  File.Obstacle = contentOf(File.Name, File.Original);
  if (!File.Obstacle.empty())
    return;
  if (Hashes.lookup(File.Name) != contentHash(File.Original))
    File.Obstacle = "'" + File.Name + "' is not what was analysed any more";
  else if (!llvm::sys::fs::can_write(File.Name))
    File.Obstacle = "'" + File.Name + "' is not writable";
}

Replacement Fixer::replacement(const Edit &Each) {
  return Replacement(Files[fileNamed(Each.File)].Name, Each.Offset, Each.Length,
                     Each.Text);
}

/// Whether the order in which the two are made matters. Two that only touch are
/// independent, and so are two that are the same.
bool collide(const Replacement &A, const Replacement &B) {
  if (A == B)
    return false;
  unsigned EndOfA = A.getOffset() + A.getLength();
  unsigned EndOfB = B.getOffset() + B.getLength();
  if (A.getOffset() == B.getOffset() && A.getLength() == 0 &&
      B.getLength() == 0)
    return true;
  return A.getOffset() < EndOfB && B.getOffset() < EndOfA;
}

/// Why the fix of the finding cannot be made along with those before it.
std::string Fixer::whatForbids(size_t Index) {
  llvm::ArrayRef<Edit> Edits = Findings[Index].Fixes;
  for (const Edit &Each : Edits) {
    const FixedFile &File = Files[fileNamed(Each.File)];
    if (!File.Obstacle.empty())
      return File.Obstacle;
    if (uint64_t(Each.Offset) + Each.Length > File.Original.size())
      return "it goes beyond the end of '" + File.Name + "'";
  }
  for (size_t I = 0; I < Edits.size(); ++I) {
    Replacement New = replacement(Edits[I]);
    size_t Number = fileNamed(Edits[I].File);
    for (const Edit &Other : Edits.drop_front(I + 1))
      if (fileNamed(Other.File) == Number && collide(New, replacement(Other)))
        return "it contradicts itself";
    for (const auto &[Accepted, Owner] : Files[Number].Edits)
      if (collide(New, Accepted))
        return "it overlaps the fix of " + placeOf(Owner);
  }
  return "";
}

std::string Fixer::placeOf(size_t Index) const {
  const Finding &Of = Findings[Index];
  return Of.At.File + ":" + std::to_string(Of.At.Line) + ":" +
         std::to_string(Of.At.Column) + " [" + Of.Check + "]";
}

void Fixer::refuse(size_t Index, std::string Reason) {
  Result.Refused.push_back({Index, std::move(Reason)});
}

/// The accepted findings; those that share a file, directly or over others, are
/// together.
std::vector<std::vector<size_t>> Fixer::groups() {
  std::vector<size_t> Accepted;
  for (size_t I = 0; I < Findings.size(); ++I) {
    if (Findings[I].Fixes.empty())
      continue;
    if (std::string Why = whatForbids(I); !Why.empty()) {
      refuse(I, Why);
      continue;
    }
    Accepted.push_back(I);
    for (const Edit &Each : Findings[I].Fixes)
      Files[fileNamed(Each.File)].Edits.try_emplace(replacement(Each), I);
  }
  llvm::IntEqClasses Together(Files.size());
  for (size_t I : Accepted)
    for (const Edit &Each : Findings[I].Fixes)
      Together.join(fileNamed(Findings[I].Fixes[0].File), fileNamed(Each.File));
  Together.compress();
  std::vector<std::vector<size_t>> Groups(Together.getNumClasses());
  for (size_t I : Accepted)
    Groups[Together[fileNamed(Findings[I].Fixes[0].File)]].push_back(I);
  return Groups;
}

/// What the files are when the fixes of \p Group are made.
FileTexts Fixer::texts(llvm::ArrayRef<size_t> Group) {
  std::map<size_t, std::set<Replacement>> Edits;
  for (size_t I : Group)
    for (const Edit &Each : Findings[I].Fixes)
      Edits[fileNamed(Each.File)].insert(replacement(Each));
  FileTexts Texts;
  for (const auto &[Number, Wanted] : Edits) {
    const FixedFile &File = Files[Number];
    tooling::Replacements All;
    for (const Replacement &Each : Wanted)
      // Those that collide were refused.
      llvm::cantFail(All.add(Each));
    Texts[File.Name] =
        llvm::cantFail(tooling::applyAllReplacements(File.Original, All));
  }
  return Texts;
}

bool Fixer::touches(size_t Index, llvm::StringRef Name) {
  return llvm::any_of(Findings[Index].Fixes, [&](const Edit &Each) {
    return Files[fileNamed(Each.File)].Name == Name;
  });
}

/// Makes the fixes of \p Group but for those of files that do not stand them.
void Fixer::settle(std::vector<size_t> Group) {
  while (!Group.empty()) {
    FileTexts Texts = texts(Group);
    std::string Problem;
    auto Broken = llvm::find_if(Texts, [&](const auto &File) {
      return !Parses(File.first, Texts, Problem);
    });
    if (Broken != Texts.end()) {
      std::string Reason = "'" + Broken->first + "' would not parse";
      if (!Problem.empty())
        Reason += ": " + Problem;
      llvm::erase_if(Group, [&](size_t Each) {
        if (!touches(Each, Broken->first))
          return false;
        refuse(Each, Reason);
        return true;
      });
      continue;
    }
    if (llvm::Error Failed = write(Texts)) {
      std::string Reason = llvm::toString(std::move(Failed));
      for (size_t Each : Group)
        refuse(Each, Reason);
      return;
    }
    llvm::append_range(Result.Applied, Group);
    for (const auto &[Name, Text] : Texts)
      Result.Changed.push_back(Name);
    return;
  }
}

/// Writes all of \p Texts or none.
llvm::Error Fixer::write(const FileTexts &Texts) {
  for (auto Next = Texts.begin(); Next != Texts.end(); ++Next) {
    llvm::Error Failed = writeOne(Next->first, Next->second);
    if (!Failed)
      continue;
    while (Next != Texts.begin()) {
      --Next;
      Failed =
          llvm::joinErrors(std::move(Failed),
                           writeAtomically(Next->first, original(Next->first)));
    }
    return Failed;
  }
  return llvm::Error::success();
}

llvm::Error Fixer::writeOne(const std::string &Name, llvm::StringRef Text) {
  // Parsing has taken its time.
  std::string Now;
  std::string Obstacle = contentOf(Name, Now);
  if (Obstacle.empty() && Now != original(Name))
    Obstacle = "'" + Name + "' has just been changed";
  if (Obstacle.empty())
    return writeAtomically(Name, Text);
  return llvm::createStringError(std::make_error_code(std::errc::io_error),
                                 Obstacle);
}

FixResult Fixer::run() {
  for (std::vector<size_t> &Group : groups())
    settle(std::move(Group));
  llvm::sort(Result.Applied);
  llvm::sort(Result.Changed);
  llvm::sort(Result.Refused,
             [](const FixResult::Refusal &A, const FixResult::Refusal &B) {
               return A.Index < B.Index;
             });
  return std::move(Result);
}

} // namespace

FixResult applyFixes(llvm::ArrayRef<Finding> Findings,
                     const llvm::StringMap<std::string> &Hashes,
                     ParseTest Parses) {
  return Fixer(Findings, Hashes, Parses).run();
}

} // namespace clang::tidy::coro
