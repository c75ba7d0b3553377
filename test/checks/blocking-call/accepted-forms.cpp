// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// The forms a coroutine has - what is fine, and why.

#include "task.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();
Task<int> next_id();

// Fine because the inner lambda is ordinary and goes to a thread
namespace plain_lambda {
struct Farm {
    std::vector<std::thread> threads;
    Task<> grow() {
        int id = co_await next_id();
        auto body = [id] {
            std::this_thread::sleep_for(std::chrono::seconds(id));
            std::system("sync");
        };
        threads.emplace_back(body);
        threads.emplace_back(std::move(body));
    }
};
}  // namespace plain_lambda

// Fine because only the cheap instantiation exists
namespace template_cheap {
struct Gpio {
    bool level() const { return true; }
};
struct Expander {
    int fd = -1;
    bool level() const {
        char c = 0;
        return ::read(fd, &c, 1) == 1 && c;
    }
};
template <typename Pin>
Task<bool> sample(Pin p) {
    co_await step();
    co_return p.level();
}
Task<bool> one() {
    bool a = co_await sample(Gpio{});
    co_return a;
}
}  // namespace template_cheap

// Fine because the instantiation keeps the asynchronous branch
namespace template_branch {
template <bool Sync>
Task<int> read_one(int fd) {
    co_await step();
    if constexpr (Sync) {
        char c = 0;
        co_return static_cast<int>(::read(fd, &c, 1));
    } else {
        int id = co_await next_id();
        co_return id;
    }
}
Task<int> use(int fd) {
    int a = co_await read_one<false>(fd);
    co_return a;
}
}  // namespace template_branch

// Fine because this function makes a task and is no coroutine
namespace task_function {
Task<int> query(int id);
Task<int> query_slowly(int id) {
    ::usleep(10);
    return query(id);
}
Task<int> query_cached(int id) { return query(id % 10); }
Task<int> use() {
    int a = co_await query_cached(4);
    co_return a;
}
}  // namespace task_function

// Fine because the pool runs the lambdas, functions and bound calls
namespace pool_handed {
int slow(int n) {
    ::sleep(static_cast<unsigned>(n));
    return n;
}
struct Report {
    int fd = -1;
    void write_out() { ::fsync(fd); }
    Task<> make() {
        int id = co_await next_id();
        workers.enqueue([id] { slow(id); });
        workers.enqueue(std::bind(slow, 2));
        workers.enqueue([this] { write_out(); });
        int v = co_await workers.run([id] { return slow(id); });
        auto job = [v] { return slow(v) + slow(1); };
        v = co_await workers.run(job);
        std::function<void()> f = [this] { write_out(); };
        workers.enqueue(f);
    }
};
}  // namespace pool_handed

// Fine because the project's own worker stores the job
namespace own_queue {
class Worker {
    std::mutex m_;
    std::deque<std::function<void()>> jobs_;
    void loop() {
        for (;;) {
            std::function<void()> f;
            {
                std::lock_guard lk(m_);
                if (jobs_.empty()) return;
                f = std::move(jobs_.front());
                jobs_.pop_front();
            }
            f();
        }
    }
    std::thread thread_{[this] { loop(); }};

public:
    void submit(std::function<void()> f) {
        std::lock_guard lk(m_);
        jobs_.push_back(std::move(f));
    }
};
struct Mailer {
    Worker worker;
    Task<> send(std::string to) {
        worker.submit([to] { std::system(("sendmail " + to).c_str()); });
        co_await step();
    }
};
}  // namespace own_queue

// Fine because four calls down the work goes to a pool
namespace deep_handed {
void slow() { ::sleep(9); }
void d3() {
    workers.enqueue([] { slow(); });
}
void d2() { d3(); }
void d1() { d2(); }
Task<> use() {
    d1();
    co_await step();
}
}  // namespace deep_handed
