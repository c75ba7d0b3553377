// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio
// RUN: %check_coro %s coro-blocking-call
//
// Boost.Asio, its real headers.

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

// Read_some and write_some are the synchronous forms
namespace echo_sync {
awaitable<void> echo(tcp::socket s) {
    std::array<char, 1024> data;
    co_await tick();

    std::size_t n = s.read_some(asio::buffer(data));
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'boost::asio::basic_stream_socket::read_some' blocks the thread in coroutine 'echo' [coro-blocking-call]

    co_await tick();

    s.write_some(asio::buffer(data, n));
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'boost::asio::basic_stream_socket::write_some' blocks the thread in coroutine 'echo' [coro-blocking-call]

    co_await tick();
}
}  // namespace echo_sync

// Asio::read, write and read_until wait for all bytes
namespace free_functions {
awaitable<void> request(tcp::socket s) {
    std::string head, body(64, '\0');
    error_code ec;
    co_await tick();

    asio::write(s, asio::buffer("GET / HTTP/1.0\r\n\r\n", 18), ec);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'boost::asio::write' blocks the thread in coroutine 'request' [coro-blocking-call]

    co_await tick();

    asio::read_until(s, asio::dynamic_buffer(head), "\r\n\r\n", ec);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'boost::asio::read_until' blocks the thread in coroutine 'request' [coro-blocking-call]

    co_await tick();

    asio::read(s, asio::buffer(body), ec);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'boost::asio::read' blocks the thread in coroutine 'request' [coro-blocking-call]

    co_await tick();
}
}  // namespace free_functions

// The resolver's synchronous form asks the name server
namespace resolve_sync {
awaitable<tcp::socket> dial(std::string host) {
    auto ex = co_await asio::this_coro::executor;
    tcp::resolver resolver(ex);
    tcp::socket s(ex);

    auto all = resolver.resolve(host, "https");
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'boost::asio::ip::basic_resolver::resolve' blocks the thread in coroutine 'dial' [coro-blocking-call]

    co_await asio::async_connect(s, all, use_awaitable);
    co_return std::move(s);
}
}  // namespace resolve_sync

// Socket.connect and asio::connect
namespace connect_sync {
awaitable<void> dial(tcp::endpoint at, std::vector<tcp::endpoint> all) {
    auto ex = co_await asio::this_coro::executor;
    tcp::socket a(ex), b(ex);
    error_code ec;

    a.connect(at, ec);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'boost::asio::basic_stream_socket::connect' blocks the thread in coroutine 'dial' [coro-blocking-call]

    co_await tick();

    asio::connect(b, all, ec);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'boost::asio::connect' blocks the thread in coroutine 'dial' [coro-blocking-call]

    co_await tick();
}
}  // namespace connect_sync

// The acceptor's synchronous accept
namespace accept_sync {
awaitable<void> session(tcp::socket s);
awaitable<void> serve(tcp::acceptor acceptor) {
    for (;;) {
        tcp::socket s = acceptor.accept();
// CHECK-MESSAGES: :[[@LINE-1]]:34: warning: 'boost::asio::basic_socket_acceptor::accept' blocks the thread in coroutine 'serve' [coro-blocking-call]

        co_await session(std::move(s));
    }
}
}  // namespace accept_sync

// Timer.wait() sleeps on the thread
namespace timer_sync {
awaitable<void> heartbeat() {
    asio::steady_timer t(co_await asio::this_coro::executor);
    t.expires_after(1s);

    t.wait();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'boost::asio::basic_waitable_timer::wait' blocks the thread in coroutine 'heartbeat' [coro-blocking-call]

    co_await tick();
}
}  // namespace timer_sync

// An event loop is run inside a coroutine
namespace nested_run {
awaitable<void> legacy() {
    asio::io_context inner;
    asio::post(inner, [] {});
    co_await tick();

    inner.run();
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'boost::asio::io_context::run' blocks the thread in coroutine 'legacy' [coro-blocking-call]

    inner.restart();
    co_await tick();

    inner.run_one();
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'boost::asio::io_context::run_one' blocks the thread in coroutine 'legacy' [coro-blocking-call]

    co_await tick();

    inner.run_for(2s);
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'boost::asio::io_context::run_for' blocks the thread in coroutine 'legacy' [coro-blocking-call]
}
}  // namespace nested_run

// The future of an asynchronous operation is waited for
namespace use_future_get {
awaitable<void> fetch(tcp::socket s) {
    std::array<char, 64> data;
    co_await tick();
    auto f = s.async_read_some(asio::buffer(data), asio::use_future);

    std::size_t n = f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'std::future::get' blocks the thread in coroutine 'fetch' [coro-blocking-call]

    if (n) co_await tick();
}
}  // namespace use_future_get

