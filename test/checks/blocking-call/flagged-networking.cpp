// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Networking that does not wait.

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

// The future of std::async is dropped in await_suspend
namespace dropped_awaiter {
struct Launch {
    std::atomic<bool> done{false};
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) {
        (void)std::async(std::launch::async, [this] { done = std::system("sync") == 0; });
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the destruction of 'std::future' blocks the thread in awaiter method 'Launch::await_suspend' [coro-blocking-call]

        return false;
    }
    bool await_resume() const noexcept { return done; }
};
}  // namespace dropped_awaiter
