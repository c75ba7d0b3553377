// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Blocking that is reached through lambdas, algorithms, pointers and tables.

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
