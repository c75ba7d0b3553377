// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-task-reuse
//
// Tasks that are used twice - what is fine, and why.

// Tasks consumed again: a second await, a move after a move, rounds of a loop; and repeated uses that are meant.
#include "kit.h"

#include <map>
#include <string>
#include <tuple>

using namespace mock;

using namespace std::chrono_literals;

// Fine because each await has a task of its own
namespace again_ok {
class Quotes {
public:
    Task<int> quote(int symbol);
    Task<int> spread(int symbol) {
        auto bid = quote(symbol);
        auto ask = quote(-symbol);
        int a = co_await bid;
        int b = co_await ask;
        co_return b - a;
    }
    Task<int> drift(int symbol) {
        auto ask_for = [this](int s) { return quote(s); };
        int before = co_await ask_for(symbol);
        co_await resume_after(1s);
        int after = co_await ask_for(symbol);
        co_return after - before;
    }
};
}  // namespace again_ok

// Fine because each attempt makes its own task
namespace retry_ok {
class Client {
public:
    Task<int> request(std::string url);
    Task<int> with_retry(std::string url) {
        for (int n = 0; n < 3; ++n) {
            Task<int> op = request(url);
            try {
                int status = co_await std::move(op);
                co_return status;
            } catch (const std::system_error& e) {
                kit::warn(e.what());
            }
        }
        co_return -1;
    }
};
}  // namespace retry_ok

// Fine because only one of the branches takes the task
namespace spawned_ok {
class Mailer {
public:
    Task<> deliver(int mail);
    Task<> send(int mail, bool wait) {
        auto op = deliver(mail);
        if (!wait) {
            spawn(std::move(op));
            co_return;
        }
        co_await std::move(op);
    }
};
}  // namespace spawned_ok

// Fine because each case ends before the next one
namespace each_breaks {
enum class Level { disk, memory, none };
class Store {
    kit::Nursery nursery_;

public:
    Task<> sync(int id);
    Task<> run(Level level, int id) {
        Task<> op = sync(id);
        switch (level) {
        case Level::disk:
            co_await std::move(op);
            break;
        case Level::memory:
            nursery_.start(std::move(op));
            break;
        default:
            co_await op;
            co_return;
        }
        kit::info("done");
    }
};
}  // namespace each_breaks

// Fine because the loop makes a task in each round
namespace pushed_ok {
class Pool {
public:
    Task<> job(int id);
    std::vector<Task<>> fill(int workers) {
        std::vector<Task<>> jobs;
        for (int w = 0; w < workers; ++w) {
            Task<> work = job(w);
            jobs.push_back(std::move(work));
        }
        Task<> last;
        for (int w = 0; w < workers; ++w) {
            last = job(-w);
            jobs.push_back(std::move(last));
        }
        return jobs;
    }
};
}  // namespace pushed_ok

// Fine because the loop is left right after the await
namespace leaves {
class Leader {
public:
    Task<int> term(int node);
    bool ready() const;
    Task<int> wait(int node) {
        auto op = term(node);
        for (;;) {
            if (ready()) {
                int t = co_await std::move(op);
                co_return t;
            }
            co_await resume_after(10ms);
        }
    }
    Task<int> wait_break(int node) {
        auto op = term(node);
        int t = 0;
        while (true) {
            co_await resume_after(10ms);
            if (!ready()) continue;
            t = co_await std::move(op);
            break;
        }
        co_return t;
    }
};
}  // namespace leaves

// Fine because a shared task may be awaited by any number of coroutines, any number of times
namespace shared {
class Config {
public:
    kit::Shared<int> load(int id);
    Task<int> sum(int id) {
        kit::Shared<int> op = load(id);
        int total = 0;
        for (int n = 0; n < 3; ++n) total += co_await op;
        kit::Shared<int> copy = op;
        total += co_await copy;
        total += co_await op;
        co_return total;
    }
};
}  // namespace shared

// Fine because each next() is a new awaiter of the one stream
namespace stream {
kit::Stream<int> numbers(int first);
Task<int> sum_of_two(int first) {
    auto in = numbers(first);
    auto a = co_await in.next();
    auto b = co_await in.next();
    co_return a.value_or(0) + b.value_or(0);
}
}  // namespace stream

