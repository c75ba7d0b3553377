// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task
//
// The types whose values are lost - what is fine, and why.

#include "kit.h"

#include <future>
#include <map>
#include <numeric>
#include <string>

using namespace mock;

using namespace std::chrono_literals;

// Fine because both delays are awaited, the second one by its name
namespace backoff_ok {
class Client {
public:
    Task<bool> attempt();
    Task<bool> connect() {
        for (int n = 0; n < 5; ++n) {
            if (co_await attempt()) co_return true;
            co_await resume_after(200ms);
        }
        auto last = resume_after(1s);
        co_await last;
        co_return co_await attempt();
    }
};
}  // namespace backoff_ok

// Fine because try_push and close are not awaitable, and push is awaited
namespace queue_push_ok {
class Collector {
    kit::Queue<int> queue_;

public:
    void on_sample(int sample) { queue_.try_push(sample); }
    void stop() { queue_.close(); }
    Task<> feed(int sample) {
        co_await queue_.push(sample);
        queue_.try_push(sample + 1);
    }
    Task<> skip_one() { co_await queue_.pop(); }
};
}  // namespace queue_push_ok

// Fine because a duration that is thrown away is a number, not a forgotten wait
namespace duration_operator {
struct SleepAwaiter {
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    void await_resume();
};
SleepAwaiter operator co_await(std::chrono::milliseconds delay);

class Clock {
    std::chrono::milliseconds drift_{};

public:
    std::chrono::milliseconds adjust(int by) { return drift_ += std::chrono::milliseconds(by); }
    Task<> settle() {
        adjust(3);
        co_await 20ms;
        drift_ -= 1ms;
    }
};
}  // namespace duration_operator

// Fine because a transform that lets everything through makes no int awaitable
namespace pass_through {
class Traced {
public:
    struct promise_type {
        Traced get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void return_void();
        void unhandled_exception();
        template <typename A>
        A&& await_transform(A&& a) {
            kit::info("awaiting");
            return static_cast<A&&>(a);
        }
    };
    ~Traced();
};
int next_ticket();
std::string describe(int ticket);

Traced numbered(int desk) {
    next_ticket();
    describe(desk);
    co_await std::suspend_always{};
}
}  // namespace pass_through

// Fine because this project lets void functions be fire-and-forget coroutines
namespace void_traits {
struct Ui {};
}  // namespace void_traits
template <typename... Args>
struct std::coroutine_traits<void, void_traits::Ui, Args...> {
    struct promise_type {
        void get_return_object() noexcept {}
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };
};
namespace void_traits {
Task<std::string> load_text(int id);
void show(std::string text);

void on_click(Ui, int id) {
    std::string text = co_await load_text(id);
    show(std::move(text));
}
void click_all(int n) {
    for (int id = 0; id < n; ++id) on_click(Ui{}, id);
}
}  // namespace void_traits

// Fine because the initial awaiter queues the coroutine, which owns itself
namespace posted {
struct Loop {
    static void post(std::coroutine_handle<> h);
};
struct Posted {
    struct promise_type {
        struct PostSelf {
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<> h) const { Loop::post(h); }
            void await_resume() const noexcept {}
        };
        Posted get_return_object() noexcept { return {}; }
        PostSelf initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };
};
Task<> upload(int id);
Posted upload_later(int id) { co_await upload(id); }
void all(int n) {
    for (int i = 0; i < n; ++i) upload_later(i);
}
}  // namespace posted

// Fine because the running tasks are kept and joined
namespace eager_owned_ok {
kit::Hot<int> count(int shard);
Task<int> total(int shards) {
    std::vector<kit::Hot<int>> running;
    for (int s = 0; s < shards; ++s) running.push_back(count(s));
    int sum = 0;
    for (auto& r : running) sum += co_await r;
    co_return sum;
}
}  // namespace eager_owned_ok

// Fine because pull() and next() give plain values
namespace pulled {
class Numbers {
public:
    struct promise_type {
        int value = 0;
        Numbers get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        std::suspend_always yield_value(int v);
        void return_void();
        void unhandled_exception();
    };
    ~Numbers();
    bool pull();
    std::optional<int> next();
    int value() const;
};
Numbers count_from(int first);
int third(int first) {
    Numbers numbers = count_from(first);
    numbers.pull();
    numbers.next();
    numbers.pull();
    return numbers.value();
}
}  // namespace pulled

// Fine because ensure() gives a reference to the task that the map keeps
namespace shared_kept {
class Configs {
    std::map<std::string, kit::Shared<int>> loads_;

public:
    kit::Shared<int> load(std::string name);
    kit::Shared<int>& ensure(const std::string& name) {
        auto it = loads_.find(name);
        if (it == loads_.end()) it = loads_.emplace(name, load(name)).first;
        return it->second;
    }
    const kit::Shared<int>& current() const { return loads_.begin()->second; }
    kit::Shared<int>* find(const std::string& name);
    void prefetch(const std::string& name) {
        ensure(name);
        find(name);
        current();
    }
};
}  // namespace shared_kept

// Fine because the builder's calls give back the named builder, which is awaited at the end
namespace fluent_reference {
class Call {
public:
    Call& header(std::string name, std::string value);
    Call& timeout(std::chrono::milliseconds limit);
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    int await_resume();
};
Task<int> post() {
    Call call;
    call.header("accept", "text/plain");
    call.timeout(300ms).header("x-trace", "1");
    int status = co_await call;
    co_return status;
}
}  // namespace fluent_reference

// Fine because start(), detach() and run() consume the task
namespace consumed {
class Op {
public:
    struct promise_type {
        Op get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void return_value(int v);
        void unhandled_exception();
    };
    Op(Op&&) noexcept;
    ~Op();
    void detach() &&;
    int run() &&;
    bool start_on(ThreadPool& pool) &&;
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    int await_resume();
};
Op reindex(int shard);
void kick(ThreadPool& pool) {
    reindex(0).detach();
    reindex(1).run();
    reindex(2).start_on(pool);
}
}  // namespace consumed
