// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// What looks like a blocking call - what is fine, and why.

#include "task.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <concepts>
#include <cstdlib>
#include <fstream>
#include <future>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

Task<> step();

// Fine because Clock::sleep only moves a counter
namespace simulated_clock {
struct Clock {
    long now = 0;
    void sleep(long ticks) { now += ticks; }
    void sleep_for(std::chrono::milliseconds d) { now += d.count(); }
    static void usleep(long) {}
};
struct Simulation {
    Clock clock;
    Task<> run() {
        clock.sleep(10);
        co_await step();
        clock.sleep_for(250ms);
        Clock::usleep(5);
    }
};
}  // namespace simulated_clock

// Fine because the game's own connect, send, accept and poll touch no socket
namespace game {
struct Node {
    int links = 0;
};
bool connect(Node& a, Node& b) { return ++a.links + ++b.links > 0; }
int send(Node& n, int goods) { return n.links * goods; }
bool accept(int offer) { return offer > 3; }
int poll(const std::vector<int>& votes) { return static_cast<int>(votes.size()); }
int select(std::vector<Node>& nodes, int i) { return nodes[static_cast<std::size_t>(i)].links; }

struct Board {
    std::vector<Node> nodes{2};
    Task<int> turn() {
        co_await step();
        if (!connect(nodes[0], nodes[1])) co_return 0;
        int got = send(nodes[0], 7);
        co_return accept(got) ? poll({1, 2, 3}) : select(nodes, 1);
    }
};
}  // namespace game

// Fine because `system` and `read` are local lambdas and variables here
namespace local_names {
Task<int> orbit() {
    auto system = [](std::string_view name) { return name.size(); };
    auto read = [](int sensor) { return sensor * 2; };
    int wait = 3, sleep = 4;
    co_await step();
    co_return static_cast<int>(system("sol")) + read(wait) + sleep;
}
}  // namespace local_names

// Fine because name look-up finds the namespace's function first
namespace own_read {
int read(int, char* buf, int n) {
    for (int i = 0; i < n; ++i) buf[i] = 0;
    return n;
}
int recv(int, void*, std::size_t n, int) { return static_cast<int>(n); }
int getaddrinfo(const char*, const char*, void*, void*) { return 0; }
Task<int> load() {
    char buf[16];
    co_await step();
    co_return read(3, buf, 16) + recv(3, buf, 16, 0) + getaddrinfo("a", "b", nullptr, nullptr);
}
}  // namespace own_read

// Fine because join joins strings
namespace string_join {
struct Path {
    std::vector<std::string> parts;
    std::string join(char sep = '/') const {
        std::string s;
        for (auto& p : parts) s += p + sep;
        return s;
    }
};
std::string join(const std::vector<std::string>& v) { return Path{v}.join(','); }
Task<std::string> route() {
    Path p{{"api", "v2"}};
    co_await step();
    co_return p.join() + join({"a", "b"});
}
}  // namespace string_join

// Fine because wait, get, acquire and lock of the own classes only count
namespace own_waiters {
struct Budget {
    int left = 10;
    void wait(int n) { left -= n; }
    int get() const { return left; }
    bool acquire() { return left-- > 0; }
    void arrive_and_wait() { --left; }
};
struct Promise {
    int v = 0;
    int get() const { return v; }
    void wait() const {}
};
Task<int> spend() {
    Budget b;
    Promise p{4};
    b.wait(2);
    co_await step();
    b.arrive_and_wait();
    p.wait();
    co_return b.acquire() ? b.get() : p.get();
}
}  // namespace own_waiters

// Fine because the buffer's read copies memory
namespace member_read {
class Buffer {
    std::string data_;
    std::size_t at_ = 0;

public:
    std::size_t read(char* out, std::size_t n) {
        n = data_.copy(out, n, at_);
        at_ += n;
        return n;
    }
    void write(std::string_view s) { data_ += s; }
    void flush() { data_.clear(); }
    Buffer& operator<<(std::string_view s) {
        data_ += s;
        return *this;
    }
};
Task<std::size_t> pack() {
    Buffer b;
    char c[8];
    b.write("head");
    b << "body";
    co_await step();
    std::size_t n = b.read(c, sizeof c);
    b.flush();
    co_return n;
}
}  // namespace member_read

// Fine because the functions are named, stored, compared, not called
namespace only_referenced {
struct Driver {
    ssize_t (*read)(int, void*, std::size_t) = nullptr;
    unsigned (*nap)(unsigned) = nullptr;
};
Driver driver;
Task<bool> install() {
    driver.read = &::read;
    driver.nap = ::sleep;
    co_await step();
    auto f = ::usleep;
    co_return f != nullptr && driver.read != nullptr;
}
}  // namespace only_referenced

// Fine because nothing in these operands is evaluated
namespace unevaluated {
template <typename F>
concept Sleeper = requires(F f) { f.sleep(1); };
Task<std::size_t> sizes() {
    using Bytes = decltype(::recv(0, nullptr, 0, 0));
    constexpr std::size_t s = sizeof(::read(0, nullptr, 0));
    static_assert(!noexcept(std::this_thread::sleep_for(1s)));
    static_assert(std::is_same_v<decltype(::sleep(1)), unsigned>);
    constexpr bool can = requires { ::usleep(1); };
    co_await step();
    co_return sizeof(Bytes) + s + (can ? 1 : 0) + (Sleeper<int> ? 1 : 0) + alignof(decltype(::wait(nullptr)));
}
}  // namespace unevaluated

