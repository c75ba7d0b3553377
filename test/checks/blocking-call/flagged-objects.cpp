// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Objects that do not block.

#include "task.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <optional>
#include <queue>
#include <random>
#include <semaphore>
#include <set>
#include <sstream>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();
Task<std::string> next_name();

// Fine because the blocking default is replaced by the designator
namespace designated {
int read_pid() {
    int pid = 0;
    std::ifstream in("/run/a.pid");
    in >> pid;
    return pid;
}
struct Target {
    int pid = read_pid();
    int signal = 15;
};
Task<int> aim() {
    Target t{.pid = 12, .signal = 9};
    co_await step();
    co_return t.pid + t.signal;
}
Task<int> aim_again() {
    co_await step();

    Target t{.signal = 9};
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'read_pid' blocks the thread in coroutine 'aim_again' [coro-blocking-call]

    co_return t.pid;
}
}  // namespace designated

// Fine because the constructor's initialiser replaces the blocking default
namespace initialiser_wins {
int probe() { return static_cast<int>(::sleep(1)); }
struct Unit {
    int state = probe();
    Unit() = default;
    explicit Unit(int s) : state(s) {}
};
Task<int> fixed() {
    Unit u(3);
    co_await step();
    co_return u.state;
}
Task<int> probed() {
    co_await step();

    Unit u;
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the construction of 'initialiser_wins::Unit' blocks the thread in coroutine 'probed' [coro-blocking-call]

    co_return u.state;
}
}  // namespace initialiser_wins

// The section is not short: it sleeps
namespace long_section {
struct Registry {
    std::mutex m;
    std::map<std::string, int> seen;
    void slow_bump(const std::string& n) {
        std::lock_guard lk(m);
        ::usleep(5000);
        ++seen[n];
    }
    Task<> bump() {
        std::string n = co_await next_name();

        slow_bump(n);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Registry::slow_bump' blocks the thread in coroutine 'Registry::bump' [coro-blocking-call]
    }
};
}  // namespace long_section

// Fine because the wrapper's close detaches its thread
namespace close_detaches {
class Worker {
    std::thread t_{[] { ::sleep(7); }};

public:
    void close() {
        if (t_.joinable()) t_.detach();
    }
    void wait() {
        if (t_.joinable()) t_.join();
    }
    ~Worker() { close(); }
};
Task<> brief() {
    Worker w;
    co_await step();
    w.close();
}
Task<> patient() {
    Worker w;
    co_await step();

    w.wait();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Worker::wait' blocks the thread in coroutine 'patient' [coro-blocking-call]
}
}  // namespace close_detaches
