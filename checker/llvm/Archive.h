// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Reads and writes values as one file: MessagePack with each string written
// once, behind a header that names the kind of the file, its version and a
// hash. One function per type says what it consists of, for both directions:
//
//   void map(Archive &With, Note &Each) { With(Each.At, Each.Message); }

#ifndef CORO_TIDY_LLVM_ARCHIVE_H
#define CORO_TIDY_LLVM_ARCHIVE_H

#include "llvm/ADT/StringMap.h"
#include "llvm/BinaryFormat/MsgPackReader.h"
#include "llvm/BinaryFormat/MsgPackWriter.h"
#include "llvm/Support/Error.h"
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace clang::tidy::coro {

class Archive;
template <typename T> void map(Archive &With, std::vector<T> &Values);
template <typename T> void map(Archive &With, std::optional<T> &Value);

class Archive {
public:
  /// The file that \p Value makes: of the kind \p Kind, "summary", for readers
  /// of the same \p Version. \p Without is taken out of all strings: a folder,
  /// where it must not matter.
  template <typename T>
  static std::string write(llvm::StringRef Kind, llvm::StringRef Version,
                           const T &Value, llvm::StringRef Without = "") {
    Archive Writer;
    Writer.Without = Without;
    // Only a reader changes the value.
    Writer(const_cast<T &>(Value));
    return Writer.finish(Kind, Version);
  }

  /// Reads \p Value back from \p Bytes. Fails, and says why, if they are not
  /// whole or of another kind or version.
  template <typename T>
  static llvm::Error read(llvm::StringRef Bytes, llvm::StringRef Kind,
                          llvm::StringRef Version, T &Value) {
    Archive Reader;
    if (llvm::Error Wrong = Reader.start(Bytes, Kind, Version))
      return Wrong;
    Reader(Value);
    return Reader.end();
  }

  /// Reads or writes each of \p Values.
  template <typename... Ts> void operator()(Ts &...Values) {
    (mapOne(Values), ...);
  }

  bool isReading() const { return In.has_value(); }
  bool hasFailed() const { return Failed; }

private:
  template <typename T> void mapOne(T &Value) {
    if constexpr (std::is_same_v<T, std::string>) {
      mapString(Value);
    } else if constexpr (std::is_same_v<T, double>) {
      mapDouble(Value);
    } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
      int64_t Number = static_cast<int64_t>(Value);
      mapInteger(Number);
      Value = static_cast<T>(Number);
    } else {
      map(*this, Value);
    }
  }

  bool next(llvm::msgpack::Object &Read);
  void mapInteger(int64_t &Value);
  void mapDouble(double &Value);
  void mapString(std::string &Value);
  std::string finish(llvm::StringRef Kind, llvm::StringRef Version);
  llvm::Error start(llvm::StringRef Bytes, llvm::StringRef Kind,
                    llvm::StringRef Version);
  llvm::Error end();

  // Writing.
  llvm::StringRef Without;
  std::string Body;
  llvm::raw_string_ostream Stream{Body};
  llvm::msgpack::Writer Out{Stream};
  llvm::StringMap<size_t> Interned;

  // Reading.
  std::optional<llvm::msgpack::Reader> In;
  std::vector<llvm::StringRef> Strings;
  bool Failed = false;
};

template <typename T> void map(Archive &With, std::vector<T> &Values) {
  uint32_t Size = Values.size();
  With(Size);
  if (With.isReading()) {
    Values.clear();
    // Not resized at once: a damaged size must not take all memory.
    for (uint32_t I = 0; I < Size && !With.hasFailed(); ++I)
      With(Values.emplace_back());
  } else {
    for (T &Each : Values)
      With(Each);
  }
}

template <typename T> void map(Archive &With, std::optional<T> &Value) {
  bool Has = Value.has_value();
  With(Has);
  if (!Has)
    Value.reset();
  else
    With(Value ? *Value : Value.emplace());
}

} // namespace clang::tidy::coro

#endif // CORO_TIDY_LLVM_ARCHIVE_H
