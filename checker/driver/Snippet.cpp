// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Snippet.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/ConvertUTF.h"
#include "llvm/Support/Unicode.h"
#include <tuple>

namespace clang::tidy::coro {

namespace {

constexpr unsigned TabStop = 8;
constexpr size_t LongestLine = 4096;

/// A line as it is shown.
struct Shown {
  std::string Text;
  /// For each byte of the line, and for its end, the column where it stands;
  /// columns count from 0.
  std::vector<unsigned> Columns;
};

/// How one character is shown, and how wide that is.
std::pair<std::string, unsigned> shown(llvm::StringRef Character,
                                       bool IsValid) {
  if (!IsValid) {
    std::string Text = "<" + llvm::toHex(Character) + ">";
    return {Text, Text.size()};
  }
  int Width = llvm::sys::unicode::columnWidthUTF8(Character);
  if (Width >= 0)
    return {Character.str(), Width};
  const auto *At = reinterpret_cast<const llvm::UTF8 *>(Character.data());
  llvm::UTF32 Code = 0;
  llvm::convertUTF8Sequence(&At, At + Character.size(), &Code,
                            llvm::strictConversion);
  std::string Text =
      "<U+" + llvm::utohexstr(Code, /*LowerCase=*/false, /*Width=*/4) + ">";
  return {Text, Text.size()};
}

Shown show(llvm::StringRef Line) {
  Shown Result;
  unsigned Column = 0;
  for (size_t At = 0; At < Line.size();) {
    size_t Size = 1;
    std::string Text;
    unsigned Width;
    if (Line[At] == '\t') {
      Width = TabStop - Column % TabStop;
      Text.assign(Width, ' ');
    } else {
      const auto *First =
          reinterpret_cast<const llvm::UTF8 *>(Line.data() + At);
      bool IsValid = llvm::isLegalUTF8Sequence(
          First, reinterpret_cast<const llvm::UTF8 *>(Line.end()));
      if (IsValid)
        Size = llvm::getNumBytesForUTF8(*First);
      std::tie(Text, Width) = shown(Line.substr(At, Size), IsValid);
    }
    Result.Columns.insert(Result.Columns.end(), Size, Column);
    Result.Text += Text;
    Column += Width;
    At += Size;
  }
  Result.Columns.push_back(Column);
  Result.Text.erase(llvm::StringRef(Result.Text).rtrim().size());
  return Result;
}

std::string insertionLine(const Shown &Line, const Location &Start,
                          const std::vector<Edit> &Fixes) {
  std::string Result;
  unsigned Width = 0;
  for (const Edit *Each : inOrder(Fixes)) {
    if (Each->File != Start.File || Each->Text.empty() ||
        Each->Offset < Start.Offset ||
        Each->Offset - Start.Offset >= Line.Columns.size() ||
        llvm::StringRef(Each->Text).find_first_of("\n\t") !=
            llvm::StringRef::npos)
      continue;
    unsigned Column = Line.Columns[Each->Offset - Start.Offset];
    int Length = llvm::sys::unicode::columnWidthUTF8(Each->Text);
    if (Column < Width || Length < 0)
      continue;
    Result.append(Column - Width, ' ');
    Result += Each->Text;
    Width = Column + Length;
  }
  return llvm::StringRef(Result).rtrim().str();
}

} // namespace

std::optional<Snippet> snippetAt(SourceFiles &Files, const Location &At,
                                 const std::vector<Edit> &Fixes) {
  std::optional<llvm::StringRef> Line = Files.lineAt(At);
  if (!Line || Line->size() > LongestLine)
    return std::nullopt;
  Shown Visible = show(*Line);
  Snippet Result;
  Result.Text = Visible.Text;
  Result.Caret = std::string(Visible.Columns[At.Column - 1], ' ') + "^";
  Location Start = At;
  Start.Offset = Line->data() - Files.text(At.File)->data();
  Result.Insertion = insertionLine(Visible, Start, Fixes);
  return Result;
}

} // namespace clang::tidy::coro
