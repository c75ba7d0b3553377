// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-thread-local-across-suspension
//
// What belongs to a thread and is used after a suspension.

#include "kit.h"

#include <cerrno>
#include <fcntl.h>
#include <map>
#include <pthread.h>
#include <span>
#include <string>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace mock;

Task<int> receive(int fd = 0);
Task<> backend();
void use(const void *what, std::size_t size = 0);
void log(std::string_view text);

thread_local std::string scratch;
thread_local std::vector<int> samples;
thread_local char buffer[512];
thread_local int counter;
struct Context {
  std::map<int, std::string> names;
  int depth = 0;
};
Context &context() {
  static thread_local Context context;
  return context;
}
std::string *localScratch() { return &scratch; }

// References
Task<> reference() {
  std::string &text = scratch;
  co_await backend();
  text.clear();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'text' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> written() {
  int &count = counter;
  count = 1;
  co_await backend();
  count = 2;
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'count' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> fromFunction() {
  auto &current = context();
  current.depth++;
  co_await backend();
  --current.depth;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'current' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> part(int user) {
  const std::string &name = context().names.at(user);
  int size = co_await receive();
  use(name.data(), size);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'name' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> inLoop() {
  auto &rows = samples;
  for (;;)
    rows.push_back(co_await receive());
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'rows' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> element() {
  int &slot = samples[3];
  if (slot == 0)
    co_await backend();
  slot = 7;
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'slot' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}

// Pointers
Task<> pointer() {
  int *count = &counter;
  ++*count;
  co_await backend();
  ++*count;
// CHECK-MESSAGES: :[[@LINE-1]]:6: warning: 'count' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<int> array(int fd) {
  char *text = buffer;
  int size = co_await receive(fd);
  use(text, size);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'text' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
  co_return size;
}
Task<> characters() {
  const char *text = scratch.c_str();
  co_await backend();
  log(text);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'text' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> assigned(bool own) {
  std::string *text = nullptr;
  if (own)
    text = localScratch();
  co_await backend();
  if (text)
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'text' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
    text->clear();
}

// Views and iterators
Task<> view() {
  std::string_view text = scratch;
  co_await backend();
  log(text);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'text' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> range() {
  std::span<int> all(samples);
  co_await backend();
  use(all.data());
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'all' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> iterator(int user) {
  auto found = context().names.find(user);
  co_await backend();
  log(found->second);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'found' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
}

// The identity of the thread
struct Shards {
  std::vector<int> counts;
  std::thread::id owner;
};
Task<> identity(Shards &shards) {
  auto id = std::this_thread::get_id();
  co_await backend();
  shards.owner = id;
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'id' belongs to the thread from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> flag(Shards &shards) {
  const bool own = std::this_thread::get_id() == shards.owner;
  co_await backend();
  if (own)
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'own' belongs to the thread from before the coroutine was suspended [coro-thread-local-across-suspension]
    shards.counts.clear();
}
Task<> hashed(Shards &shards) {
  std::size_t shard = std::hash<std::thread::id>{}(std::this_thread::get_id()) %
                      shards.counts.size();
  co_await backend();
  ++shards.counts[shard];
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'shard' belongs to the thread from before the coroutine was suspended [coro-thread-local-across-suspension]
}
Task<> posix() {
  pthread_t self = pthread_self();
  co_await backend();
  pthread_detach(self);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'self' belongs to the thread from before the coroutine was suspended [coro-thread-local-across-suspension]
}
std::thread::id me() { return std::this_thread::get_id(); }
Task<> wrapped(Shards &shards) {
  auto id = me();
  co_await backend();
  shards.owner = id;
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'id' belongs to the thread from before the coroutine was suspended [coro-thread-local-across-suspension]
}

// The error of a call
Task<int> stored(int fd) {
  int flags = ::fcntl(fd, F_GETFL);
  co_await backend();
  if (flags < 0)
    throw std::system_error(errno, std::generic_category());
// CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the error of a call is read after the coroutine was suspended [coro-thread-local-across-suspension]
  co_return flags;
}
Task<int> inBranch(const char *path) {
  int fd = ::open(path, O_RDONLY);
  if (fd < 0) {
    co_await backend();
    co_return -errno;
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the error of a call is read after the coroutine was suspended [coro-thread-local-across-suspension]
  }
  co_return fd;
}
Task<bool> inCondition(int fd) {
  if (::listen(fd, 5) != 0) {
    co_await backend();
    log(std::generic_category().message(errno));
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: the error of a call is read after the coroutine was suspended [coro-thread-local-across-suspension]
    co_return false;
  }
  co_return true;
}
Task<> address() {
  int &error = errno;
  co_await backend();
  if (error == EINTR)
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'error' refers to a thread-local variable from before the coroutine was suspended [coro-thread-local-across-suspension]
    log("interrupted");
}
