// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// The forms a coroutine has.

#include "task.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();
Task<int> next_id();

// A lambda coroutine sleeps; the function around it is no coroutine
namespace lambda_coroutine {
int run() {
    auto blink = [](int times) -> Task<> {
        for (int i = 0; i < times; ++i) {
            ::usleep(1000);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'usleep' blocks the thread in a lambda coroutine [coro-blocking-call]

            co_await step();
        }
    };
    sync_wait(blink(3));
    ::sleep(1);
    return 0;
}
}  // namespace lambda_coroutine

// The outer coroutine awaits a lambda coroutine that blocks
namespace nested_coroutine {
Task<int> outer() {
    int v = co_await [](int a) -> Task<int> {
        co_await step();

        ::sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sleep' blocks the thread in a lambda coroutine [coro-blocking-call]

        co_return a + 1;
    }(4);
    co_return v;
}
}  // namespace nested_coroutine

// A generic lambda coroutine, called once
namespace generic_coroutine {
Task<> send_all(int fd) {
    auto put = [](int to, auto text) -> Task<> {
        co_await step();

        ::send(to, text.data(), text.size(), 0);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'send' blocks the thread in a lambda coroutine [coro-blocking-call]
    };
    co_await put(fd, std::string("a"));
    co_await put(fd, std::vector<char>{'b'});
}
}  // namespace generic_coroutine

