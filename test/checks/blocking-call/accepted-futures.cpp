// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Futures that are ready, and others - what is fine, and why.

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

// Fine because get stands under wait_for(0s) == ready
namespace ready_if {
struct Pending {
    std::future<Reply> f;
    Task<> poll() {
        co_await next_tick();
        if (f.wait_for(0s) == std::future_status::ready) co_await deliver(f.get());
    }
};
}  // namespace ready_if

// Fine because the coroutine has left when the future is not ready
namespace early_return {
struct Pending {
    std::future<Reply> f;
    Task<bool> poll() {
        if (f.wait_for(std::chrono::seconds(0)) != std::future_status::ready) co_return false;
        Reply r = f.get();
        co_await deliver(std::move(r));
        co_return true;
    }
};
}  // namespace early_return

// Fine because the loop suspends until the future is ready
namespace while_not_ready {
Reply ask(std::string q);
Task<> relay(std::shared_future<Reply> f) {
    while (f.wait_for(std::chrono::milliseconds::zero()) != std::future_status::ready)

        co_await resume_after(5ms);
    Reply r = f.get();
    co_await deliver(std::move(r));
}
}  // namespace while_not_ready

// Fine because !(... == ready) is the same loop
namespace while_negated {
struct Exchange {
    std::future<Reply> f;
    int rounds = 0;
    Task<> relay() {
        while (!(f.wait_for(0s) == std::future_status::ready)) {

            ++rounds;
            co_await next_tick();
        }
        co_await deliver(f.get());
    }
};
}  // namespace while_negated

// Fine because the loop ends only when the future is ready
namespace do_while {
struct Exchange {
    std::future<Reply> f;
    Task<> relay() {
        do {
            co_await next_tick();
        } while (f.wait_for(0us) != std::future_status::ready);
        Reply r = f.get();
        co_await deliver(std::move(r));
    }
};
}  // namespace do_while

// Fine because the endless loop is left when the future is ready
namespace loop_break {
struct Exchange {
    std::future<Reply> f;
    Task<> relay() {
        for (;;) {
            if (f.wait_for(0s) == std::future_status::ready) break;
            co_await next_tick();
        }
        Reply r = f.get();
        co_await deliver(std::move(r));
    }
};
}  // namespace loop_break

// Fine because the status is kept in a variable and tested
namespace status_variable {
struct Pending {
    std::future<Reply> f;
    Task<> poll() {
        const auto status = f.wait_for(std::chrono::nanoseconds::zero());
        if (status != std::future_status::ready) {
            co_await next_tick();
            co_return;
        }
        co_await deliver(f.get());
    }
};
}  // namespace status_variable

// Fine because the bool says that the future is ready
namespace ready_flag {
struct Pending {
    std::future<Reply> f;
    Task<> poll() {
        const bool ready = f.wait_for(0s) == std::future_status::ready;
        if (ready) {
            Reply r = f.get();
            co_await deliver(std::move(r));
        } else {
            co_await next_tick();
        }
    }
};
}  // namespace ready_flag

// Fine because get stands under case ready
namespace status_switch {
struct Pending {
    std::future<Reply> f;
    Task<> poll() {
        co_await next_tick();
        switch (f.wait_for(0s)) {
            case std::future_status::ready:
                co_await deliver(f.get());
                break;
            case std::future_status::deferred:
            case std::future_status::timeout:
                break;
        }
    }
};
}  // namespace status_switch

// Fine because a helper template of this file does the look
namespace ready_helper {
template <typename F>
bool is_ready(const F& f) {
    return f.valid() && f.wait_for(std::chrono::seconds{0}) == std::future_status::ready;
}
struct Pending {
    std::future<Reply> f;
    Task<> poll() {
        co_await next_tick();
        if (is_ready(f)) co_await deliver(f.get());
    }
};
}  // namespace ready_helper

// Fine because get is reached only when both looks hold
namespace conjunction {
struct Pending {
    std::future<Reply> f;
    bool open = true;
    Task<> poll() {
        co_await next_tick();
        if (open && f.valid() && f.wait_for(0s) == std::future_status::ready) {
            Reply r = f.get();
            co_await deliver(std::move(r));
        }
    }
};
}  // namespace conjunction

// Fine because the conditional operator looks first
namespace ready_ternary {
struct Pending {
    std::shared_future<int> f;
    Task<int> value_or(int other) {
        co_await next_tick();
        co_return f.wait_for(0s) == std::future_status::ready ? f.get() : other;
    }
};
}  // namespace ready_ternary

