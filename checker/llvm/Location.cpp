// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "llvm/Location.h"
#include "clang/Basic/FileManager.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/Path.h"

namespace clang::tidy::coro {

std::string absolutePath(llvm::StringRef Path, const SourceManager &Sources) {
  llvm::SmallString<256> Full(Path);
  FileManager &Files = Sources.getFileManager();
  Files.makeAbsolutePath(Full);
  llvm::sys::path::remove_dots(Full);
  llvm::SmallString<256> Short(Full);
  if (!llvm::sys::path::remove_dots(Short, /*remove_dot_dot=*/true))
    return std::string(Full);
  // /bin/../include is /usr/include where /bin is a link to /usr/bin.
  auto Meant = Files.getOptionalFileRef(Full);
  auto Found = Files.getOptionalFileRef(Short);
  bool IsSame =
      !Meant || (Found && &Meant->getFileEntry() == &Found->getFileEntry());
  return std::string(IsSame ? Short : Full);
}

Location locate(SourceLocation Place, const SourceManager &Sources) {
  Location Result;
  if (Place.isInvalid())
    return Result;
  auto [File, Offset] = Sources.getDecomposedLoc(Sources.getFileLoc(Place));
  if (auto Entry = Sources.getFileEntryRefForID(File))
    Result.File = absolutePath(Entry->getName(), Sources);
  Result.Line = Sources.getLineNumber(File, Offset);
  Result.Column = Sources.getColumnNumber(File, Offset);
  Result.Offset = Offset;
  return Result;
}

SourceLocation placeOf(const Location &Place, SourceManager &Sources) {
  auto File = Sources.getFileManager().getFileRef(Place.File);
  if (!File) {
    llvm::consumeError(File.takeError());
    return {};
  }
  FileID Read = Sources.getOrCreateFileID(*File, SrcMgr::C_User);
  std::optional<llvm::StringRef> Text = Sources.getBufferDataOrNone(Read);
  if (!Text || Place.Line == 0 ||
      Place.Line > static_cast<size_t>(Text->count('\n')) + 1)
    return {};
  return Sources.translateLineCol(Read, Place.Line, Place.Column);
}

} // namespace clang::tidy::coro