// Fine because std::declval and decltype only take types
namespace declval_result {
std::string slow_load() {
    std::ifstream in("/etc/motd");
    std::string s;
    std::getline(in, s);
    return s;
}
Task<std::size_t> width() {
    decltype(slow_load()) text = "static";
    std::invoke_result_t<decltype(slow_load)> other = text;
    co_await step();
    co_return text.size() + other.size();
}
}  // namespace declval_result

// Fine because the blocking branch is discarded
namespace discarded_branch {
inline constexpr bool kSimulateLatency = false;
Task<> answer() {
    if constexpr (kSimulateLatency) {
        std::this_thread::sleep_for(120ms);
    }
    co_await step();
    if constexpr (sizeof(void*) == 1) ::sleep(1);
}
}  // namespace discarded_branch

// Fine because the code after co_return cannot run
namespace after_return {
Task<int> stub() {
    co_await step();
    co_return 0;
    ::sleep(2);
    std::system("sync");
}
}  // namespace after_return

// Fine because throw, abort and an endless loop do not come back
namespace no_return {
[[noreturn]] void fail(const char* why) { throw std::runtime_error(why); }
Task<int> thrown() {
    co_await step();
    throw std::logic_error("not implemented");
    ::sleep(2);
    co_return 1;
}
Task<> aborted() {
    co_await step();
    std::abort();
    ::sleep(2);
}
Task<> failed() {
    co_await step();
    fail("no");
    std::this_thread::sleep_for(1s);
}
Task<> forever() {
    while (true) co_await step();
    ::wait(nullptr);
}
Task<int> both_arms(bool quick) {
    co_await step();
    if (quick) co_return 1;
    else co_return 2;
    ::pause();
}
}  // namespace no_return

// Fine because the conditions are constant and false
namespace constant_false {
Task<> test_hook() {
    if (false) ::sleep(1);
    while (0) ::sleep(1);
    co_await step();
    for (; false;) ::sleep(1);
    if (constexpr bool hook = false; hook) ::sleep(1);
    false && ::sleep(1);
    true || ::sleep(1);
}
}  // namespace constant_false

// Fine because a generator yields to its caller on the caller's thread
namespace line_generator {
Generator<std::string> lines(std::string path) {
    std::ifstream in(path);
    std::string line;
    while (std::getline(in, line)) co_yield line;
}
Generator<int> ticks() {
    for (int i = 0;; ++i) {
        ::sleep(1);
        co_yield i;
    }
}
}  // namespace line_generator

// Fine because the lambda is defined and thrown away or only returned
namespace lambda_not_called {
auto make_delay() {
    return [](int ms) { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); };
}
Task<> prepare() {
    auto delay = [] { ::sleep(1); };
    (void)delay;
    auto later = make_delay();
    (void)later;
    co_await step();
}
}  // namespace lambda_not_called

// Fine because the local class's member is not called
namespace local_class {
Task<int> prepare() {
    struct Probe {
        int n = 1;
        void settle() { ::sleep(1); }
        int count() const { return n; }
    };
    Probe p;
    co_await step();
    co_return p.count();
}
}  // namespace local_class

// Fine because the blocking functions stand beside the coroutine
namespace neighbours {
int measure() {
    ::sleep(1);
    return 3;
}
struct Meter {
    int last = 0;
    void refresh() { last = measure(); }
    Task<int> value() {
        co_await step();
        co_return last;
    }
    ~Meter() { ::sleep(1); }
};
}  // namespace neighbours

// Fine because the awaitable sleep, read and connect suspend
namespace own_async {
struct Sock {
    Task<int> read();
    Task<> connect(std::string host);
    Task<> wait();
};
Task<> sleep(std::chrono::milliseconds d);
Task<int> fetch() {
    Sock s;
    co_await s.connect("db");
    co_await sleep(5ms);
    int n = co_await s.read();
    co_await s.wait();
    co_return n;
}
}  // namespace own_async

// Fine because std::get, std::accept-like helpers and string find compute
namespace std_names {
Task<std::pair<int, std::string>> head();
Task<int> parse() {
    auto h = co_await head();
    std::string s = std::get<1>(h);
    auto [code, text] = h;
    co_return std::get<0>(h) + code + static_cast<int>(s.find("read") + text.size());
}
}  // namespace std_names

// Fine because the read template is the project's own
namespace template_namesake {
template <typename T>
T read(std::string_view bytes) {
    return static_cast<T>(bytes.size());
}
template <typename T>
struct Future {
    T v;
    T get() { return v; }
};
Task<int> decode() {
    Future<int> f{3};
    co_await step();
    co_return read<int>("abc") + f.get();
}
}  // namespace template_namesake

int main() {
    std::ifstream in("/etc/hostname");
    std::string host;
    std::getline(in, host);
    sync_wait(step());
    std::this_thread::sleep_for(1s);
    int st = 0;
    return ::waitpid(-1, &st, 0);
}
