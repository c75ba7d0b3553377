// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// What was once wrong.

#include "task.h"
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <future>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

using namespace mock;

// A descriptor that depends on itself ended in endless recursion.
struct Socket {
  int Fd = -1;
  void clone() { Fd = ::dup(Fd); }
  long take(char *To) { return ::recv(Fd, To, 1, 0); }
};
Task<long> self(Socket S) {
  char C;
  S.clone();
  co_return S.take(&C);
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'Socket::take' blocks the thread
}

// A braced list in a template that nobody instantiates has no type.
template <typename T> Task<> braced(T F) {
  F({1, 2}).then({[] {}});
  co_await F.next({});
}

// Who looks for EAGAIN has a non-blocking descriptor, from wherever.
Task<long> receive(int Fd, char *To) {
  long N = ::recv(Fd, To, 1, 0);
  if (N < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
    co_return 0;
  co_return N;
}

// So has who awaits that it is ready.
struct Loop {
  Operation<void> readable(int Fd);
};
Task<long> ready(Loop &L, int Fd, char *To) {
  co_await L.readable(Fd);
  co_return ::recv(Fd, To, 1, 0);
}

// What a member is initialised from is no temporary that ends there.
struct Joining {
  std::thread Thread;
  ~Joining() { Thread.join(); }
};
Joining begin();
struct Owner {
  Joining First;
  Joining Second = begin();
  Owner() : First(begin()) {}
};
Task<> keeps() {
  static Owner *Kept = new Owner();
  co_return;
}

// A lambda sees how the function around it opened the descriptor.
Task<long> around(char *To) {
  int Fd = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  auto Take = [&] { return ::recv(Fd, To, 1, 0); };
  co_return Take();
}
Task<long> aroundBlocking(char *To) {
  int Fd = ::socket(AF_INET, SOCK_STREAM, 0);
  auto Take = [&] { return ::recv(Fd, To, 1, 0); };
  co_return Take();
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'Take' blocks the thread
}

// What await_ready asked for is there in await_resume.
struct Asked {
  std::future<int> Result;
  bool await_ready() {
    return Result.wait_for(std::chrono::seconds(0)) ==
           std::future_status::ready;
  }
  void await_suspend(std::coroutine_handle<>);
  int await_resume() { return Result.get(); }
};
struct NotAsked {
  std::future<int> Result;
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<>);
  int await_resume() { return Result.get(); }
  // CHECK-MESSAGES: :[[@LINE-1]]:38: warning: 'std::future::get' blocks the thread in awaiter method 'NotAsked::await_resume'
};
Task<int> asks(Asked A, NotAsked N) { co_return co_await A + co_await N; }

// An object that was awaited has come to its end; its destructor would wait.
struct Running {
  Running();
  ~Running() { ::pause(); }
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  void await_resume();
};
Task<> awaitedBeforeItsEnd() {
  Running Work;
  co_await Work;
}
Task<> awaitedOnOneWay(bool Wait) {
  Running Work;
  // CHECK-MESSAGES: :[[@LINE-1]]:11: warning: {{.*}} [coro-blocking-call]
  if (Wait)
    co_await Work;
}
