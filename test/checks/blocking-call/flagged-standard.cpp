// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Calls of the C++ and C libraries that block.

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

// A rate limiter sleeps until the next slot
namespace rate_limit {
struct Limiter {
    std::chrono::steady_clock::time_point next{};
    Task<> forward(std::string request);

    Task<> admit(std::string request) {
        std::this_thread::sleep_until(next);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_until' blocks the thread in coroutine 'Limiter::admit' [coro-blocking-call]

        next += 20ms;
        co_await forward(std::move(request));
    }
};
}  // namespace rate_limit

// The sleep is found by a using-declaration
namespace throttle_using {
using std::this_thread::sleep_for;
Task<int> load_average();

Task<> throttle() {
    int load = co_await load_average();
    if (load > 8) sleep_for(std::chrono::milliseconds(load * 10));
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'std::this_thread::sleep_for' blocks the thread in coroutine 'throttle' [coro-blocking-call]
}
}  // namespace throttle_using

// The classic queue pop inside a coroutine
namespace job_queue_cv {
struct Jobs {
    std::mutex m;
    std::condition_variable cv;
    std::queue<int> q;
    Task<> execute(int job);

    Task<> worker() {
        int job = 0;
        {
            std::unique_lock lk(m);

            cv.wait(lk, [this] { return !q.empty(); });
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::condition_variable::wait' blocks the thread in coroutine 'Jobs::worker' [coro-blocking-call]

            job = q.front();
            q.pop();
        }
        co_await execute(job);
    }
    Task<bool> worker_for() {
        std::unique_lock lk(m);

        if (cv.wait_for(lk, 2s) == std::cv_status::timeout) co_return false;
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::condition_variable::wait_for' blocks the thread in coroutine 'Jobs::worker_for' [coro-blocking-call]

        int job = q.front();
        q.pop();
        lk.unlock();
        co_await execute(job);
        co_return true;
    }
};
}  // namespace job_queue_cv

// Start-up waits for a latch and a barrier
namespace cluster_start {
struct Cluster {
    std::latch nodes_up{3};
    std::barrier<> round{4};
    Task<> elect();

    Task<> start() {
        nodes_up.wait();
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'std::latch::wait' blocks the thread in coroutine 'Cluster::start' [coro-blocking-call]

        co_await elect();

        round.arrive_and_wait();
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::barrier::arrive_and_wait' blocks the thread in coroutine 'Cluster::start' [coro-blocking-call]
    }
};
}  // namespace cluster_start

// Limits the number of uploads with a thread semaphore
namespace upload_slots {
struct Uploads {
    std::counting_semaphore<8> slots{8};
    Task<> put(std::string file);

    Task<> upload(std::string file) {
        slots.acquire();
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::counting_semaphore::acquire' blocks the thread in coroutine 'Uploads::upload' [coro-blocking-call]

        co_await put(std::move(file));
        slots.release();
    }
    Task<bool> upload_soon(std::string file) {
        if (!slots.try_acquire_for(500ms)) co_return false;
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: 'std::counting_semaphore::try_acquire_for' blocks the thread in coroutine 'Uploads::upload_soon' [coro-blocking-call]

        co_await put(std::move(file));
        slots.release();
        co_return true;
    }
};
}  // namespace upload_slots

// Waits on an atomic until a thread changes it
namespace epoch_wait {
struct Epochs {
    std::atomic<unsigned> epoch{0};
    std::atomic_flag frozen;
    Task<> retire(unsigned e);

    Task<> advance() {
        unsigned seen = epoch.load();

        epoch.wait(seen);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'std::atomic::wait' blocks the thread in coroutine 'Epochs::advance' [coro-blocking-call]

        co_await retire(seen);

        frozen.wait(true, std::memory_order_acquire);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'std::atomic_flag::wait' blocks the thread in coroutine 'Epochs::advance' [coro-blocking-call]

        epoch.notify_all();
    }
};
}  // namespace epoch_wait

// Joins a thread that the coroutine started
namespace transcode_join {
void transcode(std::string in);
Task<std::string> next_video();

Task<> transcode_one() {
    std::string v = co_await next_video();
    std::thread t(transcode, v);

    t.join();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::thread::join' blocks the thread in coroutine 'transcode_one' [coro-blocking-call]
}
}  // namespace transcode_join

// A future is asked for its value without looking whether it is there
namespace geo_future {
std::string lookup(std::string ip);
Task<std::string> client_ip();

Task<std::string> country() {
    std::string ip = co_await client_ip();
    std::promise<std::string> p;
    std::future<std::string> f = p.get_future();
    workers.enqueue([p = std::make_shared<std::promise<std::string>>(std::move(p)), ip] { p->set_value(lookup(ip)); });

    co_return f.get();
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'std::future::get' blocks the thread in coroutine 'country' [coro-blocking-call]
}
}  // namespace geo_future

// Waits for a shared future, with and without a deadline
namespace warm_cache {
struct Cache {
    std::shared_future<void> warm;
    Task<> answer();

    Task<> query() {
        warm.wait();
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'std::shared_future::wait' blocks the thread in coroutine 'Cache::query' [coro-blocking-call]

        co_await answer();
    }
    Task<> query_for() {
        warm.wait_for(50ms);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'std::shared_future::wait_for' blocks the thread in coroutine 'Cache::query_for' [coro-blocking-call]

        co_await answer();
    }
    Task<> query_until() {
        warm.wait_until(std::chrono::system_clock::now() + 1s);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'std::shared_future::wait_until' blocks the thread in coroutine 'Cache::query_until' [coro-blocking-call]

        co_await answer();
    }
};
}  // namespace warm_cache

