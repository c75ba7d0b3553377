// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio
// RUN: %check_coro %s coro-discarded-task
//
// Boost.Asio, its real headers - what is fine, and why.

#include "task.h"

#include <boost/asio.hpp>
#include <boost/asio/experimental/as_tuple.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/experimental/channel.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <tuple>

using namespace mock;

namespace asio = boost::asio;
using asio::awaitable;
using asio::co_spawn;
using asio::deferred;
using asio::detached;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

// Fine because each session is spawned detached
namespace accept_loop {
awaitable<void> session(tcp::socket socket);

awaitable<void> listener(tcp::acceptor acceptor) {
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(use_awaitable);
        co_spawn(acceptor.get_executor(), session(std::move(socket)), detached);
    }
}
}  // namespace accept_loop

// Fine because the callback form starts the wait and returns nothing
namespace timer_callback {
class Heartbeat : public std::enable_shared_from_this<Heartbeat> {
    asio::steady_timer timer_;

public:
    explicit Heartbeat(asio::io_context& io) : timer_(io) {}
    void beat();
    void arm() {
        timer_.expires_after(1s);
        timer_.async_wait([self = shared_from_this()](error_code ec) {
            if (!ec) self->beat();
        });
    }
    void disarm() {
        timer_.cancel();
        timer_.expires_after(1s);
        timer_.async_wait(detached);
    }
};
}  // namespace timer_callback

// Fine because the spawn on the strand is awaited
namespace spawn_awaitable_ok {
awaitable<int> read_counter();

awaitable<int> counter_on(asio::strand<asio::any_io_executor> strand) {
    int value = co_await co_spawn(strand, read_counter(), use_awaitable);
    co_return value;
}
}  // namespace spawn_awaitable_ok

// Fine because the handler gets the exception and the result
namespace spawn_handler {
awaitable<int> migrate(int version);
awaitable<void> serve(unsigned short port);

void boot(asio::io_context& io) {
    co_spawn(io, migrate(3), [](std::exception_ptr error, int rows) {
        if (error) std::rethrow_exception(error);
        std::cout << rows << '\n';
    });
    co_spawn(io, serve(8080), [](std::exception_ptr) {});
    co_spawn(io, [] { return serve(8081); }, detached);
}
}  // namespace spawn_handler

// Fine because the future is kept and asked
namespace spawn_future {
awaitable<int> checksum(std::string path);

int checksum_in(asio::io_context& io, std::string path) {
    auto result = co_spawn(io, checksum(std::move(path)), asio::use_future);
    io.run();
    return result.get();
}
}  // namespace spawn_future

// Fine because the packed operation is launched with a token later
namespace deferred_kept {
void arm(asio::steady_timer& timer) {
    auto op = timer.async_wait(deferred);
    std::move(op)([](error_code ec) { std::cout << ec.message() << '\n'; });
    timer.async_wait(deferred)(detached);
}
}  // namespace deferred_kept

// Fine because the callback form starts the write at once
namespace write_callback {
class Session : public std::enable_shared_from_this<Session> {
    tcp::socket socket_;
    std::string out_;

public:
    explicit Session(tcp::socket socket) : socket_(std::move(socket)) {}
    void read();
    void send(std::string text) {
        out_ = std::move(text);
        asio::async_write(socket_, asio::buffer(out_), [self = shared_from_this()](error_code ec, std::size_t) {
            if (!ec) self->read();
        });
    }
    void on_written(error_code ec, std::size_t n);
    void send_bound(std::string text) {
        out_ = std::move(text);
        asio::async_write(socket_, asio::buffer(out_), std::bind_front(&Session::on_written, shared_from_this()));
        asio::async_read_until(socket_, asio::dynamic_buffer(out_), '\n', detached);
    }
};
}  // namespace write_callback

