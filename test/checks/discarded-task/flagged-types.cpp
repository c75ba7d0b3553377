// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task
//
// The types whose values are lost.

#include "kit.h"

#include <future>
#include <map>
#include <numeric>
#include <string>

using namespace mock;

using namespace std::chrono_literals;

// The delay between two attempts never happens
namespace backoff {
class Client {
public:
    Task<bool> attempt();
    Task<bool> connect() {
        for (int n = 0; n < 5; ++n) {
            if (co_await attempt()) co_return true;

            resume_after(200ms);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the awaitable of 'resume_after' is discarded; nothing waits for it [coro-discarded-task]
        }
        co_return false;
    }
};
}  // namespace backoff

// Push waits for room, so without co_await nothing is pushed
namespace queue_push {
class Collector {
    kit::Queue<int> queue_;

public:
    void on_sample(int sample) {
        kit::info("sample");

        queue_.push(sample);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the awaitable of 'Queue::push' is discarded; nothing waits for it [coro-discarded-task]
    }
};
}  // namespace queue_push

// The coroutine does not move to the pool
namespace reschedule {
class Resizer {
    ThreadPool pool_{2};

public:
    Task<int> read(int id);
    int shrink(int pixels);
    Task<int> thumbnail(int id) {
        int pixels = co_await read(id);

        pool_.schedule();
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the awaitable of 'ThreadPool::schedule' is discarded; nothing waits for it [coro-discarded-task]

        co_return shrink(pixels);
    }
};
}  // namespace reschedule

// Run() is lazy: without co_await the function is not even queued
namespace offload {
class Archive {
    ThreadPool pool_{2};

public:
    int compress(int block);
    void enqueue(int block) {
        kit::info("queued");

        pool_.run([this, block] { return compress(block); });
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the awaitable of 'ThreadPool::run' is discarded; nothing waits for it [coro-discarded-task]
    }
    void enqueue_for_real(int block) {
        pool_.enqueue([this, block] { compress(block); });
    }
};
}  // namespace offload

// The limit is not applied, but it is given back
namespace permit {
class Gate {
    kit::Permits permits_{8};

public:
    Task<> call(int id);
    Task<> limited(int id) {
        kit::info("limited");

        permits_.acquire();
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the awaitable of 'Permits::acquire' is discarded; nothing waits for it [coro-discarded-task]

        co_await call(id);
        permits_.release();
    }
};
}  // namespace permit

// The type is awaitable through a free operator co_await found by ADL
namespace free_operator {
struct DnsQuery {
    std::string host;
};
struct DnsAwaiter {
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    std::string await_resume();
};
DnsAwaiter operator co_await(DnsQuery query);
DnsQuery resolve(std::string host);

Task<std::string> address(std::string host) {
    std::string a = co_await resolve(host);
    kit::info(a);

    resolve("cache." + host);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the awaitable of 'resolve' is discarded; nothing waits for it [coro-discarded-task]

    co_return a;
}
}  // namespace free_operator

// The promise alone knows how to wait for this request
namespace transform {
struct ReadRequest {
    int fd;
    std::size_t size;
};
ReadRequest read_some(int fd, std::size_t size);

class Fiber {
public:
    struct promise_type {
        Fiber get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void return_void();
        void unhandled_exception();
        struct ReadAwaiter {
            bool await_ready() const noexcept;
            void await_suspend(std::coroutine_handle<> h);
            std::size_t await_resume();
        };
        ReadAwaiter await_transform(ReadRequest request);
    };
    ~Fiber();
};

Fiber echo(int fd) {
    std::size_t got = co_await read_some(fd, 512);
    kit::info(std::to_string(got));

    read_some(fd, 16);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the awaitable of 'read_some' is discarded; nothing waits for it [coro-discarded-task]
}
}  // namespace transform

