// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-unawaited-task
//
// Local tasks that are not lost: the forms of statements, variables and
// functions. Each says why it is fine.

#include "kit.h"

#include <array>
#include <cassert>
#include <cstdlib>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <ranges>
#include <span>
#include <tuple>

using namespace mock;

Task<int> fetch(int Id);
Task<> save(int Id);
std::vector<Task<>> saveAll();
bool isFresh(int Id);
void check(int Id);

// Branches

enum class Mode { Fast, Slow, Off };

// Every case takes it.
Task<> eachCase(Mode M) {
  auto Write = save(1);
  switch (M) {
  case Mode::Fast:
    co_await std::move(Write);
    break;
  case Mode::Slow:
  case Mode::Off:
    spawn(std::move(Write));
    break;
  }
}

// The default case leaves before there is a task.
Task<> madeInCases(int Kind) {
  Task<> Write;
  switch (Kind) {
  case 1:
    Write = save(1);
    break;
  case 2:
    Write = save(2);
    break;
  default:
    co_return;
  }
  co_await std::move(Write);
}

// Each of the three branches takes it in its own way.
Task<> elseIf(bool Now, bool Later) {
  auto Write = save(1);
  if (Now)
    co_await std::move(Write);
  else if (Later)
    spawn(std::move(Write));
  else
    sync_wait(std::move(Write));
}

// Both ways to the label lead to the await.
Task<int> jumpsToAwait(int Id) {
  auto Row = fetch(Id);
  int Result = -1;
  if (!isFresh(Id))
    goto out;
  kit::info("fresh");
out:
  Result = co_await std::move(Row);
  co_return Result;
}

// The else takes what the if does not.
Task<> ifInit() {
  if (auto Write = save(1); isFresh(1))
    co_await std::move(Write);
  else
    spawn(std::move(Write));
}

// Only an exception leaves before the await.
Task<int> throwsOnError() {
  auto Row = fetch(1);
  if (!isFresh(1))
    throw std::system_error(std::error_code());
  co_return co_await std::move(Row);
}

// The handler is entered by an exception only.
Task<int> handler() {
  auto Row = fetch(1);
  try {
    check(1);
    co_return co_await std::move(Row);
  } catch (const std::exception &) {
    co_return -1;
  }
}

// These calls do not return.
Task<> endOfProgram(int Errors) {
  auto Write = save(1);
  if (Errors > 3)
    std::terminate();
  if (Errors > 2)
    std::abort();
  if (Errors > 1)
    __builtin_trap();
  co_await std::move(Write);
}

// An assertion is no way that is taken.
#define ENSURE(CONDITION)                                                      \
  if (!(CONDITION))                                                            \
  co_return
Task<> assertion() {
  auto Write = save(1);
  assert(isFresh(1));
  ENSURE(isFresh(2));
  co_await std::move(Write);
}

// The compiler knows the condition.
Task<> constantCondition() {
  constexpr bool Debug = false;
  auto Write = save(1);
  if (Debug)
    co_return;
  co_await std::move(Write);
}

// Nothing runs after the return.
Task<> unreachable() {
  co_return;
  auto Write = save(1);
}

// The flag is true exactly when there is a task.
Task<> flag() {
  bool Started = false;
  Task<> Write;
  for (int Id = 0; Id < 3; ++Id)
    if (!Started && isFresh(Id)) {
      Write = save(Id);
      Started = true;
    }
  if (Started)
    co_await std::move(Write);
}

// Both conditions ask the same pointer.
Task<> samePointer(const int *Id) {
  Task<> Write;
  if (Id)
    Write = save(*Id);
  co_await yield_now();
  if (Id)
    co_await std::move(Write);
}

// The second condition is the opposite of the first one.
Task<> opposite(std::optional<int> Id) {
  Task<> Write;
  bool HasId = Id.has_value();
  if (HasId)
    Write = save(*Id);
  co_await yield_now();
  if (!HasId)
    co_return;
  co_await std::move(Write);
}

// An empty task may be left.
Task<> neverFilled() {
  Task<> Write;
  co_return;
}

// Loops

// It is awaited after the loop, however that is left.
Task<> waitsFirst() {
  auto Write = save(0);
  while (true) {
    if (isFresh(1))
      break;
    co_await yield_now();
  }
  co_await std::move(Write);
}

// The only way out of the loop awaits it.
Task<> leavesWithAwait() {
  auto Write = save(0);
  for (;;) {
    if (isFresh(1)) {
      co_await std::move(Write);
      co_return;
    }
    co_await yield_now();
  }
}

// What is still in the optional is awaited before it is replaced.
Task<> pipeline(int Count) {
  std::optional<Task<>> Before;
  for (int Id = 0; Id < Count; ++Id) {
    if (Before)
      co_await std::move(*Before);
    Before = save(Id);
  }
  if (Before)
    co_await std::move(*Before);
}

