// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lost-task
//
// Tasks that disappear in callbacks and conditions.

// Coroutines given where the result of a callback is ignored, and tasks tested where their result was meant.
#include "kit.h"

#include <algorithm>
#include <array>
#include <future>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

using namespace mock;

using namespace std::chrono_literals;

namespace kit_callbacks {
class Timer {
public:
    void every(std::chrono::milliseconds period, std::function<void()> callback);
};
template <typename... A>
class Event {
public:
    int subscribe(std::function<void(A...)> handler);
    void raise(A... args);
};
template <typename... A>
class AsyncEvent {
public:
    int subscribe(std::function<Task<>(A...)> handler);
    Task<> raise(A... args);
};
// A lazy task with validity as its explicit operator bool.
template <typename T = void>
class Flow {
public:
    struct promise_type : kit::Returns<T> {
        Flow get_return_object();
        std::suspend_always initial_suspend() noexcept;
        std::suspend_always final_suspend() noexcept;
        void unhandled_exception();
    };
    Flow() noexcept;
    Flow(Flow&&) noexcept;
    Flow& operator=(Flow&&) noexcept;
    ~Flow();
    explicit operator bool() const noexcept;
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    T await_resume();
};
}  // namespace kit_callbacks
using kit_callbacks::Flow;

// Std::function<void()> swallows the task that the lambda returns
namespace timer_lambda {
class Presence {
    kit_callbacks::Timer timer_;

public:
    Task<> announce();
    void start() {
        kit::info("presence");

        timer_.every(500ms, [this] { return announce(); });
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
};
}  // namespace timer_lambda

// The lambda is a coroutine, each tick makes a task and drops it
namespace coroutine_lambda {
Task<int> sample();
Task<> upload(int value);
void start(kit_callbacks::Timer& timer) {
    kit::info("sampling");

    timer.every(1s, []() -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]

        int value = co_await sample();
        co_await upload(value);
    });
}
}  // namespace coroutine_lambda

// The name of a coroutine converts to the void handler
namespace event_function {
struct Order {
    int id = 0;
};
Task<> on_order(Order order);
void wire(kit_callbacks::Event<Order>& placed) {
    kit::info("wiring");

    placed.subscribe(on_order);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]

    kit::info("wired");

    placed.subscribe(&on_order);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
}  // namespace event_function

// The bound coroutine member is stored where only void is called for
namespace bound {
struct Order {
    int id = 0;
};
class Shop {
public:
    Task<> ship(Order order);
    void wire(kit_callbacks::Event<Order>& placed) {
        kit::info("wiring");

        placed.subscribe(std::bind_front(&Shop::ship, this));
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
};
}  // namespace bound

// The thread calls the coroutine, drops its task and ends
namespace thread_member {
class Server {
    std::thread thread_;

public:
    Task<> run(int port);
    void start(int port) {
        kit::info("starting");

        thread_ = std::thread(&Server::run, this, port);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
};
}  // namespace thread_member

// Std::thread ignores what its function returns
namespace thread_lambda {
Task<> pump(int fd);
std::thread start(int fd) {
    kit::info("starting");

    return std::thread([fd] { return pump(fd); });
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
}  // namespace thread_lambda

// The same with std::jthread and a free function
namespace jthread_function {
Task<> pump(int fd);
class Driver {
    std::vector<std::jthread> threads_;

public:
    void add(int fd) {
        kit::info("adding");

        std::jthread worker(pump, fd);
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]

