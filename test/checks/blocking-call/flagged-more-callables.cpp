// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Callables that are handed elsewhere.

#include "task.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <any>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <numeric>
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

// The same class, and its run is called here
namespace kept_and_run {
template <typename F>
class Deferred {
    F f_;

public:
    explicit Deferred(F f) : f_(std::move(f)) {}
    void run() { f_(); }
};
Task<> now() {
    Deferred d([] { ::sleep(1); });
    co_await step();

    d.run();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Deferred::run' blocks the thread in coroutine 'now' [coro-blocking-call]
}
}  // namespace kept_and_run

// Fine because the instantiation picks the harmless overload
namespace overload_picked {
void store(int fd, const std::string& s) { ::write(fd, s.data(), s.size()); }
void store(std::vector<std::string>& v, const std::string& s) { v.push_back(s); }
template <typename To>
void save(To&& to, const std::string& s) {
    store(std::forward<To>(to), s);
}
struct Notes {
    std::vector<std::string> all;
    Task<> add() {
        save(all, co_await next_name());
    }
    Task<> add_durable(int fd) {
        std::string n = co_await next_name();

        save(fd, n);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'save' blocks the thread in coroutine 'Notes::add_durable' [coro-blocking-call]
    }
};
}  // namespace overload_picked

// Fine because the async tag chooses the posting overload
namespace tag_dispatch {
struct now_t {};
struct later_t {};
inline constexpr now_t now{};
inline constexpr later_t later{};
void flush(int fd, now_t) { ::fsync(fd); }
void flush(int fd, later_t) {
    workers.enqueue([fd] { ::fsync(fd); });
}
Task<> commit(int fd) {
    flush(fd, later);
    co_await step();

    flush(fd, now);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'flush' blocks the thread in coroutine 'commit' [coro-blocking-call]
}
}  // namespace tag_dispatch

// A parameter decides; both callers in sight give zero
namespace zero_callers {
bool readable(int fd, int timeout_ms) {
    pollfd p{fd, POLLIN, 0};
    return ::poll(&p, 1, timeout_ms) > 0;
}
Task<bool> look(int fd) {
    co_await step();

    co_return readable(fd, 0);
}
Task<bool> wait(int fd) {
    co_await step();

    co_return readable(fd, 500);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'readable' blocks the thread in coroutine 'wait' [coro-blocking-call]
}
}  // namespace zero_callers

// Fine because the projections and predicates only compute
namespace harmless_algorithms {
struct Job {
    int id = 0;
    std::string name;
    bool run() const { return ::sleep(1) == 0; }
    bool ready() const { return id > 0; }
};
struct Board {
    std::vector<Job> jobs;
    Task<int> best() {
        co_await step();
        auto it = std::ranges::max_element(jobs, {}, &Job::id);
        int ready = static_cast<int>(std::ranges::count_if(jobs, &Job::ready));
        for (int id : jobs | std::views::filter(&Job::ready) | std::views::transform(&Job::id)) ready += id;
        co_return it == jobs.end() ? ready : it->id;
    }
    Task<bool> all_run() {
        co_await step();

        co_return std::ranges::all_of(jobs, &Job::run);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'all_of' blocks the thread in coroutine 'Board::all_run' [coro-blocking-call]
    }
};
}  // namespace harmless_algorithms

// The argument of std::thread is computed by the coroutine
namespace thread_arguments {
std::string slurp() {
    std::ifstream in("/etc/motd");
    std::string s;
    std::getline(in, s);
    return s;
}
void show(std::string s);
Task<> start() {
    std::string n = co_await next_name();
    std::thread(show, n).detach();
    co_await step();

    std::thread(show, slurp()).detach();
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'slurp' blocks the thread in coroutine 'start' [coro-blocking-call]
}
}  // namespace thread_arguments

// The project's own thread class joins in its destructor
namespace own_joining {
class Thread {
    std::thread t_;

public:
    template <typename F>
    explicit Thread(F f) : t_(std::move(f)) {}
    ~Thread() {
        if (t_.joinable()) t_.join();
    }
};
Task<> spin() {
    Thread t([] { ::sleep(5); });
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the destruction of 't' blocks the thread in coroutine 'spin' [coro-blocking-call]

    co_await step();
}
}  // namespace own_joining

// Fine because the policy in use is the one without delay
namespace strategy {
struct NoDelay {
    void operator()(int) const {}
};
struct Backoff {
    void operator()(int n) const { ::usleep(static_cast<unsigned>(n) * 1000); }
};
template <typename Delay = NoDelay>
struct Retry {
    Delay delay{};
    int left = 3;
    bool again() {
        delay(left);
        return --left > 0;
    }
};
Task<bool> run() {
    Retry<> r;
    while (r.again()) co_await step();
    co_return r.left == 0;
}
Task<bool> run_slowly() {
    Retry<Backoff> r;
    while (r.again()) co_await step();
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'Retry::again' blocks the thread in coroutine 'run_slowly' [coro-blocking-call]

    co_return r.left == 0;
}
}  // namespace strategy

// The helper starts threads and joins them
namespace parallel_for {
template <typename F>
void parallel(int n, F f) {
    std::vector<std::thread> all;
    for (int i = 0; i < n; ++i) all.emplace_back(f, i);
    for (auto& t : all) t.join();
}
Task<int> sum() {
    std::atomic<int> total{0};
    co_await step();

    parallel(4, [&](int i) { total += i; });
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'parallel' blocks the thread in coroutine 'sum' [coro-blocking-call]

    co_return total;
}
}  // namespace parallel_for
