// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-unawaited-task
//
// Local tasks that are lost on some path.

// Named tasks that some path leaves behind, and those that every path awaits, moves, keeps or passes on.
#include "kit.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>

using namespace mock;

using namespace std::chrono_literals;

// The greeting is prepared and forgotten
namespace greeting {
class Smtp {
public:
    Task<> send_line(std::string line);
    Task<std::string> read_line();
    Task<std::string> handshake() {
        auto hello = send_line("220 ready\r\n");
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task 'hello' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]

        std::string reply = co_await read_line();
        co_return reply;
    }
};
}  // namespace greeting

// Called "_" it is as lost as under any other name
namespace underscore {
class Audit {
public:
    Task<> record(std::string what);
    Task<> apply(int change);
    Task<> change(int id) {
        auto _ = record("change");
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task '_' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]

        kit::info("changing");
        co_await apply(id);
    }
};
}  // namespace underscore

// An expired session leaves before the write is awaited
namespace guard_clause {
class Store {
public:
    Task<> write(std::string key, std::string value);
    bool expired(int session) const;
    Task<bool> put(int session, std::string key, std::string value) {
        auto write_op = write(std::move(key), std::move(value));
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task 'write_op' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

        if (expired(session)) {
            kit::warn("expired");
            co_return false;
        }
        co_await std::move(write_op);
        co_return true;
    }
};
}  // namespace guard_clause

// Only the cached branch awaits the revalidation
namespace revalidate {
class HttpCache {
public:
    Task<> revalidate(std::string url);
    Task<std::string> fetch(std::string url);
    Task<std::string> get(std::string url, bool cached) {
        Task<> check = revalidate(url);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task 'check' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

        std::string body;
        if (cached) {
            co_await std::move(check);
            body = "cached";
        } else {
            body = co_await fetch(std::move(url));
        }
        co_return body;
    }
};
}  // namespace revalidate

// The "drop" policy forgets the task
namespace policies {
enum class Policy { wait, detach, drop };
class Publisher {
public:
    Task<> publish(int topic);
    Task<> run(Policy policy, int topic) {
        co_await yield_now();
        Task<> op = publish(topic);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task 'op' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

        switch (policy) {
        case Policy::wait:
            co_await std::move(op);
            break;
        case Policy::detach:
            spawn(std::move(op));
            break;
        case Policy::drop:
            kit::info("dropped");
            break;
        }
    }
};
}  // namespace policies

// Without replicas nobody awaits the local write
namespace zero_times {
class Replicas {
public:
    Task<bool> local_write(std::string row);
    Task<bool> remote_write(int replica, std::string row);
    Task<int> write(std::vector<int> replicas, std::string row) {
        auto local = local_write(row);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task 'local' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

        int acks = 0;
        bool first = true;
        for (int replica : replicas) {
            bool ok = co_await remote_write(replica, row);
            if (first) ok = co_await std::move(local) && ok;
            first = false;
            acks += ok;
        }
        co_return acks;
    }
};
}  // namespace zero_times

// Each round destroys the pending acknowledgement of the round before
namespace overwritten {
class Consumer {
public:
    Task<> ack(int offset);
    Task<int> next_offset();
    Task<> consume(int rounds) {
        Task<> pending;
        kit::info("consuming");
        for (int i = 0; i < rounds; ++i) {
            int offset = co_await next_offset();

            pending = ack(offset);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task 'pending' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

            kit::info("one more");
        }
        co_await std::move(pending);
    }
};
}  // namespace overwritten

// Muted rooms leave the loop's body with the task unawaited
namespace rooms {
class Chat {
public:
    Task<> deliver(int room, std::string text);
    bool muted(int room) const;
    Task<> fan_out(std::vector<int> rooms, std::string text) {
        for (int room : rooms) {
            auto delivery = deliver(room, text);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task 'delivery' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

            if (muted(room)) continue;
            kit::info("delivering");
            co_await std::move(delivery);
        }
    }
};
}  // namespace rooms

// The tasks are gathered and never awaited
namespace gathered {
class Cluster {
public:
    Task<> stop(int node);
    Task<> flush();
    Task<> shutdown(int nodes) {
        std::vector<Task<>> stops;
// CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the task in 'stops' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
        for (int node = 0; node < nodes; ++node) stops.push_back(stop(node));

        kit::info("stopping");
        co_await flush();
    }
};
}  // namespace gathered

// The task on the heap dies with its pointer
namespace boxed {
class Indexer {
public:
    Task<> rebuild(int shard);
    Task<int> shards();
    Task<int> run() {
        int n = co_await shards();
        auto rebuilding = std::make_unique<Task<>>(rebuild(n));
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task in 'rebuilding' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]

        kit::info("rebuilding");
        co_return n;
    }
};
}  // namespace boxed

