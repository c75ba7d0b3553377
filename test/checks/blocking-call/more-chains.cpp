// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// What the notes say of each form of call that a chain can go through.

#include "task.h"
#include <algorithm>
#include <functional>
#include <future>
#include <iterator>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace mock;

// A template, by the name of the pattern.
template <typename T> void settle(T Seconds) { ::sleep(Seconds); }
Task<> throughTemplate() {
  settle(1u);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'settle' blocks the thread in coroutine 'throughTemplate' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-4]]:48: note: 'settle' calls 'sleep' here
  // CHECK-NOTES: :[[@LINE-5]]:48: note: 'sleep' is a sleep; await {{.*}} instead
  co_return;
}

// A constructor, whose member does it.
struct Address {
  addrinfo *First = nullptr;
  explicit Address(const char *Host) {
    ::getaddrinfo(Host, nullptr, nullptr, &First);
  }
};
struct Peer {
  Address At;
  explicit Peer(const char *Host) : At(Host) {}
};
Task<> throughConstructor() {
  Peer Made("example.org");
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the construction of 'Peer' blocks the thread in coroutine 'throughConstructor' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-5]]:37: note: 'Peer::Peer' constructs 'Address' here
  // CHECK-NOTES: :[[@LINE-11]]:5: note: 'Address::Address' calls 'getaddrinfo' here
  // CHECK-NOTES: :[[@LINE-12]]:5: note: 'getaddrinfo' is a name look-up over the network; await {{.*}} instead
  co_return;
}

// Operators: a stream of one's own, a call, a conversion.
struct Channel {
  int Fd;
  Channel &operator<<(char Byte) {
    ::send(Fd, &Byte, 1, 0);
    return *this;
  }
  void operator()() const { ::usleep(10); }
  explicit operator bool() const {
    ::usleep(20);
    return true;
  }
};
Task<> throughOperators(Channel C) {
  C << 'x';
  // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'Channel::operator<<' blocks the thread in coroutine 'throughOperators' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-12]]:5: note: 'Channel::operator<<' calls 'send' here
  // CHECK-NOTES: :[[@LINE-13]]:5: note: 'send' is blocking network I/O; await {{.*}} instead
  C();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'C' blocks the thread in coroutine 'throughOperators' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-13]]:29: note: 'Channel::operator()' calls 'usleep' here
  // CHECK-NOTES: :[[@LINE-14]]:29: note: 'usleep' is a sleep; await {{.*}} instead
  if (C)
    co_return;
  // CHECK-NOTES: :[[@LINE-2]]:7: warning: 'Channel::operator bool' blocks the thread in coroutine 'throughOperators' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-16]]:5: note: 'Channel::operator bool' calls 'usleep' here
  // CHECK-NOTES: :[[@LINE-17]]:5: note: 'usleep' is a sleep; await {{.*}} instead
}

// A default argument is evaluated by the caller.
int nextId() { return static_cast<int>(::sleep(1)); }
void store(int Id = nextId());
Task<> throughDefaultArgument() {
  store();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'nextId' blocks the thread in coroutine 'throughDefaultArgument' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-5]]:40: note: 'nextId' calls 'sleep' here
  // CHECK-NOTES: :[[@LINE-6]]:40: note: 'sleep' is a sleep; await {{.*}} instead
  co_return;
}

// Recursion: a way out of it, and each step once.
void climb(int N);
void fall(int N) {
  climb(N - 1);
}
void climb(int N) {
  if (N > 0)
    fall(N);
  else
    ::sleep(1);
}
Task<> throughRecursion() {
  fall(9);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'fall' blocks the thread in coroutine 'throughRecursion' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-11]]:3: note: 'fall' calls 'climb' here
  // CHECK-NOTES: :[[@LINE-6]]:5: note: 'climb' calls 'sleep' here
  // CHECK-NOTES: :[[@LINE-7]]:5: note: 'sleep' is a sleep; await {{.*}} instead
  co_return;
}

// A pointer with one value.
Task<> throughPointer() {
  void (*Chosen)(int) = &fall;
  Chosen(1);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'Chosen' blocks the thread in coroutine 'throughPointer' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-22]]:3: note: 'fall' calls 'climb' here
  // CHECK-NOTES: :[[@LINE-17]]:5: note: 'climb' calls 'sleep' here
  // CHECK-NOTES: :[[@LINE-18]]:5: note: 'sleep' is a sleep; await {{.*}} instead
  co_return;
}

