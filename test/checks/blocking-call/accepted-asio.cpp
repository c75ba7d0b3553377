// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio
// RUN: %check_coro %s coro-blocking-call
//
// Boost.Asio, its real headers - what is fine, and why.

#include "task.h"
// Boost.Asio servers and clients: synchronous operations inside awaitable coroutines.
#include <boost/asio.hpp>

#include <array>
#include <chrono>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using asio::ip::udp;
using boost::system::error_code;
using namespace std::chrono_literals;

awaitable<void> tick();

// Fine because every operation is awaited
namespace echo_async {
awaitable<void> echo(tcp::socket s) {
    std::array<char, 1024> data;
    for (;;) {
        std::size_t n = co_await s.async_read_some(asio::buffer(data), use_awaitable);
        co_await asio::async_write(s, asio::buffer(data, n), use_awaitable);
    }
}
awaitable<void> listener(unsigned short port) {
    auto ex = co_await asio::this_coro::executor;
    tcp::acceptor acceptor(ex, {tcp::v4(), port});
    for (;;) {
        tcp::socket s = co_await acceptor.async_accept(use_awaitable);
        asio::co_spawn(ex, echo(std::move(s)), asio::detached);
    }
}
}  // namespace echo_async

// Fine because the resolver is awaited
namespace resolve_async {
awaitable<tcp::socket> dial(std::string host) {
    auto ex = co_await asio::this_coro::executor;
    tcp::resolver resolver(ex);
    tcp::socket s(ex);
    auto all = co_await resolver.async_resolve(host, "https", use_awaitable);
    co_await asio::async_connect(s, all, use_awaitable);
    s.set_option(tcp::no_delay(true));
    co_return std::move(s);
}
}  // namespace resolve_async

// Fine because the timer is awaited, cancelled and reset
namespace timer_async {
awaitable<void> heartbeat() {
    asio::steady_timer t(co_await asio::this_coro::executor, 5ms);
    co_await t.async_wait(use_awaitable);
    t.expires_after(10ms);
    error_code ec;
    co_await t.async_wait(asio::redirect_error(use_awaitable, ec));
    t.cancel();
}
}  // namespace timer_async

// Fine because poll only runs the handlers that are ready
namespace nested_poll {
awaitable<std::size_t> legacy() {
    asio::io_context inner;
    asio::post(inner, [] {});
    co_await tick();
    std::size_t n = inner.poll();
    n += inner.poll_one();
    inner.stop();
    co_return n;
}
}  // namespace nested_poll

// Fine because the loop runs on a thread that is stored elsewhere
namespace run_on_thread {
struct Side {
    asio::io_context ctx;
    std::vector<std::thread> threads;
    awaitable<void> start() {
        co_await tick();
        threads.emplace_back([this] { ctx.run(); });
    }
};
}  // namespace run_on_thread

// Fine because options, endpoints, available and close return at once
namespace bookkeeping {
awaitable<std::size_t> inspect(tcp::socket s) {
    error_code ec;
    co_await tick();
    s.set_option(asio::socket_base::keep_alive(true), ec);
    auto peer = s.remote_endpoint(ec);
    std::size_t n = s.available(ec) + peer.port();
    s.cancel(ec);
    s.shutdown(tcp::socket::shutdown_both, ec);
    s.close(ec);
    co_return n;
}
}  // namespace bookkeeping

// Fine because non_blocking(true) makes read_some return would_block
namespace socket_non_blocking {
awaitable<std::size_t> drain(tcp::socket s) {
    error_code ec;
    s.non_blocking(true);
    std::array<char, 512> data;
    std::size_t total = 0;
    co_await s.async_wait(tcp::socket::wait_read, use_awaitable);
    while (std::size_t n = s.read_some(asio::buffer(data), ec)) total += n;
    co_return total;
}
}  // namespace socket_non_blocking

// Fine because the sleeping and reading is posted to the pool
namespace pool_post {
awaitable<void> batch(asio::thread_pool& pool) {
    asio::post(pool, [] { std::this_thread::sleep_for(1s); });
    asio::defer(pool, [] {
        std::ifstream in("/srv/seed");
        std::string line;
        std::getline(in, line);
    });
    co_await tick();
    std::function<void()> job = [] { std::this_thread::sleep_for(2s); };
    asio::post(pool, std::move(job));
}
}  // namespace pool_post

// Fine because the handler is not a coroutine and runs later
namespace completion_handler {
struct Legacy {
    tcp::socket s;
    std::array<char, 64> data;
    awaitable<void> begin() {
        s.async_read_some(asio::buffer(data), [](error_code, std::size_t) { std::this_thread::sleep_for(1ms); });
        co_await tick();
    }
};
}  // namespace completion_handler

int main() {
    asio::io_context ctx;
    asio::signal_set signals(ctx, SIGINT, SIGTERM);
    signals.async_wait([&](auto, auto) { ctx.stop(); });
    asio::co_spawn(ctx, echo_async::listener(7777), asio::detached);
    ctx.run();
}