// Fine because the variable gets a new task in between
namespace rvalue_only_ok {
class Session {
public:
    kit::Once<int> recv(int size);
    kit::Once<int> frame() {
        auto op = recv(4);
        int size = co_await std::move(op);
        op = recv(size);
        int body = co_await std::move(op);
        if (body > 0) {
            op = recv(body);
            body += co_await std::move(op);
        }
        co_return body;
    }
};
}  // namespace rvalue_only_ok

// Fine because asking a used task whether it is done or valid consumes nothing
namespace queries {
class Runner {
public:
    Task<int> job(int id);
    Task<bool> run(int id) {
        auto op = job(id);
        int value = co_await op;
        kit::info(std::to_string(value));
        bool finished = op.done();
        if (op.valid()) op = Task<int>{};
        co_return finished && !op.valid();
    }
};
}  // namespace queries

// Fine because the await behind the branch asks whether the task is still there
namespace guarded {
class Runner {
    kit::Nursery nursery_;

public:
    Task<> job(int id);
    Task<> run(int id, bool background) {
        auto op = job(id);
        if (background) nursery_.start(std::move(op));
        kit::info("maybe started");
        if (op.valid()) co_await std::move(op);
    }
};
}  // namespace guarded

// Fine because the optional is emptied and filled between two awaits
namespace optional_reset {
class Feeder {
public:
    Task<int> feed(int n);
    bool more() const;
    Task<int> run(int n) {
        std::optional<Task<int>> op = feed(n);
        int sum = 0;
        while (more() && op) {
            sum += co_await std::move(*op);
            op.reset();
            if (sum < 100) op = feed(sum);
        }
        co_return sum;
    }
};
}  // namespace optional_reset

// Fine because the handler's path awaits another task
namespace fallback {
class Uplink {
public:
    Task<int> connect(int host);
    Task<int> run(int host) {
        Task<int> op = connect(host);
        int fd = -1;
        try {
            fd = co_await std::move(op);
        } catch (const std::system_error& e) {
            kit::warn(e.what());
        }
        if (fd < 0) {
            op = connect(-host);
            fd = co_await std::move(op);
        }
        co_return fd;
    }
};
}  // namespace fallback

// Fine because each element is awaited once, and the container is filled anew
namespace one_pass {
class Shards {
public:
    Task<int> size(int shard);
    Task<int> total(int shards) {
        int sum = 0;
        std::vector<Task<int>> sizes;
        for (int round = 0; round < 2; ++round) {
            sizes.clear();
            for (int s = 0; s < shards; ++s) sizes.push_back(size(s + round));
            for (auto& s : sizes) sum += co_await std::move(s);
        }
        co_return sum;
    }
};
}  // namespace one_pass

// Fine because the variable holds a fresh task whenever it is awaited
namespace exchanged {
class Pages {
public:
    Task<int> page(int n);
    Task<int> run(int n) {
        Task<int> ahead = page(n);
        int a = co_await std::exchange(ahead, page(n + 1));
        Task<int> other = page(n + 2);
        std::swap(ahead, other);
        int b = co_await std::move(ahead);
        int c = co_await std::move(other);
        co_return a + b + c;
    }
};
}  // namespace exchanged

// Fine because the method looks at its own member, which others set again
namespace member {
class Connection {
    Task<> writing_;

public:
    Task<> write(std::string line);
    Task<> send(std::string line) {
        co_await std::move(writing_);
        writing_ = write(std::move(line));
    }
    Task<> drain() {
        if (writing_.valid()) co_await std::exchange(writing_, Task<>{});
    }
};
}  // namespace member

// Fine because the two awaits stand under opposite conditions
namespace exclusive {
class Jobs {
public:
    Task<int> job(int id);
    Task<int> run(int id, const bool early) {
        auto op = job(id);
        int value = 0;
        if (early) value = co_await std::move(op);
        kit::info("between");
        if (!early) value = co_await std::move(op);
        co_return value;
    }
};
}  // namespace exclusive