// A coroutine runs another one to its end with sync_wait
namespace nested_sync {
Task<int> remote_count(std::string shard);
Task<> publish(int n);

Task<> total() {
    int n = sync_wait(remote_count("a"));
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'sync_wait' blocks the thread in coroutine 'total' [coro-blocking-call]

    co_await publish(n);
}
}  // namespace nested_sync

// The template of a page is read with an ifstream
namespace page_template {
Task<> send(std::string html);

Task<> render(std::string name) {
    std::ifstream in("/srv/templates/" + name);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the construction of 'std::basic_ifstream' blocks the thread in coroutine 'render' [coro-blocking-call]

    std::stringstream all;

    all << in.rdbuf();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::basic_stringstream::operator<<' blocks the thread in coroutine 'render' [coro-blocking-call]

    co_await send(all.str());
}
Task<> render_lines(std::string name) {
    std::ifstream in("/srv/templates/" + name);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the construction of 'std::basic_ifstream' blocks the thread in coroutine 'render_lines' [coro-blocking-call]

    std::string line;

    while (std::getline(in, line)) {
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'std::getline' blocks the thread in coroutine 'render_lines' [coro-blocking-call]

        co_await send(line);
    }
}
Task<> render_block(std::string name) {
    std::fstream in("/srv/templates/" + name, std::ios::in | std::ios::binary);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the construction of 'std::basic_fstream' blocks the thread in coroutine 'render_block' [coro-blocking-call]

    char block[512];

    in.read(block, sizeof block);
// CHECK-MESSAGES: :[[@LINE-1]]:8: warning: 'std::basic_fstream::read' blocks the thread in coroutine 'render_block' [coro-blocking-call]

    co_await send(std::string(block, static_cast<std::size_t>(in.gcount())));
}
}  // namespace page_template

// Appends a record to a file and flushes it
namespace audit_append {
struct Audit {
    std::ofstream out{"/var/log/audit.log", std::ios::app};
    Task<std::string> next_record();

    Task<> run() {
        std::string r = co_await next_record();

        out << r << '\n';
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::operator<<' blocks the thread in coroutine 'Audit::run' [coro-blocking-call]
// CHECK-MESSAGES: :[[@LINE-2]]:18: warning: 'std::operator<<' blocks the thread in coroutine 'Audit::run' [coro-blocking-call]

        co_await yield_now();

        out.flush();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'std::basic_ofstream::flush' blocks the thread in coroutine 'Audit::run' [coro-blocking-call]
    }
};
}  // namespace audit_append

// Asks the operator on the terminal
namespace admin_prompt {
Task<> apply(std::string cmd);

Task<> prompt() {
    std::string cmd;
    while (true) {
        if (!std::getline(std::cin, cmd)) co_return;
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'std::getline' blocks the thread in coroutine 'prompt' [coro-blocking-call]

        co_await apply(cmd);
    }
}
Task<> confirm() {
    char yes = 0;

    std::cin >> yes;
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'std::operator>>' blocks the thread in coroutine 'confirm' [coro-blocking-call]

    if (yes == 'y') co_await apply("confirm");

    int c = std::getchar();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'getchar' blocks the thread in coroutine 'confirm' [coro-blocking-call]

    if (c == '\n') co_await apply("newline");
}
}  // namespace admin_prompt

// Fread, fwrite, fscanf on named files
namespace stdio_files {
Task<> store(std::string s);

Task<> import_csv() {
    FILE* f = std::fopen("/srv/in.csv", "r");

    int a = 0, b = 0;

    while (std::fscanf(f, "%d,%d", &a, &b) == 2) {
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'fscanf' blocks the thread in coroutine 'import_csv' [coro-blocking-call]

        co_await store(std::to_string(a + b));
    }

    std::fclose(f);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'fclose' blocks the thread in coroutine 'import_csv' [coro-blocking-call]
}
struct Spool {
    FILE* file = nullptr;
    Task<std::string> next();

    Task<> copy() {
        std::string s = co_await next();

        std::fwrite(s.data(), 1, s.size(), file);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'fwrite' blocks the thread in coroutine 'Spool::copy' [coro-blocking-call]

        co_await store(s);

        std::fflush(file);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'fflush' blocks the thread in coroutine 'Spool::copy' [coro-blocking-call]
    }
};
}  // namespace stdio_files

// Copies and removes whole trees
namespace tree_work {
namespace fs = std::filesystem;
Task<> announce(std::string what);

Task<> rotate_backup() {
    co_await announce("rotate");

    fs::remove_all("/backup/old");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::filesystem::remove_all' blocks the thread in coroutine 'rotate_backup' [coro-blocking-call]

    co_await announce("copy");

    fs::copy("/backup/new", "/backup/old", fs::copy_options::recursive);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::filesystem::copy' blocks the thread in coroutine 'rotate_backup' [coro-blocking-call]

    co_await announce("snapshot");

    fs::copy_file("/backup/index", "/backup/old/index");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'std::filesystem::copy_file' blocks the thread in coroutine 'rotate_backup' [coro-blocking-call]
}
}  // namespace tree_work

// The future of std::async is destroyed, and waits, at once
namespace async_temp {
void warm(std::string key);
Task<std::string> hot_key();

Task<> warm_up() {
    std::string key = co_await hot_key();

    (void)std::async(std::launch::async, warm, key);
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the destruction of 'std::future' blocks the thread in coroutine 'warm_up' [coro-blocking-call]

    co_await resume_after(1ms);
}
}  // namespace async_temp
