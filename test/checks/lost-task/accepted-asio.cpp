// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio
// RUN: %check_coro %s coro-lost-task
//
// Boost.Asio, its real headers - what is fine, and why.

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

// Fine because co_spawn runs the awaitable that its function returns
namespace spawned {
class Server {
    asio::io_context io_;

public:
    awaitable<void> accept(unsigned short port);
    awaitable<int> answer();
    void run(unsigned short port) {
        co_spawn(io_, std::bind_front(&Server::accept, this, port), detached);
        co_spawn(io_, [this] { return accept(81); }, [](std::exception_ptr) {});
        co_spawn(asio::make_strand(io_), [this] { return answer(); }, [](std::exception_ptr, int) {});
        io_.run();
    }
};
}  // namespace spawned

// Fine because the thread runs the loop, and the loop the coroutines
namespace context_thread {
std::thread run(asio::io_context& io) {
    return std::thread([&io] { io.run(); });
}
void run_many(asio::io_context& io, std::vector<std::jthread>& threads) {
    for (int n = 0; n < 4; ++n) threads.emplace_back([&io] { return io.run(); });
    asio::post(io, [&io] { return io.stopped(); });
}
}  // namespace context_thread
