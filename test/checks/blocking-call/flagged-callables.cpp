// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Blocking that is reached through callables.

// Blocking reached through callables: lambdas, algorithms, callbacks, tables, templates.
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

// A named lambda is called in the coroutine
namespace lambda_called {
Task<> settle() {
    auto pause = [](int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); };
    co_await step();

    pause(20);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'pause' blocks the thread in coroutine 'settle' [coro-blocking-call]
}
}  // namespace lambda_called

// An immediately called lambda initialises a constant
namespace lambda_at_once {
std::string first_line(const char* path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    return line;
}
Task<std::size_t> size_of_motd() {
    co_await step();

    const std::string text = [] { return first_line("/etc/motd"); }();
// CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the lambda blocks the thread in coroutine 'size_of_motd' [coro-blocking-call]

    co_return text.size();
}
Task<int> table_value() {
    co_await step();
    const int v = [] {
        int sum = 0;
        for (int i = 0; i < 8; ++i) sum += i;
        return sum;
    }();
    co_return v;
}
}  // namespace lambda_at_once

// A generic lambda that blocks is called with two types
namespace generic_lambda {
Task<> put(int fd) {
    auto write_all = [fd](const auto& s) { return ::write(fd, s.data(), s.size()); };
    std::string name = co_await next_name();
    std::array<char, 2> nl{'\r', '\n'};

    write_all(name);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'write_all' blocks the thread in coroutine 'put' [coro-blocking-call]

    co_await step();

    write_all(nl);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'write_all' blocks the thread in coroutine 'put' [coro-blocking-call]
}
Task<std::size_t> measure() {
    auto total = [](const auto&... s) { return (s.size() + ... + 0u); };
    std::string name = co_await next_name();
    co_return total(name, std::vector<int>{1, 2});
}
}  // namespace generic_lambda

// A lambda that is given itself walks a tree on the disk
namespace recursive_lambda {
struct Node {
    int fd = -1;
    std::vector<Node> kids;
};
struct Tree {
    Node root;
    Task<long> bytes() {
        auto walk = [](auto&& self, const Node& n) -> long {
            char c[64];
            long sum = ::read(n.fd, c, sizeof c);
            for (auto& k : n.kids) sum += self(self, k);
            return sum;
        };
        co_await step();

        co_return walk(walk, root);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'walk' blocks the thread in coroutine 'Tree::bytes' [coro-blocking-call]
    }
    Task<long> depth() {
        auto walk = [](auto&& self, const Node& n) -> long {
            long d = 0;
            for (auto& k : n.kids) d = std::max(d, self(self, k));
            return d + 1;
        };
        co_await step();
        co_return walk(walk, root);
    }
};
}  // namespace recursive_lambda

