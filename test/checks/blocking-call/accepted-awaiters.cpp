// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Awaiters that block - what is fine, and why.

#include "task.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <coroutine>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();

// Fine because await_ready only looks, with a zero time-out
namespace ready_looks {
struct Readable {
    int fd;
    bool await_ready() const {
        pollfd p{fd, POLLIN, 0};
        return ::poll(&p, 1, 0) > 0;
    }
    void await_suspend(std::coroutine_handle<> h) {
        workers.enqueue([h, f = fd] {
            pollfd p{f, POLLIN, 0};
            ::poll(&p, 1, -1);
            h.resume();
        });
    }
    void await_resume() const noexcept {}
};
Task<> use(int fd) { co_await Readable{fd}; }
}  // namespace ready_looks

// Fine because a detached thread sleeps
namespace suspend_thread {
struct Delay {
    std::chrono::milliseconds d;
    bool await_ready() const noexcept { return d.count() <= 0; }
    void await_suspend(std::coroutine_handle<> h) const {
        std::thread([h, t = d] {
            std::this_thread::sleep_for(t);
            h.resume();
        }).detach();
    }
    void await_resume() const noexcept {}
};
Task<> use() { co_await Delay{50ms}; }
}  // namespace suspend_thread

// Fine because await_resume reads a socket that was made non-blocking
namespace resume_nonblocking {
struct ReadLine {
    int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
    char buf[128];
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h);
    long await_resume() { return ::recv(fd, buf, sizeof buf, 0); }
};
struct ReadFlag {
    int fd;
    char buf[128];
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h);
    long await_resume() { return ::recv(fd, buf, sizeof buf, MSG_DONTWAIT); }
};
Task<long> use() {
    long n = co_await ReadLine{};
    n += co_await ReadFlag{3, {}};
    co_return n;
}
}  // namespace resume_nonblocking

// Fine because the awaiter reaps with WNOHANG
namespace try_awaiter {
class Child {
    pid_t pid_;
    int status_ = 0;
    bool reap() { return ::waitpid(pid_, &status_, WNOHANG) == pid_; }

public:
    explicit Child(pid_t pid) : pid_(pid) {}
    bool await_ready() { return reap(); }
    void await_suspend(std::coroutine_handle<> h);
    int await_resume() {
        reap();
        return status_;
    }
};
Task<int> use(pid_t pid) {
    int st = co_await Child{pid};
    co_return st;
}
}  // namespace try_awaiter

// Fine because operator co_await only makes the awaiter
namespace operator_passes {
struct Request {
    std::string url;
    struct Awaiter {
        Request& r;
        bool await_ready() const noexcept { return r.url.empty(); }
        void await_suspend(std::coroutine_handle<> h) {
            workers.enqueue([h, u = r.url] {
                std::ifstream in(u);
                std::string line;
                std::getline(in, line);
                h.resume();
            });
        }
        void await_resume() const noexcept {}
    };
    Awaiter operator co_await() & { return {*this}; }
};
Task<> use() {
    Request r{"/etc/motd"};
    co_await r;
}
}  // namespace operator_passes

// Fine because a class with one such method is no awaiter
namespace one_name {
struct Gate {
    int fd = 0;
    bool await_ready() {
        pollfd p{fd, POLLIN, 0};
        return ::poll(&p, 1, -1) > 0;
    }
};
struct Printer {
    void await_resume() { ::sleep(1); }
    void await_everything() { ::sleep(2); }
};
void synchronous(Gate g, Printer p) {
    if (g.await_ready()) p.await_resume();
}
}  // namespace one_name

// Fine because the awaiter's other methods are not run by the await
namespace other_methods {
class Event {
    std::mutex m_;
    std::vector<std::coroutine_handle<>> waiting_;
    std::binary_semaphore sem_{0};

public:
    void wait_on_thread() { sem_.acquire(); }
    void set() {
        std::vector<std::coroutine_handle<>> all;
        {
            std::lock_guard lk(m_);
            all.swap(waiting_);
        }
        for (auto h : all) h.resume();
    }
    bool await_ready() { return sem_.try_acquire(); }
    void await_suspend(std::coroutine_handle<> h) {
        std::lock_guard lk(m_);
        waiting_.push_back(h);
    }
    void await_resume() const noexcept {}
};
struct Door {
    Event opened;
    Task<> pass() { co_await opened; }
};
}  // namespace other_methods

// A class template awaiter that blocks for one clock only
namespace template_awaiter {
struct Fake {
    static void nap(int) {}
};
template <typename Clock>
struct Pause {
    int ms;
    bool await_ready() const {
        Clock::nap(ms);
        return true;
    }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    void await_resume() const noexcept {}
};
Task<> use() { co_await Pause<Fake>{3}; }
}  // namespace template_awaiter

// Fine because the final awaiter only signals
namespace final_signals {
struct Root {
    struct promise_type {
        std::binary_semaphore* done = nullptr;
        struct Final {
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<promise_type> h) const noexcept {
                if (h.promise().done) h.promise().done->release();
            }
            void await_resume() const noexcept {}
        };
        Root get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        Final final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> h;
    void run() {
        std::binary_semaphore done{0};
        h.promise().done = &done;
        h.resume();
        done.acquire();
    }
};
Root root() { co_await step(); }
int tool() {
    Root r = root();
    r.run();
    r.h.destroy();
    return 0;
}
}  // namespace final_signals