// The return type has no promise_type of its own, std::coroutine_traits gives it one
namespace traits {
template <typename T>
struct Deferred {
    std::coroutine_handle<> self;
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    T await_resume();
};
}  // namespace traits
template <typename T, typename... Args>
struct std::coroutine_traits<traits::Deferred<T>, Args...> {
    struct promise_type {
        traits::Deferred<T> get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void return_value(T value);
        void unhandled_exception();
    };
};
namespace traits {
Task<int> raw(int id);
Deferred<int> cooked(int id) { co_return 2 * co_await raw(id); }

int kick(int id) {
    kit::info("cooking");

    cooked(id);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'cooked' is discarded; it is lazy, so it never runs [coro-discarded-task]

    return id;
}
}  // namespace traits

// Initial_suspend is an awaiter of the project's own that always suspends
namespace initial_awaiter {
class Fetch {
public:
    struct promise_type {
        struct QueueOnLoop {
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<>) const noexcept {}
            void await_resume() const noexcept {}
        };
        Fetch get_return_object();
        QueueOnLoop initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept;
        void return_value(int value);
        void unhandled_exception();
    };
    Fetch(Fetch&&) noexcept;
    ~Fetch();
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    int await_resume();
};
Fetch fetch(int id);
Task<int> both(int id) {
    int a = co_await fetch(id);

    fetch(id + 1);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'fetch' is discarded; it is lazy, so it never runs [coro-discarded-task]

    co_return a;
}
}  // namespace initial_awaiter

// It starts in the call, and the dropped owner destroys it at its first suspension
namespace eager_owned {
kit::Hot<> send_mail(std::string to);
void welcome(std::string to) {
    kit::info(to);

    send_mail(std::move(to));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'send_mail' is discarded; it is eager, so nobody sees its end or its exception [coro-discarded-task]
}
}  // namespace eager_owned

// Eager and self-keeping, but the type asks not to be thrown away
namespace nodiscard_eager {
class [[nodiscard]] Started {
public:
    struct promise_type {
        Started get_return_object();
        std::suspend_never initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void return_void();
        void unhandled_exception();
    };
    ~Started();
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    void await_resume();
};
Started index_document(int id);
void on_saved(int id) {
    kit::info("saved");

    index_document(id);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'index_document' is discarded; it is eager, so nobody sees its end or its exception [coro-discarded-task]
}
}  // namespace nodiscard_eager

// The walk is never iterated, so the files are never visited
namespace walk {
std::vector<std::string> names(std::string directory);
Generator<std::string> visit(std::string directory) {
    for (auto& name : names(directory)) {
        kit::info(name);
        co_yield name;
    }
}
void touch_all(std::string directory) {
    kit::info("touching");

    visit(std::move(directory));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the generator of 'visit' is discarded; it is never iterated [coro-discarded-task]
}
}  // namespace walk

// Skipping a header line needs an await
namespace stream_next {
kit::Stream<std::string> lines(std::string file);
Task<int> count_rows(std::string file) {
    auto rows = lines(std::move(file));

    rows.next();
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the awaitable of 'Stream::next' is discarded; nothing waits for it [coro-discarded-task]

    int n = 0;
    while (co_await rows.next()) ++n;
    co_return n;
}
}  // namespace stream_next

