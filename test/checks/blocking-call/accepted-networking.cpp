// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Networking that does not wait - what is fine, and why.

#include "task.h"
// Asio programs and own awaiters that are written well.
#include <boost/asio.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <coroutine>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <poll.h>
#include <unistd.h>

using namespace mock;

namespace asio = boost::asio;
using asio::awaitable;
using asio::use_awaitable;
using asio::ip::tcp;
using boost::system::error_code;
using namespace std::chrono_literals;
using namespace asio::experimental::awaitable_operators;

awaitable<void> tick();

// Fine because read and timer race with ||
namespace race {
awaitable<bool> read_or_timeout(tcp::socket s) {
    std::array<char, 64> data;
    asio::steady_timer t(co_await asio::this_coro::executor, 2s);
    auto r = co_await (s.async_read_some(asio::buffer(data), use_awaitable) || t.async_wait(use_awaitable));
    co_return r.index() == 0;
}
}  // namespace race

// Fine because the room only queues, the sessions write asynchronously
namespace chat {
struct Participant {
    virtual ~Participant() = default;
    virtual void deliver(const std::string& m) = 0;
};
class Room {
    std::set<std::shared_ptr<Participant>> all_;
    std::deque<std::string> recent_;

public:
    void join(std::shared_ptr<Participant> p) {
        for (auto& m : recent_) p->deliver(m);
        all_.insert(std::move(p));
    }
    void send(const std::string& m) {
        recent_.push_back(m);
        for (auto& p : all_) p->deliver(m);
    }
};
class Session : public Participant, public std::enable_shared_from_this<Session> {
    tcp::socket s_;
    asio::steady_timer wake_;
    Room& room_;
    std::deque<std::string> out_;

public:
    Session(tcp::socket s, Room& r) : s_(std::move(s)), wake_(s_.get_executor()), room_(r) {}
    void start() {
        room_.join(shared_from_this());
        asio::co_spawn(s_.get_executor(), [self = shared_from_this()] { return self->reader(); }, asio::detached);
    }
    void deliver(const std::string& m) override {
        out_.push_back(m);
        wake_.cancel_one();
    }
    awaitable<void> reader() {
        for (std::string line;;) {
            std::size_t n = co_await asio::async_read_until(s_, asio::dynamic_buffer(line, 1024), "\n", use_awaitable);
            room_.send(line.substr(0, n));
            line.erase(0, n);
        }
    }
};
}  // namespace chat

// Fine because the project's client has an asynchronous connect and a cached resolve
namespace named_members {
struct Client {
    std::optional<tcp::endpoint> last;
    tcp::endpoint resolve(std::string) const { return last.value_or(tcp::endpoint()); }
    awaitable<void> connect(tcp::endpoint e) {
        tcp::socket s(co_await asio::this_coro::executor);
        co_await s.async_connect(e, use_awaitable);
    }
    bool wait() const { return last.has_value(); }
    awaitable<bool> open() {
        auto e = resolve("db");
        co_await connect(e);
        co_return wait();
    }
};
}  // namespace named_members

// Fine because signals are awaited
namespace signals {
awaitable<int> terminated() {
    asio::signal_set set(co_await asio::this_coro::executor, SIGTERM);
    set.add(SIGINT);
    int sig = co_await set.async_wait(use_awaitable);
    set.clear();
    co_return sig;
}
}  // namespace signals

// Fine because open, bind and listen return at once
namespace acceptor_setup {
awaitable<void> listen(unsigned short port) {
    tcp::acceptor a(co_await asio::this_coro::executor);
    tcp::endpoint at(tcp::v6(), port);
    error_code ec;
    a.open(at.protocol());
    a.set_option(tcp::acceptor::reuse_address(true));
    a.bind(at, ec);
    a.listen();
    while (a.is_open()) {
        tcp::socket s = co_await a.async_accept(use_awaitable);
        s.close(ec);
    }
}
}  // namespace acceptor_setup

// Fine because the acceptor was made non-blocking
namespace acceptor_nonblocking {
awaitable<int> accept_all(tcp::acceptor a) {
    int n = 0;
    a.non_blocking(true);
    co_await a.async_wait(tcp::acceptor::wait_read, use_awaitable);
    for (;;) {
        error_code ec;
        tcp::socket s = a.accept(ec);
        if (ec) break;
        ++n;
    }
    co_return n;
}
}  // namespace acceptor_nonblocking

