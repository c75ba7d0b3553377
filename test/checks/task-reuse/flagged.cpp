// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-reuse
//
// Tasks that are used twice.

// Tasks consumed again: a second await, a move after a move, rounds of a loop; and repeated uses that are meant.
#include "kit.h"

#include <map>
#include <string>
#include <tuple>

using namespace mock;

using namespace std::chrono_literals;

// The second await of the same task finds its result moved out
namespace again {
class Quotes {
public:
    Task<std::string> quote(std::string symbol);
    Task<std::string> twice(std::string symbol) {
        auto op = quote(std::move(symbol));
        std::string before = co_await op;
        kit::info(before);

        std::string after = co_await op;
// CHECK-MESSAGES: :[[@LINE-1]]:38: warning: the task 'op' is awaited after it was awaited [coro-task-reuse]

        co_return before + after;
    }
};
}  // namespace again

// The failed task is awaited again, but a coroutine cannot be run a second time
namespace retry {
class Client {
public:
    Task<int> request(std::string url);
    Task<int> with_retry(std::string url) {
        Task<int> op = request(std::move(url));
        for (int n = 0; n < 3; ++n) {
            try {
                kit::info("attempt");

                int status = co_await op;
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: the task 'op' is awaited again in the next round of the loop [coro-task-reuse]

                co_return status;
            } catch (const std::system_error& e) {
                kit::warn(e.what());
            }
        }
        co_return -1;
    }
};
}  // namespace retry

// The task was moved into spawn, what is awaited is empty
namespace spawned {
class Mailer {
public:
    Task<> deliver(int mail);
    Task<> send(int mail) {
        auto op = deliver(mail);
        spawn(std::move(op));
        kit::info("spawned");

        co_await std::move(op);
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the task 'op' is awaited after it was moved [coro-task-reuse]
    }
};
}  // namespace spawned

// The urgent path awaits it before the common await
namespace branch_then_common {
class Writer {
public:
    Task<> flush(int level);
    Task<> write(int level, bool urgent) {
        auto op = flush(level);
        if (urgent) {
            co_await std::move(op);
            kit::info("urgent");
        }

        co_await std::move(op);
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the task 'op' is awaited after it was awaited [coro-task-reuse]
    }
};
}  // namespace branch_then_common

// The first case falls through to the second, both move the task
namespace fall_through {
enum class Level { disk, memory, none };
class Store {
    kit::Nursery nursery_;

public:
    Task<> sync(int id);
    Task<> run(Level level, int id) {
        Task<> op = sync(id);
        co_await yield_now();
        switch (level) {
        case Level::disk:
            co_await std::move(op);
            kit::info("on disk");
            [[fallthrough]];
        case Level::memory:

            nursery_.start(std::move(op));
// CHECK-MESSAGES: :[[@LINE-1]]:38: warning: the task 'op' is moved after it was awaited [coro-task-reuse]

            break;
        case Level::none:
            nursery_.start(std::move(op));
            break;
        }
    }
};
}  // namespace fall_through

// The same task is pushed once for each worker
namespace pushed_in_loop {
class Pool {
public:
    Task<> job(int id);
    std::vector<Task<>> fill(int workers) {
        std::vector<Task<>> jobs;
        Task<> work = job(1);
        for (int w = 0; w < workers; ++w) {
            kit::info("worker");

            jobs.push_back(std::move(work));
// CHECK-MESSAGES: :[[@LINE-1]]:38: warning: the task 'work' is moved again in the next round of the loop [coro-task-reuse]
        }
        return jobs;
    }
};
}  // namespace pushed_in_loop

// The registry has the task, the caller gets an empty one
namespace returned_after_move {
class Registry {
    std::map<int, Task<>> tasks_;

public:
    Task<> make(int id);
    Task<> add(int id) {
        auto op = make(id);
        tasks_.emplace(id, std::move(op));
        kit::info("added");

        return op;
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task 'op' is moved after it was moved [coro-task-reuse]
    }
};
}  // namespace returned_after_move

// The loop asks the same task in each round
namespace loop_condition {
class Leader {
public:
    Task<bool> elected();
    Task<int> wait() {
        int rounds = 0;
        auto check = elected();
        kit::info("waiting");

        while (!co_await check) {
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: the task 'check' is awaited again in the next round of the loop [coro-task-reuse]

            ++rounds;
            co_await resume_after(100ms);
        }
        co_return rounds;
    }
};
}  // namespace loop_condition

