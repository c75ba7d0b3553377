// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Awaiters that block.

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

// Await_ready polls a descriptor for two seconds
namespace ready_blocks {
struct Readable {
    int fd;
    bool await_ready() const {
        pollfd p{fd, POLLIN, 0};

        return ::poll(&p, 1, 2000) > 0;
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'poll' blocks the thread in awaiter method 'Readable::await_ready' [coro-blocking-call]
    }
    void await_suspend(std::coroutine_handle<> h) {
        workers.enqueue([h] { h.resume(); });
    }
    void await_resume() const noexcept {}
};
Task<> use(int fd) { co_await Readable{fd}; }
}  // namespace ready_blocks

// Await_suspend sleeps and resumes on the same thread
namespace suspend_sleeps {
struct Delay {
    std::chrono::milliseconds d;
    bool await_ready() const noexcept { return d.count() <= 0; }
    bool await_suspend(std::coroutine_handle<>) {
        std::this_thread::sleep_for(d);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the thread in awaiter method 'Delay::await_suspend' [coro-blocking-call]

        return false;
    }
    void await_resume() const noexcept {}
};
Task<> use() { co_await Delay{50ms}; }
}  // namespace suspend_sleeps

// Await_suspend starts a thread and joins it
namespace suspend_joined {
struct OnThread {
    std::function<int()> f;
    int result = 0;
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) {
        std::thread t([this] { result = f(); });

        t.join();
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'std::thread::join' blocks the thread in awaiter method 'OnThread::await_suspend' [coro-blocking-call]

        return false;
    }
    int await_resume() const noexcept { return result; }
};
Task<int> use() {
    int r = co_await OnThread{[] { return 4; }};
    co_return r;
}
}  // namespace suspend_joined

// Await_resume does the read after the readiness was awaited
namespace resume_reads {
struct ReadLine {
    int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    char buf[128];
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h);
    long await_resume() {
        return ::recv(fd, buf, sizeof buf, MSG_WAITALL);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'recv' blocks the thread in awaiter method 'ReadLine::await_resume' [coro-blocking-call]
    }
};
Task<long> use() {
    long n = co_await ReadLine{};
    co_return n;
}
}  // namespace resume_reads

// The awaiter never suspends and gets the future in await_resume
namespace future_lazy {
template <typename T>
struct FutureAwaiter {
    std::future<T>& f;
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) noexcept {}
    T await_resume() {
        return f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'std::future::get' blocks the thread in awaiter method 'FutureAwaiter::await_resume' [coro-blocking-call]
    }
};
struct Slot {
    std::future<int> f;
    Task<int> use() {
        int v = co_await FutureAwaiter<int>{f};
        co_return v;
    }
};
}  // namespace future_lazy

// Await_suspend reaches the block through two methods
namespace indirect_awaiter {
class Child {
    pid_t pid_;
    int status_ = 0;
    void collect() { ::waitpid(pid_, &status_, 0); }
    void finish() { collect(); }

public:
    explicit Child(pid_t pid) : pid_(pid) {}
    bool await_ready() const noexcept { return pid_ <= 0; }
    bool await_suspend(std::coroutine_handle<>) {
        finish();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Child::finish' blocks the thread in awaiter method 'Child::await_suspend' [coro-blocking-call]

        return false;
    }
    int await_resume() const noexcept { return status_; }
};
Task<int> use(pid_t pid) {
    int st = co_await Child{pid};
    co_return st;
}
}  // namespace indirect_awaiter

// A member operator co_await dials before it gives the awaiter
namespace member_operator {
struct Dial {
    sockaddr_storage peer{};
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    auto operator co_await() {
        ::connect(fd, reinterpret_cast<sockaddr*>(&peer), sizeof peer);
        return std::suspend_never{};
    }
};
Task<> use() {
    co_await step();

    co_await Dial{};
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'Dial::operator co_await' blocks the thread in coroutine 'use' [coro-blocking-call]
}
}  // namespace member_operator

