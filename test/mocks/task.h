// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A small coroutine library for tests: the kinds of types that every library
// has under its own names. Tests say `using namespace mock;`.
//
//   Task<T>       lazy: starts when it is awaited; owned by one object
//   Job<T>        eager: starts at once, can be awaited later
//   Detached      eager and not awaitable: fire and forget
//   Generator<T>  yields to its caller, on its caller's thread
//   Operation<T>  an awaitable that is not a coroutine (a timer, a read)
//   AsyncMutex, AsyncEvent, EventLoop, ThreadPool, Stream
//   resume_after, when_all, when_any, sync_wait, spawn
//
// What has no body here stands for code of another translation unit.

#ifndef CORO_TIDY_TEST_MOCKS_TASK_H
#define CORO_TIDY_TEST_MOCKS_TASK_H

#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace mock {

template <class T = void> class Task;
template <class T = void> class Job;

namespace detail {

// What a coroutine ended with: a value, a reference, nothing, or an exception.
template <class T> class Outcome {
  std::optional<T> Value;
  std::exception_ptr Error;

public:
  template <class U = T> void return_value(U &&From) {
    Value.emplace(std::forward<U>(From));
  }
  void unhandled_exception() { Error = std::current_exception(); }
  T take() {
    if (Error)
      std::rethrow_exception(Error);
    return std::move(*Value);
  }
};

template <class T> class Outcome<T &> {
  T *Value = nullptr;
  std::exception_ptr Error;

public:
  void return_value(T &From) { Value = &From; }
  void unhandled_exception() { Error = std::current_exception(); }
  T &take() {
    if (Error)
      std::rethrow_exception(Error);
    return *Value;
  }
};

template <> class Outcome<void> {
  std::exception_ptr Error;

public:
  void return_void() {}
  void unhandled_exception() { Error = std::current_exception(); }
  void take() {
    if (Error)
      std::rethrow_exception(Error);
  }
};

// At its end a coroutine resumes the one that awaits it, if there is one.
struct ResumeContinuation {
  bool await_ready() noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<>
  await_suspend(std::coroutine_handle<Promise> Ended) noexcept {
    if (std::coroutine_handle<> Next = Ended.promise().Continuation)
      return Next;
    return std::noop_coroutine();
  }
  void await_resume() noexcept {}
};

template <class T> struct TaskPromise : Outcome<T> {
  std::coroutine_handle<> Continuation;

  Task<T> get_return_object();
  std::suspend_always initial_suspend() noexcept { return {}; }
  ResumeContinuation final_suspend() noexcept { return {}; }
};

template <class T> struct JobPromise : Outcome<T> {
  std::coroutine_handle<> Continuation;

  Job<T> get_return_object();
  std::suspend_never initial_suspend() noexcept { return {}; }
  ResumeContinuation final_suspend() noexcept { return {}; }
};

} // namespace detail

// Lazy: nothing runs before it is awaited.
template <class T> class [[nodiscard]] Task {
public:
  using promise_type = detail::TaskPromise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  Task() = default;
  explicit Task(Handle H) : Coroutine(H) {}
  Task(Task &&Other) noexcept : Coroutine(std::exchange(Other.Coroutine, {})) {}
  Task &operator=(Task &&Other) noexcept {
    std::swap(Coroutine, Other.Coroutine);
    return *this;
  }
  ~Task() {
    if (Coroutine)
      Coroutine.destroy();
  }

  bool valid() const { return static_cast<bool>(Coroutine); }
  bool done() const { return Coroutine.done(); }

  struct Awaiter {
    Handle Awaited;

    bool await_ready() const noexcept { return Awaited.done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> By) noexcept {
      Awaited.promise().Continuation = By;
      return Awaited;
    }
    T await_resume() { return Awaited.promise().take(); }
  };

  Awaiter operator co_await() & noexcept { return {Coroutine}; }
  Awaiter operator co_await() && noexcept { return {Coroutine}; }

private:
  Handle Coroutine;
};

// Eager: runs to its first suspension at once. Whoever drops it sees neither
// its end nor its exception.
template <class T> class Job {
public:
  using promise_type = detail::JobPromise<T>;
  using Handle = std::coroutine_handle<promise_type>;

  Job() = default;
  explicit Job(Handle H) : Coroutine(H) {}
  Job(Job &&Other) noexcept : Coroutine(std::exchange(Other.Coroutine, {})) {}
  Job &operator=(Job &&Other) noexcept {
    std::swap(Coroutine, Other.Coroutine);
    return *this;
  }
  ~Job() {
    if (Coroutine)
      Coroutine.destroy();
  }

  bool valid() const { return static_cast<bool>(Coroutine); }
  bool done() const { return Coroutine.done(); }

  bool await_ready() const noexcept { return Coroutine.done(); }
  void await_suspend(std::coroutine_handle<> By) noexcept {
    Coroutine.promise().Continuation = By;
  }
  T await_resume() { return Coroutine.promise().take(); }

private:
  Handle Coroutine;
};

template <class T> Task<T> detail::TaskPromise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<TaskPromise>::from_promise(*this));
}

template <class T> Job<T> detail::JobPromise<T>::get_return_object() {
  return Job<T>(std::coroutine_handle<JobPromise>::from_promise(*this));
}

