// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s 'coro-*' -expect-clang-tidy-error -- -- -ferror-limit=0
//
// Promises that lack a part, in the states that a class goes through while it
// is typed. The coroutines of other types are looked at nevertheless.

#include "task.h"
#include <unistd.h>

using namespace mock;

struct NoFinal {
  struct promise_type {
    NoFinal get_return_object();
    std::suspend_always initial_suspend();
    void return_void();
    void unhandled_exception();
  };
};
NoFinal noFinal() {
  ::sleep(1);
  co_return;
}

struct NoInitial {
  struct promise_type {
    NoInitial get_return_object();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
NoInitial noInitial() { co_await std::suspend_always(); }

struct NoReturn {
  struct promise_type {
    NoReturn get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void unhandled_exception();
  };
};
NoReturn noReturnValue() { co_return 1; }
NoReturn noReturnVoid() { co_return; }
// To fall off the end is undefined, but compiles.
NoReturn fallsOff() { co_await std::suspend_always(); }

struct TwoReturns {
  struct promise_type {
    TwoReturns get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void return_value(int);
    void unhandled_exception();
  };
};
TwoReturns twoReturns() { co_return 1; }

struct NoHandler {
  struct promise_type {
    NoHandler get_return_object();
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
  };
};
NoHandler noHandler() { co_return; }

struct NoObject {
  struct promise_type {
    std::suspend_always initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
NoObject noObject() { co_return; }

struct EmptyPromise {
  struct promise_type {};
};
EmptyPromise emptyPromise() { co_await std::suspend_always(); }

struct OnlyDeclared {
  struct promise_type;
};
OnlyDeclared onlyDeclared() { co_return; }

struct NoClass {
  using promise_type = int;
};
NoClass noClass() { co_return; }

struct PrivatePromise {
private:
  struct promise_type {
    PrivatePromise get_return_object();
  };
};
PrivatePromise privatePromise() { co_return; }

struct WrongSuspend {
  struct promise_type {
    WrongSuspend get_return_object();
    int initial_suspend() noexcept;
    void final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
  };
};
WrongSuspend wrongSuspend() { co_return; }

struct ThrowingEnd {
  struct promise_type {
    ThrowingEnd get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend();
    void return_void();
    void unhandled_exception();
  };
};
ThrowingEnd throwingEnd() { co_return; }

// Not one of the methods that an awaiter needs has the right form.
struct HalfAwaiter {
  bool await_ready();
  void await_resume(int);
};
struct Circle {
  Circle operator co_await();
};
struct Unknown {
  Missing operator co_await();
};
Task<> awaitsThem() {
  co_await HalfAwaiter();
  co_await Circle();
  co_await Unknown();
  co_yield 1;
}

Detached dropsThem() {
  onlyDeclared();
  emptyPromise();
  noClass();
  co_return;
}

Task<> sound() {
  ::sleep(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:3: warning: 'sleep' blocks the thread in coroutine 'sound' [coro-blocking-call]
  co_return;
}
