// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-blocking-call -- -- -std=c++23
//
// C++23 - what is fine, and why.

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

// Fine because and_then-like steps on an expected only compute
namespace expected_steps {
enum class Err { empty, syntax };
std::expected<int, Err> parse(std::string_view s) {
    if (s.empty()) return std::unexpected(Err::empty);
    int v = 0;
    auto [p, ec] = std::from_chars(s.data(), s.data() + s.size(), v);
    if (ec != std::errc{}) return std::unexpected(Err::syntax);
    return v;
}
Task<int> port() {
    std::string s = co_await next_name();
    auto v = parse(s);
    co_return v ? *v : 80;
}
}  // namespace expected_steps

// Fine because the move-only callable goes to a queue
namespace move_only_kept {
class Strand {
    std::deque<std::move_only_function<void()>> q_;

public:
    void post(std::move_only_function<void()> f) { q_.push_back(std::move(f)); }
    std::size_t size() const { return q_.size(); }
};
struct Service {
    Strand strand;
    Task<std::size_t> enqueue() {
        auto name = std::make_unique<std::string>(co_await next_name());
        strand.post([n = std::move(name)] { std::system(n->c_str()); });
        co_return strand.size();
    }
};
}  // namespace move_only_kept

// A lambda that calls itself through its object parameter
namespace recursive_this {
Task<int> fib() {
    auto f = [](this auto self, int n) -> int { return n < 2 ? n : self(n - 1) + self(n - 2); };
    co_await step();
    co_return f(9);
}
}  // namespace recursive_this

// Fine because only constant evaluation takes the other branch
namespace if_consteval {
constexpr int delay(int n) {
    if consteval {
        return n;
    } else {
        return n + 1;
    }
}
Task<int> value() {
    co_await step();
    co_return delay(3);
}
}  // namespace if_consteval

// Fine because the code after std::unreachable cannot run
namespace unreachable_hint {
Task<int> kind(int v) {
    co_await step();
    switch (v & 1) {
        case 0: co_return 10;
        case 1: co_return 11;
    }
    std::unreachable();
    ::sleep(1);
}
}  // namespace unreachable_hint

// Fine because a whole non-blocking echo server waits only in its own loop
namespace epoll_server {
class Loop {
    int ep_ = ::epoll_create1(EPOLL_CLOEXEC);
    std::map<int, std::coroutine_handle<>> waiting_;

public:
    struct Readable {
        Loop& loop;
        int fd;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> h) {
            epoll_event ev{};
            ev.events = EPOLLIN | EPOLLONESHOT;
            ev.data.fd = fd;
            loop.waiting_[fd] = h;
            ::epoll_ctl(loop.ep_, EPOLL_CTL_ADD, fd, &ev);
        }
        void await_resume() const noexcept {}
    };
    Readable readable(int fd) { return {*this, fd}; }
    void run() {
        std::array<epoll_event, 64> ev;
        for (;;) {
            int n = ::epoll_wait(ep_, ev.data(), static_cast<int>(ev.size()), -1);
            for (int i = 0; i < n; ++i) waiting_[ev[static_cast<std::size_t>(i)].data.fd].resume();
        }
    }
};
struct Server {
    Loop& loop;
    int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);

    Detached accept_all() {
        for (;;) {
            co_await loop.readable(listener);
            int fd = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (fd >= 0) echo(fd);
        }
    }
    Detached echo(int fd) {
        char buf[1024];
        for (;;) {
            co_await loop.readable(fd);
            ssize_t n = ::recv(fd, buf, sizeof buf, MSG_DONTWAIT);
            if (n <= 0) break;
            ::send(fd, buf, static_cast<std::size_t>(n), MSG_DONTWAIT | MSG_NOSIGNAL);
        }
        ::close(fd);
    }
};
int run_server() {
    Loop loop;
    Server s{loop};
    s.accept_all();
    loop.run();
    return 0;
}
}  // namespace epoll_server

// Fine because the parser works on what was received
namespace http_parser {
struct Request {
    std::string method, target;
    std::map<std::string, std::string> headers;
};
class Parser {
    std::string buf_;
    bool read(std::string_view& s, std::string& out, char end) {
        auto p = s.find(end);
        if (p == s.npos) return false;
        out = s.substr(0, p);
        s.remove_prefix(p + 1);
        return true;
    }

public:
    void write(std::string_view s) { buf_ += s; }
    std::optional<Request> poll() {
        std::string_view s = buf_;
        Request r;
        if (!read(s, r.method, ' ') || !read(s, r.target, ' ')) return std::nullopt;
        return r;
    }
};
Task<std::string> receive();
Task<std::string> target() {
    Parser p;
    for (;;) {
        p.write(co_await receive());
        if (auto r = p.poll()) co_return r->target;
    }
}
}  // namespace http_parser

// Fine because the stop callback is only registered
namespace stop_callbacks {
struct Watch {
    std::stop_source src;
    Task<bool> guard() {
        std::stop_callback cb(src.get_token(), [] { ::usleep(10); });
        co_await step();
        co_return src.stop_possible();
    }
};
}  // namespace stop_callbacks

// Fine because the lock is tried and the coroutine sleeps asynchronously
namespace lock_poll {
Task<bool> locked(std::string path) {
    int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    constexpr int how = LOCK_EX | LOCK_NB;
    for (int i = 0; i < 5; ++i) {
        if (::flock(fd, how) == 0) co_return true;
        co_await resume_after(100ms);
    }
    ::close(fd);
    co_return false;
}
}  // namespace lock_poll

// Fine because the child's end is polled with WNOHANG behind a helper
namespace child_reaper {
std::optional<int> finished(pid_t pid) {
    int st = 0;
    if (::waitpid(pid, &st, WNOHANG) != pid) return std::nullopt;
    return WEXITSTATUS(st);
}
Task<int> exit_code(pid_t pid) {
    std::optional<int> rc;
    int rounds = 0;
    while (!(rc = finished(pid))) {
        ++rounds;
        co_await resume_after(20ms);
    }
    co_return *rc + (rounds < 0);
}
}  // namespace child_reaper

// Fine because the loop tries the lock and suspends in between
namespace try_lock_loop {
struct Shared {
    std::mutex m;
    int value = 0;
    Task<int> bump() {
        while (!m.try_lock()) co_await step();
        int v = ++value;
        m.unlock();
        co_return v;
    }
};
}  // namespace try_lock_loop

// Fine because the awaiter's thread reads the file
namespace file_awaiter {
struct ReadFile {
    std::string path, text{};
    bool await_ready() const noexcept { return path.empty(); }
    void await_suspend(std::coroutine_handle<> h) {
        std::thread([this, h] {
            std::ifstream in(path);
            std::getline(in, text, '\0');
            h.resume();
        }).detach();
    }
    std::string await_resume() { return std::move(text); }
};
Task<std::size_t> length(std::string path) {
    std::string text = co_await ReadFile{std::move(path)};
    co_return text.size();
}
}  // namespace file_awaiter

// Fine because the helper writes to a non-blocking eventfd it owns
namespace eventfd_helper {
struct Waker {
    const int fd = ::eventfd(0, EFD_NONBLOCK);
    void wake() const {
        std::uint64_t one = 1;
        (void)!::write(fd, &one, sizeof one);
    }
    bool drain() const {
        std::uint64_t n = 0;
        return ::read(fd, &n, sizeof n) == sizeof n;
    }
};
struct Worker {
    Waker waker;
    Task<bool> nudge() {
        waker.wake();
        co_await step();
        co_return waker.drain();
    }
};
}  // namespace eventfd_helper