// A library function that calls what it is given.
Task<> throughAlgorithm(std::vector<int> All) {
  std::for_each(All.begin(), All.end(), [](int Each) { fall(Each); });
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'std::for_each' blocks the thread in coroutine 'throughAlgorithm' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-2]]:56: note: the lambda calls 'fall' here
  // CHECK-NOTES: :[[@LINE-33]]:3: note: 'fall' calls 'climb' here
  // CHECK-NOTES: :[[@LINE-28]]:5: note: 'climb' calls 'sleep' here
  // CHECK-NOTES: :[[@LINE-29]]:5: note: 'sleep' is a sleep; await {{.*}} instead
  co_return;
}

// Destructors that are not written: of a temporary, of what a pointer owns, of
// an element, of a base.
struct Loader {
  std::future<int> Loaded;
  ~Loader() { Loaded.wait(); }
};
struct Cache : Loader {
  int Hits = 0;
};
Task<> throughOwner() {
  auto Owned = std::make_unique<Cache>();
  // CHECK-NOTES: :[[@LINE-1]]:8: warning: the destruction of 'Cache' blocks the thread in coroutine 'throughOwner' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-6]]:8: note: 'Cache::~Cache' destroys 'Loader' here
  // CHECK-NOTES: :[[@LINE-9]]:22: note: 'Loader::~Loader' calls 'std::future::wait' here
  // CHECK-NOTES: :[[@LINE-10]]:22: note: 'std::future::wait' is a wait for another thread; await {{.*}} instead
  co_return;
}
Task<int> throughTemporary() {
  int Hits = Cache().Hits;
  // CHECK-NOTES: :[[@LINE-1]]:14: warning: the destruction of 'Cache' blocks the thread in coroutine 'throughTemporary' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-14]]:8: note: 'Cache::~Cache' destroys 'Loader' here
  // CHECK-NOTES: :[[@LINE-17]]:22: note: 'Loader::~Loader' calls 'std::future::wait' here
  // CHECK-NOTES: :[[@LINE-18]]:22: note: 'std::future::wait' is a wait for another thread; await {{.*}} instead
  co_return Hits;
}

// Of several ways the shortest is shown.
Task<> shortest(bool Deep) {
  auto Both = [&] {
    if (Deep)
      fall(1);
    ::sleep(1);
  };
  Both();
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'Both' blocks the thread in coroutine 'shortest' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-4]]:5: note: the lambda calls 'sleep' here
  // CHECK-NOTES: :[[@LINE-5]]:5: note: 'sleep' is a sleep; await {{.*}} instead
  co_return;
}

// An awaiter's method through a helper.
struct Read {
  int Fd;
  bool await_ready() { return tryNow() > 0; }
  // CHECK-NOTES: :[[@LINE-1]]:31: warning: 'Read::tryNow' blocks the thread in awaiter method 'Read::await_ready' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE+5]]:26: note: 'Read::tryNow' calls 'recv' here
  // CHECK-NOTES: :[[@LINE+4]]:26: note: 'recv' is blocking network I/O; await {{.*}} instead
  void await_suspend(std::coroutine_handle<>) {}
  long await_resume() { return 0; }
  char Byte;
  long tryNow() { return ::recv(Fd, &Byte, 1, 0); }
};
Task<long> throughAwaiter(int Fd) { co_return co_await Read{Fd}; }

// What a promise does when its coroutine yields.
struct Lines {
  struct promise_type {
    Lines get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    std::suspend_always await_transform(Operation<>) { return {}; }
    std::suspend_always yield_value(int Fd) {
      ::fsync(Fd);
      return {};
    }
    void return_void() {}
    void unhandled_exception() {}
  };
  bool await_ready();
  void await_suspend(std::coroutine_handle<>);
  int await_resume();
};
Lines throughPromise(int Fd) {
  co_yield Fd;
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'promise_type::yield_value' blocks the thread in coroutine 'throughPromise' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-13]]:7: note: 'promise_type::yield_value' calls 'fsync' here
  // CHECK-NOTES: :[[@LINE-14]]:7: note: 'fsync' is file I/O; await {{.*}} instead
  co_await yield_now();
}

// A lambda coroutine is its own place.
auto Flush = [](int Fd) -> Task<> {
  ::fsync(Fd);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'fsync' blocks the thread in a lambda coroutine [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'fsync' is file I/O; await {{.*}} instead
  co_return;
};

// What stands in a macro is shown where the macro is used.
#define PAUSE(Seconds) ::sleep(Seconds)
Task<> throughMacro() {
  PAUSE(1);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread in coroutine 'throughMacro' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-4]]:24: note: expanded from macro 'PAUSE'
  // CHECK-NOTES: :[[@LINE-3]]:3: note: 'sleep' is a sleep; await {{.*}} instead
  // CHECK-NOTES: :[[@LINE-6]]:24: note: expanded from macro 'PAUSE'
  co_return;
}