// A member coroutine defined after its class
namespace member_out {
class Uploader {
    int fd_ = ::socket(AF_INET, SOCK_STREAM, 0);

public:
    Task<> run();
    static Task<> pause(int ms);
};
Task<> Uploader::run() {
    char c = 0;
    co_await step();

    ::recv(fd_, &c, 1, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'recv' blocks the thread in coroutine 'Uploader::run' [coro-blocking-call]
}
Task<> Uploader::pause(int ms) {
    co_await resume_after(std::chrono::milliseconds(ms));
}
}  // namespace member_out

// A function template coroutine for two device types
namespace template_coroutine {
struct Gpio {
    bool level() const { return true; }
};
struct Expander {
    int fd = -1;
    bool level() const {
        char c = 0;
        return ::read(fd, &c, 1) == 1 && c;
    }
};
template <typename Pin>
Task<bool> sample(Pin p) {
    co_await step();

    co_return p.level();
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Expander::level' blocks the thread in coroutine 'sample' [coro-blocking-call]
}
Task<bool> both() {
    bool a = co_await sample(Gpio{});
    bool b = co_await sample(Expander{});
    co_return a && b;
}
}  // namespace template_coroutine

// A template nobody instantiates still sleeps
namespace template_unused {
template <typename T>
Task<T> slow_identity(T v) {
    co_await step();

    std::this_thread::sleep_for(10ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::this_thread::sleep_for' blocks the thread in coroutine 'slow_identity' [coro-blocking-call]

    co_return v;
}
}  // namespace template_unused

// A member coroutine of a class template
namespace class_template_member {
template <typename Policy>
class Poller {
    Policy policy_;

public:
    Task<int> run() {
        int id = co_await next_id();

        policy_.pause();
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Nap::pause' blocks the thread in coroutine 'Poller::run' [coro-blocking-call]

        co_return id;
    }
};
struct Nap {
    void pause() { ::sleep(1); }
};
struct Skip {
    int n = 0;
    void pause() { ++n; }
};
Task<int> use() {
    Poller<Nap> a;
    Poller<Skip> b;
    int x = co_await a.run();
    int y = co_await b.run();
    co_return x + y;
}
}  // namespace class_template_member

// A fire-and-forget coroutine is a coroutine too
namespace detached_form {
Detached watch(int fd) {
    char c = 0;
    co_await step();

    while (::read(fd, &c, 1) > 0) co_await step();
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'read' blocks the thread in coroutine 'watch' [coro-blocking-call]
}
void start(int fd) { watch(fd); }
}  // namespace detached_form

// The project's own task type, with everything in its promise
namespace own_task_type {
struct Job {
    struct promise_type {
        Job get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> h;
};
Job import_file(std::string path) {
    co_await std::suspend_always{};
    std::ifstream in(path);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the construction of 'std::basic_ifstream' blocks the thread in coroutine 'import_file' [coro-blocking-call]

    int n = 0;

    in >> n;
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'std::basic_ifstream::operator>>' blocks the thread in coroutine 'import_file' [coro-blocking-call]

    co_await std::suspend_always{};
}
}  // namespace own_task_type

// A call operator that is a coroutine
namespace operator_coroutine {
struct Fetch {
    int fd = -1;
    Task<long> operator()(int n) const {
        char buf[32];
        co_await step();

        co_return ::read(fd, buf, static_cast<std::size_t>(n) % sizeof buf);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'read' blocks the thread in coroutine 'Fetch::operator()' [coro-blocking-call]
    }
};
Task<long> use() {
    Fetch f{3};
    long n = co_await f(8);
    co_return n;
}
}  // namespace operator_coroutine

// The call sits in try, catch, and a loop of the coroutine
namespace in_handlers {
Task<int> fetch() {
    for (int attempt = 0;; ++attempt) {
        bool failed = false;
        try {
            int id = co_await next_id();
            co_return id;
        } catch (const std::exception&) {
            failed = true;

            ::sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'sleep' blocks the thread in coroutine 'fetch' [coro-blocking-call]

        }
        if (failed && attempt > 3) co_return -1;
    }
}
}  // namespace in_handlers

// The same sort of function, called in a coroutine
namespace task_function_called {
Task<int> query(int id);
Task<int> query_slowly(int id) {
    ::usleep(10);
    return query(id);
}
Task<int> use() {
    int a = co_await query_slowly(4);
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'query_slowly' blocks the thread in coroutine 'use' [coro-blocking-call]

    co_return a;
}
}  // namespace task_function_called

// The callable's argument is computed before it is handed over
namespace pool_argument {
int slow(int n) {
    ::sleep(static_cast<unsigned>(n));
    return n;
}
std::function<void()> job_for(int n) {
    return [n] { slow(n); };
}
std::function<void()> probed_job() {
    int n = slow(1);
    return [n] { slow(n); };
}
Task<> hand_over() {
    workers.enqueue(job_for(2));
    co_await step();

    workers.enqueue(probed_job());
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'probed_job' blocks the thread in coroutine 'hand_over' [coro-blocking-call]

    co_await step();

    workers.enqueue([n = slow(3)] { slow(n); });
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'slow' blocks the thread in coroutine 'hand_over' [coro-blocking-call]
}
}  // namespace pool_argument

// The same lambda is handed to the pool, then also called here
namespace called_and_handed {
Task<> twice() {
    auto sync = [] { ::sync(); ::usleep(100); };
    workers.enqueue(sync);
    co_await step();

    sync();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sync' blocks the thread in coroutine 'twice' [coro-blocking-call]
}
}  // namespace called_and_handed

// Blocking is allowed on the worker, not before the switch
namespace schedule_and_back {
struct Resizer {
    ThreadPool& pool;
    Task<> resize() {
        ::usleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'usleep' blocks the thread in coroutine 'Resizer::resize' [coro-blocking-call]

        co_await pool.schedule();

        std::system("convert in.png out.png");

        co_await step();
    }
    Task<> resize_if(bool big) {
        if (big) co_await pool.schedule();

        std::system("convert in.png out.png");
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'system' blocks the thread in coroutine 'Resizer::resize_if' [coro-blocking-call]

        co_await step();
    }
};
}  // namespace schedule_and_back

// Fine because making a lazy task runs nothing
namespace creates_lazy {
Task<int> slow_answer() {
    co_await step();

    ::sleep(2);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks the thread in coroutine 'slow_answer' [coro-blocking-call]

    co_return 1;
}
Task<int> caller() {
    std::vector<Task<int>> all;
    for (int i = 0; i < 3; ++i) all.push_back(slow_answer());
    auto got = co_await when_all(std::move(all));
    co_return got.front();
}
}  // namespace creates_lazy

// A method of a local class is called
namespace local_struct {
Task<int> measure() {
    struct Probe {
        int take() {
            ::usleep(200);
            return 5;
        }
        int peek() const { return 4; }
    };
    Probe p;
    int n = p.peek();
    co_await step();

    n += p.take();
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'Probe::take' blocks the thread in coroutine 'measure' [coro-blocking-call]

    co_return n;
}
}  // namespace local_struct

// A blocking call is in the operand of co_return and co_yield
namespace operands {
int pick() {
    char c = 0;
    return ::read(0, &c, 1) == 1 ? c : 0;
}
Task<int> chosen() {
    co_await step();

    co_return pick() + 1;
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'pick' blocks the thread in coroutine 'chosen' [coro-blocking-call]
}
Task<int> delayed() {
    co_await resume_after(std::chrono::milliseconds(pick()));
// CHECK-MESSAGES: :[[@LINE-1]]:53: warning: 'pick' blocks the thread in coroutine 'delayed' [coro-blocking-call]

    co_return 1;
}
}  // namespace operands

// An inline coroutine in a header-like struct, with a helper below it
namespace header_like {
struct Client {
    int fd = -1;
    inline Task<bool> login(std::string user) {
        co_await step();

        bool ok = round_trip(user) > 0;
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Client::round_trip' blocks the thread in coroutine 'Client::login' [coro-blocking-call]

        co_return ok;
    }
    inline Task<bool> logout() {
        note("bye");
        co_await step();
        co_return true;
    }

private:
    long round_trip(const std::string& s) {
        char c;
        ::send(fd, s.data(), s.size(), 0);
        return ::recv(fd, &c, 1, 0);
    }
    void note(const char* s) { last_ = s; }
    std::string last_;
};
}  // namespace header_like

// Seven functions and a lambda between the coroutine and the read
namespace deep_chain {
int l7() {
    char c = 0;
    return static_cast<int>(::read(0, &c, 1));
}
int l6() { return l7(); }
int l5() {
    auto f = [] { return l6(); };
    return f();
}
struct L4 {
    int v;
    L4() : v(l5()) {}
};
int l3() { return L4().v; }
template <typename T>
T l2(T) {
    return static_cast<T>(l3());
}
int l1() { return l2(4); }
Task<int> use() {
    co_await step();

    co_return l1();
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'l1' blocks the thread in coroutine 'use' [coro-blocking-call]
}
}  // namespace deep_chain