        threads_.push_back(std::move(worker));
    }
    void add_in_place(int fd) {
        kit::info("adding");

        threads_.emplace_back(pump, fd);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
};
}  // namespace jthread_function

// For_each ignores what the function returns for each element
namespace for_each {
struct Peer {
    Task<> ping();
};
void ping_all(std::vector<std::shared_ptr<Peer>> peers) {
    kit::info("ping");

    std::for_each(peers.begin(), peers.end(), [](auto& peer) { return peer->ping(); });
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
}  // namespace for_each

// Nor does the ranges version look at it
namespace ranges_for_each {
Task<> evict(int key);
void evict_all(std::vector<int> keys) {
    kit::info("evict");

    std::ranges::for_each(keys, evict);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
}  // namespace ranges_for_each

// The pool's queue holds plain functions
namespace pool_queue {
class Thumbnailer {
    ThreadPool pool_{2};

public:
    Task<> render(int id);
    void on_upload(int id) {
        kit::info("upload");

        pool_.enqueue([this, id] { return render(id); });
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
    void on_upload_right(int id) {
        pool_.enqueue([this, id] { spawn(render(id)); });
    }
};
}  // namespace pool_queue

// The visible template calls its function and ignores the result
namespace own_template {
template <typename F>
void repeat(int times, F f) {
    for (int n = 0; n < times; ++n) {
        kit::info("round");
        f(n);
    }
}
Task<> beat(int n);
void pulse() {
    kit::info("pulse");

    repeat(3, beat);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
void count() {
    int sum = 0;
    repeat(3, [&sum](int n) { sum += n; });
}
}  // namespace own_template

// The flag is set, the initialisation never ran
namespace call_once {
class Schema {
    std::once_flag once_;

public:
    Task<> create();
    void ensure() {
        kit::info("schema");

        std::call_once(once_, [this] { return create(); });
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
};
}  // namespace call_once

// The guard's destructor calls the function and drops the task
namespace guard {
template <typename F>
class OnExit {
    F f_;

public:
    explicit OnExit(F f) : f_(std::move(f)) {}
    ~OnExit() {
        f_();
    }
};
class Lease {
public:
    Task<> acquire();
    Task<> release();
    Task<> work();
    Task<> run() {
        co_await acquire();
        kit::info("acquired");

        OnExit release_it([this] { return release(); });
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]

        co_await work();
    }
};
}  // namespace guard

// The dispatch table holds void handlers, one of them is a coroutine
namespace handler_map {
struct Request {
    std::string path;
};
void health(Request request);
Task<> upload(Request request);
class Router {
    std::map<std::string, std::function<void(Request)>> routes_;

public:
    void wire() {
        routes_["/health"] = health;
        routes_.emplace("/ready", [](Request r) { kit::info(r.path); });

        routes_["/upload"] = upload;
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]

        kit::info("wired");

        routes_.emplace("/import", [](Request r) { return upload(std::move(r)); });
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    }
};
}  // namespace handler_map

// A coroutine in a field for a void callback
namespace options {
struct Options {
    int port = 0;
    std::function<void()> on_ready;
    std::function<Task<>()> on_shutdown;
};
Task<> announce();
Task<> drain();
void launch(Options options);
void boot() {
    launch({.port = 80, .on_ready = [] { kit::info("ready"); }, .on_shutdown = drain});
    kit::info("second");

    launch({.port = 81, .on_ready = announce, .on_shutdown = drain});
// CHECK-MESSAGES: :[[@LINE-1]]:37: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
}  // namespace options

// The function's return type hides the task of the lambda
namespace returned_callback {
Task<> ping(int node);
std::function<void()> make_pinger(int node) {
    kit::info("pinger");

    return [node] { return ping(node); };
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
std::function<Task<>()> make_awaited_pinger(int node) {
    return [node] { return ping(node); };
}
}  // namespace returned_callback

// The variable's type drops what the coroutine returns
namespace variable {
Task<> save(int doc);
void close_all(std::vector<int> docs, bool dirty) {
    std::function<void(int)> closer = [](int doc) { kit::info(std::to_string(doc)); };
    if (dirty)

        closer = save;
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]

    for (int doc : docs) closer(doc);
}
}  // namespace variable

// The task itself is tested, not what it would answer
namespace condition {
class Users {
public:
    Flow<bool> exists(int id);
    Flow<> create(int id);
    Flow<> ensure(int id) {
        kit::info("ensure");

        if (!exists(id))
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]

