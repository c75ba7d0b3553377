// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Blocking that is reached through callbacks, functors and templates.

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

// The function with the callback calls it before it returns
namespace callback_in_place {
template <typename F>
void retry(int n, F f) {
    while (n-- > 0 && !f()) {
    }
}
void each_port(const std::function<void(int)>& f) {
    for (int p = 8000; p < 8003; ++p) f(p);
}
void twice(void (*f)()) {
    f();
    f();
}
void beep() { ::usleep(300000); }
struct Dialer {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    int tries = 0;
    Task<> dial(sockaddr_storage peer) {
        co_await step();

        retry(3, [&] { return ::connect(fd, reinterpret_cast<sockaddr*>(&peer), sizeof peer) == 0; });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'retry' blocks the thread in coroutine 'Dialer::dial' [coro-blocking-call]

        co_await step();

        each_port([this](int port) { ::send(fd, &port, sizeof port, 0); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'each_port' blocks the thread in coroutine 'Dialer::dial' [coro-blocking-call]

        co_await step();

        twice(beep);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'twice' blocks the thread in coroutine 'Dialer::dial' [coro-blocking-call]
    }
    Task<> count() {
        co_await step();
        retry(3, [this] { return ++tries > 2; });
        each_port([this](int port) { tries += port; });
    }
};
}  // namespace callback_in_place

// Post stores, but run_now of the same class drains on the caller
namespace callback_dispatched {
class Loop {
    std::vector<std::function<void()>> jobs_;

public:
    void post(std::function<void()> f) { jobs_.push_back(std::move(f)); }
    template <typename F>
    void run_now(F&& f) {
        std::forward<F>(f)();
    }
};
struct Service {
    Loop loop;
    Task<> start() {
        loop.post([] { ::sleep(1); });
        co_await step();

        loop.run_now([] { ::sleep(1); });
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'Loop::run_now' blocks the thread in coroutine 'Service::start' [coro-blocking-call]
    }
};
}  // namespace callback_dispatched

// Only the instantiation with the blocking policy blocks
namespace function_template {
struct Spin {
    static void wait() {}
};
struct Sleep {
    static void wait() { ::usleep(50); }
};
template <typename Policy>
int poll_until(int n) {
    while (n-- > 0) Policy::wait();
    return n;
}
Task<int> spin() {
    co_await step();
    co_return poll_until<Spin>(3);
}
Task<int> doze() {
    co_await step();

    co_return poll_until<Sleep>(3);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'poll_until' blocks the thread in coroutine 'doze' [coro-blocking-call]
}
}  // namespace function_template

// A specialisation of the class template blocks, the primary does not
namespace class_template {
template <typename T>
struct Codec {
    static T load(int fd) { return static_cast<T>(fd); }
};
template <>
struct Codec<long> {
    static long load(int fd) {
        long v = 0;
        ::read(fd, &v, sizeof v);
        return v;
    }
};
Task<long> decode(int fd) {
    int small = Codec<int>::load(fd);
    co_await step();

    co_return small + Codec<long>::load(fd);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'Codec::load' blocks the thread in coroutine 'decode' [coro-blocking-call]
}
}  // namespace class_template

// A pack of writers is folded over
namespace variadic_fold {
struct Console {
    int n = 0;
    void put(const std::string& s) { n += static_cast<int>(s.size()); }
};
struct Uplink {
    int fd = -1;
    void put(const std::string& s) { ::send(fd, s.data(), s.size(), MSG_NOSIGNAL); }
};
template <typename... Sinks>
void fan_out(const std::string& s, Sinks&... sinks) {
    (sinks.put(s), ...);
}
struct Hub {
    Console a, b;
    Uplink up;
    Task<> local() {
        std::string s = co_await next_name();
        fan_out(s, a, b);
    }
    Task<> all() {
        std::string s = co_await next_name();

        fan_out(s, a, up);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'fan_out' blocks the thread in coroutine 'Hub::all' [coro-blocking-call]
    }
};
}  // namespace variadic_fold

// The branch for memory streams keeps the blocking one out
namespace constexpr_template {
struct Memory {
    static constexpr bool blocking = false;
};
struct File {
    static constexpr bool blocking = true;
};
template <typename S>
long sync(S, int fd) {
    if constexpr (S::blocking) return ::fsync(fd);
    else return 0;
}
Task<long> flush_memory(int fd) {
    co_await step();
    co_return sync(Memory{}, fd);
}
Task<long> flush_file(int fd) {
    co_await step();

    co_return sync(File{}, fd);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'sync' blocks the thread in coroutine 'flush_file' [coro-blocking-call]
}
}  // namespace constexpr_template

// A callable goes through two forwarding layers and is called there
namespace forwarded {
template <typename F, typename... A>
decltype(auto) timed(F&& f, A&&... a) {
    return std::invoke(std::forward<F>(f), std::forward<A>(a)...);
}
template <typename F, typename... A>
decltype(auto) traced(F&& f, A&&... a) {
    return timed(std::forward<F>(f), std::forward<A>(a)...);
}
Task<long> fetch(int fd) {
    char c[32];
    co_await step();
    long n = traced([](int a) { return a + 1L; }, fd);
    co_await step();

    n += traced([&](int d) { return ::recv(d, c, sizeof c, 0); }, fd);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'traced' blocks the thread in coroutine 'fetch' [coro-blocking-call]

    co_return n;
}
}  // namespace forwarded

// An object with a blocking call operator is called and passed
namespace functor {
struct Pinger {
    int fd = -1;
    int count = 0;
    bool operator()(int id) {
        ++count;
        return ::send(fd, &id, sizeof id, 0) > 0;
    }
};
struct Counter {
    int count = 0;
    bool operator()(int) { return ++count; }
};
struct Fleet {
    std::vector<int> ids;
    Task<int> ping() {
        Pinger p;
        Counter c;
        co_await step();

        p(1);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'p' blocks the thread in coroutine 'Fleet::ping' [coro-blocking-call]

        co_await step();

        std::for_each(ids.begin(), ids.end(), p);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::for_each' blocks the thread in coroutine 'Fleet::ping' [coro-blocking-call]

        co_await step();
        std::for_each(ids.begin(), ids.end(), c);
        co_return c(3);
    }
};
}  // namespace functor

// Std::bind and bind_front keep arguments, and are called
namespace bind_call {
void nap(unsigned s) { ::sleep(s); }
Task<> doze() {
    auto later = std::bind(nap, 2u);
    auto front = std::bind_front(nap, 3u);
    co_await step();

    later();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'later' blocks the thread in coroutine 'doze' [coro-blocking-call]

    co_await step();
    std::thread(front).detach();
}
}  // namespace bind_call

// The init-capture blocks when the lambda is made, not when it is called
namespace capture_init {
int read_number() {
    int n = 0;
    return std::scanf("%d", &n) == 1 ? n : 0;
}
Task<int> prepare() {
    co_await step();

    auto f = [n = read_number()] { return n; };
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'read_number' blocks the thread in coroutine 'prepare' [coro-blocking-call]

    co_await step();
    co_return f();
}
}  // namespace capture_init

// Value_or evaluates its argument, a map's try_emplace as well
namespace eager_arguments {
std::string ask_terminal() {
    char line[64] = {};
    return std::fgets(line, sizeof line, stdin) ? line : "";
}
struct Settings {
    std::optional<std::string> name;
    Task<std::string> get() {
        co_await step();

        co_return name.value_or(ask_terminal());
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'ask_terminal' blocks the thread in coroutine 'Settings::get' [coro-blocking-call]
    }
    Task<std::string> get_cheap() {
        co_await step();
        co_return name.value_or("anonymous");
    }
};
}  // namespace eager_arguments

// A comparator that asks the disk
namespace comparator {
struct Files {
    std::vector<std::string> names;
    static long lines(const std::string& n) {
        std::ifstream in(n);
        long c = 0;
        for (std::string l; std::getline(in, l);) ++c;
        return c;
    }
    Task<> order() {
        co_await step();

        std::sort(names.begin(), names.end(), [](auto& a, auto& b) { return lines(a) < lines(b); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::sort' blocks the thread in coroutine 'Files::order' [coro-blocking-call]

        co_await step();
        std::sort(names.begin(), names.end(), [](auto& a, auto& b) { return a.size() < b.size(); });
    }
};
}  // namespace comparator