// Fine because make_address and endpoints ask nobody
namespace parse_address {
awaitable<tcp::socket> dial(std::string ip, unsigned short port) {
    tcp::endpoint e(asio::ip::make_address(ip), port);
    tcp::socket s(co_await asio::this_coro::executor);
    co_await s.async_connect(e, use_awaitable);
    co_return std::move(s);
}
}  // namespace parse_address

// Fine because dispatch and post are given short handlers, and awaited
namespace strand_dispatch {
struct Counter {
    asio::strand<asio::any_io_executor> strand;
    int n = 0;
    awaitable<void> bump() {
        co_await asio::dispatch(asio::bind_executor(strand, use_awaitable));
        ++n;
        asio::post(strand, [this] { --n; });
    }
};
}  // namespace strand_dispatch

// Fine because stop and reset only tell the loop
namespace work_guard {
struct Node {
    asio::io_context ctx;
    asio::executor_work_guard<asio::io_context::executor_type> guard = asio::make_work_guard(ctx);
    std::thread runner{[this] { ctx.run(); }};
    awaitable<void> stop() {
        co_await tick();
        guard.reset();
        ctx.stop();
    }
};
}  // namespace work_guard

// Fine because the callback interface is wrapped by async_initiate
namespace initiate {
template <typename Token>
auto async_hash(std::string text, Token&& token) {
    return asio::async_initiate<Token, void(std::size_t)>(
        [](auto handler, std::string t) {
            std::thread([h = std::move(handler), t]() mutable {
                std::this_thread::sleep_for(1ms);
                std::move(h)(std::hash<std::string>{}(t));
            }).detach();
        },
        token, std::move(text));
}
awaitable<std::size_t> digest() {
    std::size_t h = co_await async_hash("x", use_awaitable);
    co_return h;
}
}  // namespace initiate

// Fine because asio::streambuf with an istream reads memory
namespace streambuf_text {
awaitable<std::string> first_line(tcp::socket s) {
    asio::streambuf buf;
    co_await asio::async_read_until(s, buf, "\r\n", use_awaitable);
    std::istream in(&buf);
    std::string line;
    std::getline(in, line);
    co_return line;
}
}  // namespace streambuf_text

// Fine because the one-shot awaiter locks briefly and resumes later
namespace oneshot {
template <typename T>
class Oneshot {
    std::mutex m_;
    std::optional<T> v_;
    std::coroutine_handle<> h_;

public:
    void set(T v) {
        std::coroutine_handle<> h;
        {
            std::lock_guard lk(m_);
            v_ = std::move(v);
            h = std::exchange(h_, nullptr);
        }
        if (h) h.resume();
    }
    bool await_ready() {
        std::lock_guard lk(m_);
        return v_.has_value();
    }
    bool await_suspend(std::coroutine_handle<> h) {
        std::lock_guard lk(m_);
        if (v_) return false;
        h_ = h;
        return true;
    }
    T await_resume() { return std::move(*v_); }
};
Oneshot<int> ready;
}  // namespace oneshot

// Fine because a poller thread waits in poll, the awaiter registers
namespace poller_awaiter {
class Poller {
    std::mutex m_;
    std::vector<std::pair<int, std::coroutine_handle<>>> waiting_;
    void loop() {
        for (;;) {
            pollfd p{0, POLLIN, 0};
            ::poll(&p, 1, 100);
            std::vector<std::pair<int, std::coroutine_handle<>>> now;
            {
                std::lock_guard lk(m_);
                now.swap(waiting_);
            }
            for (auto& w : now) w.second.resume();
        }
    }

public:
    void start() { std::thread([this] { loop(); }).detach(); }
    struct Awaiter {
        Poller& p;
        int fd;
        bool await_ready() const noexcept { return fd < 0; }
        void await_suspend(std::coroutine_handle<> h) {
            std::lock_guard lk(p.m_);
            p.waiting_.emplace_back(fd, h);
        }
        void await_resume() const noexcept {}
    };
    Awaiter readable(int fd) { return {*this, fd}; }
};
Poller poller;
void begin() { poller.start(); }
}  // namespace poller_awaiter

// Fine because the future is kept in the awaiter's owner
namespace launch_awaiter {
struct Launch {
    std::vector<std::future<void>>& keep;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) {
        keep.push_back(std::async(std::launch::async, [h] {
            ::usleep(100);
            h.resume();
        }));
    }
    void await_resume() const noexcept {}
};
}  // namespace launch_awaiter
