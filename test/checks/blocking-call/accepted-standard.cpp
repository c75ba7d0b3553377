// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Calls of the C++ and C libraries that block - what is fine, and why.

#include "task.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <iomanip>
#include <iostream>
#include <iterator>
#include <latch>
#include <map>
#include <mutex>
#include <numeric>
#include <queue>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;

// Fine because the coroutine is suspended for the delay
namespace rate_limit_timer {
struct Limiter {
    std::chrono::steady_clock::time_point next{};
    Task<> forward(std::string request);

    Task<> admit(std::string request) {
        co_await resume_after(next - std::chrono::steady_clock::now());
        next += 20ms;
        co_await forward(std::move(request));
    }
};
}  // namespace rate_limit_timer

// Fine because giving way is not waiting
namespace throttle_yield {
Task<int> load_average();

Task<> throttle() {
    int load = co_await load_average();
    while (load-- > 0) std::this_thread::yield();
    std::this_thread::sleep_for(0s);
    std::this_thread::sleep_for(std::chrono::milliseconds::zero());
}
}  // namespace throttle_yield

// Fine because notifying never waits and the section is short
namespace job_queue_notify {
struct Jobs {
    std::mutex m;
    std::condition_variable_any cv;
    std::queue<int> q;
    Task<int> next_job();

    Task<> produce() {
        int job = co_await next_job();
        {
            std::lock_guard lk(m);
            q.push(job);
        }
        cv.notify_one();
        if (m.try_lock()) {
            q.push(job + 1);
            m.unlock();
        }
        cv.notify_all();
    }
};
}  // namespace job_queue_notify

// Fine because counting down and trying do not wait
namespace cluster_count_down {
struct Cluster {
    std::latch nodes_up{3};
    std::barrier<> round{4};
    Task<> elect();

    Task<bool> joined() {
        nodes_up.count_down();
        co_await elect();
        round.arrive_and_drop();
        co_return nodes_up.try_wait();
    }
};
}  // namespace cluster_count_down

// Fine because trying returns at once
namespace upload_slots_try {
struct Uploads {
    std::counting_semaphore<8> slots{8};
    Task<> put(std::string file);
    Task<> later();

    Task<> upload(std::string file) {
        while (!slots.try_acquire()) co_await later();
        co_await put(file);
        slots.release();
        if (slots.try_acquire_for(0ms)) slots.release();
        if (slots.try_acquire_for(std::chrono::nanoseconds{})) slots.release();
    }
};
}  // namespace upload_slots_try

// Fine because loads, stores and exchanges never wait
namespace epoch_ops {
struct Epochs {
    std::atomic<unsigned> epoch{0};
    std::atomic_flag frozen;
    Task<> retire(unsigned e);

    Task<> advance() {
        unsigned seen = epoch.fetch_add(1, std::memory_order_acq_rel);
        if (frozen.test_and_set()) co_return;
        co_await retire(seen);
        frozen.clear();
        frozen.notify_one();
        epoch.notify_all();
    }
};
}  // namespace epoch_ops

// Fine because the thread is let go
namespace transcode_detach {
void transcode(std::string in);
Task<std::string> next_video();

Task<> transcode_one() {
    std::string v = co_await next_video();
    std::thread t(transcode, v);
    if (t.joinable()) t.detach();
}
}  // namespace transcode_detach

// Fine because an ordinary function may wait
namespace outer_sync {
Task<int> remote_count(std::string shard);
int run_tool() { return sync_wait(remote_count("a")) + sync_wait(remote_count("b")); }
}  // namespace outer_sync

// Fine because string streams only touch memory
namespace page_stringstream {
Task<std::string> fetch();
Task<> send(std::string html);

Task<> render() {
    std::istringstream in(co_await fetch());
    std::ostringstream out;
    std::string line, word;
    while (std::getline(in, line)) out << std::setw(4) << line.size() << ' ' << line << '\n';
    in.clear();
    in.seekg(0);
    while (in >> word) out << word;
    char head[16] = {};
    in.clear();
    in.seekg(0);
    in.read(head, sizeof head - 1);
    out.write(head, in.gcount());
    out.flush();
    co_await send(out.str());
}
}  // namespace page_stringstream

// Fine because the istream reference is bound to a string stream in sight
namespace page_base_stream {
Task<std::string> fetch();

Task<int> first_number() {
    std::istringstream text(co_await fetch());
    std::istream& in = text;
    int n = 0;
    in >> n;
    co_return n;
}
}  // namespace page_base_stream

// Fine because snprintf, sscanf and fmemopen-like text work touch memory
namespace stdio_memory {
Task<std::string> next_line();

Task<int> parse() {
    std::string line = co_await next_line();
    int a = 0;
    std::sscanf(line.c_str(), "%d", &a);
    char out[32];
    std::snprintf(out, sizeof out, "%08x", a);
    std::string copy(out);
    std::getline(std::istringstream(line), copy, ',');
    co_return static_cast<int>(copy.size());
}
}  // namespace stdio_memory

// Fine because path arithmetic touches no disk
namespace path_work {
namespace fs = std::filesystem;
Task<std::string> requested();

Task<std::string> content_type() {
    fs::path p = fs::path("/srv/www") / (co_await requested());
    p = p.lexically_normal();
    p.replace_extension(p.extension() == ".jpeg" ? ".jpg" : p.extension());
    co_return p.filename().string() + ":" + p.parent_path().generic_string();
}
}  // namespace path_work

// Fine because the future lives in the service that made it
namespace async_kept {
void warm(std::string key);
struct Warmer {
    std::vector<std::future<void>> running;
    Task<std::string> hot_key();

    Task<> warm_up() {
        std::string key = co_await hot_key();
        running.push_back(std::async(std::launch::async, warm, key));
    }
};
}  // namespace async_kept

// Fine because the function run once only computes
namespace once_compute {
struct Table {
    std::once_flag once;
    std::vector<int> squares;
    Task<int> index();

    Task<int> square() {
        int i = co_await index();
        std::call_once(once, [this] {
            squares.resize(100);
            std::iota(squares.begin(), squares.end(), 0);
            std::transform(squares.begin(), squares.end(), squares.begin(), [](int x) { return x * x; });
        });
        co_return squares[static_cast<std::size_t>(i) % 100];
    }
};
}  // namespace once_compute

// Fine because the shared lock is only tried, with zero time-out too
namespace try_shared {
struct Routes {
    std::shared_timed_mutex m;
    std::timed_mutex t;
    std::map<std::string, std::string> routes;
    Task<std::string> path();

    Task<std::string> find() {
        std::string p = co_await path();
        if (!m.try_lock_shared()) co_return "busy";
        std::string r = routes[p];
        m.unlock_shared();
        if (t.try_lock_for(0s)) t.unlock();
        std::unique_lock<std::timed_mutex> lk(t, std::try_to_lock);
        co_return lk.owns_lock() ? r : "busy";
    }
};
}  // namespace try_shared
