// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "store.h"
#include <fcntl.h>
#include <stdexcept>
#include <unistd.h>

namespace relay {

Store::Store(const std::string &JournalPath)
    : Journal(
          ::open(JournalPath.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600)) {
  sync();
}

void Store::put(const std::string &Key, const std::string &Value) {
  std::lock_guard Lock(Mutex);
  append(Key + " " + Value + "\n");
  Values[Key] = Value;
  if (Changed)
    Changed();
}

void Store::append(const std::string &Record) {
  ::dprintf(Journal, "%s", Record.c_str());
  sync();
}

void Store::sync() {
  if (::fsync(Journal) != 0)
    throw std::runtime_error("the journal is lost");
}

std::size_t Store::save(const std::string &Path) const {
  std::ofstream Out(Path);
  std::lock_guard Lock(Mutex);
  for (const auto &[Key, Value] : Values)
    Out << Key << ' ' << Value << '\n';
  return Values.size();
}

} // namespace relay
