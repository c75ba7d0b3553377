// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "driver/Finding.h"
#include "summaries/UnitSummary.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/SHA1.h"

namespace clang::tidy::coro {

void map(Archive &With, Note &Each) { With(Each.At, Each.Message); }

void map(Archive &With, Edit &Each) {
  With(Each.File, Each.Offset, Each.Length, Each.Text);
}

void map(Archive &With, Finding &Each) {
  With(Each.Check, Each.At, Each.Message, Each.Notes, Each.Fixes, Each.IsError,
       Each.Function, Each.Subject);
}

std::string fingerprint(const Finding &Of, unsigned Ordinal) {
  llvm::SHA1 Hash;
  for (const std::string &Part :
       {Of.Check, Of.Function, Of.Subject, std::to_string(Ordinal)}) {
    Hash.update(Part);
    Hash.update(llvm::StringRef("\0", 1));
  }
  auto Digest = Hash.final();
  return llvm::toHex(Digest, /*LowerCase=*/true);
}

std::vector<std::string> fingerprints(const std::vector<Finding> &Findings) {
  llvm::StringMap<unsigned> Seen;
  std::vector<std::string> Result;
  for (const Finding &Each : Findings) {
    unsigned &Ordinal = Seen[fingerprint(Each, 0)];
    Result.push_back(fingerprint(Each, Ordinal++));
  }
  return Result;
}

} // namespace clang::tidy::coro