// Fine because the read is awaited and ec is looked at
namespace redirect_ok {
awaitable<bool> closed(tcp::socket socket) {
    char byte = 0;
    error_code ec;
    co_await socket.async_read_some(asio::buffer(&byte, 1), asio::redirect_error(use_awaitable, ec));
    co_return ec == asio::error::eof;
}
}  // namespace redirect_ok

// Fine because the function is queued at once
namespace post_function {
class Cache {
    asio::io_context& io_;

public:
    explicit Cache(asio::io_context& io) : io_(io) {}
    void clear();
    void clear_soon() {
        asio::post(io_, [this] { clear(); });
        asio::dispatch(io_, [this] { clear(); });
        asio::defer(io_.get_executor(), [this] { clear(); });
    }
};
}  // namespace post_function

// Fine because the combined awaitable is awaited and its index is used
namespace race {
class Client {
public:
    awaitable<std::size_t> request();
    awaitable<void> timeout(std::chrono::milliseconds limit);
    awaitable<bool> in_time() {
        auto winner = co_await (request() || timeout(300ms));
        co_return winner.index() == 0;
    }
};
}  // namespace race

// Fine because both settings are awaited
namespace cancellation_state_ok {
awaitable<void> commit(int order);

awaitable<void> place(int order) {
    co_await asio::this_coro::throw_if_cancelled(false);
    co_await asio::this_coro::reset_cancellation_state(asio::enable_total_cancellation());
    auto ex = co_await asio::this_coro::executor;
    asio::steady_timer timer(ex, 1s);
    co_await timer.async_wait(use_awaitable);
    co_await commit(order);
}
}  // namespace cancellation_state_ok

// Fine because try_send acts at once, and the callback form too
namespace channel_try {
using Channel = asio::experimental::channel<void(error_code, int)>;

void produce(Channel& channel) {
    channel.try_send(error_code{}, 1);
    channel.async_send(error_code{}, 2, [](error_code) {});
    channel.async_receive([](error_code, int) {});
    channel.cancel();
}
}  // namespace channel_try

// Fine because these functions hand the awaitable to their callers
namespace returned {
class Reader {
    tcp::socket socket_;
    char buffer_[512];

public:
    explicit Reader(tcp::socket socket) : socket_(std::move(socket)) {}
    awaitable<std::size_t> read() { return socket_.async_read_some(asio::buffer(buffer_), use_awaitable); }
    auto read_lazily() { return socket_.async_read_some(asio::buffer(buffer_), deferred); }
    awaitable<std::size_t> read_twice() {
        std::size_t n = co_await read();
        n += co_await read_lazily();
        co_return n;
    }
};
}  // namespace returned

// Fine because both are callbacks, and a wait with a token is awaited
namespace signals {
awaitable<int> wait_for_signal(asio::any_io_executor ex) {
    asio::signal_set set(ex, 2, 15);
    int number = co_await set.async_wait(use_awaitable);
    co_return number;
}
void stop_on_signal(asio::io_context& io, asio::signal_set& set) {
    set.async_wait([&io](error_code, int) { io.stop(); });
}
}  // namespace signals

// Fine because these functions of sockets and timers are synchronous and cheap
namespace synchronous {
awaitable<void> reset(tcp::socket socket) {
    error_code ec;
    socket.cancel(ec);
    socket.set_option(tcp::no_delay(true), ec);
    socket.non_blocking(true, ec);
    socket.available(ec);
    asio::steady_timer timer(socket.get_executor());
    timer.expires_after(1s);
    timer.cancel();
    co_await timer.async_wait(asio::redirect_error(use_awaitable, ec));
    socket.close(ec);
}
}  // namespace synchronous

// Fine because the named awaitable is spawned
namespace moved {
awaitable<void> work(int id);
void start(asio::io_context& io) {
    awaitable<void> job = work(1);
    co_spawn(io, std::move(job), detached);
    auto token = asio::bind_executor(io.get_executor(), detached);
    co_spawn(io, work(2), token);
}
}  // namespace moved
