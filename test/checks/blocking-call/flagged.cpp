// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Blocking that hides in the beginning and the end of objects.

#include "task.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <future>
#include <iterator>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <semaphore>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

Task<> step();
Task<std::string> next_name();

// The constructor reads its file
namespace ctor_loads {
struct Config {
    std::string text;
    explicit Config(const char* path) {
        std::ifstream in(path);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
};
Task<std::size_t> reload() {
    co_await step();

    Config c("/etc/relay.conf");
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the construction of 'ctor_loads::Config' blocks the thread in coroutine 'reload' [coro-blocking-call]

    co_return c.text.size();
}
}  // namespace ctor_loads

// Make_unique, make_shared, emplace and a temporary run the constructor
namespace made_objects {
struct Modem {
    Modem() { ::sleep(3); }
};
struct Rack {
    std::vector<Modem> modems;
    Task<> build() {
        auto m = std::make_unique<Modem>();
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the construction of 'made_objects::Modem' blocks the thread in coroutine 'Rack::build' [coro-blocking-call]

        co_await step();

        modems.emplace_back();
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the construction of 'made_objects::Modem' blocks the thread in coroutine 'Rack::build' [coro-blocking-call]

        co_await step();

        (void)Modem{};
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the construction of 'made_objects::Modem' blocks the thread in coroutine 'Rack::build' [coro-blocking-call]
    }
    Task<std::shared_ptr<Modem>> one() {
        co_await step();

        co_return std::make_shared<Modem>();
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the construction of 'made_objects::Modem' blocks the thread in coroutine 'Rack::one' [coro-blocking-call]
    }
};
}  // namespace made_objects

// Only the constructor with a port dials
namespace overloaded_ctor {
struct Link {
    int fd = -1;
    Link() = default;
    explicit Link(int port) : fd(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr sa{};
        sa.sa_data[1] = static_cast<char>(port);
        ::connect(fd, &sa, sizeof sa);
    }
};
Task<int> idle() {
    Link l;
    co_await step();
    co_return l.fd;
}
Task<int> dialled() {
    co_await step();

    Link l{8080};
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the construction of 'overloaded_ctor::Link' blocks the thread in coroutine 'dialled' [coro-blocking-call]

    co_return l.fd;
}
}  // namespace overloaded_ctor

// A local jthread is joined at the end of its scope
namespace jthread_local {
void spin(std::stop_token st);
Task<> blink() {
    std::jthread blinker(spin);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the destruction of 'blinker' blocks the thread in coroutine 'blink' [coro-blocking-call]

    co_await step();
}
}  // namespace jthread_local

// A local object owns a jthread member
namespace jthread_member {
struct Prefetcher {
    std::string url;
    std::jthread worker;
    explicit Prefetcher(std::string u) : url(std::move(u)), worker([] { ::sleep(5); }) {}
};
Task<> page() {
    std::string url = co_await next_name();

    Prefetcher p(url);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the destruction of 'p' blocks the thread in coroutine 'page' [coro-blocking-call]

    co_await step();
}
Task<> page_pointer() {
    std::string url = co_await next_name();

    auto p = std::make_unique<Prefetcher>(url);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the destruction of 'jthread_member::Prefetcher' blocks the thread in coroutine 'page_pointer' [coro-blocking-call]

    co_await step();
}
struct Site {
    std::unique_ptr<Prefetcher> current;
    std::list<std::unique_ptr<Prefetcher>> all;
    Task<> page_kept() {
        auto p = std::make_unique<Prefetcher>(co_await next_name());
        all.push_back(std::move(p));
    }
};
}  // namespace jthread_member

// A vector, an optional and an array of jthreads are joined too
namespace jthread_containers {
void crunch(int part);
Task<> parallel() {
    std::vector<std::jthread> parts;
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: the destruction of 'std::jthread' blocks the thread in coroutine 'parallel' [coro-blocking-call]

    for (int i = 0; i < 4; ++i) parts.emplace_back(crunch, i);
    co_await step();
}
Task<> maybe(bool big) {
    std::optional<std::jthread> helper;
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: the destruction of 'std::jthread' blocks the thread in coroutine 'maybe' [coro-blocking-call]

    if (big) helper.emplace(crunch, 9);
    co_await step();
}
Task<> vector_of_threads() {
    std::vector<std::thread> parts;
    for (int i = 0; i < 4; ++i) parts.emplace_back(crunch, i);
    co_await step();
    for (auto& t : parts) t.detach();
}
}  // namespace jthread_containers

// The destructor of a local writer flushes to the disk
namespace dtor_flushes {
class Journal {
    int fd_ = ::open("/var/lib/kv/journal", O_WRONLY | O_APPEND);
    std::string pending_;

public:
    ~Journal() {
        ::write(fd_, pending_.data(), pending_.size());
        ::fsync(fd_);
        ::close(fd_);
    }
    void add(const std::string& s) { pending_ += s; }
};
Task<> note() {
    Journal j;
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the destruction of 'j' blocks the thread in coroutine 'note' [coro-blocking-call]

    j.add(co_await next_name());
}
}  // namespace dtor_flushes

// The blocking destructor is two layers inside
namespace dtor_layers {
struct Child {
    pid_t pid = -1;
    ~Child() {
        if (pid > 0) ::waitpid(pid, nullptr, 0);
    }
};
struct Filter {
    Child child;
    std::string name;
};
struct LoggedFilter : Filter {
    int lines = 0;
};
Task<> filter() {
    LoggedFilter f;
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the destruction of 'f' blocks the thread in coroutine 'filter' [coro-blocking-call]

    f.name = co_await next_name();
}
Task<> filter_by_reference(LoggedFilter& f) {
    LoggedFilter* p = &f;
    p->lines = 1;
    co_await step();
}
}  // namespace dtor_layers

// Delete and reset run the blocking destructor
namespace dtor_reset {
struct Session {
    std::jthread pump{[] { ::sleep(60); }};
};
struct Holder {
    std::unique_ptr<Session> current;
    Session* raw = nullptr;
    Task<> close() {
        co_await step();

        current.reset();
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the destruction of 'dtor_reset::Session' blocks the thread in coroutine 'Holder::close' [coro-blocking-call]

        co_await step();

        delete raw;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the destruction of 'dtor_reset::Session' blocks the thread in coroutine 'Holder::close' [coro-blocking-call]
    }
    Task<> release() {
        co_await step();
        raw = current.release();
    }
};
}  // namespace dtor_reset

// The guard runs its lambda, which sleeps, at the end of the scope
namespace scope_guard {
template <typename F>
class Finally {
    F f_;

public:
    explicit Finally(F f) : f_(std::move(f)) {}
    ~Finally() { f_(); }
};
Task<> power_cycle() {
    Finally off([] { ::usleep(200000); });
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the destruction of 'off' blocks the thread in coroutine 'power_cycle' [coro-blocking-call]

    co_await step();
}
struct Active {
    int n = 0;
    Task<> count_down() {
        Finally less([this] { --n; });
        co_await step();
    }
};
}  // namespace scope_guard
