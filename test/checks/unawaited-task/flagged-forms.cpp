// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-unawaited-task
//
// Local tasks that are lost: the forms of statements, variables and functions.

#include "kit.h"

#include <array>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <queue>
#include <ranges>
#include <tuple>
#include <unordered_map>

using namespace mock;

Task<int> fetch(int Id);
Task<> save(int Id);
Job<int> start(int Id);
std::vector<Task<>> saveAll();
bool isFresh(int Id);

// Branches

enum class Mode { Fast, Slow, Off };

Task<int> oneCaseReturns(Mode M) {
  auto Row = fetch(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Row'
  switch (M) {
  case Mode::Fast:
    co_return co_await std::move(Row);
  case Mode::Slow:
    co_await yield_now();
    co_return co_await std::move(Row);
  case Mode::Off:
    co_return 0;
  }
}

Task<> switchInit(int Kind) {
  switch (auto Write = save(1); Kind) {
  // CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task 'Write' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  case 1:
    co_await std::move(Write);
    break;
  default:
    break;
  }
}

Task<> ifInit(int Id) {
  if (auto Write = save(Id); isFresh(Id))
  // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task 'Write' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
    co_await std::move(Write);
}

Task<int> jumpsOver(int Id) {
  auto Row = fetch(Id);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Row' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  if (!isFresh(Id))
    goto fail;
  co_return co_await std::move(Row);
fail:
  co_return -1;
}

Task<> secondOperand(bool Verify) {
  auto Write = save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Write' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  if (Verify && isFresh(1))
    co_await std::move(Write);
}

Task<int> eachArmTakesOne(bool First) {
  auto Left = fetch(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Left' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  auto Right = fetch(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Right' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return First ? co_await std::move(Left) : co_await std::move(Right);
}

Task<int> oneIsChosen(bool First) {
  auto Left = fetch(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Left' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  auto Right = fetch(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Right' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  auto Chosen = First ? std::move(Left) : std::move(Right);
  co_return co_await std::move(Chosen);
}

Task<int> madeInEitherArm(bool First) {
  auto Row = First ? fetch(1) : fetch(2);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Row' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return 0;
}

Task<int> insideTry(int Id) {
  auto Row = fetch(Id);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Row' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  try {
    if (!isFresh(Id))
      co_return 0;
  } catch (const std::exception &) {
    throw;
  }
  co_return co_await std::move(Row);
}

std::optional<Task<>> emptyReturn(bool Skip) {
  auto Write = save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Write' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  if (Skip)
    return std::nullopt;
  return Write;
}

// Loops

Task<> leftByBreak(int Count) {
  for (int Id = 0; Id < Count; ++Id) {
    auto Write = save(Id);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task 'Write' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
    if (!isFresh(Id))
      break;
    co_await std::move(Write);
  }
}

Task<> endless() {
  for (;;) {
    auto Write = save(1);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task 'Write' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
    int Row = co_await fetch(1);
    if (Row < 0)
      break;
    co_await std::move(Write);
  }
}

Task<> onlyWhenFound(int Count) {
  auto Write = save(0);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Write' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  for (int Id = 0; Id < Count; ++Id)
    if (isFresh(Id)) {
      co_await std::move(Write);
      break;
    }
}

Task<int> returnsFromLoop(std::vector<int> Ids) {
  auto Row = fetch(0);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Row' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  for (int Id : Ids)
    if (Id == 0)
      co_return 0;
  co_return co_await std::move(Row);
}

Task<> loopInit() {
  for (auto Write = save(1);;) {
  // CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task 'Write' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
    if (isFresh(1))
      break;
    co_await std::move(Write);
    break;
  }
}

Task<> rangeOfTasks() {
  auto Writes = std::views::iota(0, 3) |
                std::views::transform([](int Id) { return save(Id); });
  for (Task<> Each : Writes)
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task 'Each' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
    kit::info("one more");
  co_return;
}

// Variables

Task<int> oneOfTuple() {
  auto [Left, Right] = std::make_tuple(fetch(1), fetch(2));
  // CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task 'Right' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return co_await std::move(Left);
}

Task<> pairWithTask() {
  std::pair<int, Task<>> Write{1, save(1)};
  // CHECK-MESSAGES: :[[@LINE-1]]:26: warning: the task in 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

Task<> arrayOfTasks() {
  std::array<Task<>, 2> Writes{save(1), save(2)};
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the task in 'Writes' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

Task<> mapOfTasks() {
  std::map<int, Task<>> Writes;
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the task in 'Writes' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  Writes.emplace(1, save(1));
  Writes.insert_or_assign(2, save(2));
  co_return;
}

Task<> tableOfTasks() {
  std::unordered_map<int, Task<>> Writes;
  // CHECK-MESSAGES: :[[@LINE-1]]:35: warning: the task in 'Writes' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  Writes.emplace(1, save(1));
  co_return;
}

Task<> queueOfTasks() {
  std::queue<Task<>> Writes;
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task in 'Writes' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  Writes.push(save(1));
  co_return;
}

Task<> dequeOfTasks() {
  std::deque<Task<>> Writes;
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task in 'Writes' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  Writes.push_back(save(1));
  co_return;
}

Task<> listOfTasks() {
  std::list<Task<>> Writes;
  // CHECK-MESSAGES: :[[@LINE-1]]:21: warning: the task in 'Writes' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  Writes.push_front(save(1));
  co_return;
}

Task<> moveIntoVector() {
  auto Write = save(1);
  std::vector<Task<>> Writes;
  // CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task in 'Writes' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  Writes.push_back(std::move(Write));
  co_return;
}

Task<> givenVector() {
  auto Writes = saveAll();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'Writes' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

Task<> filledOptional(bool Wanted) {
  std::optional<Task<>> Write;
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the task in 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  if (Wanted)
    Write = save(1);
  co_return;
}

Task<> madeOptional() {
  auto Write = std::make_optional(save(1));
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task in 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

Task<> onTheHeap() {
  std::unique_ptr<Task<>> Write(new Task<>(save(1)));
  // CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the task in 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

Task<> neverChanged() {
  const auto Write = save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

Task<> notUsedOnPurpose() {
  [[maybe_unused]] auto Write = save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:25: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

Task<> onlyItsType() {
  auto Write = save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  static_assert(sizeof(Write) > 0);
  using Same = decltype(Write);
  co_return;
}

Task<> eager() {
  auto Running = start(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Running' is never awaited or handed on; it is eager, so nobody sees its end [coro-unawaited-task]
  co_await yield_now();
}

kit::Shared<int> share(int Id);
Task<> shared() {
  auto Loading = share(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Loading' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_await yield_now();
}

Task<Task<int>> makeFetch();
Task<> taskFromTask() {
  auto Inner = co_await makeFetch();
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Inner' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

#define MAKE(NAME) auto NAME = fetch(1)
Task<int> declaredByMacro() {
  MAKE(Row);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Row' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return 0;
}

// Functions

struct Sink {
  virtual ~Sink();
  virtual void accept(Task<> Write) = 0;
};
struct NullSink : Sink {
  void accept(Task<> Write) override {}
  // CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
};

Task<> vectorParameter(std::vector<Task<>> Writes) {
// CHECK-MESSAGES: :[[@LINE-1]]:44: warning: the task in 'Writes' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]
  if (!isFresh(1))
    co_return;
  co_await when_all(std::move(Writes));
}

Task<> askedParameter(Task<> Write) {
// CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the task 'Write'
  if (Write.valid())
    kit::info("valid");
  co_return;
}

Task<> lambdaInside(int Id) {
  auto Run = [](int Each) -> Task<> {
    auto Write = save(Each);
    // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
    co_return;
  };
  co_await Run(Id);
}

Task<> notCaptured(int Id) {
  auto Write = save(Id);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  auto Log = [=] { kit::info(std::to_string(Id)); };
  Log();
  co_return;
}

Task<> functor() {
  struct Saver {
    Task<> operator()() const {
      auto Write = save(1);
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
      co_return;
    }
  } Run;
  co_await Run();
}

void localClass() {
  struct Saver {
    void run() {
      auto Write = save(1);
      // CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
    }
  };
}

int Global = [] {
  auto Write = save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  return 1;
}();

template <class T> Task<T> load(T Value) {
  auto Write = save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return Value;
}

template <class T> Task<> bySize(T Value) {
  auto Write = save(1);
  // CHECK-MESSAGES: :[[@LINE-1]]:8: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  if constexpr (sizeof(T) == sizeof(int))
    co_await std::move(Write);
}

template <class A> Task<> drops(A Write) {
// CHECK-MESSAGES: :[[@LINE-1]]:35: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
  co_return;
}

auto Drops = [](auto Write) -> Task<> { co_return; };
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task 'Write' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]

Task<> instantiate() {
  (void)co_await load(1);
  (void)co_await load('c');
  co_await bySize(1);
  co_await bySize('c');
  co_await drops(save(1));
  co_await Drops(save(1));
}