            co_await create(id);
    }
};
}  // namespace condition

// One of the two operands is a task
namespace and_condition {
class Door {
public:
    Flow<bool> badge_valid(int badge);
    Flow<> open();
    bool daytime() const;
    Flow<> enter(int badge) {
        kit::info("enter");

        if (daytime() && badge_valid(badge))
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]

            co_await open();
    }
};
}  // namespace and_condition

// A conditional expression tests the task
namespace ternary_condition {
class Quota {
public:
    Flow<bool> exceeded(int user);
    Flow<int> limit(int user) {
        co_await std::suspend_never{};
        kit::info("limit");

        int rate = exceeded(user) ? 1 : 100;
// CHECK-MESSAGES: :[[@LINE-1]]:20: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]

        co_return rate;
    }
};
}  // namespace ternary_condition

// The loop asks whether there is a task, and there always is
namespace while_condition {
class Spool {
public:
    Flow<bool> advance();
    void drain() {
        int rounds = 0;
        kit::info("drain");

        while (advance() && rounds < 10)
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]

            ++rounds;
    }
};
}  // namespace while_condition

// The algorithm tests the task that the predicate returns
namespace predicate {
Flow<bool> reachable(int host);
bool any(std::vector<int> hosts) {
    kit::info("any");

    return std::any_of(hosts.begin(), hosts.end(), reachable);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
int first(std::vector<int> hosts) {
    kit::info("first");

    auto it = std::find_if(hosts.begin(), hosts.end(), [](int host) { return reachable(host); });
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]

    return it == hosts.end() ? -1 : *it;
}
}  // namespace predicate

// A stable sort by a key that would have to be awaited
namespace comparator {
Flow<bool> older(int left, int right);
void order(std::vector<int>& ids) {
    kit::info("sorting");

    std::sort(ids.begin(), ids.end(), older);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
}  // namespace comparator

// The callbacks of an interface of which only the declaration is in sight
namespace virtual_interface {
struct Clock {
  virtual ~Clock() = default;
  virtual void after(std::chrono::milliseconds Delay, std::function<void()> F) = 0;
  virtual void run(std::chrono::milliseconds Delay, std::function<Task<>()> F) = 0;
};
class Lease {
  Clock &Time;

public:
  Task<> renew();
  void start() {
    Time.after(10s, [this] { return renew(); });
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    Time.after(10s, std::bind(&Lease::renew, this));
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    Time.run(10s, [this] { return renew(); });
  }
};
} // namespace virtual_interface

// One of the calls in a chain is given a coroutine
namespace fluent {
struct Route {
  Route &onGet(std::function<void(int)> F);
  Route &onPut(std::function<void(int)> F);
  Route &operator<<(std::function<void(int)> F);
};
Task<> store(int Id);
void wire(Route &R) {
  R.onGet([](int) {}).onPut(store);
// CHECK-MESSAGES: :[[@LINE-1]]:23: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  R << store;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace fluent

// Members that are callbacks, by initialiser and in the constructor
namespace members {
Task<> reset();
class Watchdog {
  std::function<void()> OnBark = reset;
// CHECK-MESSAGES: :[[@LINE-1]]:34: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  std::function<void()> OnBite;

public:
  Watchdog() : OnBite(reset) {}
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  explicit Watchdog(int) : OnBite{[] { return reset(); }} {}
// CHECK-MESSAGES: :[[@LINE-1]]:28: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
};
} // namespace members

// A base class that is given a coroutine
namespace base_class {
struct Worker {
  explicit Worker(std::function<void()> Body);
};
Task<> pump();
struct Pump : Worker {
  Pump() : Worker(pump) {}
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
};
Worker *make() { return new Worker([] { return pump(); }); }
// CHECK-MESSAGES: :[[@LINE-1]]:29: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
} // namespace base_class

// A table of callbacks, one of them a coroutine
namespace table {
struct Command {
  const char *Name;
  std::function<void()> Run;
};
void help();
Task<> quit();
Command Commands[] = {{"help", help}, {"quit", quit}};
// CHECK-MESSAGES: :[[@LINE-1]]:48: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
void extend(std::vector<std::function<void()>> &Hooks) {
  Hooks.push_back(quit);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  Hooks.insert(Hooks.begin(), quit);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace table

// The default argument is a coroutine
namespace default_argument {
Task<> log();
void finish(std::function<void()> Then = log);
// CHECK-MESSAGES: :[[@LINE-1]]:42: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
} // namespace default_argument

// A packaged_task without a result keeps none
namespace packaged {
Task<> index(int Shard);
void queue(std::vector<std::packaged_task<void(int)>> &Jobs) {
  Jobs.push_back(std::packaged_task<void(int)>(index));
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace packaged

// The thread gets its stop token, and returns a task to nobody
namespace stop_token {
Task<> step();
void run() {
  std::jthread Worker([](std::stop_token Stop) -> Task<> {
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
    while (!Stop.stop_requested())
      co_await step();
  });
}
} // namespace stop_token

// The function object of a thread by reference, and a thread on the heap
namespace thread_forms {
Task<> pump();
void run() {
  auto Body = [] { return pump(); };
  std::thread(std::ref(Body)).join();
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  auto *T = new std::thread(pump);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  T->detach();
}
} // namespace thread_forms

// An eager task is destroyed at its first suspension
namespace eager {
Job<> announce();
kit::Hot<> publish();
void wire(kit_callbacks::Timer &T) {
  T.every(1s, announce);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored [coro-lost-task]
  T.every(1s, [] { return publish(); });
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored [coro-lost-task]
}
} // namespace eager

// A shared task that nobody shares
namespace shared {
kit::Shared<> refresh();
void wire(kit_callbacks::Timer &T) {
  T.every(1s, refresh);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace shared

// The macro hides the lambda's return type
namespace event_macro {
#define ON_TICK(Timer, Body) Timer.every(1s, []() -> Task<> Body)
Task<> sweep();
void wire(kit_callbacks::Timer &T) {
  ON_TICK(T, { co_await sweep(); });
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace event_macro

// In a class template, for the instantiations there are
namespace topic {
template <class T> struct Topic {
  void subscribe(std::function<void(const T &)> F);
  Task<> dispatch(const T &Message);
  void wire() {
    subscribe([this](const T &Message) { return dispatch(Message); });
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
  }
};
template struct Topic<int>;
} // namespace topic

// A visible function that calls a pointer and drops the task
namespace pointer {
Task<> flush(int Level);
void atExit(Task<> (*Hook)(int)) { Hook(3); }
void install() {
  atExit(flush);
// CHECK-MESSAGES: :[[@LINE-1]]:3: warning: the task that this callback returns is lost: its result is ignored, and it is lazy, so it never runs [coro-lost-task]
}
} // namespace pointer

// Tests of a task in every shape of a condition
namespace test_forms {
struct Auth {
  Flow<bool> known(int Id);
  virtual Flow<bool> allowed(int Id);
  Flow<bool> operator()(int Id);
};
void act();
bool tests(Auth &A, int Id) {
  for (; A.known(Id);)
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]
    act();
  do
    act();
  while (A.allowed(Id));
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]
  if (int Next = Id + 1; A.known(Next))
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]
    act();
  bool Both = static_cast<bool>(A.known(Id));
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]
  std::function<Flow<bool>(int)> Ask;
  if (Ask && Ask(Id))
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]
    act();
  return Both || A(Id);
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]
}
Flow<> half(Auth &A, int Id) {
  if (co_await A.known(Id) && A.allowed(Id))
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: this tests whether there is a task of type 'Flow<bool>', not what it gives [coro-lost-task]
    act();
}
} // namespace test_forms
