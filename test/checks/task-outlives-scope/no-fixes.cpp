// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %clang_tidy --quiet --config='{}' '--checks=-*,coro-task-outlives-scope' --export-fixes=%t.yaml %s -- -std=c++20 -I %mocks > %t.out
// RUN: FileCheck %s --input-file=%t.out --implicit-check-not='warning: '
// RUN: FileCheck %s --input-file=%t.yaml --check-prefix=FIX --implicit-check-not=ReplacementText
// FIX: DiagnosticName: coro-task-outlives-scope
//
// Where making the function a coroutine might not compile, or would be another
// bug, there is no fix-it.
#include "kit.h"

#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>

using namespace mock;

Task<std::string> fetch(std::string url);
Task<std::string> cached(std::string url);
Task<std::string> ready(std::string value);

class Span {
public:
  explicit Span(const char *name);
  ~Span();
};

// A handler cannot await
Task<std::string> handler(std::string url) {
  try {
    return fetch(url);
// CHECK: :[[@LINE-1]]:5: warning: the handlers of this try block do not see what the returned task throws: it has not begun [coro-task-outlives-scope]
  } catch (const std::runtime_error &) {
    return cached(url);
  }
}

// A lock of threads is not for a coroutine
struct Store {
  Task<std::string> load(std::string key) {
    std::lock_guard<std::mutex> lock(mu_);
    return cached(key);
// CHECK: :[[@LINE-1]]:5: warning: 'lock' ends before the returned task has begun [coro-task-outlives-scope]
  }
  Task<std::string> count(std::string key) {
    Span span("count");
    mu_.lock();
    ++loads_;
    mu_.unlock();
    return cached(key);
// CHECK: :[[@LINE-1]]:5: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
  }
  std::mutex mu_;
  int loads_ = 0;
};

// The caller's temporaries would be gone when the coroutine begins
Task<std::string> by_reference(const std::string &url) {
  Span span("x");
  return fetch(url);
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}
Task<std::string> by_view(std::string_view url) {
  Span span("x");
  return fetch(std::string(url));
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}
Task<std::string> by_pointer(const char *url) {
  Span span("x");
  return fetch(url);
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}
void captured(std::string url) {
  auto run = [url]() -> Task<std::string> {
    Span span("x");
    return fetch(url);
// CHECK: :[[@LINE-1]]:5: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
  };
  sync_wait(run());
}

// Not every return is a call that makes a task of this type
Task<std::string> stored(std::string url) {
  Span span("x");
  auto task = fetch(url);
  return task;
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}
Task<std::string> empty(std::string url) {
  Span span("x");
  if (url.empty())
    return {};
  return fetch(url);
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}

// Functions that cannot be coroutines, and texts that cannot be changed
auto deduced(std::string url) {
  Span span("x");
  return fetch(url);
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}
Task<std::string> variadic(int count, ...) {
  Span span("x");
  return fetch("/");
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}
template <typename T> Task<std::string> pattern(T url) {
  Span span("x");
  return fetch(url);
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}
template Task<std::string> pattern(std::string);
#define RETURN return
Task<std::string> macro(std::string url) {
  Span span("x");
  RETURN fetch(url);
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}

// A parameter that cannot be moved into the frame
struct Pinned {
  Pinned();
  Pinned(const Pinned &) = delete;
};
Task<std::string> pinned(Pinned) {
  Span span("x");
  return fetch("/");
// CHECK: :[[@LINE-1]]:3: warning: 'span' ends before the returned task has begun [coro-task-outlives-scope]
}
