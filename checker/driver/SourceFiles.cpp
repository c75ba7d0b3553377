// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/SourceFiles.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Path.h"
#include <algorithm>
#include <tuple>

namespace clang::tidy::coro {

const SourceFiles::Entry *SourceFiles::read(llvm::StringRef File) {
  auto [Found, IsNew] = Entries.try_emplace(File);
  Entry &Result = Found->second;
  if (IsNew && !File.empty()) {
    // Volatile: it is copied, since somebody may write to it meanwhile.
    if (auto Buffer = llvm::MemoryBuffer::getFile(
            File, /*IsText=*/false, /*RequiresNullTerminator=*/false,
            /*IsVolatile=*/true)) {
      Result.Buffer = std::move(*Buffer);
      llvm::StringRef Text = Result.Buffer->getBuffer();
      Result.LineStarts.push_back(0);
      for (size_t At = Text.find('\n'); At != llvm::StringRef::npos;
           At = Text.find('\n', At + 1))
        Result.LineStarts.push_back(At + 1);
    }
  }
  return Result.Buffer ? &Result : nullptr;
}

std::optional<llvm::StringRef> SourceFiles::text(llvm::StringRef File) {
  const Entry *Found = read(File);
  if (!Found)
    return std::nullopt;
  return Found->Buffer->getBuffer();
}

std::optional<llvm::StringRef> SourceFiles::line(llvm::StringRef File,
                                                 unsigned Line) {
  const Entry *Found = read(File);
  if (!Found || !Line || Line > Found->LineStarts.size())
    return std::nullopt;
  llvm::StringRef Rest =
      Found->Buffer->getBuffer().drop_front(Found->LineStarts[Line - 1]);
  return Rest.take_until([](char C) { return C == '\n'; }).rtrim('\r');
}

std::optional<Location> SourceFiles::locate(llvm::StringRef File,
                                            unsigned Offset) {
  const Entry *Found = read(File);
  if (!Found || Offset > Found->Buffer->getBufferSize())
    return std::nullopt;
  const std::vector<size_t> &Starts = Found->LineStarts;
  auto Next = std::upper_bound(Starts.begin(), Starts.end(), size_t(Offset));
  Location Result;
  Result.File = File.str();
  Result.Line = Next - Starts.begin();
  Result.Column = Offset - *(Next - 1) + 1;
  Result.Offset = Offset;
  return Result;
}

std::optional<llvm::StringRef> SourceFiles::lineAt(const Location &At) {
  std::optional<llvm::StringRef> Result = line(At.File, At.Line);
  if (!Result || !At.Column || At.Column > Result->size() + 1)
    return std::nullopt;
  // An offset that says something else tells of a change further up.
  if (At.Offset) {
    std::optional<Location> Now = locate(At.File, At.Offset);
    if (!Now || Now->Line != At.Line || Now->Column != At.Column)
      return std::nullopt;
  }
  return Result;
}

unsigned SourceFiles::columnInUTF16(const Location &At) {
  std::optional<llvm::StringRef> Line = line(At.File, At.Line);
  if (!Line || !At.Column || At.Column > Line->size() + 1)
    return At.Column;
  unsigned Result = 1;
  for (unsigned char Byte : Line->take_front(At.Column - 1)) {
    Result += (Byte & 0xC0) != 0x80; // the first byte of a character
    Result += Byte >= 0xF0;          // which UTF-16 writes as two units
  }
  return Result;
}

std::vector<const Edit *> inOrder(const std::vector<Edit> &Edits) {
  std::vector<const Edit *> Result;
  for (const Edit &Each : Edits)
    Result.push_back(&Each);
  // Several insertions at one place stay as they are given.
  llvm::sort(Result, [](const Edit *Left, const Edit *Right) {
    return std::tie(Left->Offset, Left) < std::tie(Right->Offset, Right);
  });
  return Result;
}

static llvm::StringRef withoutSlash(llvm::StringRef Root) {
  while (Root.size() > 1 && llvm::sys::path::is_separator(Root.back()))
    Root = Root.drop_back();
  return Root;
}

bool isIn(llvm::StringRef Root, llvm::StringRef File) {
  Root = withoutSlash(Root);
  if (Root.empty() || !File.consume_front(Root) || File.empty())
    return false;
  return llvm::sys::path::is_separator(Root.back()) ||
         llvm::sys::path::is_separator(File.front());
}

std::string pathIn(llvm::StringRef Root, llvm::StringRef File) {
  if (File.empty())
    return ".";
  if (isIn(Root, File)) {
    File = File.drop_front(withoutSlash(Root).size());
    while (!File.empty() && llvm::sys::path::is_separator(File.front()))
      File = File.drop_front();
  }
  return llvm::sys::path::convert_to_slash(File);
}

std::string percentEncoded(llvm::StringRef Path) {
  std::string Result;
  for (unsigned char C : Path) {
    if (llvm::isAlnum(C) || llvm::StringRef("-._~/").contains(C)) {
      Result += C;
      continue;
    }
    Result += '%';
    Result += llvm::hexdigit(C >> 4);
    Result += llvm::hexdigit(C & 15);
  }
  return Result;
}

std::string fileUri(llvm::StringRef File) {
  std::string Path = llvm::sys::path::convert_to_slash(File);
  return "file://" + std::string(Path[0] == '/' ? "" : "/") +
         percentEncoded(Path);
}

} // namespace clang::tidy::coro
