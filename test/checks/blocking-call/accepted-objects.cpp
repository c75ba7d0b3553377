// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Objects that do not block - what is fine, and why.

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

// Fine because a shared_ptr to a class with a blocking destructor is copied, not made
namespace shared_copy {
struct Pump {
    std::jthread worker{[] { ::sleep(9); }};
    int pressure = 0;
};
struct Plant {
    std::shared_ptr<Pump> main;
    Task<int> pressure() {
        Pump& p = *main;
        int v = p.pressure;
        co_await step();
        co_return v + main->pressure;
    }
};
}  // namespace shared_copy

// Fine because only a static constant and a nested type are used
namespace static_constant {
struct Scanner {
    static constexpr int kDpi = 300;
    struct Area {
        int w = 1, h = 2;
    };
    Scanner() { ::sleep(1); }
    ~Scanner() { ::sleep(1); }
    static int area(Area a) { return a.w * a.h; }
};
Task<int> pixels() {
    Scanner::Area a{3, 4};
    co_await step();
    co_return Scanner::area(a) * Scanner::kDpi;
}
}  // namespace static_constant

// Fine because the optional is never filled here
namespace optional_empty {
struct Link {
    int fd;
    explicit Link(int port) : fd(port) { ::sleep(1); }
};
Task<bool> linked() {
    std::optional<Link> l;
    std::unique_ptr<Link> p;
    co_await step();
    co_return l.has_value() || p != nullptr;
}
}  // namespace optional_empty

// Fine because the move only takes the descriptor over
namespace cheap_move {
class File {
    int fd_ = -1;

public:
    File() = default;
    explicit File(const char* path) : fd_(::open(path, O_RDONLY)) {
        char c;
        ::read(fd_, &c, 1);
    }
    File(File&& o) noexcept : fd_(std::exchange(o.fd_, -1)) {}
    File& operator=(File&& o) noexcept {
        std::swap(fd_, o.fd_);
        return *this;
    }
    ~File() {
        if (fd_ >= 0) ::close(fd_);
    }
    bool open() const { return fd_ >= 0; }
};
struct Opened {
    File current;
    Task<File> next();
    Task<bool> advance() {
        File f = co_await next();
        current = std::move(f);
        co_return current.open();
    }
};
}  // namespace cheap_move

// Fine because size and name are plain members
namespace plain_accessors {
class Table {
    std::FILE* f_ = nullptr;
    std::string name_;
    std::vector<long> offsets_;

public:
    std::string row(std::size_t i) {
        char line[64] = {};
        std::fseek(f_, offsets_[i], SEEK_SET);
        return std::fgets(line, sizeof line, f_) ? line : "";
    }
    std::size_t size() const { return offsets_.size(); }
    const std::string& name() const { return name_; }
    bool operator<(const Table& o) const { return name_ < o.name_; }
};
struct Db {
    Table a, b;
    Task<std::string> larger() {
        co_await step();
        co_return a < b ? b.name() : a.size() ? a.name() : "";
    }
};
}  // namespace plain_accessors

// Fine because the method called is not the virtual one that blocks
namespace other_virtual {
struct Store {
    virtual ~Store() = default;
    virtual void save() = 0;
    virtual int dirty() const { return 0; }
};
struct Disk : Store {
    int fd = -1, n = 0;
    void save() override { ::fsync(fd); }
    int dirty() const override { return n; }
};
struct Editor {
    std::unique_ptr<Store> store = std::make_unique<Disk>();
    Task<int> pending() {
        co_await step();
        co_return store->dirty();
    }
};
}  // namespace other_virtual

