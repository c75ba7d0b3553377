// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-unawaited-task
//
// Local tasks that are lost on some path - what is fine, and why.

// Named tasks that some path leaves behind, and those that every path awaits, moves, keeps or passes on.
#include "kit.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>

using namespace mock;

using namespace std::chrono_literals;

// Fine because it is awaited by its name, without std::move
namespace greeting_ok {
class Smtp {
public:
    Task<> send_line(std::string line);
    int connection() const;
    Task<int> handshake() {
        auto hello = send_line("220 ready\r\n");
        int id = connection();
        co_await hello;
        co_return id;
    }
};
}  // namespace greeting_ok

// Fine because the guard comes before the task is made
namespace guard_clause_ok {
class Store {
public:
    Task<> write(std::string key, std::string value);
    bool expired(int session) const;
    Task<bool> put(int session, std::string key, std::string value) {
        if (expired(session)) co_return false;
        auto write_op = write(std::move(key), std::move(value));
        co_await std::move(write_op);
        co_return true;
    }
};
}  // namespace guard_clause_ok

// Fine because one branch awaits and the other one stores it
namespace revalidate_ok {
class HttpCache {
    std::map<std::string, Task<>> later_;

public:
    Task<> revalidate(std::string url);
    Task<> get(std::string url, bool now) {
        Task<> check = revalidate(url);
        if (now)
            co_await std::move(check);
        else
            later_.insert_or_assign(std::move(url), std::move(check));
    }
};
}  // namespace revalidate_ok

// Fine because the body of the do loop runs at least once
namespace runs_once {
class Pages {
public:
    Task<std::string> page(int n);
    Task<int> count() {
        int pages = 0;
        Task<std::string> next = page(0);
        std::string text;
        do {
            text = co_await std::move(next);
            next = page(++pages);
        } while (!text.empty());
        co_await std::move(next);
        co_return pages;
    }
};
}  // namespace runs_once

// Fine because each round awaits before it replaces
namespace replaced {
class Consumer {
public:
    Task<int> poll(int offset);
    Task<int> consume(int rounds) {
        Task<int> pending = poll(0);
        int offset = 0;
        for (int i = 0; i < rounds; ++i) {
            offset = co_await std::move(pending);
            pending = poll(offset);
        }
        offset = co_await std::move(pending);
        co_return offset;
    }
};
}  // namespace replaced

// Fine because the gathered tasks are awaited, in a loop or together
namespace gathered_ok {
class Cluster {
public:
    Task<int> stop(int node);
    Task<int> one_by_one(int nodes) {
        std::vector<Task<int>> stops;
        for (int node = 0; node < nodes; ++node) stops.push_back(stop(node));
        int sum = 0;
        for (auto& s : stops) sum += co_await std::move(s);
        co_return sum;
    }
    Task<int> together(int nodes) {
        std::vector<Task<int>> stops;
        stops.reserve(static_cast<std::size_t>(nodes));
        for (int node = 0; node < nodes; ++node) stops.emplace_back(stop(node));
        auto results = co_await when_all(std::move(stops));
        co_return static_cast<int>(results.size());
    }
    std::vector<Task<int>> unstarted(int nodes) {
        std::vector<Task<int>> stops;
        std::generate_n(std::back_inserter(stops), nodes, [this] { return stop(0); });
        return stops;
    }
};
}  // namespace gathered_ok

// Fine because the optional is awaited where it is engaged
namespace optional_ok {
class Syncer {
public:
    Task<> push(int change);
    Task<> sync(int change, bool changed) {
        std::optional<Task<>> op;
        if (changed) op.emplace(push(change));
        kit::info("prepared");
        if (op.has_value()) co_await std::move(*op);
    }
};
}  // namespace optional_ok

