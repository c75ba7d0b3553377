// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Calls that nobody spells as one, and calls that are decided at run time.

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

// Stream, call, index, arrow, conversion and assignment operators that block
namespace operators {
struct Wire {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    Wire& operator<<(const std::string& s) {
        ::send(fd, s.data(), s.size(), 0);
        return *this;
    }
    Wire& operator>>(char& c) {
        ::recv(fd, &c, 1, 0);
        return *this;
    }
};
struct Registers {
    int fd = -1;
    unsigned operator[](int reg) {
        unsigned v = 0;
        ::pread(fd, &v, sizeof v, reg * 4);
        return v;
    }
    unsigned operator()(int reg) const { return static_cast<unsigned>(reg) << 2; }
};
struct Line {
    int fd = 0;
    explicit operator bool() const {
        char c;
        return ::recv(fd, &c, 1, MSG_PEEK) == 1;
    }
    operator int() const { return fd; }
};
struct Setting {
    int fd = -1;
    Setting& operator=(int v) {
        ::pwrite(fd, &v, sizeof v, 0);
        return *this;
    }
    bool operator==(int v) const { return fd == v; }
};
struct Device {
    Wire wire;
    Registers regs;
    Line line;
    Setting setting;
    Task<> talk() {
        char c = 0;
        std::string name = co_await next_name();

        wire << name;
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'Wire::operator<<' blocks the thread in coroutine 'Device::talk' [coro-blocking-call]

        co_await step();

        wire >> c;
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'Wire::operator>>' blocks the thread in coroutine 'Device::talk' [coro-blocking-call]

        co_await step();

        unsigned v = regs[3];
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'Registers::operator[]' blocks the thread in coroutine 'Device::talk' [coro-blocking-call]

        v += regs(4);
        co_await step();

        if (line) ++v;
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'Line::operator bool' blocks the thread in coroutine 'Device::talk' [coro-blocking-call]

        int n = line;
        co_await step();

        setting = n;
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Setting::operator=' blocks the thread in coroutine 'Device::talk' [coro-blocking-call]

        if (setting == 4) co_await step();
    }
};
}  // namespace operators

// Operator-> waits for the object to be loaded
namespace arrow_operator {
struct Model {
    int version = 0;
};
template <typename T>
class Loading {
    std::shared_future<std::shared_ptr<T>> f_;

public:
    T* operator->() const { return f_.get().get(); }
    bool valid() const { return f_.valid(); }
};
struct Service {
    Loading<Model> model;
    Task<int> version() {
        if (!model.valid()) co_return 0;
        co_await step();

        co_return model->version;
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'Loading::operator->' blocks the thread in coroutine 'Service::version' [coro-blocking-call]
    }
};
}  // namespace arrow_operator

// The default argument asks the system, unless one is given
namespace default_argument {
std::string motd() {
    char line[128] = {};
    FILE* f = std::fopen("/etc/motd", "r");
    if (f && !std::fgets(line, sizeof line, f)) line[0] = 0;
    return line;
}
std::string banner(int width, std::string text = motd()) { return text.substr(0, static_cast<std::size_t>(width)); }
Task<> show(std::string s);
Task<> greet() {
    std::string s = banner(40);
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'motd' blocks the thread in coroutine 'greet' [coro-blocking-call]

    co_await show(s);
}
Task<> greet_fixed() {
    std::string s = banner(40, "welcome");
    co_await show(s);
}
}  // namespace default_argument

// The default member initialiser of an aggregate blocks
namespace default_member {
int read_seed() {
    int seed = 0;
    int fd = ::open("/var/lib/seed", O_RDONLY);
    ::read(fd, &seed, sizeof seed);
    ::close(fd);
    return seed;
}
struct Options {
    int seed = read_seed();
    int rounds = 3;
};
Task<int> play() {
    co_await step();

    Options o;
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the construction of 'default_member::Options' blocks the thread in coroutine 'play' [coro-blocking-call]

    co_return o.seed + o.rounds;
}
Task<int> replay() {
    Options o{7};
    co_await step();
    co_return o.seed + o.rounds;
}
}  // namespace default_member