// Fine because only the harmless operator is used
namespace harmless_operator {
struct Frame {
    std::string bytes;
    Frame operator+(const Frame& o) const { return {bytes + o.bytes}; }
    Frame& operator+=(std::string_view s) {
        bytes += s;
        return *this;
    }
    const Frame& operator>>(int fd) const {
        ::write(fd, bytes.data(), bytes.size());
        return *this;
    }
};
Task<std::size_t> assemble() {
    Frame a{"x"}, b{co_await next_name()};
    a += "tail";
    int shifted = 64 >> 2;
    co_return (a + b).bytes.size() + static_cast<std::size_t>(shifted);
}
}  // namespace harmless_operator

// Fine because every call gives its own value
namespace overridden_default {
int ask() {
    int n = 0;
    return std::scanf("%d", &n) == 1 ? n : 0;
}
struct Options {
    int level;
    explicit Options(int l = ask()) : level(l) {}
};
int clamp(int v, int max = ask()) { return v < max ? v : max; }
Task<int> run() {
    Options o(3);
    auto p = std::make_unique<Options>(4);
    co_await step();
    co_return clamp(o.level + p->level, 5);
}
}  // namespace overridden_default

// Fine because local std::thread objects are detached or swapped away
namespace thread_swap {
struct Owner {
    std::thread t;
    Task<> replace() {
        std::thread fresh([] { ::sleep(1); });
        t.swap(fresh);
        if (fresh.joinable()) fresh.detach();
        co_await step();
    }
};
}  // namespace thread_swap

// Fine because asking a jthread to stop does not join it
namespace stop_request {
struct Blinker {
    std::jthread t{[](std::stop_token s) {
        while (!s.stop_requested()) ::usleep(1000);
    }};
    Task<bool> halt() {
        t.request_stop();
        co_await step();
        std::stop_token s = t.get_stop_token();
        co_return s.stop_requested() && t.joinable() && t.get_id() != std::thread::id{};
    }
};
}  // namespace stop_request

// A default-made jthread has nothing to join
namespace empty_jthread {
struct Slots {
    std::map<int, std::jthread> all;
    Task<std::size_t> count() {
        co_await step();
        co_return all.size() + all.count(4) + std::jthread::hardware_concurrency();
    }
};
}  // namespace empty_jthread

// Fine because setting a promise never waits
namespace promise_side {
struct Answer {
    std::promise<std::string> p;
    Task<> give() {
        p.set_value(co_await next_name());
    }
    Task<std::future<std::string>> ask() {
        std::future<std::string> f = p.get_future();
        co_await step();
        co_return std::move(f);
    }
};
}  // namespace promise_side

// Fine because running a packaged task here only computes
namespace packaged_in_place {
Task<int> compute() {
    std::packaged_task<int(int)> square([](int v) { return v * v; });
    auto f = square.get_future();
    square(4);
    co_await step();
    co_return f.wait_for(0s) == std::future_status::ready ? f.get() : 0;
}
}  // namespace packaged_in_place

// Fine because the section is short and holds no suspension
namespace critical_section {
struct Registry {
    mutable std::mutex m;
    std::map<std::string, int> seen;
    int count(const std::string& n) const {
        std::lock_guard lk(m);
        auto it = seen.find(n);
        return it == seen.end() ? 0 : it->second;
    }
    Task<int> bump() {
        std::string n = co_await next_name();
        {
            std::scoped_lock lk(m);
            ++seen[n];
        }
        co_return count(n);
    }
};
}  // namespace critical_section

// Fine because push, pop, wait-like names and swap stay in memory
namespace containers {
Task<int> schedule() {
    std::priority_queue<int> q;
    std::string name = co_await next_name();
    for (char c : name) q.push(c);
    int sum = 0;
    while (!q.empty()) {
        sum += q.top();
        q.pop();
    }
    std::unordered_map<std::string, int> m{{name, sum}};
    m.rehash(64);
    auto node = m.extract(name);
    co_return node ? node.mapped() : 0;
}
}  // namespace containers