// A loop with constant bounds runs at least once.
Task<int> constantBounds() {
  auto Row = fetch(1);
  bool First = true;
  int Sum = 0;
  for (int I = 0; I < 3; ++I) {
    if (First)
      Sum += co_await std::move(Row);
    First = false;
  }
  co_return Sum;
}

// The last batch is awaited after the loop.
Task<> batches(int Count) {
  std::vector<Task<>> Batch;
  for (int Id = 0; Id < Count; ++Id) {
    Batch.push_back(save(Id));
    if (Batch.size() == 8) {
      co_await when_all(std::move(Batch));
      Batch.clear();
    }
  }
  if (!Batch.empty())
    co_await when_all(std::move(Batch));
}

// The loop variable is the task of the range.
Task<> rangeOfTasks() {
  auto Writes = std::views::iota(0, 3) |
                std::views::transform([](int Id) { return save(Id); });
  for (Task<> Each : Writes)
    co_await std::move(Each);
}

// Variables

// The variable that holds the task in the end is awaited.
Task<> swapped() {
  Task<> Write = save(1);
  Task<> Other;
  std::swap(Write, Other);
  co_await std::move(Other);
}

// The caller has it after the swap.
Task<> swappedOut(Task<> &Out) {
  Task<> Write = save(1);
  std::swap(Write, Out);
  co_return;
}

// What exchange gives is awaited.
Task<> exchanged() {
  Task<> Write = save(1);
  co_await std::exchange(Write, {});
}

// The pointer leads to the task.
Task<> byPointer() {
  auto Write = save(1);
  Task<> *Same = &Write;
  co_await *Same;
}

// So do pointers in an array, and reference_wrappers.
Task<> byManyPointers() {
  auto Left = save(1);
  auto Right = save(2);
  std::array<Task<> *, 1> Lefts{&Left};
  for (Task<> *Each : Lefts)
    co_await *Each;
  std::vector<std::reference_wrapper<Task<>>> Rights;
  Rights.push_back(Right);
  for (Task<> &Each : Rights)
    co_await Each;
}

// The member of the pair is awaited.
Task<> pairWithTask() {
  std::pair<int, Task<>> Write{1, save(1)};
  co_await std::move(Write.second);
}

// The values of the map are awaited.
Task<> mapOfTasks() {
  std::map<int, Task<>> Writes;
  Writes.emplace(1, save(1));
  for (auto &[Key, Write] : Writes)
    co_await std::move(Write);
}

// The iterator leads to the task.
Task<> iterator(std::map<int, Task<>> Writes) {
  if (auto Found = Writes.find(1); Found != Writes.end())
    co_await std::move(Found->second);
}

// The span leads to the tasks.
Task<> span(std::vector<Task<>> Writes) {
  std::span<Task<>> Same(Writes);
  for (Task<> &Each : Same)
    co_await std::move(Each);
}

// The tasks are taken from the vector one by one.
Task<> popped() {
  std::vector<Task<>> Writes;
  Writes.push_back(save(1));
  while (!Writes.empty()) {
    auto Last = std::move(Writes.back());
    Writes.pop_back();
    co_await std::move(Last);
  }
}

// The other vector gets them.
Task<> spliced() {
  std::vector<Task<>> Writes;
  Writes.push_back(save(1));
  std::vector<Task<>> All;
  All.insert(All.end(), std::make_move_iterator(Writes.begin()),
             std::make_move_iterator(Writes.end()));
  co_await when_all(std::move(All));
}

// An empty vector holds no task.
Task<> emptyVector() {
  auto Writes = saveAll();
  if (Writes.empty())
    co_return;
  co_await when_all(std::move(Writes));
}

// An empty optional, pointer or task holds none either.
Task<> emptyOptional(std::optional<Task<>> Write) {
  if (!Write)
    co_return;
  co_await std::move(*Write);
}
Task<> nullPointer(std::unique_ptr<Task<>> Write) {
  if (Write == nullptr)
    co_return;
  co_await std::move(*Write);
}
Task<> invalid(Task<> Write) {
  if (!Write.valid())
    co_return;
  co_await std::move(Write);
}

// The raw pointer is the owner now.
Task<> released(std::unique_ptr<Task<>> Write) {
  Task<> *Raw = Write.release();
  co_await std::move(*Raw);
  delete Raw;
}

// It is a bool.
Task<bool> asked() {
  auto Write = save(1);
  auto Valid = Write.valid();
  co_await std::move(Write);
  co_return Valid;
}

// An event is no operation; nobody has to await it.
Task<> event() {
  AsyncEvent Done;
  Done.set();
  co_return;
}

