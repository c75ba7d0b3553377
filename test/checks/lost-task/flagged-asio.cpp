// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio
// RUN: %check_coro %s coro-lost-task
//
// Boost.Asio, its real headers.

// Boost.Asio: awaitables lost in post, in completion handlers and in signal handlers, and the ways that run them.
#include "task.h"

#include <boost/asio.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace mock;

namespace asio = boost::asio;
using asio::awaitable;
using asio::co_spawn;
using asio::detached;
using boost::system::error_code;
using namespace std::chrono_literals;

// Post calls the function and ignores the awaitable it returns
namespace post_coroutine {
class Cache {
    asio::io_context& io_;

public:
    explicit Cache(asio::io_context& io) : io_(io) {}
    awaitable<void> refill();
    void refill_soon() {
        std::cout << "refill\n";

        asio::post(io_, [this] { return refill(); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
    void refill_right() {
        co_spawn(io_, refill(), detached);
        co_spawn(io_, [this] { return refill(); }, detached);
        asio::post(io_, [this] { co_spawn(io_, refill(), detached); });
    }
};
}  // namespace post_coroutine

// The same with dispatch and a coroutine lambda
namespace dispatch_coroutine {
awaitable<void> flush(int shard);
void flush_soon(asio::any_io_executor ex) {
    std::cout << "flush\n";

    asio::dispatch(ex, []() -> awaitable<void> { co_await flush(3); });
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
}  // namespace dispatch_coroutine

// The completion handler's awaitable is dropped by the timer
namespace timer_handler {
awaitable<void> on_timeout(error_code ec);
void arm(asio::steady_timer& timer) {
    timer.expires_after(1s);
    std::cout << "armed\n";

    timer.async_wait(on_timeout);
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
void arm_right(asio::steady_timer& timer) {
    timer.expires_after(1s);
    timer.async_wait([&timer](error_code ec) { co_spawn(timer.get_executor(), on_timeout(ec), detached); });
}
}  // namespace timer_handler

// The drain on SIGTERM never runs
namespace signal_handler {
awaitable<void> drain();
void install(asio::signal_set& set) {
    std::cout << "installed\n";

    set.async_wait([](error_code, int) { return drain(); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
void install_right(asio::signal_set& set) {
    set.async_wait([&set](error_code, int) { co_spawn(set.get_executor(), drain(), detached); });
}
}  // namespace signal_handler

// The handler of the read returns an awaitable to nobody
namespace read_handler {
class Session : public std::enable_shared_from_this<Session> {
    asio::ip::tcp::socket socket_;
    std::string in_;

public:
    explicit Session(asio::ip::tcp::socket socket) : socket_(std::move(socket)) {}
    awaitable<void> on_read(error_code ec, std::size_t n);
    void read() {
        std::cout << "reading\n";

        asio::async_read_until(socket_, asio::dynamic_buffer(in_), '\n',
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
                               std::bind_front(&Session::on_read, shared_from_this()));
    }
    void read_right() {
        asio::async_read_until(socket_, asio::dynamic_buffer(in_), '\n',
                               [self = shared_from_this()](error_code ec, std::size_t n) {
                                   co_spawn(self->socket_.get_executor(), self->on_read(ec, n), detached);
                               });
    }
};
}  // namespace read_handler

// Co_spawn's completion handler is a plain callback
namespace spawn_completion {
awaitable<void> serve(int port);
awaitable<void> cleanup(std::exception_ptr error);
void start(asio::io_context& io) {
    std::cout << "start\n";

    co_spawn(io, serve(80), cleanup);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
void start_right(asio::io_context& io) {
    co_spawn(io, serve(80), [&io](std::exception_ptr e) { co_spawn(io, cleanup(e), detached); });
}
}  // namespace spawn_completion

// The thread calls the coroutine function, nobody runs it
namespace thread_awaitable {
awaitable<void> poll(int device);
std::thread start(int device) {
    std::cout << "polling\n";

    return std::thread(poll, device);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
}  // namespace thread_awaitable

// The project's list of callbacks holds functions that return nothing
namespace observers {
class Session {
    std::vector<std::function<void(std::string)>> observers_;
    std::vector<std::function<awaitable<void>(std::string)>> async_observers_;

public:
    awaitable<void> forward(std::string text);
    void wire() {
        async_observers_.push_back([this](std::string s) { return forward(std::move(s)); });
        std::cout << "wired\n";

        observers_.push_back([this](std::string s) { return forward(std::move(s)); });
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
};
}  // namespace observers