// Fine because the pointed-to task is awaited
namespace boxed_ok {
class Indexer {
public:
    Task<> rebuild(int shard);
    int size() const;
    Task<int> run(int shard) {
        auto rebuilding = std::make_unique<Task<>>(rebuild(shard));
        kit::info("rebuilding");
        co_await *rebuilding;
        co_return size();
    }
};
}  // namespace boxed_ok

// Fine because the parameter is awaited, or handed on
namespace parameter_ok {
class Limiter {
    kit::Nursery nursery_;

public:
    Task<> slot();
    Task<> guarded(Task<> work) {
        co_await slot();
        co_await std::move(work);
    }
    void background(Task<> work) { nursery_.start(std::move(work)); }
    Task<> both(Task<> a, Task<> b) { co_await when_all(std::move(a), std::move(b)); }
};
}  // namespace parameter_ok

// Fine because both tasks of the pair are awaited
namespace binding_ok {
class Doubled {
public:
    std::pair<Task<int>, Task<int>> split(int id);
    Task<int> load(int id) {
        auto [primary, mirror] = split(id);
        int value = co_await std::move(primary);
        int other = co_await std::move(mirror);
        co_return value + other;
    }
};
}  // namespace binding_ok

// Fine because each path returns, spawns or waits
namespace ordinary_ok {
class Gauge {
public:
    Task<> upload(int value);
    Task<> report(int value, bool now) {
        auto op = upload(value);
        if (now) return op;
        auto second = upload(value + 1);
        spawn(std::move(second));
        return std::move(op);
    }
    void flush(int value) {
        Task<> op = upload(value);
        sync_wait(std::move(op));
    }
};
}  // namespace ordinary_ok

// Fine because whichever arm runs, it takes the task
namespace ternary {
class Acl {
public:
    Task<int> level(int user);
    bool trusted(int user) const;
    Task<int> allows(int user) {
        auto remote = level(user);
        int doubled = trusted(user) ? 2 * co_await std::move(remote) : co_await std::move(remote);
        co_return doubled;
    }
};
}  // namespace ternary

// Fine because only an exception out of check() would lose the task
namespace exception_path {
class Reader {
public:
    Task<std::string> primary();
    void check(int id);
    Task<std::string> read(int id) {
        Task<std::string> text = primary();
        check(id);
        std::string result = co_await std::move(text);
        co_return result;
    }
};
}  // namespace exception_path

// Fine because the callee takes the task by reference and may await it
namespace by_reference {
Task<bool> first_of(Task<int>& a, Task<int>& b);
void remember(Task<int>* task);
class Racer {
public:
    Task<int> run(int lane);
    Task<bool> race() {
        Task<int> left = run(0);
        Task<int> right = run(1);
        bool left_won = co_await first_of(left, right);
        co_return left_won;
    }
    Task<> registered() {
        Task<int> lane = run(2);
        remember(&lane);
        co_await resume_after(1s);
    }
};
}  // namespace by_reference

// Fine because the copy in the map is the same task
namespace shared_copy {
class Loads {
    std::map<int, kit::Shared<int>> loads_;

public:
    kit::Shared<int> load(int id);
    Task<int> get(int id) {
        kit::Shared<int> op = load(id);
        loads_[id] = op;
        kit::info("shared");
        int value = co_await op;
        co_return value;
    }
    void prefetch(int id) {
        auto op = load(id);
        loads_.emplace(id, op);
    }
};
}  // namespace shared_copy

// Fine because the scope's destructor waits for the work
namespace joining {
class ScopedWork {
public:
    struct promise_type {
        ScopedWork get_return_object();
        std::suspend_never initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void return_void();
        void unhandled_exception();
    };
    explicit ScopedWork(std::coroutine_handle<promise_type> h) : h_(h) {}
    ScopedWork(ScopedWork&& other) noexcept : h_(std::exchange(other.h_, nullptr)) {}
    ~ScopedWork() {
        if (h_) join();
    }
    void join();

private:
    std::coroutine_handle<promise_type> h_;
};
ScopedWork compress(int block);
void pack(int blocks) {
    for (int b = 0; b < blocks; ++b) {
        ScopedWork work = compress(b);
        kit::info("packing");
    }
}
}  // namespace joining