// An awaiter that is an object of its own is not the result of an operation.
Task<> object() {
  std::suspend_always Pause;
  co_return;
}

// A written cast to void says that it is meant.
Task<> onPurpose() {
  auto Write = save(1);
  (void)Write;
  co_return;
}

// A generator may be left before its end, or before its beginning.
Generator<int> rows();
Task<> generator(bool Skip) {
  auto All = rows();
  if (Skip)
    co_return;
  for (int Row : All)
    co_await save(Row);
}

// Functions

// The lambda has it by reference, by move, or fills it.
template <class F> void keep(F Callback) { new F(std::move(Callback)); }
Task<> captures() {
  auto Write = save(1);
  auto Run = [&]() -> Task<> { co_await std::move(Write); };
  co_await Run();
  auto Moved = save(2);
  keep([Moved = std::move(Moved)]() mutable { spawn(std::move(Moved)); });
  Task<> Filled;
  auto Fill = [&](int Id) { Filled = save(Id); };
  Fill(3);
  co_await std::move(Filled);
}

// A reference parameter is its caller's task.
void look(const Task<> &Write) { kit::info("look"); }
void refuse(Task<> &&Write) { kit::info("refused"); }

// The overrider does not name what it does not use.
struct Sink {
  virtual ~Sink();
  virtual void accept(Task<> Write) = 0;
};
struct NullSink : Sink {
  void accept(Task<>) override {}
};

// The callees have it by reference, one by one or as a pack.
Task<> both(Task<> &Left, Task<> &Right);
template <class... Ts> Task<> gather(Ts &...Tasks);
Task<> byReference() {
  auto Left = save(1);
  auto Right = save(2);
  co_await both(Left, Right);
  auto Third = save(3);
  co_await gather(Third);
}

// Members hold it.
class Session {
  Task<> Writing;

public:
  explicit Session(Task<> Write) : Writing(std::move(Write)) {}
  void replace(Task<> Write) { Writing = std::move(Write); }
  void exchange(Task<> Write) { std::swap(Writing, Write); }
};

// The result holds it, in whatever form.
std::pair<Task<>, Task<>> asPair() {
  auto Left = save(1);
  auto Right = save(2);
  return {std::move(Left), std::move(Right)};
}
std::tuple<Task<>, int> asTuple() {
  auto Write = save(1);
  return std::tuple(std::move(Write), 1);
}
std::optional<Task<>> asOptional(bool Plainly) {
  auto Write = save(1);
  if (Plainly)
    return Write;
  return std::move(Write);
}
std::unique_ptr<Task<>> asPointer() {
  auto Write = save(1);
  return std::make_unique<Task<>>(std::move(Write));
}
Task<Task<int>> asTask() {
  auto Row = fetch(1);
  co_return std::move(Row);
}
struct AnyTask {
  AnyTask(Task<> Erased);
};
AnyTask asOther() {
  auto Write = save(1);
  return Write.valid() ? AnyTask(std::move(Write)) : AnyTask(Task<>());
}

// An operator takes it.
struct Piped {
  Task<> Inner;
};
Piped operator|(Task<> Inner, int Limit);
Task<> pipe() {
  auto Write = save(1);
  auto Limited = std::move(Write) | 3;
  co_await std::move(Limited.Inner);
}

// The awaiter of the task is awaited.
Task<> byItsAwaiter() {
  auto Write = save(1);
  auto &&Awaiter = std::move(Write).operator co_await();
  co_await Awaiter;
}

// In each instantiation one of the branches takes it.
template <class T> Task<> bySize(T Value) {
  auto Write = save(1);
  if constexpr (sizeof(T) == sizeof(int))
    co_await std::move(Write);
  else
    spawn(std::move(Write));
}

// A forwarded task, and a pack of tasks, are awaited.
template <class A> Task<> forwards(A &&Given) {
  auto Write = std::forward<A>(Given);
  co_await std::move(Write);
}
template <class... As> Task<> awaitsAll(As... Given) {
  (co_await std::move(Given), ...);
}
template <class... As> Task<> asOneTuple(As... Given) {
  auto All = std::make_tuple(std::move(Given)...);
  co_await std::apply(
      [](auto &...Each) -> Task<> { (co_await std::move(Each), ...); }, All);
}
auto Generic = [](auto Write) -> Task<> { co_await std::move(Write); };

Task<> instantiate() {
  co_await bySize(1);
  co_await bySize('c');
  co_await forwards(save(1));
  co_await awaitsAll(save(1), save(2));
  co_await asOneTuple(save(1), save(2));
  co_await Generic(save(1));
}

// Nobody knows what a template does that is not instantiated.
template <class T> Task<> never(T Value) {
  auto Write = save(1);
  co_return;
}
