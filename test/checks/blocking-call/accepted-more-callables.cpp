// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Callables that are handed elsewhere - what is fine, and why.

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

// Fine because the start routine runs on the new thread
namespace pthread_started {
void* pump(void*) {
    for (;;) ::sleep(1);
    return nullptr;
}
Task<> start() {
    pthread_t t;
    ::pthread_create(&t, nullptr, pump, nullptr);
    ::pthread_detach(t);
    co_await step();
}
}  // namespace pthread_started

// Fine because the handlers run at exit or on a signal
namespace exit_handlers {
void save() { ::fsync(1); }
void on_signal(int) { ::sleep(1); }
Task<> install() {
    std::atexit(save);
    std::at_quick_exit([] { ::sleep(1); });
    ::signal(SIGUSR1, on_signal);
    std::set_terminate([] {
        ::sleep(1);
        std::abort();
    });
    co_await step();
}
}  // namespace exit_handlers

// Fine because a C library keeps the callback
namespace c_registered {
extern "C" void evt_on_line(void (*cb)(void*), void* arg);
struct Logger {
    int fd = -1;
    static void on_line(void* self) { ::fsync(static_cast<Logger*>(self)->fd); }
    Task<> attach() {
        evt_on_line(&Logger::on_line, this);
        evt_on_line([](void*) { ::sleep(2); }, nullptr);
        co_await step();
    }
};
}  // namespace c_registered

// Fine because a set only keeps the comparator's type here
namespace functor_kept {
struct SlowLess {
    bool operator()(int a, int b) const {
        ::usleep(1);
        return a < b;
    }
};
struct Holder {
    SlowLess less;
    std::function<bool(int, int)> f;
    Task<bool> keep() {
        f = less;
        std::any a = less;
        std::variant<int, SlowLess> v = less;
        co_await step();
        co_return a.has_value() && v.index() == 1;
    }
};
}  // namespace functor_kept

// Fine because the harmless value replaced nothing blocking
namespace harmless_function {
Task<int> pick(bool big) {
    int (*f)(int) = big ? +[](int v) { return v * 100; } : +[](int v) { return v; };
    co_await step();
    co_return f(3);
}
}  // namespace harmless_function

// Fine because the class keeps the lambda in its constructor
namespace kept_in_ctor {
template <typename F>
class Deferred {
    F f_;

public:
    explicit Deferred(F f) : f_(std::move(f)) {}
    void run() { f_(); }
};
struct Command {
    std::function<void()> action;
    explicit Command(std::function<void()> a) : action(std::move(a)) {}
};
struct Menu {
    std::vector<Command> commands;
    Task<> fill() {
        Deferred d([] { ::sleep(1); });
        commands.emplace_back([] { std::system("reboot"); });
        co_await step();
        workers.enqueue([d]() mutable { d.run(); });
    }
};
}  // namespace kept_in_ctor

// Fine because the builder stores the handlers
namespace builder {
struct Router {
    std::map<std::string, std::function<std::string()>> routes;
    template <typename F>
    Router& get(std::string path, F&& f) {
        routes[std::move(path)] = std::forward<F>(f);
        return *this;
    }
    Router& use(std::function<void()>) { return *this; }
};
Task<std::size_t> configure() {
    Router r;
    r.get("/motd", [] {
         std::ifstream in("/etc/motd");
         std::string s;
         std::getline(in, s);
         return s;
     }).get("/zzz", [] {
        ::sleep(1);
        return std::string("awake");
    }).use([] { ::sleep(1); });
    co_await step();
    co_return r.routes.size();
}
}  // namespace builder

// Fine because a lazy generator is made and only passed on
namespace generator_made {
Generator<int> bytes(int fd) {
    for (char c; ::read(fd, &c, 1) == 1;) co_yield c;
}
struct Source {
    std::vector<Generator<int>> all;
    Task<> add(int fd) {
        all.push_back(bytes(fd));
        co_await step();
    }
};
}  // namespace generator_made

// Fine because a constraint and a concept evaluate nothing
namespace constrained {
template <typename T>
    requires requires(T t) { t.wait(); }
int kind(T&) {
    return 1;
}
template <typename T>
concept Joinable = requires(T t) {
    { t.join() };
};
struct Process {
    void wait() { ::sleep(1); }
    void join() { ::sleep(1); }
};
Task<int> classify() {
    Process p;
    co_await step();
    co_return kind(p) + Joinable<Process> + noexcept(p.wait()) + static_cast<int>(sizeof(decltype(&Process::join)));
}
}  // namespace constrained

// Fine because the assertion's operand is never evaluated in release
namespace asserted {
#define CHECK_SLOW(x) static_cast<void>(sizeof((x) ? 1 : 0))
bool fsck() { return std::system("fsck -n") == 0; }
Task<int> mount() {
    CHECK_SLOW(fsck());
    co_await step();
    co_return 0;
}
}  // namespace asserted

// Fine because the table is computed by the compiler
namespace compile_time {
constexpr int wait(int n) { return n * 2; }
consteval int read(int n) { return wait(n) + 1; }
constexpr auto kTable = [] {
    std::array<int, 4> t{};
    for (int i = 0; i < 4; ++i) t[static_cast<std::size_t>(i)] = wait(i);
    return t;
}();
Task<int> value() {
    constexpr int r = read(4);
    co_await step();
    co_return kTable[2] + r;
}
}  // namespace compile_time

// Fine because a deferred future neither starts nor waits when it ends
namespace async_deferred {
int slow() { return static_cast<int>(::sleep(2)); }
Task<bool> maybe() {
    auto f = std::async(std::launch::deferred, slow);
    co_await step();
    co_return f.valid();
}
}  // namespace async_deferred

// Fine because the project's own Thread class starts a std::thread inside
namespace own_thread {
class Thread {
    std::thread t_;

public:
    template <typename F>
    explicit Thread(F f) : t_([f = std::move(f)]() mutable { f(); }) {}
    Thread(Thread&&) = default;
    ~Thread() {
        if (t_.joinable()) t_.detach();
    }
};
Task<> spin() {
    Thread t([] { ::sleep(5); });
    co_await step();
}
}  // namespace own_thread

// Fine because observers added elsewhere are unknown here
namespace observers {
class Subject {
    std::vector<std::function<void(int)>> all_;

public:
    void add(std::function<void(int)> f) { all_.push_back(std::move(f)); }
    void notify(int v) {
        for (auto& f : all_) f(v);
    }
};
struct Model {
    Subject changed;
    Task<> set(int v) {
        co_await step();
        changed.notify(v);
    }
};
}  // namespace observers

// Fine because sleep and read stand in strings, comments and arguments
namespace in_strings {
#define NAME_OF(f) #f
Task<std::string> names() {
    std::string s = NAME_OF(::sleep(1));
    co_await step();
    s += "read(fd, buf, n); system(cmd);";  // poll(&p, 1, -1)
    co_return s;
}
}  // namespace in_strings

// Fine because the helper detaches in a loop
namespace spawn_loop {
template <typename F>
void spawn_threads(int n, F f) {
    for (int i = 0; i < n; ++i) std::thread(f, i).detach();
}
Task<> start() {
    spawn_threads(4, [](int i) { ::sleep(static_cast<unsigned>(i)); });
    co_await step();
}
}  // namespace spawn_loop