// The inherited constructor of the base blocks
namespace inherited_ctor {
struct Port {
    explicit Port(int baud) { ::usleep(static_cast<unsigned>(10'000'000 / baud)); }
};
struct Scanner : Port {
    using Port::Port;
    int dpi = 300;
};
Task<int> scan() {
    co_await step();

    Scanner s(9600);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the construction of 'inherited_ctor::Scanner' blocks the thread in coroutine 'scan' [coro-blocking-call]

    co_return s.dpi;
}
}  // namespace inherited_ctor

// The only visible overrider blocks
namespace virtual_one {
struct Sink {
    virtual ~Sink() = default;
    virtual void put(std::string s) = 0;
};
struct FileSink final : Sink {
    std::ofstream out{"/var/log/out"};
    void put(std::string s) override { out << s << std::flush; }
};
struct Pipeline {
    std::unique_ptr<Sink> sink;
    Task<> run() {
        std::string s = co_await next_name();

        sink->put(s);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'Sink::put' blocks the thread in coroutine 'Pipeline::run' [coro-blocking-call]

        co_await step();
    }
};
}  // namespace virtual_one

// One of two overriders blocks, and a base call is named
namespace virtual_some {
struct Store {
    virtual ~Store() = default;
    virtual void save(int) {}
};
struct MemoryStore : Store {
    int last = 0;
    void save(int v) override { last = v; }
};
struct DiskStore : Store {
    int fd = -1;
    void save(int v) override {
        ::write(fd, &v, sizeof v);
        ::fsync(fd);
    }
};
struct Game {
    Store* store = nullptr;
    Task<> checkpoint() {
        co_await step();

        store->save(1);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Store::save' blocks the thread in coroutine 'Game::checkpoint' [coro-blocking-call]

        co_await step();
        MemoryStore m;
        m.save(2);
        DiskStore d;
        co_await step();
        d.Store::save(3);
        co_await step();

        d.save(4);
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'DiskStore::save' blocks the thread in coroutine 'Game::checkpoint' [coro-blocking-call]
    }
};
}  // namespace virtual_some

// The CRTP base calls the derived class's blocking step
namespace crtp {
template <typename D>
struct Driver {
    int start() {
        static_cast<D*>(this)->power_up();
        return 1;
    }
};
struct Motor : Driver<Motor> {
    void power_up() { ::usleep(80000); }
};
struct Led : Driver<Led> {
    bool on = false;
    void power_up() { on = true; }
};
Task<int> motors() {
    Motor m;
    co_await step();

    co_return m.start();
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'Driver::start' blocks the thread in coroutine 'motors' [coro-blocking-call]
}
Task<int> leds() {
    Led l;
    co_await step();
    co_return l.start();
}
}  // namespace crtp

// A function-local static is loaded at its first use
namespace static_locals {
std::map<std::string, int> load_table() {
    std::map<std::string, int> t;
    std::ifstream in("/etc/table");
    for (std::string k; in >> k;) t[k] = 1;
    return t;
}
const std::map<std::string, int>& table() {
    static const std::map<std::string, int> t = load_table();
    return t;
}
const std::map<std::string, int> eager = load_table();
Task<int> direct() {
    std::string n = co_await next_name();

    static const auto t = load_table();
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'load_table' blocks the thread in coroutine 'direct' [coro-blocking-call]

    co_return static_cast<int>(t.count(n));
}
Task<int> through_accessor() {
    std::string n = co_await next_name();

    co_return static_cast<int>(table().count(n));
// CHECK-MESSAGES: :[[@LINE-1]]:32: warning: 'table' blocks the thread in coroutine 'through_accessor' [coro-blocking-call]
}
Task<int> eager_global() {
    std::string n = co_await next_name();
    co_return static_cast<int>(eager.count(n));
}
}  // namespace static_locals

