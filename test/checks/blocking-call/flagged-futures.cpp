// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Futures that are ready, and others.

#include "task.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
struct Reply {
    int status = 0;
    std::string body;
};
Task<> deliver(Reply r);
Task<> next_tick();

// The comparison is the wrong way round
namespace timeout_if {
struct Pending {
    std::future<Reply> f;
    Task<> poll() {
        co_await next_tick();
        if (f.wait_for(0s) == std::future_status::timeout) {
            Reply r = f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'std::future::get' blocks the thread in coroutine 'Pending::poll' [coro-blocking-call]

            co_await deliver(std::move(r));
        }
    }
};
}  // namespace timeout_if

// Another future was looked at
namespace early_return_other {
struct Pair {
    std::future<Reply> primary, replica;
    Task<bool> poll() {
        if (primary.wait_for(0ms) != std::future_status::ready) co_return false;
        co_await next_tick();

        Reply r = replica.get();
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'std::future::get' blocks the thread in coroutine 'Pair::poll' [coro-blocking-call]

        co_await deliver(std::move(r));
        co_return true;
    }
};
}  // namespace early_return_other

// After a bounded number of looks the future may still not be ready
namespace loop_bounded {
struct Exchange {
    std::future<Reply> f;
    Task<> relay() {
        for (int i = 0; i < 10; ++i) {
            if (f.wait_for(0s) == std::future_status::ready) break;
            co_await next_tick();
        }

        Reply r = f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'std::future::get' blocks the thread in coroutine 'Exchange::relay' [coro-blocking-call]

        co_await deliver(std::move(r));
    }
};
}  // namespace loop_bounded

// A valid future need not be ready
namespace valid_only {
struct Pending {
    std::future<Reply> f;
    Task<> poll() {
        co_await next_tick();
        if (f.valid()) {
            Reply r = f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'std::future::get' blocks the thread in coroutine 'Pending::poll' [coro-blocking-call]

            co_await deliver(std::move(r));
        }
    }
};
}  // namespace valid_only

// With || the future may not be ready
namespace disjunction {
struct Pending {
    std::future<Reply> f;
    bool closing = false;
    Task<> poll() {
        co_await next_tick();
        if (closing || f.wait_for(0s) == std::future_status::ready) {
            Reply r = f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'std::future::get' blocks the thread in coroutine 'Pending::poll' [coro-blocking-call]

            co_await deliver(std::move(r));
        }
    }
};
}  // namespace disjunction

// The future was replaced after it was seen ready
namespace reassigned {
Reply ask(std::string q);
struct Pending {
    std::future<Reply> f;
    Task<std::future<Reply>> again();
    Task<> poll() {
        if (f.wait_for(0s) != std::future_status::ready) co_return;
        f = co_await again();

        Reply r = f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'std::future::get' blocks the thread in coroutine 'Pending::poll' [coro-blocking-call]

        co_await deliver(std::move(r));
    }
};
}  // namespace reassigned

// The named time-out is not zero
namespace named_patience {
constexpr auto kPatience = std::chrono::milliseconds{750};
struct Pending {
    std::shared_future<int> f;
    Task<int> value() {
        co_await next_tick();

        if (f.wait_for(kPatience) != std::future_status::ready) co_return 0;
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::shared_future::wait_for' blocks the thread in coroutine 'Pending::value' [coro-blocking-call]

        co_return f.get();
    }
};
}  // namespace named_patience

// Every future of a batch is waited for
namespace collect_all {
struct Batch {
    std::vector<std::future<int>> open;
    Task<int> sum() {
        int total = 0;
        co_await next_tick();

        for (auto& f : open) total += f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:41: warning: 'std::future::get' blocks the thread in coroutine 'Batch::sum' [coro-blocking-call]

        co_return total;
    }
};
}  // namespace collect_all

// A patient wait in front of get waits itself
namespace patient_wait {
struct Pending {
    std::future<Reply> f;
    Task<bool> poll() {
        if (f.wait_for(5s) != std::future_status::ready) co_return false;
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::future::wait_for' blocks the thread in coroutine 'Pending::poll' [coro-blocking-call]

        co_await deliver(f.get());
        co_return true;
    }
};
}  // namespace patient_wait

// A local future from std::async waits at the end of its scope
namespace async_local_ends {
void warm(std::string key);
Task<std::string> hot_key();
Task<> refresh() {
    std::string key = co_await hot_key();

    auto warming = std::async(std::launch::async, warm, key);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the destruction of 'warming' blocks the thread in coroutine 'refresh' [coro-blocking-call]

    co_await next_tick();
}
}  // namespace async_local_ends

// Std::async(...).get() is a plain call with a thread around it
namespace async_get {
int count(std::string key);
Task<std::string> hot_key();
Task<int> hot_count() {
    std::string key = co_await hot_key();

    co_return std::async(std::launch::async, count, key).get();
// CHECK-MESSAGES: :[[@LINE-1]]:58: warning: 'std::future::get' blocks the thread in coroutine 'hot_count' [coro-blocking-call]
}
}  // namespace async_get
