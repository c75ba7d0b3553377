// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// The notes walk from the coroutine to the primitive.

#include "task.h"
#include <fstream>
#include <functional>
#include <mutex>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace mock;

// Directly.
Task<> direct() {
  ::sleep(1);
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread in coroutine 'direct' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-2]]:3: note: 'sleep' is a sleep; await {{.*}} instead
  co_return;
}

// Three functions and a method down.
struct Child {
  pid_t Pid;
  int reap() {
    int Status = 0;
    ::waitpid(Pid, &Status, 0);
    return Status;
  }
};
int exitCode(Child &C) { return C.reap(); }
bool succeeded(Child &C) { return exitCode(C) == 0; }

Task<bool> finish(Child C) {
  co_return succeeded(C);
  // CHECK-NOTES: :[[@LINE-1]]:13: warning: 'succeeded' blocks the thread in coroutine 'finish' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-5]]:35: note: 'succeeded' calls 'exitCode' here
  // CHECK-NOTES: :[[@LINE-7]]:35: note: 'exitCode' calls 'Child::reap' here
  // CHECK-NOTES: :[[@LINE-12]]:5: note: 'Child::reap' calls 'waitpid' here
  // CHECK-NOTES: :[[@LINE-13]]:5: note: 'waitpid' is a wait for a process; await {{.*}} instead
}

// A destructor that the syntax hides: the declaration has to change.
struct Worker {
  std::thread Thread;
  ~Worker() { Thread.join(); }
};
Task<> hidden() {
  Worker W;
  // CHECK-NOTES: :[[@LINE-1]]:10: warning: the destruction of 'W' blocks the thread in coroutine 'hidden' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-5]]:22: note: 'Worker::~Worker' calls 'std::thread::join' here
  // CHECK-NOTES: :[[@LINE-6]]:22: note: 'std::thread::join' is a thread join; await {{.*}} instead
  co_return;
}

// A callback that a function in sight calls: first the way to its call, then
// what it does.
void twice(const std::function<void()> &Run) {
  Run();
}
void retry(std::function<void()> Run) {
  twice(Run);
}
Task<> passed() {
  retry([] { ::usleep(10); });
  // CHECK-NOTES: :[[@LINE-1]]:3: warning: 'retry' blocks the thread in coroutine 'passed' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-5]]:3: note: 'retry' calls 'twice' here
  // CHECK-NOTES: :[[@LINE-9]]:3: note: 'twice' calls 'Run' here
  // CHECK-NOTES: :[[@LINE-4]]:14: note: the lambda calls 'usleep' here
  // CHECK-NOTES: :[[@LINE-5]]:14: note: 'usleep' is a sleep; await {{.*}} instead
  co_return;
}

// A virtual call: an overrider in sight.
struct Sink {
  virtual ~Sink() = default;
  virtual void put(int Value) = 0;
};
struct FileSink : Sink {
  void put(int Value) override {
    std::ofstream Out("values");
    Out << Value;
  }
};
Task<> virtualCall(Sink &S) {
  S.put(1);
  // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'Sink::put' blocks the thread in coroutine 'virtualCall' [coro-blocking-call]
  // CHECK-NOTES: :[[@LINE-7]]:19: note: 'FileSink::put' constructs 'std::basic_ofstream' here
  // CHECK-NOTES: :[[@LINE-8]]:19: note: the construction of 'std::basic_ofstream' is file I/O; await {{.*}} instead
  co_return;
}

// An awaiter is its own place.
struct Pause {
  bool await_ready() { return false; }
  void await_suspend(std::coroutine_handle<> H) {
    ::sleep(1);
    // CHECK-NOTES: :[[@LINE-1]]:5: warning: 'sleep' blocks the thread in awaiter method 'Pause::await_suspend' [coro-blocking-call]
    // CHECK-NOTES: :[[@LINE-2]]:5: note: 'sleep' is a sleep; await {{.*}} instead
    H.resume();
  }
  void await_resume() {}
};
Task<> awaitsPause() { co_await Pause(); }