// Fine because the named object of a fire-and-forget coroutine means nothing
namespace detached_local {
class Pinger {
public:
    Task<> ping();
    Detached ping_forever() {
        for (;;) {
            co_await ping();
            co_await resume_after(1s);
        }
    }
    void start() {
        auto running = ping_forever();
        kit::info("started");
    }
};
}  // namespace detached_local

// Fine because the local is the result, not the task
namespace results {
class Api {
public:
    Task<std::string> token();
    Task<int> call(std::string token);
    Task<int> use() {
        auto key = co_await token();
        auto unused = co_await call(key);
        (void)unused;
        const auto& again = co_await call(key);
        co_return again;
    }
};
}  // namespace results

// Fine because no task is made until the lambda is called
namespace maker {
class Api {
public:
    Task<int> call(int id);
    Task<> idle();
    Task<int> use(int id, bool really) {
        auto make = [this, id] { return call(id); };
        if (!really) {
            co_await idle();
            co_return 0;
        }
        int value = co_await make();
        co_return value;
    }
};
}  // namespace maker

// Fine because the second name of the task is awaited
namespace renamed {
class Backup {
public:
    Task<int> snapshot(int volume);
    Task<int> run(int volume) {
        Task<int> op = snapshot(volume);
        kit::info("made");
        Task<int> chosen = std::move(op);
        int size = co_await std::move(chosen);
        co_return size;
    }
};
}  // namespace renamed

// Fine because the task lives on in the object that is returned
namespace aggregate {
struct Pending {
    int id = 0;
    Task<int> reply;
};
class Rpc {
    std::vector<Pending> waiting_;

public:
    Task<int> send(int method);
    Pending call(int method) {
        auto reply = send(method);
        return Pending{method, std::move(reply)};
    }
    void queue(int method) {
        Task<int> reply = send(method);
        waiting_.push_back({.id = method, .reply = std::move(reply)});
    }
};
}  // namespace aggregate

// Fine because each element is awaited
namespace arrays {
class Probe {
public:
    Task<int> measure(int sensor);
    Task<int> sum() {
        std::array<Task<int>, 2> readings{measure(0), measure(1)};
        int total = co_await std::move(readings[0]);
        total += co_await std::move(readings[1]);
        co_return total;
    }
};
}  // namespace arrays

// Fine because a stream may be left in the middle
namespace stream_partly {
kit::Stream<std::string> lines(std::string file);
Task<std::string> first_match(std::string file, char letter) {
    auto in = lines(std::move(file));
    while (auto line = co_await in.next())
        if (line->find(letter) != std::string::npos) co_return *line;
    co_return "";
}
}  // namespace stream_partly

// Fine because the path without the await does not return
namespace no_return {
[[noreturn]] void die(std::string why);
class Boot {
public:
    Task<int> mount(int disk);
    bool sane(int disk) const;
    Task<int> run(int disk) {
        auto op = mount(disk);
        if (!sane(disk)) die("insane disk");
        int blocks = co_await std::move(op);
        co_return blocks;
    }
};
}  // namespace no_return

// Fine because the task is made and awaited under the same unchanged condition
namespace same_condition {
class Mirror {
public:
    Task<> copy(int block);
    Task<> verify(int block);
    Task<> run(int block, const bool checked) {
        Task<> check;
        if (checked) check = verify(block);
        co_await copy(block);
        if (checked) co_await std::move(check);
    }
};
}  // namespace same_condition

// Fine because the static local is awaited by whoever comes later
namespace static_task {
Task<int> read_license();
kit::Shared<int> license_task();
Task<int> license() {
    static kit::Shared<int> task = license_task();
    int value = co_await task;
    co_return value;
}
}  // namespace static_task