// Std::for_each runs a blocking lambda in place
namespace for_each_call {
struct Peers {
    std::vector<int> fds;
    std::vector<std::string> names;
    Task<> broadcast() {
        co_await step();

        std::for_each(fds.begin(), fds.end(), [](int fd) { ::send(fd, "ping", 4, 0); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::for_each' blocks the thread in coroutine 'Peers::broadcast' [coro-blocking-call]

        co_await step();

        std::ranges::for_each(fds, [](int fd) { ::write(fd, "pong", 4); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'for_each' blocks the thread in coroutine 'Peers::broadcast' [coro-blocking-call]
    }
    Task<> rename() {
        co_await step();
        std::for_each(names.begin(), names.end(), [](std::string& n) { n += "!"; });
        std::ranges::for_each(fds, [](int fd) { ::send(fd, "ping", 4, MSG_DONTWAIT); });
        std::ranges::sort(names, {}, [](const std::string& n) { return n.size(); });
    }
};
}  // namespace for_each_call

// Transform, any_of, accumulate, generate, remove_if call what they are given
namespace algorithms {
bool alive(int fd) {
    char c = 0;
    return ::recv(fd, &c, 1, 0) == 1;
}
bool known(int fd) { return fd > 2; }
struct Peers {
    std::vector<int> fds;
    Task<int> check() {
        std::vector<char> got(fds.size());
        co_await step();

        std::transform(fds.begin(), fds.end(), got.begin(), [](int fd) {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::transform' blocks the thread in coroutine 'Peers::check' [coro-blocking-call]
            char c = 0;
            ::read(fd, &c, 1);
            return c;
        });

        co_await step();

        if (std::any_of(fds.begin(), fds.end(), alive)) co_await step();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::any_of' blocks the thread in coroutine 'Peers::check' [coro-blocking-call]

        int n = std::accumulate(fds.begin(), fds.end(), 0, [](int a, int fd) { return a + (fd > 2); });
        n += static_cast<int>(std::count_if(fds.begin(), fds.end(), known));
        co_await step();

        std::erase_if(fds, [](int fd) { return !alive(fd); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::erase_if' blocks the thread in coroutine 'Peers::check' [coro-blocking-call]

        co_return n;
    }
};
}  // namespace algorithms

// Std::invoke, std::apply and a member pointer
namespace invoke_apply {
struct Gate {
    int fd = -1;
    int lift() { return ::usleep(500000); }
    int colour() const { return 4; }
};
int nap(int a, int b) { return static_cast<int>(::sleep(static_cast<unsigned>(a + b))); }
int add(int a, int b) { return a + b; }
struct Crossing {
    Gate gate;
    Task<int> open() {
        int c = std::invoke(&Gate::colour, gate) + std::apply(add, std::tuple(1, 2)) + std::invoke(&Gate::fd, gate);
        co_await step();

        std::invoke(&Gate::lift, gate);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::invoke' blocks the thread in coroutine 'Crossing::open' [coro-blocking-call]

        co_await step();

        c += std::apply(nap, std::tuple(1, 2));
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'std::apply' blocks the thread in coroutine 'Crossing::open' [coro-blocking-call]

        co_await step();

        c += (gate.*(&Gate::lift))();
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'Gate::lift' blocks the thread in coroutine 'Crossing::open' [coro-blocking-call]

        co_return c;
    }
};
}  // namespace invoke_apply

// Std::call_once reads the certificates
namespace call_once_loads {
struct Certs {
    std::once_flag once;
    std::string pem;
    void load() {
        std::ifstream in("/etc/ssl/relay.pem");
        std::getline(in, pem, '\0');
    }
    Task<std::size_t> size() {
        co_await step();

        std::call_once(once, [this] { load(); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::call_once' blocks the thread in coroutine 'Certs::size' [coro-blocking-call]

        co_return pem.size();
    }
    Task<std::size_t> size_member() {
        co_await step();

        std::call_once(once, &Certs::load, this);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::call_once' blocks the thread in coroutine 'Certs::size_member' [coro-blocking-call]

        co_return pem.size();
    }
};
}  // namespace call_once_loads

// Std::visit with an overload set, blocking and not
namespace visit_call {
struct Ram {
    int n = 0;
};
struct Disk {
    int fd = -1;
};
template <typename... F>
struct Overload : F... {
    using F::operator()...;
};
template <typename... F>
Overload(F...) -> Overload<F...>;
struct Store {
    std::variant<Ram, Disk> where;
    Task<int> load() {
        co_await step();

        int v = std::visit(Overload{[](Ram& r) { return r.n; },
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::visit' blocks the thread in coroutine 'Store::load' [coro-blocking-call]
                                    [](Disk& d) {
                                        int n = 0;
                                        ::read(d.fd, &n, sizeof n);
                                        return n;
                                    }},
                           where);

        co_return v;
    }
    Task<int> kind() {
        co_await step();
        co_return std::visit([](auto& w) { return static_cast<int>(sizeof w); }, where);
    }
};
}  // namespace visit_call

// A std::function whose only value is in sight
namespace function_local {
Task<> flash() {
    std::function<void(int)> wait = [](int ms) { ::usleep(static_cast<unsigned>(ms) * 1000); };
    co_await step();

    wait(10);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'wait' blocks the thread in coroutine 'flash' [coro-blocking-call]
}
Task<int> add_up() {
    std::function<int(int)> twice = [](int v) { return 2 * v; };
    co_await step();
    co_return twice(4);
}
}  // namespace function_local

// A function pointer with one visible value
namespace pointer_one {
void settle() { ::usleep(1000); }
void count() {}
Task<> run() {
    void (*hook)() = settle;
    co_await step();

    hook();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'hook' blocks the thread in coroutine 'run' [coro-blocking-call]
}
Task<> run_count() {
    auto hook = &count;
    co_await step();
    hook();
}
}  // namespace pointer_one

// Constant tables of handlers
namespace command_table {
struct Command {
    const char* name;
    int (*run)(int);
};
int do_sync(int fd) { return ::fsync(fd); }
int do_datasync(int fd) { return ::fdatasync(fd); }
int do_echo(int fd) { return fd; }
int do_noop(int) { return 0; }
static constexpr Command kDurable[] = {{"sync", do_sync}, {"datasync", do_datasync}};
static constexpr Command kCheap[] = {{"echo", do_echo}, {"noop", do_noop}};
static constexpr Command kOnly[] = {{"sync", do_sync}};
static int (*const kMixed[])(int) = {do_noop, do_sync};
struct Shell {
    int fd = -1;
    Task<int> durable(std::size_t i) {
        co_await step();

        co_return kDurable[i].run(fd);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Command::run' blocks the thread in coroutine 'Shell::durable' [coro-blocking-call]
    }
    Task<int> cheap(std::size_t i) {
        co_await step();
        co_return kCheap[i % 2].run(fd);
    }
    Task<int> only() {
        co_await step();

        co_return kOnly[0].run(fd);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Command::run' blocks the thread in coroutine 'Shell::only' [coro-blocking-call]
    }
    Task<int> mixed(std::size_t i) {
        co_await step();

        co_return kMixed[i](fd);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'kMixed' blocks the thread in coroutine 'Shell::mixed' [coro-blocking-call]
    }
};
}  // namespace command_table

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