// A by-value task parameter that one path does not use
namespace parameter {
class Limiter {
public:
    Task<bool> admit();
    Task<bool> guarded(int id, Task<> work) {
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: the task 'work' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

        kit::info(std::to_string(id));
        if (!co_await admit()) co_return false;
        co_await std::move(work);
        co_return true;
    }
};
}  // namespace parameter

// Of the pair of tasks only the first one is awaited
namespace binding {
class Doubled {
public:
    std::pair<Task<int>, Task<int>> split(int id);
    Task<int> load(int id) {
        kit::info("splitting");

        auto [primary, mirror] = split(id);
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: the task 'mirror' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]

        int value = co_await std::move(primary);
        co_return value;
    }
};
}  // namespace binding

// No coroutine at all, and the task dies at the brace
namespace ordinary {
class Gauge {
public:
    Task<> upload(int value);
    int read();
    int sample() {
        int value = read();
        auto report = upload(value);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task 'report' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]

        kit::info("sampled");
        return value;
    }
};
}  // namespace ordinary

// The slow check is only awaited when the fast one says no
namespace short_circuit {
class Acl {
public:
    Task<bool> remote_allows(int user);
    bool local_allows(int user) const;
    Task<bool> allows(int user) {
        auto remote = remote_allows(user);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task 'remote' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

        bool ok = local_allows(user) || co_await std::move(remote);
        co_return ok;
    }
};
}  // namespace short_circuit

// The fallback was made before the try and only the handler's flag path awaits it
namespace fallback {
class Reader {
public:
    Task<std::string> primary();
    Task<std::string> backup();
    Task<std::string> read() {
        Task<std::string> other = backup();
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: the task 'other' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

        bool failed = false;
        std::string text;
        try {
            text = co_await primary();
        } catch (const std::system_error& e) {
            kit::warn(e.what());
            failed = true;
        }
        if (failed) text = co_await std::move(other);
        co_return text;
    }
};
}  // namespace fallback

// The eager task runs, and its frame is destroyed with the local at the exit
namespace eager_forgotten {
class Warmup {
public:
    kit::Hot<> load_tables();
    Task<int> serve();
    Task<int> run() {
        auto loading = load_tables();
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task 'loading' is never awaited or handed on; it is eager, so nobody sees its end [coro-unawaited-task]

        int served = co_await serve();
        co_return served;
    }
};
}  // namespace eager_forgotten

// The timer is named and never awaited
namespace timer_local {
class Poller {
public:
    Task<int> sample();
    Task<int> twice() {
        int a = co_await sample();
        auto pause = resume_after(5s);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the awaitable 'pause' is never awaited or handed on [coro-unawaited-task]

        int b = co_await sample();
        co_return a + b;
    }
};
}  // namespace timer_local

// The task dies at the end of the inner block
namespace inner_scope {
class Backup {
public:
    Task<> snapshot(int volume);
    Task<> prune();
    Task<> run(int volumes) {
        for (int v = 0; v < volumes; ++v) {
            kit::info("snapshot");

            Task<> op = snapshot(v);
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: the task 'op' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
        }

        co_await prune();
    }
};
}  // namespace inner_scope

// Moving the task to another local does not use it
namespace renamed_lost {
class Backup {
public:
    Task<int> snapshot(int volume);
    Task<> prune();
    Task<> run(int volume) {
        Task<int> op = snapshot(volume);
        kit::info("made");

        Task<int> chosen = std::move(op);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the task 'chosen' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]

        co_await prune();
    }
};
}  // namespace renamed_lost

// The named generator is made and not walked
namespace generator_local {
Generator<int> rows(int table);
Task<> drop_table(int table);
Task<> clear(int table) {
    auto all = rows(table);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the generator 'all' is never iterated; it is lazy, so it does not run [coro-unawaited-task]

    kit::info("clearing");
    co_await drop_table(table);
}
}  // namespace generator_local

// In the callback the task is named and dies at once
namespace callback_local {
class Watcher {
    std::function<void(int)> on_change_;

public:
    Task<> reload(int file);
    void arm() {
        on_change_ = [this](int file) {
            kit::info("changed");

            auto op = reload(file);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task 'op' is never awaited or handed on; it is lazy, so it does not run [coro-unawaited-task]
        };
    }
    void arm_right() {
        on_change_ = [this](int file) {
            auto op = reload(file);
            spawn(std::move(op));
        };
    }
};
}  // namespace callback_local

// Assigning an empty task destroys the pending one
namespace reset_task {
class Job {
public:
    Task<> step(int n);
    Task<bool> cancelled();
    Task<> run(int n) {
        Task<> op = step(n);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task 'op' is on some path neither awaited nor handed on; it is lazy, so it does not run [coro-unawaited-task]

        bool stop = co_await cancelled();
        if (stop) op = Task<>{};
        if (!stop) co_await std::move(op);
    }
};
}  // namespace reset_task