// The increment of a file range reads a line
namespace range_for {
struct Lines {
    FILE* f = nullptr;
    struct iterator {
        FILE* f;
        char line[128];
        bool more = true;
        iterator& operator++() {
            more = std::fgets(line, sizeof line, f) != nullptr;
            return *this;
        }
        const char* operator*() const { return line; }
        bool operator!=(int) const { return more; }
    };
    iterator begin() { return ++iterator{f, {}}; }
    int end() { return 0; }
};
Task<> put(std::string s);
struct Import {
    Lines lines;
    std::vector<std::string> rows;
    Task<> run() {
        for (const char* l : lines)
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: 'iterator::operator++' blocks the thread in coroutine 'Import::run' [coro-blocking-call]

            co_await put(l);
    }
    Task<std::size_t> sum() {
        std::size_t n = 0;
        co_await step();
        for (auto& r : rows) n += r.size();
        co_return n;
    }
};
}  // namespace range_for

// A pair from a blocking function, and a tuple-like whose get blocks
namespace bindings {
std::pair<int, std::string> run_tool(const std::string& cmd) {
    return {std::system(cmd.c_str()), cmd};
}
std::pair<int, std::string> describe(const std::string& cmd) { return {static_cast<int>(cmd.size()), cmd}; }
Task<int> tool() {
    std::string cmd = co_await next_name();
    auto [len, same] = describe(cmd);
    co_await step();

    auto [rc, text] = run_tool(same);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: 'run_tool' blocks the thread in coroutine 'tool' [coro-blocking-call]

    co_return rc + len + static_cast<int>(text.size());
}
}  // namespace bindings

// An arm of a conditional expression and a nested call argument
namespace ternary_arms {
int ask_server(int key) {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0), v = 0;
    ::send(fd, &key, sizeof key, 0);
    ::recv(fd, &v, sizeof v, 0);
    return v;
}
int cached(int key) { return key * 2; }
int twice(int v) { return 2 * v; }
struct Lookup {
    bool warm = false;
    Task<int> value(int key) {
        co_await step();

        co_return warm ? cached(key) : ask_server(key);
// CHECK-MESSAGES: :[[@LINE-1]]:40: warning: 'ask_server' blocks the thread in coroutine 'Lookup::value' [coro-blocking-call]
    }
    Task<int> nested(int key) {
        co_await step();

        co_return twice(twice(ask_server(key)));
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'ask_server' blocks the thread in coroutine 'Lookup::nested' [coro-blocking-call]
    }
    Task<int> warm_only(int key) {
        co_await step();
        co_return warm ? cached(key) : twice(key);
    }
};
}  // namespace ternary_arms

// An own guard class acquires a semaphore in its constructor
namespace own_guard {
class Permit {
    std::counting_semaphore<4>& s_;

public:
    explicit Permit(std::counting_semaphore<4>& s) : s_(s) { s_.acquire(); }
    ~Permit() { s_.release(); }
};
class TryPermit {
    std::counting_semaphore<4>& s_;
    bool ok_;

public:
    explicit TryPermit(std::counting_semaphore<4>& s) : s_(s), ok_(s.try_acquire()) {}
    ~TryPermit() {
        if (ok_) s_.release();
    }
    explicit operator bool() const { return ok_; }
};
struct Uploads {
    std::counting_semaphore<4> slots{4};
    Task<std::size_t> put() {
        std::string n = co_await next_name();

        Permit p(slots);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the construction of 'own_guard::Permit' blocks the thread in coroutine 'Uploads::put' [coro-blocking-call]

        co_return n.size();
    }
    Task<std::size_t> try_put() {
        std::string n = co_await next_name();
        TryPermit p(slots);
        co_return p ? n.size() : 0;
    }
};
}  // namespace own_guard

// The blocking alternative's method is called through get_if
namespace variant_members {
struct Fast {
    int read() { return 1; }
};
struct Slow {
    int read() {
        ::sleep(1);
        return 2;
    }
};
struct Sensor {
    std::variant<Fast, Slow> v;
    Task<int> read() {
        co_await step();
        if (auto* f = std::get_if<Fast>(&v)) co_return f->read();
        co_await step();

        co_return std::get<Slow>(v).read();
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: 'Slow::read' blocks the thread in coroutine 'Sensor::read' [coro-blocking-call]
    }
};
}  // namespace variant_members
