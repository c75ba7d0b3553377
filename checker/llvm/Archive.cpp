// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "llvm/Archive.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/xxhash.h"

namespace clang::tidy::coro {
namespace {

llvm::Error failure(const llvm::Twine &Why) {
  return llvm::createStringError(llvm::inconvertibleErrorCode(), Why);
}

/// The first line of a file, without its hash: "coro-tidy summary 0.1.0 "
std::string headerFor(llvm::StringRef Kind, llvm::StringRef Version) {
  return ("coro-tidy " + Kind + " " + Version + " ").str();
}

std::string hashOf(llvm::StringRef Payload) {
  return llvm::utohexstr(llvm::xxHash64(Payload), /*LowerCase=*/true);
}

} // namespace

bool Archive::next(llvm::msgpack::Object &Read) {
  if (Failed)
    return false;
  llvm::Expected<bool> More = In->read(Read);
  if (!More)
    consumeError(More.takeError());
  Failed = !More || !*More;
  return !Failed;
}

void Archive::mapInteger(int64_t &Value) {
  if (!In)
    return Out.write(Value);
  Value = 0;
  llvm::msgpack::Object Read;
  if (!next(Read))
    return;
  if (Read.Kind == llvm::msgpack::Type::Int)
    Value = Read.Int;
  else if (Read.Kind == llvm::msgpack::Type::UInt)
    Value = static_cast<int64_t>(Read.UInt);
  else
    Failed = true;
}

void Archive::mapDouble(double &Value) {
  if (!In)
    return Out.write(Value);
  llvm::msgpack::Object Read;
  Value = 0;
  if (next(Read) && Read.Kind == llvm::msgpack::Type::Float)
    Value = Read.Float;
  else
    Failed = true;
}

/// A string is its number; the first time the string itself follows.
void Archive::mapString(std::string &Value) {
  if (!In) {
    std::string Text = Value;
    if (!Without.empty())
      for (size_t At; (At = Text.find(Without)) != std::string::npos;)
        Text.erase(At, Without.size());
    auto [Known, IsNew] = Interned.try_emplace(Text, Interned.size());
    Out.write(static_cast<uint64_t>(Known->second));
    if (IsNew)
      Out.write(llvm::StringRef(Text));
    return;
  }
  int64_t Number;
  mapInteger(Number);
  llvm::msgpack::Object Read;
  Value.clear();
  if (!Failed && Number == static_cast<int64_t>(Strings.size()) && next(Read)) {
    Failed = Read.Kind != llvm::msgpack::Type::String;
    Strings.push_back(Failed ? llvm::StringRef() : Read.Raw);
  }
  if (Failed || Number < 0 || Number >= static_cast<int64_t>(Strings.size()))
    Failed = true;
  else
    Value = Strings[Number].str();
}

std::string Archive::finish(llvm::StringRef Kind, llvm::StringRef Version) {
  Stream.flush();
  return headerFor(Kind, Version) + hashOf(Body) + "\n" + Body;
}

llvm::Error Archive::start(llvm::StringRef Bytes, llvm::StringRef Kind,
                           llvm::StringRef Version) {
  if (!Bytes.consume_front("coro-tidy "))
    return failure("is not a file of coro-tidy");
  if (!Bytes.consume_front((Kind + " ").str()))
    return failure("is not of the kind '" + Kind + "'");
  if (!Bytes.consume_front((Version + " ").str()))
    return failure("was written by another version of coro-tidy");
  auto [Hash, Payload] = Bytes.split('\n');
  if (Hash != hashOf(Payload))
    return failure("is damaged");
  In.emplace(Payload);
  return llvm::Error::success();
}

llvm::Error Archive::end() {
  llvm::msgpack::Object Rest;
  if (Failed || next(Rest))
    return failure("is damaged");
  return llvm::Error::success();
}

} // namespace clang::tidy::coro