// The asynchronous generator itself is thrown away
namespace stream_whole {
kit::Stream<int> ticks(std::chrono::milliseconds period);
void start_clock() {
    kit::info("clock");

    ticks(10ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'ticks' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace stream_whole

// The increment of an asynchronous iterator is an awaitable of its own
namespace async_iterator {
struct Step {
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    void await_resume();
};
struct Cursor {
    Step operator++();
    int operator*() const;
    bool at_end() const;
};
class Table {
public:
    Cursor scan();
};
Task<int> sum(std::shared_ptr<Table> table) {
    Cursor cursor = table->scan();
    int total = 0;
    while (!cursor.at_end()) {
        total += *cursor;

        ++cursor;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the awaitable of 'Cursor::operator++' is discarded; nothing waits for it [coro-discarded-task]
    }
    co_await yield_now();
    co_return total;
}
Task<int> right_sum(std::shared_ptr<Table> table) {
    int total = 0;
    for (Cursor cursor = table->scan(); !cursor.at_end(); co_await ++cursor) total += *cursor;
    co_return total;
}
}  // namespace async_iterator

// The returned copy is the only one, nobody starts it
namespace shared_dropped {
kit::Shared<int> load_config(std::string name);
void warm(std::string name) {
    kit::info("warm");

    load_config(std::move(name));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'load_config' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace shared_dropped

// The chain ends in a request that nobody awaits
namespace fluent_value {
class Request {
public:
    Request(std::string url);
    Request header(std::string name, std::string value) &&;
    Request body(std::string text) &&;
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    int await_resume();
};
class Hook {
public:
    Task<std::string> url();
    Task<> fire(std::string event) {
        std::string target = co_await url();

        Request(target).header("event", event).body("{}");
// CHECK-MESSAGES: :[[@LINE-1]]:48: warning: the awaitable of 'Request::body' is discarded; nothing waits for it [coro-discarded-task]
    }
    Task<int> fire_right(std::string event) {
        std::string target = co_await url();
        co_return co_await Request(target).header("event", event);
    }
};
}  // namespace fluent_value

// Then() starts nothing, it gives a new lazy task
namespace chained {
class Price {
public:
    struct promise_type : kit::Returns<int> {
        Price get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void unhandled_exception();
    };
    Price(Price&&) noexcept;
    ~Price();
    Price then(std::function<int(int)> f) &&;
    void start(std::function<void(int)> callback) &&;
    struct Awaiter {
        bool await_ready() const noexcept;
        void await_suspend(std::coroutine_handle<> h);
        int await_resume();
    };
    Awaiter operator co_await() &&;
};
Price price(std::string symbol);

void round_up(std::string symbol) {
    kit::info(symbol);

    price(std::move(symbol)).then([](int cents) { return (cents + 99) / 100; });
// CHECK-MESSAGES: :[[@LINE-1]]:30: warning: the task of 'Price::then' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
void show(std::string symbol) {
    price(std::move(symbol)).start([](int cents) { kit::info(std::to_string(cents)); });
}
}  // namespace chained

// The project's result type derives from the task
namespace inherited {
class [[nodiscard]] RpcCall : public Task<int> {
public:
    using Task<int>::Task;
    RpcCall(Task<int> base);
    int id() const;
};
RpcCall call(int method);
int ask(int method) {
    kit::info("calling");

    call(method);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'call' is discarded; it is lazy, so it never runs [coro-discarded-task]

    return call(method + 1).id();
}
}  // namespace inherited

// Behind two aliases and a template parameter it is still the lazy task
namespace aliases {
template <typename T>
using Co = Task<T>;
using Done = Co<void>;
template <template <typename> class Co>
struct Repository {
    Co<int> save(int id);
};
Done announce(int id);
void store(Repository<Co>& repository, int id) {
    repository.save(id);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'Repository::save' is discarded; it is lazy, so it never runs [coro-discarded-task]

    kit::info("saved");

    announce(id);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'announce' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace aliases

// A const task by value is a task; an rvalue reference is a loan
namespace const_results {
const Task<> archive(int id);
Task<>&& borrow(int id);
void nightly(int id) {
    kit::info("archive");

    archive(id);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'archive' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
void lend(int id) {
    borrow(id);
}
}  // namespace const_results

// A temporary awaiter written as a statement waits for nothing
namespace constructed {
struct UntilIdle {
    int queue;
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    void await_resume();
};
Task<> stop(int queue) {
    co_await UntilIdle{queue};
    kit::info("idle");

    UntilIdle{queue + 1};
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the awaitable is discarded; nothing waits for it [coro-discarded-task]
}
}  // namespace constructed

// The standard awaiter without co_await does not suspend
namespace suspend_statement {
Task<> yield_twice() {
    co_await std::suspend_always{};
    kit::info("once");

    std::suspend_always{};
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the awaitable is discarded; nothing waits for it [coro-discarded-task]
}
}  // namespace suspend_statement
