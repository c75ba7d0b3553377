// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// An eager task whose type says that it refers to its arguments.
#ifndef CORO_TIDY_TEST_BOUND_H
#define CORO_TIDY_TEST_BOUND_H

#include <coroutine>

namespace bound {

template <typename T>
struct [[clang::coro_return_type, clang::coro_lifetimebound]] Hot {
  struct promise_type {
    Hot get_return_object();
    std::suspend_never initial_suspend() noexcept;
    std::suspend_always final_suspend() noexcept;
    void return_value(T value);
    void unhandled_exception();
  };
  Hot(Hot &&other) noexcept;
  ~Hot();
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> caller);
  T await_resume();

private:
  std::coroutine_handle<promise_type> self_;
};

} // namespace bound

#endif // CORO_TIDY_TEST_BOUND_H
