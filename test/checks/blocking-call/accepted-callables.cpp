// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Blocking that is reached through callables - what is fine, and why.

#include "task.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <ranges>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();
Task<std::string> next_name();

// A view keeps the blocking function without calling it
namespace lazy_view {
struct Cities {
    std::vector<int> ids{1, 2, 3};
    Task<std::size_t> count() {
        auto slow = ids | std::views::transform([](int i) {
                        ::sleep(1);
                        return i;
                    });
        co_await step();
        co_return slow.size();
    }
};
}  // namespace lazy_view

// Fine because nobody in this file says what the function is
namespace function_unknown {
struct Hooks {
    std::function<void()> on_close;
    void (*on_open)() = nullptr;
};
struct Conn {
    Hooks hooks;
    Task<> run() {
        if (hooks.on_open) hooks.on_open();
        co_await step();
        if (hooks.on_close) hooks.on_close();
    }
};
}  // namespace function_unknown

// Fine because the callback is kept for later, on another thread
namespace callback_stored {
class Bus {
    std::deque<std::function<void()>> jobs_;
    std::map<std::string, std::function<void(int)>> handlers_;

public:
    void post(std::function<void()> f) { jobs_.push_back(std::move(f)); }
    template <typename F>
    void on(std::string topic, F f) {
        handlers_.emplace(std::move(topic), std::move(f));
    }
};
struct Service {
    Bus bus;
    Task<> start() {
        bus.post([] { std::this_thread::sleep_for(1s); });
        bus.on("reload", [](int) { std::system("kill -HUP 1"); });
        co_await step();
        std::function<void()> later = [] { ::sleep(1); };
        bus.post(later);
    }
};
}  // namespace callback_stored

// Fine because the project's own offload starts a thread for the callable
namespace own_offload {
template <typename F>
struct Offload {
    F f;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) {
        std::thread([this, h] {
            f();
            h.resume();
        }).detach();
    }
    void await_resume() const noexcept {}
};
template <typename F>
Offload<F> offload(F f) {
    return {std::move(f)};
}
template <typename F>
void in_background(F f) {
    std::thread(std::move(f)).detach();
}
Task<> backup() {
    co_await offload([] { std::system("tar cf /backup/all.tar /srv"); });
    in_background([] { ::sleep(30); });
}
}  // namespace own_offload

// Fine because std::thread, std::async and packaged_task on a thread run it
namespace thread_runs {
void slow(int n) { ::sleep(static_cast<unsigned>(n)); }
struct Crew {
    std::vector<std::thread> threads;
    std::future<void> cleaning;
    Task<> hire() {
        threads.emplace_back(slow, 3);
        threads.push_back(std::thread([] { ::sleep(1); }));
        co_await step();
        std::packaged_task<void(int)> job(slow);
        std::thread(std::move(job), 4).detach();
    }
};
}  // namespace thread_runs
