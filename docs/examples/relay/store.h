// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The keys and values, with a journal on disk, and the trail of who did what.
#ifndef RELAY_STORE_H
#define RELAY_STORE_H

#include <chrono>
#include <fstream>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace relay {

class Store {
public:
  explicit Store(const std::string &JournalPath);
  std::string get(const std::string &Key) const {
    std::lock_guard Lock(Mutex);
    auto Found = Values.find(Key);
    return Found == Values.end() ? "none" : Found->second;
  }
  void put(const std::string &Key, const std::string &Value);
  std::size_t save(const std::string &Path) const;
  void connect(std::function<void()> Watcher) { Changed = std::move(Watcher); }

private:
  void append(const std::string &Record);
  void sync();

  int Journal;
  mutable std::mutex Mutex;
  std::map<std::string, std::string> Values;
  std::function<void()> Changed;
};

class Trail {
public:
  explicit Trail(const std::string &Path) : Out(Path, std::ios::app) {}
  void record(const std::string &Line) { append(Line + "\n"); }

private:
  void append(const std::string &Line) {
    std::lock_guard Lock(Mutex);
    throttle();
    Out << Line << std::flush;
  }
  // The log shipper cannot follow otherwise.
  void throttle() { std::this_thread::sleep_for(std::chrono::milliseconds(1)); }

  std::mutex Mutex;
  std::ofstream Out;
};

} // namespace relay

#endif // RELAY_STORE_H
