// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-dangling-parameter
//
// The notes: where it is used, where the coroutine is suspended, who does not
// keep it, what to do.
#include "kit.h"

#include <string>
#include <string_view>

using namespace mock;

Task<> pause_for(int ms);
std::string make_key(int id);
void trace(std::string_view text);

Detached log_later(std::string_view text) {
  co_await pause_for(10);
  trace(text);
}
// CHECK-NOTES: :[[@LINE-4]]:37: warning: 'text' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
// CHECK-NOTES: :[[@LINE-3]]:9: note: it is used here
// CHECK-NOTES: :[[@LINE-5]]:3: note: the coroutine may be suspended here
// CHECK-NOTES: :[[@LINE-7]]:10: note: nobody can wait for 'log_later' to end
// CHECK-NOTES: :[[@LINE-8]]:37: note: take an owner of it by value

Task<> greet(const std::string &name) {
  trace(name);
  co_return;
}
void start(int id) { spawn(greet(make_key(id))); }
// CHECK-NOTES: :[[@LINE-5]]:33: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
// CHECK-NOTES: :[[@LINE-5]]:9: note: it is used here
// CHECK-NOTES: :[[@LINE-7]]:8: note: the coroutine is suspended before it begins
// CHECK-NOTES: :[[@LINE-4]]:28: note: here it is given a temporary, which ends before the coroutine
// CHECK-NOTES: :[[@LINE-9]]:33: note: take it by value

Task<> serve(const std::string &name) {
  co_await pause_for(1);
  trace(name);
}
void serve_later(const std::string &name) { spawn(serve(name)); }
// CHECK-NOTES: :[[@LINE-5]]:33: warning: 'name' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
// CHECK-NOTES: :[[@LINE-4]]:9: note: it is used here
// CHECK-NOTES: :[[@LINE-6]]:3: note: the coroutine may be suspended here
// CHECK-NOTES: :[[@LINE-4]]:51: note: this caller lets the coroutine run by itself
// CHECK-NOTES: :[[@LINE-9]]:33: note: take it by value

Detached count(int &value) {
  co_await pause_for(1);
  ++value;
}
void count_once() {
  int value = 0;
  count(value);
}
// CHECK-NOTES: :[[@LINE-8]]:21: warning: 'value' is used after a suspension, when what it refers to may be gone [coro-dangling-parameter]
// CHECK-NOTES: :[[@LINE-7]]:5: note: it is used here
// CHECK-NOTES: :[[@LINE-9]]:3: note: the coroutine may be suspended here
// CHECK-NOTES: :[[@LINE-5]]:3: note: here it is given 'value', which ends before the coroutine
// CHECK-NOTES: :[[@LINE-12]]:21: note: let the coroutine share the object, or keep it until the coroutine has ended
