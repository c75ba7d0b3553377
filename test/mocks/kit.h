// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Further coroutine types, and interfaces of services, for tests.
//
//   kit::Once<T>     lazy, move only, may be awaited as an rvalue only
//   kit::Hot<T>      eager, owned: the destructor destroys the frame
//   kit::Shared<T>   lazy, copyable, may be awaited as often as one likes
//   kit::Stream<T>   asynchronous generator: while (auto v = co_await s.next())
//   kit::Queue<T>    co_await q.push(v), co_await q.pop(), q.try_push(v)
//   kit::Permits     co_await p.acquire(), p.release()
//   kit::Nursery     n.start(task), co_await n.wait()
//   kit::Outcome<T>  [[nodiscard]] value or error;  kit::Fault: [[nodiscard]] error
#ifndef CORO_TIDY_TEST_MOCKS_KIT_H
#define CORO_TIDY_TEST_MOCKS_KIT_H

#include "task.h"

#include <chrono>
#include <coroutine>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace kit {

using namespace mock;

template <typename T>
struct Returns {
    void return_value(T value);
};
template <>
struct Returns<void> {
    void return_void();
};

template <typename T = void>
class Once {
public:
    struct promise_type : Returns<T> {
        Once get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void unhandled_exception();
    };
    struct Awaiter {
        std::coroutine_handle<promise_type> self;
        bool await_ready() const noexcept;
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller);
        T await_resume();
    };

    Once() noexcept;
    Once(Once&& other) noexcept;
    Once& operator=(Once&& other) noexcept;
    ~Once();
    Awaiter operator co_await() &&;
    bool valid() const noexcept;

private:
    std::coroutine_handle<promise_type> self_;
};

template <typename T = void>
class Hot {
public:
    struct promise_type : Returns<T> {
        Hot get_return_object();
        std::suspend_never initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void unhandled_exception();
    };

    Hot(Hot&& other) noexcept;
    Hot& operator=(Hot&& other) noexcept;
    ~Hot() {
        if (self_) self_.destroy();
    }
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> caller);
    T await_resume();

private:
    std::coroutine_handle<promise_type> self_;
};

template <typename T = void>
class Shared {
public:
    struct promise_type : Returns<T> {
        Shared get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void unhandled_exception();
    };
    struct Awaiter {
        promise_type* self;
        bool await_ready() const noexcept;
        bool await_suspend(std::coroutine_handle<> caller);
        T await_resume();
    };

    Shared() noexcept;
    Shared(const Shared&) noexcept;
    Shared(Shared&&) noexcept;
    Shared& operator=(const Shared&) noexcept;
    Shared& operator=(Shared&&) noexcept;
    ~Shared();
    Awaiter operator co_await() const noexcept;

private:
    std::coroutine_handle<promise_type> self_;
};

template <typename T>
class Stream {
public:
    struct promise_type {
        Stream get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        std::suspend_always yield_value(T value);
        void return_void();
        void unhandled_exception();
    };
    struct NextAwaiter {
        std::coroutine_handle<promise_type> self;
        bool await_ready() const noexcept;
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> caller);
        std::optional<T> await_resume();
    };

    Stream(Stream&&) noexcept;
    ~Stream();
    NextAwaiter next();

private:
    std::coroutine_handle<promise_type> self_;
};

template <typename T>
class Queue {
public:
    struct PushAwaiter {
        Queue* queue;
        T value;
        bool await_ready();
        void await_suspend(std::coroutine_handle<> h);
        void await_resume();
    };
    struct PopAwaiter {
        Queue* queue;
        bool await_ready();
        void await_suspend(std::coroutine_handle<> h);
        T await_resume();
    };
    PushAwaiter push(T value);
    PopAwaiter pop();
    bool try_push(T value);
    void close();
};

class Permits {
public:
    struct AcquireAwaiter {
        Permits* permits;
        bool await_ready();
        bool await_suspend(std::coroutine_handle<> h);
        void await_resume();
    };
    explicit Permits(int count);
    AcquireAwaiter acquire();
    void release();
};

class Nursery {
public:
    void start(Task<> task);
    Task<> wait();
    int running() const;
};

template <typename T>
class [[nodiscard]] Outcome {
public:
    Outcome(T value);
    Outcome(std::error_code error);
    explicit operator bool() const noexcept;
    T& value();
    std::error_code error() const noexcept;
};

class [[nodiscard("an unchecked fault is a lost error")]] Fault {
public:
    Fault() noexcept;
    explicit operator bool() const noexcept;
    std::string text() const;
};

void info(std::string_view text);
void warn(std::string_view text);

}  // namespace kit

#endif // CORO_TIDY_TEST_MOCKS_KIT_H
