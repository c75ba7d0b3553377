// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio
// RUN: %check_coro %s coro-discarded-task
//
// Boost.Asio, its real headers.

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

// In the accept loop the session is called like a function and never runs
namespace session_call {
awaitable<void> session(tcp::socket socket);

awaitable<void> listener(tcp::acceptor acceptor) {
    for (;;) {
        tcp::socket socket = co_await acceptor.async_accept(use_awaitable);

        session(std::move(socket));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'session' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
}
}  // namespace session_call

// With use_awaitable the wait is lazy, nothing waits
namespace timer_wait {
awaitable<void> retry_later(std::shared_ptr<asio::steady_timer> timer) {
    timer->expires_after(2s);

    timer->async_wait(use_awaitable);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'basic_waitable_timer::async_wait' is discarded; it is lazy, so it never runs [coro-discarded-task]

    timer->expires_after(3s);
    co_await timer->async_wait(use_awaitable);
}
}  // namespace timer_wait

// This spawn is itself an awaitable, so the job never starts
namespace spawn_awaitable {
awaitable<void> rotate_logs();

void nightly(asio::io_context& io) {
    std::cout << "nightly\n";

    co_spawn(io, rotate_logs(), use_awaitable);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'co_spawn' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace spawn_awaitable

// Deferred only packs the operation, so it is never started
namespace spawn_deferred {
awaitable<void> warm(int shard);

awaitable<void> warm_both(asio::any_io_executor ex) {
    co_await co_spawn(ex, warm(0), deferred);

    co_spawn(ex, warm(1), deferred);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the awaitable of 'co_spawn' is discarded; nothing waits for it [coro-discarded-task]
}
}  // namespace spawn_deferred

// The goodbye is made but not written
namespace write_dropped {
awaitable<void> farewell(tcp::socket socket) {
    std::string line = "221 bye\r\n";
    co_await asio::async_write(socket, asio::buffer(line), use_awaitable);

    asio::async_write(socket, asio::buffer(line), use_awaitable);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'async_write' is discarded; it is lazy, so it never runs [coro-discarded-task]

    socket.shutdown(tcp::socket::shutdown_both);
}
}  // namespace write_dropped

// The same with deferred
namespace write_deferred {
awaitable<void> farewell(tcp::socket socket) {
    std::string line = "221 bye\r\n";
    co_await asio::async_write(socket, asio::buffer(line), deferred);

    asio::async_write(socket, asio::buffer(line), deferred);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the awaitable of 'async_write' is discarded; nothing waits for it [coro-discarded-task]
}
}  // namespace write_deferred

// The token only changes the result, the awaitable is as lazy as before
namespace as_tuple_dropped {
awaitable<void> linger(std::shared_ptr<asio::steady_timer> timer) {
    auto [ec] = co_await timer->async_wait(asio::as_tuple(use_awaitable));
    if (ec) co_return;

    timer->async_wait(asio::as_tuple(use_awaitable));
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'basic_waitable_timer::async_wait' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace as_tuple_dropped

// Ec is looked at, but the read that would set it never ran
namespace redirect_dropped {
awaitable<bool> closed(tcp::socket socket) {
    char byte = 0;
    error_code ec;

    socket.async_read_some(asio::buffer(&byte, 1), asio::redirect_error(use_awaitable, ec));
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'basic_stream_socket::async_read_some' is discarded; it is lazy, so it never runs [coro-discarded-task]

    co_await asio::post(use_awaitable);
    co_return ec == asio::error::eof;
}
}  // namespace redirect_dropped

// The switch to the pool is an awaitable of its own
namespace post_awaitable {
int hash(const std::string& text);

awaitable<int> digest(asio::thread_pool::executor_type pool, std::string text) {
    std::cout << "digest\n";

    asio::post(pool, use_awaitable);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'post' is discarded; it is lazy, so it never runs [coro-discarded-task]

    int value = hash(text);
    co_await asio::post(use_awaitable);
    co_return value;
}
}  // namespace post_awaitable

// The chain is packed and never launched
namespace post_deferred {
void later(asio::io_context& io) {
    std::cout << "later\n";

    asio::post(io, deferred);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the awaitable of 'post' is discarded; nothing waits for it [coro-discarded-task]
}
}  // namespace post_deferred

// The combined awaitable of && is thrown away
namespace parallel_and {
class Proxy {
public:
    awaitable<void> upstream();
    awaitable<void> downstream();
    awaitable<void> relay() {
        co_await (upstream() && downstream());
        std::cout << "relayed\n";

        upstream() && downstream();
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the task of 'operator&&' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace parallel_and

// Without co_await the cancellation setting is never changed
namespace cancellation_state {
awaitable<void> commit(int order);

awaitable<void> place(int order) {
    std::cout << order << '\n';

    asio::this_coro::throw_if_cancelled(false);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the awaitable of 'throw_if_cancelled' is discarded; nothing waits for it [coro-discarded-task]

    co_await commit(order);
}
}  // namespace cancellation_state

// The timer's type makes use_awaitable the default, so the empty call is an awaitable
namespace default_token {
using Timer = asio::use_awaitable_t<>::as_default_on_t<asio::steady_timer>;

awaitable<void> pause_twice(std::shared_ptr<Timer> timer) {
    timer->expires_after(10ms);
    co_await timer->async_wait();
    timer->expires_after(10ms);

    timer->async_wait();
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task of 'basic_waitable_timer::async_wait' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace default_token

// The value is not sent, only the way to send it is made
namespace channel_send {
using Channel = asio::experimental::channel<void(error_code, int)>;

awaitable<void> produce(std::shared_ptr<Channel> channel) {
    co_await channel->async_send(error_code{}, 1, use_awaitable);

    channel->async_send(error_code{}, 2, use_awaitable);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task of 'channel_send_functions::async_send' is discarded; it is lazy, so it never runs [coro-discarded-task]

    channel->close();
}
}  // namespace channel_send

// The project's own operation hands its token through
namespace own_operation {
template <typename Token>
auto async_ping(tcp::socket& socket, Token&& token) {
    static const char ping[] = "PING\n";
    return asio::async_write(socket, asio::buffer(ping), std::forward<Token>(token));
}

awaitable<void> keep_alive(tcp::socket socket) {
    co_await async_ping(socket, use_awaitable);
    std::cout << "pinged\n";

    async_ping(socket, use_awaitable);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'async_ping' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
void keep_alive_once(tcp::socket& socket) {
    async_ping(socket, [](error_code, std::size_t) {});
    async_ping(socket, detached);
}
}  // namespace own_operation

// Bound to a strand it is still an awaitable
namespace bound_token {
class Feed {
    asio::strand<asio::any_io_executor> strand_;
    asio::steady_timer timer_;

public:
    explicit Feed(asio::any_io_executor ex) : strand_(asio::make_strand(ex)), timer_(ex) {}
    awaitable<void> tick() {
        timer_.expires_after(1s);
        co_await timer_.async_wait(asio::bind_executor(strand_, use_awaitable));
        std::cout << "tick\n";

        timer_.async_wait(asio::bind_executor(strand_, use_awaitable));
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'basic_waitable_timer::async_wait' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace bound_token

// The handler cannot await, so the reconnect was only called
namespace reconnect {
class Uplink {
public:
    awaitable<void> connect();
    awaitable<void> pump();
    awaitable<void> run() {
        try {
            co_await pump();
        } catch (const boost::system::system_error& e) {
            std::cerr << e.what() << '\n';

            connect();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task of 'Uplink::connect' is discarded; it is lazy, so it never runs [coro-discarded-task]
        }
    }
};
}  // namespace reconnect

// In the handler the coroutine is called, not spawned
namespace in_handler {
class Poller : public std::enable_shared_from_this<Poller> {
    asio::steady_timer timer_;

public:
    explicit Poller(asio::io_context& io) : timer_(io) {}
    awaitable<void> poll();
    void arm() {
        timer_.expires_after(5s);
        timer_.async_wait([self = shared_from_this()](error_code ec) {
            if (ec) return;

            self->poll();
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the task of 'Poller::poll' is discarded; it is lazy, so it never runs [coro-discarded-task]
        });
    }
    void arm_right() {
        timer_.expires_after(5s);
        timer_.async_wait([self = shared_from_this()](error_code ec) {
            if (!ec) co_spawn(self->timer_.get_executor(), self->poll(), detached);
        });
    }
};
}  // namespace in_handler