// Its operator co_await takes rvalues only, the second one is empty
namespace rvalue_only {
class Session {
public:
    kit::Once<int> recv(int size);
    kit::Once<int> frame() {
        auto op = recv(4);
        int header = co_await std::move(op);
        kit::info("header");

        int body = co_await std::move(op);
// CHECK-MESSAGES: :[[@LINE-1]]:39: warning: the task 'op' is awaited after it was awaited [coro-task-reuse]

        co_return header + body;
    }
};
}  // namespace rvalue_only

// The eager task ran once, its result is taken once
namespace eager_again {
class Thumbs {
public:
    kit::Hot<std::string> render(int id);
    Task<std::string> pair(int id) {
        auto op = render(id);
        std::string small = co_await op;
        kit::info(small);

        std::string large = co_await op;
// CHECK-MESSAGES: :[[@LINE-1]]:38: warning: the task 'op' is awaited after it was awaited [coro-task-reuse]

        co_return small + large;
    }
};
}  // namespace eager_again

// The closure has the task, the outer one is empty
namespace captured_move {
class Deferrer {
public:
    Task<int> compute(int n);
    void later(std::function<void()> f);
    Task<int> run(int n) {
        auto op = std::make_unique<Task<int>>(compute(n));
        auto owner = [inner = std::move(op)] { return inner->valid(); };
        kit::info(owner() ? "deferred" : "empty");

        int value = co_await *op;
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: the task 'op' is awaited after it was moved [coro-task-reuse]

        co_return value;
    }
    Task<int> run_directly(int n) {
        Task<int> op = compute(n);
        auto owner = [inner = std::move(op)] { return inner.valid(); };
        kit::info(owner() ? "deferred" : "empty");

        int value = co_await op;
// CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the task 'op' is awaited after it was moved [coro-task-reuse]

        co_return value;
    }
};
}  // namespace captured_move

// The optional keeps the used task, each further round awaits it again
namespace optional_loop {
class Feeder {
public:
    Task<int> feed(int n);
    bool more() const;
    Task<int> run(int n) {
        std::optional<Task<int>> op = feed(n);
        int sum = 0;
        while (more()) {
            kit::info("round");

            sum += co_await *op;
// CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the task 'op' is awaited again in the next round of the loop [coro-task-reuse]
        }
        co_return sum;
    }
};
}  // namespace optional_loop

// The jump back awaits the used task
namespace jump_back {
class Door {
public:
    Task<bool> open(int id);
    Task<int> enter(int id) {
        auto op = open(id);
        int tries = 0;

    again:
        bool ok = co_await op;
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the task 'op' is awaited again in the next round of the loop [coro-task-reuse]

        if (!ok && ++tries < 3) goto again;
        co_return tries;
    }
};
}  // namespace jump_back

// The by-value task is awaited to warm up and then for the value
namespace parameter {
Task<int> measured(Task<int> work) {
    int warm = co_await work;
    kit::info("warm");

    int value = co_await work;
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: the task 'work' is awaited after it was awaited [coro-task-reuse]

    co_return value - warm;
}
}  // namespace parameter

// The reference names the task that was awaited
namespace alias {
class Disk {
public:
    Task<int> read(int block);
    Task<int> run(int block) {
        Task<int> op = read(block);
        Task<int>& same = op;
        int a = co_await op;
        kit::info("read");

        int b = co_await same;
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: the task 'op' is awaited after it was awaited [coro-task-reuse]

        co_return a + b;
    }
};
}  // namespace alias

// After the failed await the same task is tried once more
namespace failed_again {
class Uplink {
public:
    Task<int> connect(int host);
    Task<int> run(int host) {
        Task<int> op = connect(host);
        bool failed = false;
        int fd = -1;
        try {
            fd = co_await std::move(op);
        } catch (const std::system_error& e) {
            kit::warn(e.what());
            failed = true;
        }
        kit::info("first try done");
        if (failed)

            fd = co_await std::move(op);
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: the task 'op' is awaited after it was awaited [coro-task-reuse]

        co_return fd;
    }
};
}  // namespace failed_again

// The test runs the same task a second time
namespace sync_again {
Task<int> count_users();
int check() {
    auto op = count_users();
    int before = sync_wait(std::move(op));
    kit::info("again");

    int after = sync_wait(std::move(op));
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: the task 'op' is moved after it was moved [coro-task-reuse]

    return after - before;
}
}  // namespace sync_again

// Both nurseries are given the task, only the first one has it
namespace moved_twice {
class Dual {
    kit::Nursery first_;
    kit::Nursery second_;

public:
    Task<> job(int id);
    void run(int id) {
        auto op = job(id);
        first_.start(std::move(op));
        kit::info("first");

        second_.start(std::move(op));
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: the task 'op' is moved after it was moved [coro-task-reuse]
    }
};
}  // namespace moved_twice
