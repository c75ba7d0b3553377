// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-blocking-call -- -- -std=c++23
//
// C++23.

#include "task.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <expected>
#include <fstream>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <ranges>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();
Task<std::string> next_name();

// The function that gives the expected reads a file
namespace expected_blocking {
std::expected<std::string, int> slurp(const char* path) {
    int fd = ::open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return std::unexpected(errno);
    std::string s(512, '\0');
    ssize_t n = ::read(fd, s.data(), s.size());
    ::close(fd);
    if (n < 0) return std::unexpected(errno);
    s.resize(static_cast<std::size_t>(n));
    return s;
}
Task<std::size_t> motd() {
    co_await step();

    auto s = slurp("/etc/motd");
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'slurp' blocks the thread in coroutine 'motd' [coro-blocking-call]

    co_return s ? s->size() : 0;
}
}  // namespace expected_blocking

// And_then and transform run the callable in place
namespace optional_monadic {
struct Session {
    std::optional<int> fd;
    Task<long> drain() {
        co_await step();

        auto n = fd.transform([](int d) {
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'optional::transform' blocks the thread in coroutine 'Session::drain' [coro-blocking-call]
            char c[16];
            return ::recv(d, c, sizeof c, 0);
        });

        co_return n.value_or(-1);
    }
    Task<int> twice() {
        co_await step();
        co_return fd.transform([](int d) { return d * 2; }).value_or(0);
    }
};
}  // namespace optional_monadic

// A lambda with a static call operator sleeps
namespace static_call {
Task<> pause() {
    auto nap = [](int n) static { ::usleep(static_cast<unsigned>(n)); };
    auto same = [](int n) static { return n; };
    int n = same(4);
    co_await step();

    nap(n);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the lambda blocks the thread in coroutine 'pause' [coro-blocking-call]
}
}  // namespace static_call

// An explicit object parameter chooses the derived pause
namespace deducing_this {
struct Device {
    template <typename Self>
    int start(this Self&& self) {
        self.settle();
        return 1;
    }
};
struct Relay : Device {
    void settle() { ::usleep(9000); }
};
struct Led : Device {
    int n = 0;
    void settle() { ++n; }
};
Task<int> relay() {
    Relay r;
    co_await step();

    co_return r.start();
// CHECK-MESSAGES: :[[@LINE-1]]:{{[0-9]+}}: warning: 'Device::start' blocks the thread in coroutine 'relay' [coro-blocking-call]
}
Task<int> led() {
    Led l;
    co_await step();
    co_return l.start();
}
}  // namespace deducing_this

// The same sort of loop is run from inside a coroutine
namespace loop_inside {
class Loop {
    int ep_ = ::epoll_create1(0);

public:
    int run_once(int timeout) {
        epoll_event ev[8];
        return ::epoll_wait(ep_, ev, 8, timeout);
    }
    int turn() {
        epoll_event ev[8];
        return ::epoll_wait(ep_, ev, 8, 0);
    }
};
struct Nested {
    Loop loop;
    Task<int> pump() {
        int n = loop.turn();
        co_await step();

        n += loop.run_once(-1);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Loop::run_once' blocks the thread in coroutine 'Nested::pump' [coro-blocking-call]

        co_return n;
    }
};
}  // namespace loop_inside

// A client whose every exchange is hidden behind two layers
namespace line_client {
class Conn {
    int fd_;
    std::string in_;

public:
    explicit Conn(int fd) : fd_(fd) {}
    void put(std::string_view s) {
        while (!s.empty()) {
            ssize_t n = ::send(fd_, s.data(), s.size(), MSG_NOSIGNAL);
            if (n <= 0) return;
            s.remove_prefix(static_cast<std::size_t>(n));
        }
    }
    std::optional<std::string> buffered() {
        auto end = in_.find('\n');
        if (end == std::string::npos) return std::nullopt;
        std::string l = in_.substr(0, end);
        in_.erase(0, end + 1);
        return l;
    }
};
class Smtp {
    Conn conn_;

public:
    explicit Smtp(int fd) : conn_(fd) {}
    void helo(std::string_view who) { conn_.put("HELO " + std::string(who) + "\r\n"); }
    bool greeted() { return conn_.buffered().has_value(); }
};
Task<bool> talk(int fd) {
    Smtp smtp(fd);
    std::string me = co_await next_name();
    if (!smtp.greeted()) co_return false;
    co_await step();

    smtp.helo(me);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'Smtp::helo' blocks the thread in coroutine 'talk' [coro-blocking-call]

    co_return true;
}
}  // namespace line_client