// Fire and forget: nobody can await it, its frame ends with it.
struct Detached {
  struct promise_type {
    Detached get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

// Synchronous: runs on its caller's thread, when its caller asks for a value.
template <class T> class Generator {
public:
  struct promise_type {
    const T *Current = nullptr;
    std::exception_ptr Error;

    Generator get_return_object() {
      return Generator(
          std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_always initial_suspend() noexcept { return {}; }
    std::suspend_always final_suspend() noexcept { return {}; }
    std::suspend_always yield_value(const T &Value) noexcept {
      Current = &Value;
      return {};
    }
    void return_void() {}
    void unhandled_exception() { Error = std::current_exception(); }
    // co_await has no place in a generator.
    void await_transform() = delete;
  };
  using Handle = std::coroutine_handle<promise_type>;

  struct End {};
  struct Iterator {
    Handle Coroutine;

    const T &operator*() const { return *Coroutine.promise().Current; }
    Iterator &operator++() {
      step(Coroutine);
      return *this;
    }
    bool operator!=(End) const { return !Coroutine.done(); }
  };

  explicit Generator(Handle H) : Coroutine(H) {}
  Generator(Generator &&Other) noexcept
      : Coroutine(std::exchange(Other.Coroutine, {})) {}
  ~Generator() {
    if (Coroutine)
      Coroutine.destroy();
  }

  Iterator begin() {
    step(Coroutine);
    return {Coroutine};
  }
  End end() { return {}; }

private:
  static void step(Handle H) {
    H.resume();
    if (H.promise().Error)
      std::rethrow_exception(H.promise().Error);
  }

  Handle Coroutine;
};

// An awaitable that is not a coroutine: it starts when it is awaited.
template <class T = void> struct Operation {
  bool await_ready() const noexcept;
  void await_suspend(std::coroutine_handle<> Waiting);
  T await_resume();
};

// Suspends for a while; the thread is free meanwhile.
Operation<> resume_after(std::chrono::nanoseconds Duration);
// Lets others run.
Operation<> yield_now();

class AsyncMutex {
public:
  class Guard {
  public:
    explicit Guard(AsyncMutex &Locked) : Mutex(&Locked) {}
    Guard(Guard &&Other) noexcept
        : Mutex(std::exchange(Other.Mutex, nullptr)) {}
    ~Guard() { unlock(); }
    void unlock() {
      if (Mutex)
        std::exchange(Mutex, nullptr)->unlock();
    }

  private:
    AsyncMutex *Mutex;
  };

  Operation<> lock_async();
  Operation<Guard> scoped_lock_async();
  bool try_lock();
  void unlock();
};

class AsyncEvent {
public:
  void set();
  void reset();
  bool is_set() const;
  Operation<> operator co_await() const noexcept;
};

// One thread that runs coroutines: blocking it blocks them all.
class EventLoop {
public:
  Operation<> schedule();
  void post(std::coroutine_handle<> Handle);
  void run();
  void stop();
};

// Threads that are there to be blocked.
class ThreadPool {
  struct Work {
    virtual ~Work() = default;
    virtual void call() = 0;
  };
  // Calls it on one of the threads, then deletes it.
  void submit(Work *Submitted);
  // Resumes the coroutine on the thread that it came from.
  static void resume(std::coroutine_handle<> Handle);

  template <class Function> class Offload {
    using Result = decltype(std::declval<Function &>()());

    struct Call : Work {
      Offload &For;
      std::coroutine_handle<> Waiting;

      Call(Offload &O, std::coroutine_handle<> W) : For(O), Waiting(W) {}
      void call() override {
        try {
          if constexpr (std::is_void_v<Result>)
            For.F();
          else
            For.Ended.return_value(For.F());
        } catch (...) {
          For.Ended.unhandled_exception();
        }
        ThreadPool::resume(Waiting);
      }
    };

    ThreadPool &Pool;
    Function F;
    detail::Outcome<Result> Ended;

  public:
    Offload(ThreadPool &P, Function G) : Pool(P), F(std::move(G)) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> Waiting) {
      Pool.submit(new Call(*this, Waiting));
    }
    Result await_resume() { return Ended.take(); }
  };

public:
  explicit ThreadPool(unsigned Threads = 1);
  ~ThreadPool();

  // Awaiting it moves the coroutine to a thread of the pool.
  Operation<> schedule();
  // Awaiting it calls a function on a thread of the pool.
  template <class Function> Offload<Function> run(Function F) {
    return Offload<Function>(*this, std::move(F));
  }
  // Calls a function on a thread of the pool, some time.
  template <class Function> void enqueue(Function F) {
    struct Call : Work {
      Function F;
      explicit Call(Function G) : F(std::move(G)) {}
      void call() override { F(); }
    };
    submit(new Call(std::move(F)));
  }
};

// A connection whose operations suspend.
class Stream {
public:
  Operation<std::size_t> read_some(char *To, std::size_t Size);
  Operation<std::size_t> write(std::string_view Data);
  Operation<> close_async();
  void close();
};

template <class... Ts> Operation<> when_all(Task<Ts>... Tasks);
template <class... Ts> Operation<std::size_t> when_any(Task<Ts>... Tasks);
template <class T> Operation<std::vector<T>> when_all(std::vector<Task<T>> All);
Operation<> when_all(std::vector<Task<>> All);

// Starts a task that nobody will await; what it throws ends the program.
inline Detached spawn(Task<> Spawned) { co_await std::move(Spawned); }

namespace detail {
template <class T>
Detached finish(Task<T> &Awaited, std::atomic<bool> &Finished) {
  struct Notify {
    std::atomic<bool> &Finished;
    ~Notify() {
      Finished = true;
      Finished.notify_one();
    }
  } AtEnd{Finished};
  struct Ready : Task<T>::Awaiter {
    void await_resume() noexcept {}
  };
  co_await Ready{std::move(Awaited).operator co_await()};
}
} // namespace detail

// Blocks the thread until the task has ended.
template <class T> T sync_wait(Task<T> Awaited) {
  std::atomic<bool> Finished = false;
  detail::finish(Awaited, Finished);
  Finished.wait(false);
  return std::move(Awaited).operator co_await().await_resume();
}

} // namespace mock

#endif