// Co_spawn with use_future and get is a sync_wait
namespace spawn_use_future {
awaitable<int> load();
awaitable<void> outer(asio::io_context& other) {
    int n = asio::co_spawn(other, load(), asio::use_future).get();
// CHECK-MESSAGES: :[[@LINE-1]]:61: warning: 'std::future::get' blocks the thread in coroutine 'outer' [coro-blocking-call]

    if (n) co_await tick();
}
awaitable<void> outer_awaited(asio::any_io_executor other) {
    int n = co_await asio::co_spawn(other, load(), use_awaitable);
    if (n) co_await tick();
}
}  // namespace spawn_use_future

// The synchronous wait for readiness
namespace socket_wait_sync {
awaitable<void> ready(tcp::socket s) {
    co_await tick();

    s.wait(tcp::socket::wait_read);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'boost::asio::basic_stream_socket::wait' blocks the thread in coroutine 'ready' [coro-blocking-call]
}
}  // namespace socket_wait_sync

// Synchronous datagrams
namespace udp_receive {
awaitable<void> discover() {
    udp::socket s(co_await asio::this_coro::executor, udp::v4());
    std::array<char, 512> data;
    udp::endpoint from;

    s.receive_from(asio::buffer(data), from);
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'boost::asio::basic_datagram_socket::receive_from' blocks the thread in coroutine 'discover' [coro-blocking-call]

    co_await s.async_send_to(asio::buffer(data), from, use_awaitable);
}
}  // namespace udp_receive

// Thread_pool::join waits for all its work
namespace pool_join {
void resize_image(int i);
awaitable<void> batch(asio::thread_pool& pool) {
    for (int i = 0; i < 8; ++i) asio::post(pool, [i] { resize_image(i); });
    co_await tick();

    pool.join();
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'boost::asio::thread_pool::join' blocks the thread in coroutine 'batch' [coro-blocking-call]
}
}  // namespace pool_join

// After co_await post(pool) the coroutine runs on a worker
namespace pool_switch {
void crunch();
awaitable<void> batch(asio::thread_pool& pool) {
    auto home = co_await asio::this_coro::executor;

    std::this_thread::sleep_for(10ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread in coroutine 'batch' [coro-blocking-call]

    co_await asio::post(asio::bind_executor(pool, use_awaitable));

    std::this_thread::sleep_for(10ms);

    crunch();
    co_await asio::post(asio::bind_executor(home, use_awaitable));
}
}  // namespace pool_switch

// The session throttles with a sleep
namespace session_sleep {
struct Session : std::enable_shared_from_this<Session> {
    tcp::socket s;
    explicit Session(tcp::socket sock) : s(std::move(sock)) {}
    awaitable<void> run() {
        auto self = shared_from_this();
        char c;
        while (co_await s.async_read_some(asio::buffer(&c, 1), use_awaitable)) {
            if (c == '!') std::this_thread::sleep_for(std::chrono::seconds(1));
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'std::this_thread::sleep_for' blocks the thread in coroutine 'Session::run' [coro-blocking-call]
        }
    }
};
}  // namespace session_sleep

// A lambda coroutine given to co_spawn reads a file
namespace spawned_lambda {
void start(asio::io_context& ctx) {
    asio::co_spawn(
        ctx,
        []() -> awaitable<void> {
            co_await tick();
            std::ifstream in("/srv/motd");
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the construction of 'std::basic_ifstream' blocks the thread in a lambda coroutine [coro-blocking-call]

            std::string line;

            std::getline(in, line);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::getline' blocks the thread in a lambda coroutine [coro-blocking-call]

            co_await tick();
        },
        asio::detached);
    ctx.run();
}
}  // namespace spawned_lambda

// A helper of the protocol reads synchronously
namespace protocol_helper {
std::uint32_t read_length(tcp::socket& s) {
    std::array<unsigned char, 4> b;
    asio::read(s, asio::buffer(b));
    return b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3];
}
std::string frame(const std::string& body) {
    std::string f(4, '\0');
    f[3] = static_cast<char>(body.size());
    return f + body;
}
awaitable<void> consume(tcp::socket s) {
    std::string hello = frame("hello");
    co_await asio::async_write(s, asio::buffer(hello), use_awaitable);

    std::string body(read_length(s), '\0');
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'read_length' blocks the thread in coroutine 'consume' [coro-blocking-call]

    co_await asio::async_read(s, asio::buffer(body), use_awaitable);
}
}  // namespace protocol_helper
