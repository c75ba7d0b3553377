// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-reuse
//
// Tasks that are used once on each path, and what may be used again. Each says
// why it is fine.

#include "kit.h"

#include <array>
#include <cstdlib>
#include <map>
#include <memory>

using namespace mock;
using namespace std::chrono_literals;

Task<int> fetch(int Id);
Task<> save(int Id);
void keep(Task<> Kept);
bool isFresh(int Id);

// Statements

// The early way returns.
Task<> returnsEarly() {
  auto Write = save(1);
  if (isFresh(1)) {
    keep(std::move(Write));
    co_return;
  }
  co_await std::move(Write);
}

// Either arm, not both.
Task<int> eitherArm(bool Double) {
  auto Row = fetch(1);
  co_return Double ? 2 * co_await std::move(Row) : co_await std::move(Row);
}

// The first operand decides which of the two awaits runs.
Task<bool> orElse(bool Early) {
  Task<bool> Check = []() -> Task<bool> { co_return true; }();
  if (Early)
    co_return co_await std::move(Check);
  co_return isFresh(1) || co_await std::move(Check);
}

// The await leaves the loop.
Task<int> returnsFromLoop(int Count) {
  auto Row = fetch(1);
  for (int Id = 0; Id < Count; ++Id)
    if (isFresh(Id))
      co_return co_await std::move(Row);
  co_return co_await std::move(Row);
}

// The flag lets it run once.
Task<int> onceByFlag() {
  auto Row = fetch(1);
  int Result = 0;
  bool Done = false;
  while (!Done) {
    Result = co_await std::move(Row);
    Done = true;
  }
  co_return Result;
}

// Only the first round awaits it, or nobody did.
Task<int> firstRound(int Count) {
  auto Row = fetch(1);
  int Result = 0;
  bool First = true;
  for (int I = 0; I < Count; ++I) {
    if (First)
      Result = co_await std::move(Row);
    First = false;
  }
  if (First)
    Result = co_await std::move(Row);
  co_return Result;
}

// A loop that is none.
Task<> onceByMacro() {
  auto Write = save(1);
  do
    co_await std::move(Write);
  while (0);
}

// The first way does not come back.
[[noreturn]] void fail();
Task<> doesNotReturn(bool Bad) {
  auto Write = save(1);
  if (Bad) {
    co_await std::move(Write);
    fail();
  }
  co_await std::move(Write);
}

// Nor does this one.
Task<> throws(bool Bad) {
  auto Write = save(1);
  if (Bad) {
    co_await std::move(Write);
    throw std::system_error(std::error_code());
  }
  co_await std::move(Write);
}

// The handler makes a new task.
Task<int> newInHandler() {
  auto Row = fetch(1);
  for (int I = 0; I < 3; ++I) {
    try {
      co_return co_await std::move(Row);
    } catch (const std::exception &) {
      Row = fetch(I);
    }
  }
  co_return co_await std::move(Row);
}

// Each round has its own.
Task<> madeInLoop(int Count) {
  for (int Id = 0; Id < Count; ++Id) {
    auto Write = save(Id);
    co_await std::move(Write);
  }
}

// Each round makes a new one, before or after the await.
Task<> assignedInLoop() {
  Task<> Write;
  for (int Id = 0; Id < 3; ++Id) {
    Write = save(Id);
    co_await Write;
  }
  Write = save(3);
  do {
    co_await std::move(Write);
    Write = save(4);
  } while (isFresh(4));
  co_await std::move(Write);
}

// Operands that are not evaluated.
Task<> unevaluated() {
  auto Write = save(1);
  static_assert(!noexcept(keep(std::move(Write))));
  using Moved = decltype(std::move(Write));
  co_await std::move(Write);
}

// Moves

// It is set to a new one in between.
Task<> newAfterMove() {
  auto Write = save(1);
  auto Other = std::move(Write);
  Write = save(2);
  co_await std::move(Write);
  co_await std::move(Other);
}

