// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Blocking that hides in objects: constructors, destructors, operators, defaults - what is fine, and why.

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

// Fine because this constructor only keeps the path, load() is not called
namespace ctor_stores {
struct Config {
    std::string path, text;
    explicit Config(std::string p) : path(std::move(p)) {}
    void load() {
        std::ifstream in(path);
        text.assign(std::istreambuf_iterator<char>(in), {});
    }
};
Task<std::size_t> reload() {
    Config c("/etc/relay.conf");
    co_await step();
    co_return c.path.size();
}
}  // namespace ctor_stores

// Fine because the jthread is detached, moved on, or returned
namespace jthread_let_go {
void spin(std::stop_token st);
struct Lamps {
    std::vector<std::jthread> all;
    Task<> detach() {
        std::jthread t(spin);
        t.detach();
        co_await step();
    }
    Task<> keep() {
        std::jthread t(spin);
        all.push_back(std::move(t));
        co_await step();
    }
    Task<std::jthread> give() {
        std::jthread t(spin);
        co_await step();
        co_return std::move(t);
    }
};
}  // namespace jthread_let_go

// Fine because the destructors only close, cancel and count
namespace dtor_harmless {
struct Fd {
    int fd = -1;
    ~Fd() {
        if (fd >= 0) ::close(fd);
    }
};
struct Gauge {
    int& n;
    explicit Gauge(int& r) : n(r) { ++n; }
    ~Gauge() { --n; }
};
struct Server {
    int active = 0;
    Task<> handle() {
        Gauge g(active);
        Fd f;
        co_await step();
    }
};
}  // namespace dtor_harmless

// Fine because every visible overrider works in memory
namespace virtual_none {
struct Sink {
    virtual ~Sink() = default;
    virtual void put(std::string s) = 0;
};
struct MemorySink : Sink {
    std::vector<std::string> all;
    void put(std::string s) override { all.push_back(std::move(s)); }
};
struct NullSink : Sink {
    void put(std::string) override {}
};
struct Pipeline {
    std::unique_ptr<Sink> sink = std::make_unique<NullSink>();
    Task<> run() {
        sink->put(co_await next_name());
        co_await step();
    }
};
}  // namespace virtual_none
