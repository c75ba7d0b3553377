// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Code that another thread runs, or nobody - what is fine, and why.

#include "task.h"

#include <fcntl.h>
#include <mqueue.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <syslog.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();
Task<std::string> next_name();

// Fine because Job::run is stored in a list for the pool
namespace job_objects {
struct Job {
    virtual ~Job() = default;
    virtual void run() = 0;
};
struct Compress : Job {
    std::string file;
    explicit Compress(std::string f) : file(std::move(f)) {}
    void run() override { std::system(("gzip " + file).c_str()); }
};
struct Spooler {
    std::vector<std::shared_ptr<Job>> jobs;
    Task<> spool() {
        std::shared_ptr<Job> j = std::make_shared<Compress>(co_await next_name());
        jobs.push_back(j);
        workers.enqueue([j] { j->run(); });
    }
};
}  // namespace job_objects

// Fine because the member function is bound and given to the pool
namespace offload_member {
struct Index {
    int fd = -1;
    int rebuild(int parts) { return ::fsync(fd) + parts; }
    Task<int> refresh() {
        int n = co_await workers.run(std::bind(&Index::rebuild, this, 4));
        n += co_await workers.run(std::bind_front(&Index::rebuild, this, 5));
        co_return n;
    }
};
}  // namespace offload_member

// Fine because a plain function is given to the pool by name
namespace offload_pointer {
int slow() { return static_cast<int>(::sleep(2)); }
Task<int> run() {
    int a = co_await workers.run(slow);
    int b = co_await workers.run(&slow);
    co_return a + b;
}
}  // namespace offload_pointer

// Fine because the lambda calls another one, but on the pool
namespace offload_nested {
Task<int> run() {
    auto once = [](int n) {
        ::usleep(static_cast<unsigned>(n));
        return n;
    };
    auto many = [once] { return once(1) + once(2); };
    int v = co_await workers.run(many);
    v += co_await workers.run([many] { return many(); });
    co_return v;
}
}  // namespace offload_nested

// Fine because the functor object goes to the pool
namespace offload_functor {
struct Hash {
    std::string path;
    std::size_t operator()() const {
        std::ifstream in(path);
        std::string s;
        std::getline(in, s, '\0');
        return std::hash<std::string>{}(s);
    }
};
Task<std::size_t> fingerprint() {
    Hash h{co_await next_name()};
    std::size_t v = co_await workers.run(h);
    v ^= co_await workers.run(Hash{"/etc/passwd"});
    co_return v;
}
}  // namespace offload_functor

// Fine because threads wait for the latch, the coroutine counts down
namespace latch_down {
struct Start {
    std::latch go{1};
    std::vector<std::thread> threads;
    Task<> start() {
        for (int i = 0; i < 3; ++i)
            threads.emplace_back([this] {
                go.wait();
                ::usleep(10);
            });
        co_await step();
        go.count_down();
    }
};
}  // namespace latch_down

// Fine because only the worker's own thread waits
namespace worker_class {
class Worker {
    std::mutex m_;
    std::condition_variable cv_;
    std::deque<int> q_;
    bool stop_ = false;
    std::thread t_{&Worker::loop, this};
    void loop() {
        std::unique_lock lk(m_);
        while (!stop_) {
            cv_.wait(lk);
            q_.clear();
        }
    }

public:
    void push(int v) {
        {
            std::lock_guard lk(m_);
            q_.push_back(v);
        }
        cv_.notify_one();
    }
};
struct Service {
    Worker w;
    Task<> run() {
        w.push(1);
        co_await step();
        w.push(2);
    }
};
}  // namespace worker_class

// Fine because the function run once only registers a handler
namespace once_registers {
std::once_flag once;
std::vector<std::function<void()>> hooks;
Task<std::size_t> ready() {
    std::call_once(once, [] { hooks.emplace_back([] { ::fsync(1); }); });
    co_await step();
    co_return hooks.size();
}
}  // namespace once_registers

// Fine because the keys are members
namespace sort_by_key {
struct File {
    std::string name;
    long size = 0;
    long read() const { return ::lseek(3, 0, SEEK_CUR) + ::read(3, nullptr, 0); }
};
struct Listing {
    std::vector<File> files;
    Task<long> total() {
        co_await step();
        std::stable_sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.size < b.size; });
        std::vector<long> sizes;
        std::transform(files.begin(), files.end(), std::back_inserter(sizes), [](const File& f) { return f.size; });
        co_return std::accumulate(sizes.begin(), sizes.end(), 0L);
    }
};
}  // namespace sort_by_key

// Fine because the flag's template argument drops the delay
namespace feature_flag {
template <bool Simulate>
struct Net {
    int send(int v) {
        if constexpr (Simulate) std::this_thread::sleep_for(30ms);
        return v;
    }
};
using Real = Net<false>;
Task<int> go() {
    Real n;
    co_await step();
    co_return n.send(4);
}
}  // namespace feature_flag

// Fine because getenv and locale names are in memory
namespace environment {
Task<std::string> home() {
    const char* h = std::getenv("HOME");
    std::string s = h ? h : "/";
    co_await step();
    co_return s + std::filesystem::path("x/../y").lexically_normal().string();
}
}  // namespace environment

// Fine because every path leaves before the wait
namespace early_exit {
Task<int> pick(int v) {
    co_await step();
    if (v > 0) {
        co_return 1;
    } else if (v < 0) {
        throw v;
    } else {
        std::exit(2);
    }
    ::pause();
}
Task<> loop(int v) {
    for (;;) {
        co_await step();
        if (--v < 0) co_return;
        continue;
        ::sleep(1);
    }
}
}  // namespace early_exit

// Fine because the code after break and goto cannot run
namespace break_before {
Task<int> scan(int v) {
    while (v > 0) {
        co_await step();
        --v;
        if (v == 3) {
            break;
            ::usleep(4);
        }
    }
    switch (v) {
        case 0: co_return 0;
            ::usleep(5);
        default: break;
    }
    co_return v;
}
}  // namespace break_before

// Fine because the sleep is compiled out
namespace compiled_out {
Task<> tidy() {
#if 0
    ::sleep(1);
#endif
    /* ::sleep(2); */
    co_await step();
#ifdef RELAY_SIMULATE
    std::this_thread::sleep_for(1s);
#endif
}
}  // namespace compiled_out
