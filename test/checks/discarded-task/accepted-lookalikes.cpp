// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task
//
// Types that look like a task or an awaitable - what is fine, and why.

#include "kit.h"

#include <future>
#include <map>
#include <numeric>
#include <string>

using namespace mock;

using namespace std::chrono_literals;

// Fine because these descriptions of work are not awaitable; when() returns a token
namespace senders {
template <typename F>
struct Then {
    F f;
    template <typename R>
    auto connect(R receiver) &&;
};
template <typename F>
Then<F> then(F f) {
    return {std::move(f)};
}
struct Token {
    int id = 0;
};
class Reactor {
public:
    Token when(int fd, std::function<void(int)> f);
    Token after(std::chrono::milliseconds delay, std::function<void()> f);
};
void watch(Reactor& reactor, int fd) {
    then([] { kit::info("never connected"); });
    reactor.when(fd, [](int) { kit::info("readable"); });
    reactor.after(10ms, [] { kit::info("late"); });
}
}  // namespace senders

// Fine because none of these has anything to do with coroutines
namespace plain_names {
class Task {
public:
    Task& set_title(std::string title);
    bool done() const;
};
template <typename T>
class Future {
public:
    Future<T>& on_ready(std::function<void(T)> callback);
    bool ready() const;
};
class Promise {
public:
    Future<int> get_future();
    void resolve(int value);
};
class Awaiter {
public:
    void await();
    bool await_ready() const;
};
Task create_task(std::string title);
Future<int> compute(int n);
Awaiter make_awaiter();

void use() {
    create_task("buy milk");
    compute(3).on_ready([](int) {});
    compute(4);
    Promise p;
    p.get_future();
    p.resolve(1);
    make_awaiter();
    create_task("x").set_title("y");
}
}  // namespace plain_names

// Fine because futures and threads of the standard are no awaitables
namespace std_facilities {
void run(std::packaged_task<int()> job, std::promise<int> promise) {
    promise.set_value(3);
    job();
    job.get_future();
    std::vector<int> v{1, 2, 3};
    std::accumulate(v.begin(), v.end(), 0);
}
}  // namespace std_facilities

// Fine because a handle's operations are ordinary calls, and a handle is not a task
namespace handles {
class Driver {
    std::coroutine_handle<> top_;
    std::vector<std::coroutine_handle<>> ready_;

public:
    std::coroutine_handle<> pop();
    void step() {
        if (!top_ || top_.done()) return;
        top_.resume();
        top_();
        pop();
        top_.address();
        std::noop_coroutine();
    }
};
}  // namespace handles

// Fine because the subscription registers itself when it is made, awaiting it is optional
namespace optional_await {
class Subscription {
    int id_ = 0;

public:
    explicit Subscription(int id) : id_(id) {}
    int id() const { return id_; }
    void cancel();
};
class Bus {
public:
    Subscription subscribe(std::string topic, std::function<void(std::string)> handler);
};
void listen(Bus& bus) {
    bus.subscribe("news", [](std::string s) { kit::info(s); });
    bus.subscribe("mail", [](std::string s) { kit::info(s); }).cancel();
}
}  // namespace optional_await

// Fine because what the await gives is a plain value, count or reference
namespace plain_results {
class Store {
public:
    Task<std::size_t> write(std::string block);
    Task<int*> slot(int i);
    Task<std::string> read(int i);
    Task<bool> touch(int i);
    Task<Task<>*> current();

    Task<> work() {
        co_await write("a");
        co_await slot(3);
        co_await read(4);
        co_await touch(5);
        co_await current();
    }
};
}  // namespace plain_results

// Fine because converting hands the frame over
namespace conversion {
class Coro {
public:
    struct promise_type {
        Coro get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_never final_suspend() noexcept;
        void return_void();
        void unhandled_exception();
    };
    operator std::coroutine_handle<>() const;
    void go() const;
};
Coro session(int fd);
void schedule(std::coroutine_handle<> h);
void accept(int fd) {
    schedule(session(fd));
    session(fd + 1).go();
    std::coroutine_handle<> h = session(fd + 2);
    h.resume();
}
}  // namespace conversion

