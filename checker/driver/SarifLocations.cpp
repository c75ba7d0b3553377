// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/SarifLocations.h"
#include "llvm/ADT/StringRef.h"
#include <map>

namespace clang::tidy::coro {

using llvm::json::Array;
using llvm::json::fixUTF8;
using llvm::json::Object;

static const char RootBase[] = "%SRCROOT%";

std::string folderUri(llvm::StringRef Folder) {
  std::string Uri = fileUri(Folder);
  return Uri.back() == '/' ? Uri : Uri + "/";
}

Object SarifLocations::bases() const {
  return Object{{RootBase, Object{{"uri", folderUri(Root)}}}};
}

Object SarifLocations::artifact(llvm::StringRef File) const {
  if (!isIn(Root, File))
    return Object{{"uri", fileUri(File)}};
  return Object{{"uri", percentEncoded(pathIn(Root, File))},
                {"uriBaseId", RootBase}};
}

Object SarifLocations::location(const Location &At) {
  Object Physical{{"artifactLocation", artifact(At.File)}};
  if (At.Line) {
    Object Region{{"startLine", At.Line}};
    if (At.Column)
      Region["startColumn"] = Files.columnInUTF16(At);
    Physical["region"] = std::move(Region);
  }
  return Object{{"physicalLocation", std::move(Physical)}};
}

Object SarifLocations::replacement(const Edit &Of) {
  Object Region;
  auto Start = Files.locate(Of.File, Of.Offset);
  auto End = Files.locate(Of.File, Of.Offset + Of.Length);
  if (Start && End)
    Region = Object{{"startLine", Start->Line},
                    {"startColumn", Files.columnInUTF16(*Start)},
                    {"endLine", End->Line},
                    {"endColumn", Files.columnInUTF16(*End)}};
  else
    Region = Object{{"byteOffset", Of.Offset}, {"byteLength", Of.Length}};
  Object Result{{"deletedRegion", std::move(Region)}};
  if (!Of.Text.empty())
    Result["insertedContent"] = Object{{"text", fixUTF8(Of.Text)}};
  return Result;
}

Object SarifLocations::fix(const Finding &Of) {
  std::map<std::string, Array> Replacements;
  for (const Edit &Each : Of.Fixes)
    Replacements[Each.File].push_back(replacement(Each));
  Array Changes;
  for (auto &[File, InFile] : Replacements)
    Changes.push_back(Object{{"artifactLocation", artifact(File)},
                             {"replacements", std::move(InFile)}});
  return Object{{"artifactChanges", std::move(Changes)}};
}

} // namespace clang::tidy::coro
