// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// JUnit's XML, for the test pages of continuous integration. A file is a test
// suite. A finding is a test that failed, a unit that could not be analysed one
// that ended with an error, and a unit without findings one that passed.

#include "driver/Reporters.h"
#include "driver/SourceFiles.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/JSON.h"

namespace clang::tidy::coro {

namespace {

/// What stands in XML for \p Text: special characters are escaped, and those
/// that XML 1.0 cannot hold are dropped.
std::string xml(llvm::StringRef Text) {
  std::string Mended = llvm::json::fixUTF8(Text);
  llvm::StringRef Rest = Mended;
  std::string Result;
  for (; !Rest.empty(); Rest = Rest.drop_front()) {
    unsigned char C = Rest.front();
    if (C == '&')
      Result += "&amp;";
    else if (C == '<')
      Result += "&lt;";
    else if (C == '>')
      Result += "&gt;";
    else if (C == '"')
      Result += "&quot;";
    else if (C == '\n' || C == '\t' || C == '\r')
      Result += "&#" + std::to_string(C) + ";";
    else if (Rest.substr(0, 3) == "\xEF\xBF\xBE" ||
             Rest.substr(0, 3) == "\xEF\xBF\xBF") // U+FFFE, U+FFFF
      Rest = Rest.drop_front(2);
    else if (C >= 0x20)
      Result += C;
  }
  return Result;
}

struct Suite {
  std::vector<const Finding *> Findings;
  std::vector<const UnitStatus *> Units;
};

class JUnitReport {
public:
  JUnitReport(const Report &Result, const ReportContext &Context,
              llvm::raw_ostream &OS)
      : Context(Context), OS(OS) {
    for (const Finding &Each : Result.Findings)
      Suites[pathIn(Context.Root, Each.At.File)].Findings.push_back(&Each);
    for (const UnitStatus &Unit : Result.Units)
      Suites[pathIn(Context.Root, Unit.File)].Units.push_back(&Unit);
  }

  void write() {
    unsigned Tests = 0, Failures = 0, Errors = 0;
    for (const auto &[Path, Each] : Suites) {
      Tests += tests(Each);
      Failures += Each.Findings.size();
      Errors += errors(Each);
    }
    OS << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
       << "<testsuites name=\"coro-tidy\"" << counts(Tests, Failures, Errors)
       << ">\n";
    for (const auto &[Path, Each] : Suites) {
      OS << "  <testsuite name=\"" << xml(Path) << "\""
         << counts(tests(Each), Each.Findings.size(), errors(Each)) << ">\n";
      for (const Finding *Failed : Each.Findings)
        write(Path, *Failed);
      for (const UnitStatus *Unit : Each.Units)
        write(Path, *Unit, Each.Findings.empty());
      OS << "  </testsuite>\n";
    }
    OS << "</testsuites>\n";
  }

private:
  static unsigned errors(const Suite &Of) {
    unsigned Result = 0;
    for (const UnitStatus *Unit : Of.Units)
      Result += Unit->Outcome == UnitStatus::Failed;
    return Result;
  }

  static unsigned tests(const Suite &Of) {
    return Of.Findings.empty() ? Of.Units.size()
                               : Of.Findings.size() + errors(Of);
  }

  static std::string counts(unsigned Tests, unsigned Failures,
                            unsigned Errors) {
    return " tests=\"" + std::to_string(Tests) + "\" failures=\"" +
           std::to_string(Failures) + "\" errors=\"" + std::to_string(Errors) +
           "\"";
  }

  void write(llvm::StringRef Path, const Finding &Failed) {
    std::string Name = Failed.Check;
    if (Failed.At.Line)
      Name += " at " + std::to_string(Failed.At.Line) + ":" +
              std::to_string(Failed.At.Column);
    OS << "    <testcase classname=\"" << xml(Path) << "\" name=\"" << xml(Name)
       << "\"";
    if (Failed.At.Line)
      OS << " file=\"" << xml(Path) << "\" line=\"" << Failed.At.Line << "\"";
    std::string Place = placeOf(Failed.At, Context.Root);
    OS << ">\n      <failure type=\"" << xml(Failed.Check) << "\" message=\""
       << xml(Failed.Message) << "\">"
       << xml(Place + (Place.empty() ? "" : ": ") +
              (Failed.IsError ? "error: " : "warning: ") + Failed.Message +
              " [" + Failed.Check + "]" + notesOf(Failed, Context.Root))
       << "</failure>\n    </testcase>\n";
  }

  void write(llvm::StringRef Path, const UnitStatus &Unit, bool IsClean) {
    bool HasFailed = Unit.Outcome == UnitStatus::Failed;
    if (!HasFailed && !IsClean)
      return;
    OS << "    <testcase classname=\"" << xml(Path) << "\" name=\"analysis\"";
    if (Context.Statistics)
      OS << llvm::format(" time=\"%.3f\"", Unit.Seconds);
    if (!HasFailed) {
      OS << "/>\n";
      return;
    }
    OS << ">\n      <error type=\"" << NotAnalysed << "\" message=\""
       << xml(problemOf(Unit)) << "\">" << xml(Unit.Problem)
       << "</error>\n    </testcase>\n";
  }

  const ReportContext &Context;
  llvm::raw_ostream &OS;
  std::map<std::string, Suite> Suites;
};

} // namespace

void writeJUnit(const Report &Result, const ReportContext &Context,
                llvm::raw_ostream &OS) {
  JUnitReport(Result, Context, OS).write();
}

} // namespace clang::tidy::coro