// Fine because a time point that has passed does not wait
namespace wait_until_past {
struct Pending {
    std::shared_future<int> f;
    Task<int> value() {
        co_await next_tick();
        if (f.wait_until(std::chrono::steady_clock::now()) != std::future_status::ready) co_return 0;
        if (f.wait_until(std::chrono::steady_clock::time_point::min()) != std::future_status::ready) co_return 0;
        co_return f.get();
    }
};
}  // namespace wait_until_past

// Fine because the named time-out is zero
namespace named_zero {
constexpr auto kNoWait = std::chrono::milliseconds{0};
inline constexpr std::chrono::seconds kNow{};
struct Pending {
    std::shared_future<int> f;
    std::timed_mutex m;
    Task<int> value() {
        co_await next_tick();
        if (f.wait_for(kNoWait) != std::future_status::ready) co_return 0;
        if (m.try_lock_for(kNow)) m.unlock();
        co_return f.get();
    }
};
}  // namespace named_zero

// The ready ones of many futures are taken
namespace collect_ready {
struct Batch {
    std::vector<std::future<Reply>> open;
    Task<> sweep() {
        std::vector<Reply> done;
        for (auto it = open.begin(); it != open.end();) {
            if (it->wait_for(0s) == std::future_status::ready) {
                done.push_back(it->get());
                it = open.erase(it);
            } else {
                ++it;
            }
        }
        for (Reply& r : done) co_await deliver(std::move(r));
    }
};
}  // namespace collect_ready

// Fine because the loop goes on to the next when one is not ready
namespace continue_not_ready {
struct Batch {
    std::vector<std::shared_future<int>> open;
    Task<int> sum() {
        int total = 0;
        co_await next_tick();
        for (auto& f : open) {
            if (f.wait_for(0s) != std::future_status::ready) continue;
            total += f.get();
        }
        co_return total;
    }
};
}  // namespace continue_not_ready

// Fine because the future is only passed on, a pool waits
namespace future_moved {
Reply ask(std::string q);
Task<std::string> question();
Task<> answer() {
    std::string q = co_await question();
    std::packaged_task<Reply()> job([q] { return ask(q); });
    std::future<Reply> f = job.get_future();
    workers.enqueue([j = std::make_shared<std::packaged_task<Reply()>>(std::move(job))] { (*j)(); });
    Reply r = co_await workers.run([&f] { return f.get(); });
    co_await deliver(std::move(r));
}
}  // namespace future_moved

// Fine because only a future from std::async waits in its destructor
namespace promise_future_ends {
Task<> first_byte(std::shared_ptr<std::promise<int>> p);
Task<bool> started() {
    auto p = std::make_shared<std::promise<int>>();
    std::future<int> f = p->get_future();
    co_await first_byte(p);
    co_return f.wait_for(0s) == std::future_status::ready;
}
}  // namespace promise_future_ends

// Fine because the future goes to the caller
namespace async_returned {
int count(std::string key);
Task<std::string> hot_key();
Task<std::shared_ptr<std::future<int>>> begin_count() {
    std::string key = co_await hot_key();
    auto f = std::make_shared<std::future<int>>(std::async(std::launch::async, count, key));
    co_return f;
}
Task<std::future<int>> begin_count_plain() {
    std::string key = co_await hot_key();
    std::future<int> f = std::async(std::launch::async, count, key);
    co_return std::move(f);
}
}  // namespace async_returned

// Fine because the local future is moved into the service
namespace async_moved {
int count(std::string key);
struct Counter {
    std::map<std::string, std::future<int>> open;
    Task<std::string> hot_key();
    Task<> begin() {
        std::string key = co_await hot_key();
        auto f = std::async(std::launch::async, count, key);
        open.emplace(key, std::move(f));
    }
};
}  // namespace async_moved

// Fine because the optional's value is looked at first
namespace optional_future {
struct Slot {
    std::optional<std::future<int>> f;
    Task<int> take() {
        co_await next_tick();
        if (!f || f->wait_for(0s) != std::future_status::ready) co_return -1;
        co_return f->get();
    }
};
}  // namespace optional_future

// Fine because a zero wait_for only looks at the predicate
namespace cv_zero {
struct Gate {
    std::mutex m;
    std::condition_variable cv;
    bool open = false;
    Task<bool> passable() {
        co_await next_tick();
        std::unique_lock lk(m);
        co_return cv.wait_for(lk, 0s, [this] { return open; });
    }
};
}  // namespace cv_zero