// A free operator co_await for a chrono duration sleeps
namespace free_operator {
struct Ms {
    int n;
};
std::suspend_never operator co_await(Ms m) {
    ::usleep(static_cast<unsigned>(m.n) * 1000);
    return {};
}
struct Us {
    int n;
};
auto operator co_await(Us u) { return resume_after(std::chrono::microseconds(u.n)); }
Task<> use() {
    co_await Us{5};
    co_await step();

    co_await Ms{5};
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'operator co_await' blocks the thread in coroutine 'use' [coro-blocking-call]
}
}  // namespace free_operator

// The method of such a class is called from a coroutine
namespace one_name_called {
struct Gate {
    int fd = 0;
    bool await_ready() {
        pollfd p{fd, POLLIN, 0};
        return ::poll(&p, 1, -1) > 0;
    }
};
Task<> use() {
    Gate g;
    co_await step();

    if (g.await_ready()) co_await step();
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'Gate::await_ready' blocks the thread in coroutine 'use' [coro-blocking-call]
}
}  // namespace one_name_called

// The awaiter's constructor blocks, in the awaiting coroutine
namespace awaiter_ctor {
struct Lease {
    int fd;
    explicit Lease(const char* path) : fd(::open(path, O_RDONLY)) { ::read(fd, &fd, 1); }
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) {
        workers.enqueue([h] { h.resume(); });
    }
    void await_resume() const noexcept {}
};
Task<> use() {
    co_await step();

    co_await Lease("/run/lease");
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the construction of 'awaiter_ctor::Lease' blocks the thread in coroutine 'use' [coro-blocking-call]
}
}  // namespace awaiter_ctor

// The function that makes the awaiter blocks
namespace awaiter_function {
struct Ready {
    int v;
    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    int await_resume() const noexcept { return v; }
};
Ready read_sensor() {
    ::usleep(750);
    return {4};
}
Ready last_sensor() { return {3}; }
Task<int> use() {
    int a = co_await last_sensor();
    co_await step();

    a += co_await read_sensor();
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'read_sensor' blocks the thread in coroutine 'use' [coro-blocking-call]

    co_return a;
}
}  // namespace awaiter_function

// The same awaiter with the real clock
namespace template_awaiter_real {
struct Real {
    static void nap(int ms) { ::usleep(static_cast<unsigned>(ms) * 1000); }
};
template <typename Clock>
struct Pause {
    int ms;
    bool await_ready() const {
        Clock::nap(ms);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'Real::nap' blocks the thread in awaiter method 'Pause::await_ready' [coro-blocking-call]

        return true;
    }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    void await_resume() const noexcept {}
};
Task<> use() { co_await Pause<Real>{3}; }
}  // namespace template_awaiter_real

// A base gives two methods, the derived one blocks in the third
namespace derived_awaiter {
struct Base {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) {
        workers.enqueue([h] { h.resume(); });
    }
};
struct Row : Base {
    FILE* f = nullptr;
    int await_resume() {
        return std::fgetc(f);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'fgetc' blocks the thread in awaiter method 'Row::await_resume' [coro-blocking-call]
    }
};
struct Cell : Base {
    int v = 0;
    int await_resume() const { return v; }
};
Task<int> use() {
    int n = co_await Cell{};
    n += co_await Row{};
    co_return n;
}
}  // namespace derived_awaiter

// The promise's await_transform sleeps for a chrono duration
namespace transform_blocks {
struct Script {
    struct promise_type {
        Script get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
        auto await_transform(std::chrono::milliseconds d) {
            std::this_thread::sleep_for(d);
            return std::suspend_never{};
        }
        auto await_transform(std::chrono::seconds d) { return resume_after(d); }
    };
};
Script play() {
    co_await 1s;

    co_await 20ms;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'promise_type::await_transform' blocks the thread in coroutine 'play' [coro-blocking-call]
}
}  // namespace transform_blocks