// Fine because the event is awaitable itself, and its methods give references, flags or pointers to it
namespace awaitable_object {
class ResetEvent {
public:
    ResetEvent& set();
    ResetEvent& reset();
    bool poll();
    ResetEvent* self();
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    void await_resume();
};
class Hub {
    ResetEvent idle_;

public:
    ResetEvent& idle() { return idle_; }
    std::shared_ptr<ResetEvent> share();
    Task<> run() {
        idle_.reset();
        idle();
        idle_.self();
        share();
        co_await idle_;
        idle_.set().poll();
        idle_.set();
    }
};
}  // namespace awaitable_object

// Fine because the connection is awaited by name, its setters give it back
namespace setters {
class Dial {
public:
    struct Awaiter {
        bool await_ready() const noexcept;
        void await_suspend(std::coroutine_handle<> h);
        int await_resume();
    };
    Dial& port(int p);
    Dial& operator<<(std::string_view option);
    Dial& operator=(int fd);
    Dial& operator++();
    Awaiter operator co_await();
};
Task<int> connect() {
    Dial dial;
    dial << "nodelay" << "keepalive";
    dial.port(80);
    dial = 3;
    ++dial;
    int fd = co_await dial;
    co_return fd;
}
}  // namespace setters

// Fine because without await_suspend these are no awaiters, and nobody can await them
namespace half {
struct Probe {
    bool await_ready() const noexcept;
    int await_resume();
};
struct Suspender {
    void await_suspend(std::coroutine_handle<> h);
};
Probe probe(int id);
Suspender suspender(int id);
struct NotCoroutine {
    struct promise {};
    int promise_type = 0;
};
NotCoroutine plain(int id);
void run() {
    probe(1);
    suspender(2);
    plain(3);
}
}  // namespace half

// Fine because the discarded results only serve to undo the call
namespace tokens {
class Undo {
public:
    void cancel();
    bool pending() const;
};
class Loop {
public:
    Undo call_soon(std::function<void()> f);
    int add_reader(int fd, std::function<void()> f);
    std::optional<int> remove_reader(int fd);
    std::pair<bool, std::string> status() const;
};
void arm(Loop& loop) {
    loop.call_soon([] { kit::info("soon"); });
    loop.add_reader(0, [] { kit::info("input"); });
    loop.remove_reader(1);
    loop.status();
}
}  // namespace tokens

// Fine because the value that is dropped is a number or a text
namespace sync_results {
Task<int> migrate(int version);
Task<std::string> banner();
void boot() {
    sync_wait(migrate(3));
    sync_wait(banner());
    kit::Permits permits(3);
    permits.release();
}
}  // namespace sync_results

// Fine because this generic eager type cannot be awaited and owns itself
namespace detached_template {
template <typename Tag>
struct Fire {
    struct promise_type {
        Fire get_return_object() noexcept { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { std::terminate(); }
    };
};
struct MailTag {};
Task<> deliver(int mail);
Fire<MailTag> post(int mail) { co_await deliver(mail); }
template <typename Tag>
Fire<Tag> post_as(int mail) {
    co_await deliver(mail);
}
void all() {
    post(1);
    post_as<MailTag>(2);
}
}  // namespace detached_template

// Fine because release() and detach() give the raw handle away for good
namespace release {
class Fiber {
public:
    struct promise_type {
        Fiber get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_never final_suspend() noexcept;
        void return_void();
        void unhandled_exception();
    };
    Fiber(Fiber&&) noexcept;
    ~Fiber();
    std::coroutine_handle<> release();
    Fiber& resume();
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    void await_resume();
};
Fiber session(int fd);
void run(int fd) {
    session(fd).release().resume();
    Fiber kept = session(fd + 1);
    kept.resume();
    kept.resume().resume();
}
}  // namespace release

// The nursery keeps what it starts; what it gives only waits for the beginning.
namespace corral {
template <class Policy> struct BasicNursery {
  template <class Callable> mock::Operation<> start(Callable Run);
};
} // namespace corral
mock::Task<> inNursery();
void startInNursery(corral::BasicNursery<int> &Nursery) {
  Nursery.start(inNursery);
}

// Whether a call is well-formed is only asked, whatever stands after the comma.
template <class Layer>
auto canShakeHands(Layer &To) -> decltype(To.handshake(), std::true_type());
struct Tls {
  mock::Task<> handshake();
};
bool asksForHandshake(Tls &To) { return canShakeHands(To); }