// Fine because parsing and pseudo random numbers are computations
namespace parsing {
Task<int> roll() {
    std::string s = co_await next_name();
    int sides = 6;
    std::from_chars(s.data(), s.data() + s.size(), sides);
    std::mt19937 gen(42);
    std::uniform_int_distribution<int> d(1, sides > 1 ? sides : 2);
    co_return d(gen) + std::atoi(s.c_str()) + static_cast<int>(std::strtol("7", nullptr, 10));
}
}  // namespace parsing

// Fine because the operator>> chain reads a string
namespace stringbuf {
struct Version {
    int major = 0, minor = 0;
    friend std::istream& operator>>(std::istream& in, Version& v) {
        char dot;
        return in >> v.major >> dot >> v.minor;
    }
    friend std::ostream& operator<<(std::ostream& out, const Version& v) { return out << v.major << '.' << v.minor; }
};
Task<std::string> round() {
    std::istringstream in(co_await next_name());
    Version v;
    in >> v;
    std::ostringstream out;
    out << v << std::endl;
    std::stringstream both;
    both << v;
    both >> v;
    co_return out.str();
}
}  // namespace stringbuf

// Fine because the blocking object is made on the thread
namespace made_on_thread {
struct Modem {
    Modem() { ::sleep(3); }
    void hang_up() { ::usleep(10); }
};
struct Line {
    std::vector<std::thread> threads;
    Task<> open() {
        threads.emplace_back([] {
            Modem m;
            m.hang_up();
        });
        co_await step();
    }
};
}  // namespace made_on_thread

// Fine because read, write, open and poll are data members
namespace data_members {
struct Stats {
    long read = 0, write = 0, open = 0, poll = 0, accept = 0;
};
struct Monitor {
    Stats s;
    Task<long> total() {
        s.read += 4;
        s.write = s.read;
        co_await step();
        co_return s.read + s.write + s.open + s.poll + s.accept;
    }
};
}  // namespace data_members

// Fine because sleep, wait and join are enumerators
namespace enumerators {
enum class State { sleep, wait, join, read };
enum Verb { connect, recv, select };
Task<int> advance(State s) {
    switch (s) {
        case State::sleep: co_await step(); co_return connect;
        case State::wait: co_return recv;
        case State::join: co_return select;
        case State::read: break;
    }
    co_return -1;
}
}  // namespace enumerators

// Fine because allocation is not a wait
namespace arena {
Task<std::size_t> build() {
    std::array<std::byte, 512> buf;
    std::pmr::monotonic_buffer_resource pool(buf.data(), buf.size());
    std::pmr::vector<int> v(&pool);
    for (int i = 0; i < 9; ++i) v.push_back(i);
    co_await step();
    co_return v.size();
}
}  // namespace arena

// Fine because the implementation is in another file
namespace pimpl {
class Engine {
    struct Impl;
    std::unique_ptr<Impl> impl_;

public:
    Engine();
    ~Engine();
    int rpm() const;
    void set(int rpm);
};
Task<int> drive() {
    Engine e;
    e.set(1200);
    co_await step();
    co_return e.rpm();
}
}  // namespace pimpl

// Fine because no overrider of the interface is in sight
namespace pure_only {
struct Clock {
    virtual ~Clock() = default;
    virtual void sleep(int ms) = 0;
    virtual long read() = 0;
};
struct Timer {
    Clock* clock = nullptr;
    Task<long> elapsed() {
        long before = clock->read();
        clock->sleep(10);
        co_await step();
        co_return before;
    }
};
}  // namespace pure_only

// Fine because the selected members are harmless
namespace member_table {
struct Panel {
    int on = 0;
    void red() { on |= 1; }
    void green() { on |= 2; }
    void test() { ::sleep(1); }
};
constexpr void (Panel::*kKeys[])() = {&Panel::red, &Panel::green};
struct Desk {
    Panel panel;
    Task<int> press(std::size_t key) {
        (panel.*kKeys[key % 2])();
        co_await step();
        co_return panel.on;
    }
};
}  // namespace member_table