// The shutdown coroutine waits for the threads one after the other
namespace graceful {
struct Server {
    std::vector<std::jthread> threads;
    std::atomic<bool> stopping{false};
    std::stop_source stop;
    Task<> shutdown() {
        stopping.store(true);
        stop.request_stop();
        for (auto& t : threads) t.request_stop();
        co_await step();

        for (auto& t : threads) t.join();
// CHECK-MESSAGES: :[[@LINE-1]]:35: warning: 'std::jthread::join' blocks the thread in coroutine 'Server::shutdown' [coro-blocking-call]

        co_await step();

        threads.clear();
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the destruction of 'std::jthread' blocks the thread in coroutine 'Server::shutdown' [coro-blocking-call]
    }
};
}  // namespace graceful

// Fine because name resolution runs on the pool, through a helper
namespace pool_resolver {
std::vector<sockaddr_storage> lookup(const std::string& host) {
    addrinfo* list = nullptr;
    std::vector<sockaddr_storage> out;
    if (::getaddrinfo(host.c_str(), nullptr, nullptr, &list) == 0)
        for (addrinfo* a = list; a; a = a->ai_next) {
            std::memcpy(&out.emplace_back(), a->ai_addr, a->ai_addrlen);
        }
    if (list) ::freeaddrinfo(list);
    return out;
}
struct Resolver {
    std::map<std::string, std::vector<sockaddr_storage>> cache;
    Task<std::size_t> resolve(std::string host) {
        if (auto it = cache.find(host); it != cache.end()) co_return it->second.size();
        auto found = co_await workers.run([host] { return lookup(host); });
        co_return found.size();
    }
    Task<std::size_t> resolve_here(std::string host) {
        co_await step();

        auto found = lookup(host);
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'lookup' blocks the thread in coroutine 'Resolver::resolve_here' [coro-blocking-call]

        co_return found.size();
    }
};
}  // namespace pool_resolver

// Fine because the time-outs are zero after arithmetic in sight
namespace zero_arithmetic {
constexpr int kTimeoutMs = 0;
constexpr std::chrono::milliseconds kGrace{kTimeoutMs};
enum : int { kNoWait = 0, kForever = -1 };
struct Probe {
    std::shared_future<int> f;
    int fd = -1;
    Task<bool> look() {
        pollfd p{fd, POLLIN, 0};
        epoll_event ev[2];
        co_await step();
        bool any = ::poll(&p, 1, kTimeoutMs) > 0 || ::epoll_wait(fd, ev, 2, kNoWait) > 0;
        co_return any || f.wait_for(kGrace * 3) == std::future_status::ready;
    }
    Task<bool> wait() {
        epoll_event ev[2];
        co_await step();

        co_return ::epoll_wait(fd, ev, 2, kForever) > 0;
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'epoll_wait' blocks the thread in coroutine 'Probe::wait' [coro-blocking-call]
    }
};
}  // namespace zero_arithmetic

// The destructor of a subprocess waits; detached ones do not
namespace subprocess {
class Subprocess {
    pid_t pid_;

public:
    explicit Subprocess(pid_t pid) : pid_(pid) {}
    Subprocess(const Subprocess&) = delete;
    ~Subprocess() {
        int st;
        if (pid_ > 0) ::waitpid(pid_, &st, 0);
    }
    pid_t id() const { return pid_; }
};
Task<pid_t> fork_tool();
struct Tools {
    std::map<pid_t, std::shared_ptr<Subprocess>> all;
    Task<> start() {
        pid_t pid = co_await fork_tool();
        all.emplace(pid, std::make_shared<Subprocess>(pid));
    }
    Task<pid_t> start_and_forget() {
        pid_t pid = co_await fork_tool();

        Subprocess p(pid);
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the destruction of 'p' blocks the thread in coroutine 'Tools::start_and_forget' [coro-blocking-call]

        co_return p.id();
    }
};
}  // namespace subprocess
