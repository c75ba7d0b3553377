// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task
//
// Tasks that statements throw away - what is fine, and why.

#include "kit.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <tuple>
#include <unordered_map>

using namespace mock;

using namespace std::chrono_literals;

// Fine because each response is awaited
namespace keep_alive_ok {
class HttpSession {
public:
    Task<std::string> read_request();
    Task<> respond(int status, std::string body);
    bool open() const;

    Task<> serve() {
        while (open()) {
            std::string path = co_await read_request();
            co_await respond(200, "hello " + path);
        }
    }
};
}  // namespace keep_alive_ok

// Fine because the task is the value of the comma, and that is awaited
namespace comma_awaited {
class LogShipper {
    int calls_ = 0;

public:
    Task<int> flush(int level);
    Task<int> ship(int level) {
        int written = co_await (++calls_, flush(level));
        kit::info("shipped");
        co_return written;
    }
};
}  // namespace comma_awaited

// Fine because both operands are awaited
namespace comma_both {
Task<> begin_batch();
Task<> end_batch();

Task<> one_batch() {
    co_await begin_batch(), co_await end_batch();
}
}  // namespace comma_both

// Fine because the increment awaits the next message
namespace consume {
struct Message {
    std::string body;
};
class Subscription {
public:
    Task<std::optional<Message>> next();

    Task<> drain() {
        for (auto m = co_await next(); m; m = co_await next()) kit::info(m->body);
    }
};
}  // namespace consume

// Fine because the init statement awaits the probe
namespace switch_init_ok {
enum class Health { good, dead };
class Upstream {
public:
    Task<Health> probe();
    Task<> eject();

    Task<> check() {
        switch (Health h = co_await probe(); h) {
        case Health::dead:
            co_await eject();
            break;
        case Health::good:
            break;
        }
    }
};
}  // namespace switch_init_ok

// Fine because co_await takes whichever task was chosen
namespace finish_tx_ok {
class Transaction {
public:
    Task<> commit();
    Task<> rollback();
    Task<> finish(bool ok) {
        kit::info(ok ? "commit" : "rollback");
        co_await (ok ? commit() : rollback());
    }
    Task<> finish_each(bool ok) {
        kit::info("finish");
        ok ? co_await commit() : co_await rollback();
    }
    Task<> chosen(bool ok) { return ok ? commit() : rollback(); }
};
}  // namespace finish_tx_ok

// Fine because the tasks are collected and awaited together
namespace raft_ok {
struct Peer {
    Task<> announce(int leader);
};
Task<> on_elected(std::vector<std::shared_ptr<Peer>> peers, int self) {
    std::vector<Task<>> rounds;
    for (auto& peer : peers) rounds.push_back(peer->announce(self));
    rounds.emplace_back(peers.front()->announce(-1));
    co_await when_all(std::move(rounds));
}
}  // namespace raft_ok

// Fine because the callback hands the task to spawn
namespace timer_callback_ok {
class Timer {
public:
    void every(std::chrono::seconds period, std::function<void()> callback);
};
class TokenCache {
    Timer timer_;
    kit::Nursery nursery_;

public:
    Task<> refresh_token();
    void start() {
        timer_.every(60s, [this] { spawn(refresh_token()); });
        timer_.every(90s, [this] { nursery_.start(refresh_token()); });
    }
};
}  // namespace timer_callback_ok

// Fine because the lambda only makes the task that its caller awaits
namespace lambda_factory {
class Loader {
public:
    Task<int> load(int id);
    Task<int> load_all() {
        auto make = [this](int id) { return load(id); };
        int first = co_await make(1);
        int second = co_await make(2);
        co_return first + second;
    }
};
}  // namespace lambda_factory

// Fine because the member keeps the task until start() awaits it
namespace constructor_ok {
class BusClient {
    Task<> connecting_;

public:
    Task<> connect(int port);
    explicit BusClient(int port) : connecting_(connect(port)) {}
    Task<> start() {
        co_await std::move(connecting_);
        kit::info("connected");
    }
    void reconnect(int port) { connecting_ = connect(port); }
};
}  // namespace constructor_ok

// Fine because the inner task is awaited as well
namespace nested_task_ok {
class Planner {
public:
    Task<Task<int>> prepare(std::string query);

    Task<int> run(std::string query) {
        kit::info(query);
        int rows = co_await co_await prepare(std::move(query));
        co_return rows;
    }
    Task<int> run_in_steps(std::string query) {
        Task<int> plan = co_await prepare(std::move(query));
        int rows = co_await std::move(plan);
        co_return rows;
    }
};
}  // namespace nested_task_ok

// Fine because the macro awaits and looks at the result
namespace macros_ok {
struct Conn {
    Task<bool> write(std::string line);
};
#define TRY_WRITE(conn, text)                                  \
    do {                                                       \
        if (!co_await (conn)->write(text)) co_return false;    \
    } while (false)

Task<bool> greet(std::shared_ptr<Conn> conn) {
    TRY_WRITE(conn, "220 ready");
    TRY_WRITE(conn, "221 bye");
    co_return true;
}
}  // namespace macros_ok

// Fine because the value of the assignment is a reference to the member that keeps the task
namespace kept_in_member {
class Prefetcher {
    Task<int> next_;
    std::map<int, Task<int>> by_id_;
    std::optional<Task<int>> maybe_;
    std::deque<Task<int>> line_;

public:
    Task<int> fetch(int id);
    void prefetch(int id) {
        next_ = fetch(id);
        by_id_[id] = fetch(id);
        by_id_.try_emplace(id, fetch(id));
        maybe_ = fetch(id);
        maybe_.emplace(fetch(id));
        line_.emplace_back(fetch(id));
        line_.pop_front();
        std::swap(next_, by_id_[id]);
    }
};
}  // namespace kept_in_member