// exchange puts a new one in its place, swap the other one.
Task<> exchanged() {
  auto Write = save(1);
  co_await std::exchange(Write, save(2));
  co_await std::move(Write);
  auto Other = save(3);
  std::swap(Write, Other);
  co_await std::move(Write);
}

// The callee gets it by reference and may set it.
void refill(Task<> &Write);
Task<> refilled() {
  auto Write = save(1);
  co_await std::move(Write);
  refill(Write);
  co_await std::move(Write);
}

// A reference moves nothing.
Task<> onlyReference() {
  auto Write = save(1);
  auto &&Same = std::move(Write);
  (void)Same;
  co_await std::move(Write);
}

// It is asked whether it is still there.
Task<> asked() {
  auto Write = save(1);
  keep(std::move(Write));
  if (Write.valid())
    co_await std::move(Write);
}

// What was moved from may be assigned and destroyed.
Task<> emptied() {
  auto Write = save(1);
  keep(std::move(Write));
  Write = Task<>();
  co_return;
}

// Variables

// The two members are two tasks.
Task<int> twoMembers() {
  auto Rows = std::make_pair(fetch(1), fetch(2));
  int Sum = co_await std::move(Rows.first);
  co_return Sum + co_await std::move(Rows.second);
}

// So are the two elements.
Task<int> twoElements() {
  std::array<Task<int>, 2> Rows{fetch(1), fetch(2)};
  int Sum = co_await std::move(Rows[0]);
  co_return Sum + co_await std::move(Rows[1]);
}

// The pointer gets a new task, or what it points to does.
Task<int> newBehindPointer() {
  auto Row = std::make_unique<Task<int>>(fetch(1));
  int Sum = co_await *Row;
  Row = std::make_unique<Task<int>>(fetch(2));
  Sum += co_await *Row;
  *Row = fetch(3);
  co_return Sum + co_await *Row;
}

// So does the optional.
Task<int> newInOptional() {
  std::optional<Task<int>> Row = fetch(1);
  int Sum = co_await *Row;
  Row.emplace(fetch(2));
  co_return Sum + co_await *Row;
}

// The caller's task may be one that can be awaited again.
template <class T> Task<int> twice(T &Row) {
  int Sum = co_await Row;
  co_return Sum + co_await Row;
}

// A copy of a shared task, and the original.
Task<int> copies(kit::Shared<int> Loading) {
  auto Copy = Loading;
  int Sum = co_await Copy;
  Sum += co_await Loading;
  co_return Sum + co_await Loading;
}

// An event may be awaited again, and so may a mutex and a timer's result.
Task<> events() {
  AsyncEvent Done;
  co_await Done;
  co_await Done;
  AsyncMutex Mutex;
  co_await Mutex.lock_async();
  co_await Mutex.lock_async();
  auto Pause = resume_after(1s);
  co_await Pause;
  co_await Pause;
}

// An asynchronous generator is awaited for each value.
Task<int> stream(kit::Stream<int> Rows) {
  int Sum = 0;
  while (auto Row = co_await Rows.next())
    Sum += *Row;
  co_return Sum;
}

// Functions

// Only one of the two returns runs.
Task<> twoReturns(bool First) {
  Task<> Write = save(1);
  if (First)
    return Write;
  return std::move(Write);
}

// The lambda makes one at each call.
Task<> maker() {
  auto Make = [] { return save(1); };
  co_await Make();
  co_await Make();
}

// A constructor that moves it on, and another overload.
class Session {
  Task<> Writing;

public:
  explicit Session(Task<> Write) : Writing(std::move(Write)) {}
  Session(Task<> Write, int Delay) { Writing = std::move(Write); }
};

// In each instantiation one of the branches takes it.
template <class T> Task<> bySize(T Value) {
  auto Write = save(1);
  if constexpr (sizeof(T) == 1)
    keep(std::move(Write));
  else
    co_await std::move(Write);
}

// Each element of the pack is another task.
template <class... As> Task<> awaitsAll(As... Given) {
  (co_await std::move(Given), ...);
}

Task<> instantiate() {
  co_await bySize('c');
  co_await bySize(1);
  co_await awaitsAll(save(1), save(2));
}
