// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-blocking-call
//
// What attributes say - what is fine, and why.

#include "task.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();

// Fine because the function promises not to block
namespace clang_nonblocking {
long try_take(int fd, char* c) noexcept [[clang::nonblocking]];
long peek(int fd, char* c) noexcept [[clang::nonblocking]];
Task<long> take(int fd) {
    char c = 0;
    co_await step();
    long n = try_take(fd, &c);
    n += peek(fd, &c);
    co_return n;
}
}  // namespace clang_nonblocking

// Fine because the author says that this read never waits
namespace annotate_nonblocking {
[[clang::annotate("coro::nonblocking")]] int read_flag(int fd) {
    char c = 0;
    ::read(fd, &c, 1);
    return c;
}
int flags(int fd) { return read_flag(fd) | read_flag(fd + 1); }
Task<int> look(int fd) {
    co_await step();
    int a = read_flag(fd);
    co_return a + flags(fd);
}
}  // namespace annotate_nonblocking
