// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Formats.h"
#include "driver/Common.h"
#include "driver/Reporters.h"
#include "llvm/ADT/StringExtras.h"

namespace clang::tidy::coro {

namespace {

struct KnownFormat {
  Format Which;
  llvm::StringLiteral Name;
  void (*Write)(const Report &, const ReportContext &, llvm::raw_ostream &);
};

constexpr KnownFormat KnownFormats[] = {
    {Format::Text, "text", writeText},
    {Format::Sarif, "sarif", writeSarif},
    {Format::GitLab, "gitlab", writeGitLab},
    {Format::GitHub, "github", writeGitHub},
    {Format::RDJsonLines, "rdjsonl", writeRDJsonLines},
    {Format::JUnit, "junit", writeJUnit},
    {Format::Json, "json", writeJson},
    {Format::Yaml, "yaml", writeYaml},
};

const KnownFormat &known(Format Which) {
  for (const KnownFormat &Each : KnownFormats)
    if (Each.Which == Which)
      return Each;
  return KnownFormats[0];
}

} // namespace

llvm::StringRef nameOf(Format Which) { return known(Which).Name; }

std::vector<llvm::StringRef> formatNames() {
  std::vector<llvm::StringRef> Result;
  for (const KnownFormat &Each : KnownFormats)
    Result.push_back(Each.Name);
  return Result;
}

llvm::Expected<Format> parseFormat(llvm::StringRef Name) {
  for (const KnownFormat &Each : KnownFormats)
    if (Each.Name == Name)
      return Each.Which;
  return failure("unknown format '" + Name + "'; one of " +
                 llvm::join(formatNames(), ", "));
}

void writeReport(Format As, const Report &Result, const ReportContext &Context,
                 llvm::raw_ostream &OS) {
  known(As).Write(Result, Context, OS);
}

} // namespace clang::tidy::coro
