// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Explain.h"
#include "driver/Common.h"
#include "driver/EmbeddedPages.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include <algorithm>
#include <vector>

namespace clang::tidy::coro {

using Colors = llvm::raw_ostream::Colors;

/// The first sentence of the first paragraph below the heading.
static std::string firstSentence(llvm::StringRef Markdown) {
  llvm::StringRef Rest = Markdown.split('\n').second.ltrim();
  std::string Paragraph = Rest.take_front(Rest.find("\n\n")).rtrim().str();
  std::replace(Paragraph.begin(), Paragraph.end(), '\n', ' ');
  llvm::erase_if(Paragraph, [](char Each) { return Each == '`'; });
  size_t End = Paragraph.find(". ");
  return End == std::string::npos ? Paragraph : Paragraph.substr(0, End + 1);
}

llvm::ArrayRef<CheckDoc> checkDocs() {
  static const std::vector<CheckDoc> Docs = [] {
    std::vector<CheckDoc> Result;
    for (const EmbeddedFile &Page : embeddedPages()) {
      llvm::StringRef Name = Page.Name;
      Name.consume_back(".md");
      Result.push_back(
          {("coro-" + Name).str(), firstSentence(Page.Text), Page.Text});
    }
    llvm::sort(Result, [](const CheckDoc &A, const CheckDoc &B) {
      return A.Name < B.Name;
    });
    return Result;
  }();
  return Docs;
}

void listChecks(llvm::raw_ostream &Out,
                llvm::function_ref<bool(llvm::StringRef)> IsEnabled) {
  size_t Width = 0;
  for (const CheckDoc &Each : checkDocs())
    Width = std::max(Width, Each.Name.size());
  for (const CheckDoc &Each : checkDocs())
    if (IsEnabled(Each.Name))
      Out << llvm::left_justify(Each.Name, Width + 2) << Each.Summary << '\n';
}

static void withColor(llvm::raw_ostream &Out, Colors Color, bool Bold,
                      llvm::StringRef Text) {
  Out.changeColor(Color, Bold) << Text;
  Out.resetColor();
}

/// Writes `code`, [words](target) and **words** without their marks.
static void renderLine(llvm::StringRef Line, llvm::raw_ostream &Out) {
  while (!Line.empty()) {
    llvm::StringRef Before = Line.take_until(
        [](char Each) { return Each == '`' || Each == '[' || Each == '*'; });
    Out << Before;
    Line = Line.drop_front(Before.size());
    size_t Code = Line.find('`', 1), Bold = Line.find("**", 2),
           Words = Line.find("]("), Target = Line.find(')', Words);
    if (Line.starts_with("`") && Code != llvm::StringRef::npos) {
      withColor(Out, Colors::CYAN, false, Line.slice(1, Code));
      Line = Line.drop_front(Code + 1);
    } else if (Line.starts_with("**") && Bold != llvm::StringRef::npos) {
      withColor(Out, Colors::SAVEDCOLOR, true, Line.slice(2, Bold));
      Line = Line.drop_front(Bold + 2);
    } else if (Line.starts_with("[") && Target != llvm::StringRef::npos) {
      llvm::StringRef Link = Line.slice(Words + 2, Target);
      Out << Line.slice(1, Words);
      if (Link.contains("://"))
        Out << " (" << Link << ')';
      Line = Line.drop_front(Target + 1);
    } else {
      Out << Line.take_front();
      Line = Line.drop_front(Line.empty() ? 0 : 1);
    }
  }
  Out << '\n';
}

/// A row of a table is "| cell | cell |"; the one under the heads has no words.
static void renderTable(llvm::ArrayRef<llvm::StringRef> Rows,
                        llvm::raw_ostream &Out) {
  std::vector<size_t> Widths;
  std::vector<std::vector<std::string>> Table;
  for (llvm::StringRef Row : Rows) {
    if (llvm::all_of(
            Row, [](char C) { return llvm::StringRef("|-: ").contains(C); }))
      continue;
    llvm::SmallVector<llvm::StringRef> Cells;
    Row.trim("| ").split(Cells, '|');
    std::vector<std::string> &Words = Table.emplace_back();
    Widths.resize(std::max(Widths.size(), Cells.size()));
    for (auto [Column, Cell] : llvm::enumerate(Cells)) {
      // Without colours, which would count.
      llvm::raw_string_ostream Plain(Words.emplace_back());
      renderLine(Cell.trim(), Plain);
      Plain.flush();
      Words.back().pop_back();
      Widths[Column] = std::max(Widths[Column], Words.back().size());
    }
  }
  for (const std::vector<std::string> &Row : Table) {
    std::string Line;
    for (auto [Column, Word] : llvm::enumerate(Row))
      Line += "  " + Word + std::string(Widths[Column] - Word.size(), ' ');
    Out << llvm::StringRef(Line).rtrim() << '\n';
  }
}

void renderMarkdown(llvm::StringRef Markdown, llvm::raw_ostream &Out) {
  bool InCode = false;
  std::vector<llvm::StringRef> Rows;
  while (!Markdown.empty()) {
    llvm::StringRef Line;
    std::tie(Line, Markdown) = Markdown.split('\n');
    if (!InCode && Line.starts_with("|")) {
      Rows.push_back(Line);
      if (!Markdown.starts_with("|")) {
        renderTable(Rows, Out);
        Rows.clear();
      }
    } else if (Line.consume_front("```")) {
      InCode = !InCode;
      // ```cpp bad
      llvm::StringRef Word = Line.split(' ').second;
      if (InCode && !Word.empty())
        Out << char(llvm::toUpper(Word.front())) << Word.drop_front()
            << ":\n\n";
    } else if (InCode) {
      Out << (Line.empty() ? "" : "    ") << Line << '\n';
    } else if (Line.starts_with("#")) {
      withColor(Out, Colors::SAVEDCOLOR, true, Line.ltrim("#").ltrim());
      Out << '\n';
    } else {
      renderLine(Line, Out);
    }
  }
}

/// The check that someone who wrote \p Name may have meant; empty if none.
static llvm::StringRef nearestCheck(llvm::StringRef Name) {
  Name.consume_front("coro-");
  // As much as Clang allows for a name.
  unsigned Nearest = (Name.size() + 2) / 3 + 1;
  llvm::StringRef Result;
  for (const CheckDoc &Each : checkDocs()) {
    unsigned Distance = llvm::StringRef(Each.Name).drop_front(5).edit_distance(
        Name, /*AllowReplacements=*/true, Nearest);
    if (Distance < Nearest) {
      Nearest = Distance;
      Result = Each.Name;
    }
  }
  return Result;
}

llvm::Error explainCheck(llvm::StringRef Check, llvm::raw_ostream &Out,
                         bool ForTerminal) {
  for (const CheckDoc &Each : checkDocs()) {
    if (Check != Each.Name && ("coro-" + Check).str() != Each.Name)
      continue;
    if (ForTerminal)
      renderMarkdown(Each.Markdown, Out);
    else
      Out << Each.Markdown;
    return llvm::Error::success();
  }
  llvm::StringRef Meant = nearestCheck(Check);
  return failure("there is no check '" + Check + "'; " +
                 (Meant.empty() ? "--list-checks names those that there are"
                                : "did you mean '" + Meant.str() + "'?"));
}

} // namespace clang::tidy::coro