// Fine because the hook is awaited, and the other one returns void
namespace hooks_ok {
class Listener {
    std::function<Task<>(int)> on_close_;
    std::function<void(int)> on_open_;
    void (*on_error_)(int) = nullptr;

public:
    Task<> closed(int id) {
        if (on_error_) on_error_(id);
        on_open_(id);
        if (on_close_) co_await on_close_(id);
    }
};
}  // namespace hooks_ok

// Fine because main waits for the task
namespace program {
Task<> serve(int port);
Task<int> self_test();

int run(int port) {
    sync_wait(serve(port));
    return sync_wait(self_test());
}
}  // namespace program

// Fine because none of these calls is ever made
namespace unevaluated {
class Probe {
public:
    Task<int> measure() noexcept;
};
static_assert(noexcept(std::declval<Probe&>().measure()));
static_assert(sizeof(std::declval<Probe&>().measure()) > 0);
template <typename P>
concept Measurable = requires(P p) {
    p.measure();
    typename decltype(p.measure())::promise_type;
};
static_assert(Measurable<Probe>);
using Result = decltype(std::declval<Probe&>().measure());
}  // namespace unevaluated

// Fine because the branch that only calls is for synchronous sinks
namespace constexpr_branch {
struct Tcp {
    static constexpr bool async = true;
    Task<> put(int v);
};
struct Memory {
    static constexpr bool async = false;
    void put(int v);
};
template <typename S>
Task<> forward_to(std::shared_ptr<S> sink, int v) {
    co_await yield_now();
    if constexpr (S::async)
        co_await sink->put(v);
    else
        sink->put(v);
}
template Task<> forward_to<Tcp>(std::shared_ptr<Tcp>, int);
template Task<> forward_to<Memory>(std::shared_ptr<Memory>, int);
}  // namespace constexpr_branch

// Fine because the temporary task is really asked for something
namespace asked {
class Jobs {
public:
    Task<int> make(int id);
    bool runnable(int id) { return make(id).valid(); }
    Task<int> first_of(std::vector<int> ids) {
        for (int id : ids) {
            auto job = make(id);
            if (int r = co_await std::move(job); r > 0) co_return r;
        }
        co_return 0;
    }
};
}  // namespace asked

// Fine because the callee takes the task
namespace arguments {
Task<> noop();
void enqueue(Task<> task = noop(), int priority = 0);
struct Batch {
    Task<> first;
    Task<> second;
};
void submit(Batch batch);
void fill() {
    enqueue();
    enqueue(noop(), 3);
    submit({noop(), noop()});
    submit(Batch{.first = noop(), .second = {}});
    auto keep = std::make_unique<Task<>>(noop());
    enqueue(std::move(*keep));
}
}  // namespace arguments

// Fine because the getters return references to what is kept
namespace getters {
class Worker {
    Task<> main_;
    std::vector<Task<>> others_;

public:
    Task<>& main_task() { return main_; }
    const Task<>* other(std::size_t i) const { return &others_[i]; }
    std::vector<Task<>>& others() { return others_; }
    void touch() {
        main_task();
        other(0);
        others();
        others().front();
        others().clear();
    }
};
}  // namespace getters

// Fine because the same forms await
namespace awaited_forms {
class Modem {
public:
    Task<bool> dial(int number);
    Task<> hang_up();
    int redials() const;
    Task<int> call(int number) {
        int n = 0;
        for (co_await hang_up(); n < redials(); ++n)
            if (co_await dial(number)) break;
        do
            co_await hang_up();
        while (++n < 3);
        switch (co_await hang_up(); n) {
        default:
            co_await hang_up();
        }
    last:
        co_await hang_up();
        if (++n < 5) goto last;
        n > 9 ? co_await hang_up() : throw std::system_error(std::make_error_code(std::errc::timed_out));
        co_return n;
    }
};
}  // namespace awaited_forms

// Fine because the generator gives each task to its caller
namespace yielded {
Task<int> fetch(int page);
Generator<Task<int>> pages(int n) {
    for (int p = 0; p < n; ++p) co_yield fetch(p);
}
}  // namespace yielded

// Fine because this override of an old interface is synchronous
namespace void_override {
class OldSink {
public:
    virtual ~OldSink() = default;
    virtual void flush_async() = 0;
    virtual void await_idle() {}
};
class Buffer final : public OldSink {
    kit::Nursery nursery_;
    Task<> do_flush();

public:
    void flush_async() override { nursery_.start(do_flush()); }
};
void nightly(OldSink& sink, Buffer& buffer) {
    sink.flush_async();
    sink.await_idle();
    buffer.flush_async();
}
}  // namespace void_override

// Fine because each task goes into a larger value that is kept
namespace inside {
class Batch {
    std::vector<std::pair<int, Task<>>> items_;

public:
    Task<> store(int id);
    std::pair<Task<>, int> tagged(int id) { return std::make_pair(store(id), id); }
    auto deferred(int id) {
        return [op = store(id)]() mutable { spawn(std::move(op)); };
    }
    Batch& add(int id) {
        items_.emplace_back(id, store(id));
        return *this;
    }
    void fill() {
        add(1).add(2);
        add(3);
        auto later = deferred(4);
        later();
        std::array<Task<>, 2> two{store(5), store(6)};
        for (auto& t : two) items_.emplace_back(0, std::move(t));
    }
};
}  // namespace inside

// Fine because the pipe operator takes the task and starts it
namespace piped {
struct Background {};
inline constexpr Background background;
void operator|(Task<> task, Background) { spawn(std::move(task)); }
Task<> compact(int shard);
void nightly(int shards) {
    for (int s = 0; s < shards; ++s) compact(s) | background;
}
}  // namespace piped
