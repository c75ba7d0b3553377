// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-thread-local-across-suspension
//
// What is got again, copied, or used before the suspension only.

#include "kit.h"

#include <cassert>
#include <cerrno>
#include <fcntl.h>
#include <map>
#include <pthread.h>
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
thread_local int counter;
thread_local std::chrono::steady_clock::time_point lastSeen;
struct Trace;
thread_local Trace *currentTrace;
std::string shared;
struct Context {
  int depth = 0;
  std::chrono::milliseconds left() const;
};
Context &context() {
  static thread_local Context context;
  return context;
}

// Used before only.
Task<> before() {
  std::string &text = scratch;
  text.clear();
  co_await backend();
}
Task<> inBlock() {
  {
    auto &rows = samples;
    rows.clear();
  }
  co_await backend();
  auto &rows = samples;
  rows.clear();
}

// Used directly, or got again.
Task<> direct() {
  ++counter;
  co_await backend();
  ++counter;
  scratch.clear();
}
Task<> again() {
  std::string *text = &scratch;
  text->clear();
  co_await backend();
  text = &scratch;
  text->clear();
}
Task<> eachRound() {
  for (;;) {
    auto &rows = samples;
    rows.clear();
    co_await backend();
  }
}
Task<> passed() {
  use(scratch.c_str(), co_await receive());
}

// Copies.
Task<> copies() {
  std::string text = scratch;
  int count = counter;
  auto rows = samples;
  auto seen = lastSeen;
  auto left = context().left();
  int depth = context().depth;
  co_await backend();
  log(text);
  use(&rows, count + depth);
  use(&seen);
  use(&left);
}

// What a trace points to is the request's: it is put back.
Task<> traced(Trace *trace) {
  Trace *previous = std::exchange(currentTrace, trace);
  co_await backend();
  currentTrace = previous;
}

// No variables of a thread.
Task<> others() {
  std::string &text = shared;
  static int calls;
  int &count = calls;
  co_await backend();
  text.clear();
  ++count;
}

// Asks whether it has moved.
Task<> moved(ThreadPool &pool) {
  const auto first = std::this_thread::get_id();
  co_await pool.schedule();
  assert(first != std::this_thread::get_id());
  const auto second = std::this_thread::get_id();
  if (first == second)
    log("the same");
  bool same = first == std::this_thread::get_id();
  use(&same);
}
Task<> afterwards() {
  co_await backend();
  auto id = std::this_thread::get_id();
  use(&id);
}
Task<> notSuspended() {
  auto id = std::this_thread::get_id();
  co_await std::suspend_never{};
  use(&id);
}
Task<> inLambda() {
  auto work = [] {
    auto id = std::this_thread::get_id();
    use(&id);
  };
  co_await backend();
  work();
}

// A generator runs on its caller's thread.
Generator<int> rows() {
  auto &all = samples;
  for (int each : all)
    co_yield each;
  all.clear();
}

// The error is kept, or is that of a later call.
Task<int> kept(int fd) {
  int flags = ::fcntl(fd, F_GETFL);
  int error = errno;
  co_await backend();
  if (flags < 0)
    throw std::system_error(error, std::generic_category());
  co_return flags;
}
Task<int> later(int fd) {
  int flags = ::fcntl(fd, F_GETFL);
  co_await backend();
  int size = ::send(fd, &flags, sizeof flags, MSG_DONTWAIT);
  if (size < 0)
    co_return -errno;
  co_return size;
}
Task<int> retried(int fd) {
  for (;;) {
    char text[64];
    ssize_t size = ::recv(fd, text, sizeof text, MSG_DONTWAIT);
    if (size >= 0)
      co_return size;
    if (errno != EAGAIN)
      co_return -errno;
    co_await backend();
  }
}
Task<int> ofAwaited(int fd) {
  ::fcntl(fd, F_SETFL, O_NONBLOCK);
  int size = co_await receive(fd);
  if (size < 0)
    throw std::system_error(errno, std::generic_category());
  co_return size;
}
Task<> cleared(int fd) {
  if (::listen(fd, 3) < 0) {
    co_await backend();
    errno = 0;
  }
}
