// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lost-task
//
// Tasks that disappear in callbacks and conditions - what is fine, and why.

// Coroutines given where the result of a callback is ignored, and tasks tested where their result was meant.
#include "kit.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <variant>

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

// Fine because the callbacks spawn, or keep the task, themselves
namespace timer_lambda_ok {
class Presence {
    kit_callbacks::Timer timer_;
    kit::Nursery nursery_;
    Task<> last_;

public:
    Task<> announce();
    void start() {
        timer_.every(500ms, [this] { spawn(announce()); });
        timer_.every(600ms, [this] { nursery_.start(announce()); });
        timer_.every(700ms, [this] { last_ = announce(); });
    }
};
}  // namespace timer_lambda_ok

// Fine because this coroutine runs by itself
namespace detached_lambda {
Task<int> sample();
Task<> upload(int value);
void start(kit_callbacks::Timer& timer) {
    timer.every(1s, []() -> Detached {
        int value = co_await sample();
        co_await upload(value);
    });
}
}  // namespace detached_lambda

// Fine because this event awaits what its handlers return
namespace event_async {
struct Order {
    int id = 0;
};
Task<> on_order(Order order);
class Shop {
public:
    Task<> ship(Order order);
    void wire(kit_callbacks::AsyncEvent<Order>& placed) {
        placed.subscribe(on_order);
        placed.subscribe([this](Order order) { return ship(order); });
        placed.subscribe(std::bind_front(&Shop::ship, this));
    }
};
}  // namespace event_async

// Fine because the thread's function runs the task to its end
namespace thread_drives {
Task<> pump(int fd);
std::thread start(int fd) {
    return std::thread([fd] { sync_wait(pump(fd)); });
}
std::jthread start_with_token(int fd) {
    return std::jthread([fd](std::stop_token stop) {
        while (!stop.stop_requested()) sync_wait(pump(fd));
    });
}
}  // namespace thread_drives

// Fine because transform keeps the tasks, which are then awaited
namespace transform {
Task<int> size_of(int key);
Task<int> total(std::vector<int> keys) {
    std::vector<Task<int>> sizes;
    std::transform(keys.begin(), keys.end(), std::back_inserter(sizes), size_of);
    std::ranges::transform(keys, std::back_inserter(sizes), [](int k) { return size_of(-k); });
    auto all = co_await when_all(std::move(sizes));
    co_return static_cast<int>(all.size());
}
}  // namespace transform

// Fine because the function of for_each hands each task on and returns void
namespace for_each_ok {
Task<> evict(int key);
void evict_all(std::vector<int> keys, std::vector<Task<>> pending) {
    std::for_each(keys.begin(), keys.end(), [](int key) { spawn(evict(key)); });
    std::ranges::for_each(pending, [](Task<>& t) { sync_wait(std::move(t)); });
}
}  // namespace for_each_ok

// Fine because these visible templates await, return or collect the result
namespace own_template_ok {
template <typename F>
Task<> repeat(int times, F f) {
    for (int n = 0; n < times; ++n) co_await f(n);
}
template <typename F>
auto once(F f) {
    return f(0);
}
template <typename F>
void gather(std::vector<Task<>>& out, F f) {
    out.push_back(f(1));
}
Task<> beat(int n);
Task<> pulse() {
    std::vector<Task<>> beats;
    gather(beats, beat);
    co_await repeat(3, beat);
    co_await once([](int n) { return beat(n); });
    co_await when_all(std::move(beats));
}
}  // namespace own_template_ok

// Fine because the template spawns what is a task
namespace dispatches {
template <typename F>
void invoke_handler(F f) {
    if constexpr (std::is_void_v<decltype(f())>)
        f();
    else
        spawn(f());
}
Task<> reload();
void on_sighup() {
    invoke_handler(reload);
    invoke_handler([] { kit::info("hup"); });
}
}  // namespace dispatches

// Fine because the table's handlers return tasks, which dispatch awaits
namespace handler_map_ok {
struct Request {
    std::string path;
};
Task<> upload(Request request);
class Router {
    std::map<std::string, std::function<Task<>(Request)>> routes_;
    Task<> (*fallback_)(Request) = upload;

public:
    void wire() {
        routes_["/upload"] = upload;
        routes_.emplace("/import", [](Request r) { return upload(std::move(r)); });
    }
    Task<> dispatch(Request request) {
        std::function<Task<>(Request)> handler;
        if (auto found = routes_.find(request.path); found != routes_.end()) handler = found->second;
        if (handler)
            co_await handler(std::move(request));
        else if (fallback_)
            co_await fallback_(std::move(request));
    }
};
}  // namespace handler_map_ok

// Fine because nobody can see what the callee does with the task-returning pointer
namespace unknown {
using Hook = Task<> (*)();
void at_shutdown(Hook hook);
void with_user_data(Task<> (*step)(void*), void* data);
template <typename F>
struct Keeper {
    F f;
};
Task<> drain();
Task<> step(void* data);
void wire() {
    at_shutdown(drain);
    with_user_data(step, nullptr);
    Keeper<Hook> keeper{drain};
    at_shutdown(keeper.f);
}
}  // namespace unknown

// Fine because the condition is what the await gives
namespace condition_ok {
class Users {
public:
    Flow<bool> exists(int id);
    Flow<> create(int id);
    Flow<> ensure(int id) {
        if (!co_await exists(id)) co_await create(id);
        while (co_await exists(-id)) co_await resume_after(1ms);
        bool known = co_await exists(id + 1) || co_await exists(id + 2);
        kit::info(known ? "known" : "new");
    }
};
}  // namespace condition_ok

// Fine because the code asks whether a task is pending
namespace validity {
class Writer {
    Flow<> pending_;
    std::optional<Task<>> next_;
    std::unique_ptr<Task<>> boxed_;

public:
    Flow<> write(std::string line);
    Task<>* find(int id);
    void submit(std::string line) {
        if (!pending_) pending_ = write(std::move(line));
    }
    Flow<> drain() {
        if (pending_) co_await pending_;
        if (next_) co_await std::move(*next_);
        if (boxed_) co_await *boxed_;
        if (Task<>* found = find(3)) co_await *found;
    }
};
}  // namespace validity

// Fine because the local may be empty, and the test guards the await
namespace validity_local {
class Writer {
public:
    Flow<int> write(std::string line);
    Flow<int> maybe(std::string line, bool enabled) {
        Flow<int> op;
        if (enabled) op = write(std::move(line));
        int written = 0;
        if (op) written = co_await op;
        co_return written;
    }
};
}  // namespace validity_local

// Fine because what is tested is the std::function or the pointer, not a task
namespace callable_tested {
class Hooks {
    std::function<Task<>()> before_;
    Task<> (*after_)() = nullptr;

public:
    Task<> run() {
        if (before_) co_await before_();
        if (after_ != nullptr) co_await after_();
    }
};
}  // namespace callable_tested

// Fine because these callbacks make no task, or make it only inside an awaited lambda
namespace void_slots {
class Panel {
    kit_callbacks::Event<int> changed_;

public:
    Task<> reload(int id);
    Task<int> load(int id);
    void wire() {
        changed_.subscribe([](int id) { kit::info(std::to_string(id)); });
        changed_.subscribe([this](int id) { return sync_wait(load(id)); });
        changed_.subscribe([this](int id) {
            auto make = [this, id] { return reload(id); };
            spawn(make());
        });
    }
};
}  // namespace void_slots

// Fine because the future gives the task to whoever waits for it
namespace futures {
Task<int> load(int Id);
int run() {
  auto Loaded = std::async(std::launch::async, load, 3);
  return sync_wait(Loaded.get());
}
void package() {
  std::packaged_task<Task<int>(int)> Job(load);
  Job(4);
  sync_wait(Job.get_future().get());
}
} // namespace futures

// Fine because these functions return what the callable returns
namespace returns_result {
Task<> flush();
Task<> ping(int Id);
struct Shard {
  Task<> close();
};
Task<> all(std::variant<int, std::string> V, Shard &S) {
  co_await std::visit([](auto &) -> Task<> { co_await flush(); }, V);
  co_await std::apply(ping, std::tuple(3));
  co_await std::invoke(&Shard::close, S);
  co_await std::invoke([] { return flush(); });
}
} // namespace returns_result

// Fine because the callable is an argument of the thread's function, which runs the task
namespace passed_to_driver {
Task<> pump();
void drive(Task<> (*Body)()) { sync_wait(Body()); }
void start(std::once_flag &Once) {
  std::thread(drive, pump).join();
  std::jthread([](std::function<Task<>()> Body) { sync_wait(Body()); }, [] { return pump(); });
  std::call_once(Once, [](auto Body) { sync_wait(Body()); }, pump);
}
} // namespace passed_to_driver

// Fine because these templates keep, drive, test or spawn what they get
namespace keeps_result {
template <class F> void keep(std::optional<Task<>> &To, F Make) { To = Make(); }
template <class F> void emplace(std::optional<Task<>> &To, F Make) { To.emplace(Make()); }
template <class F> void put(std::map<int, Task<>> &To, F Make) { To.emplace(1, Make()); }
template <class F> void drive(F Make) { sync_wait(Make()); }
template <class F> bool finished(F Make) { return Make().done(); }
template <class F> Task<> pair(F Make) { co_await when_all(Make(), Make()); }
template <class F> Task<> named(F Make) {
  auto Made = Make();
  co_await std::move(Made);
}
template <class F> void later(F Make) {
  auto Run = [](F Inner) -> Task<> { co_await Inner(); };
  spawn(Run(std::move(Make)));
}
template <class F> void nothing(F) {}
template <class F> void asks(F Make) { static_assert(sizeof(Make()) > 0); }
Task<> flush();
Task<> use(std::optional<Task<>> &One, std::map<int, Task<>> &Many) {
  keep(One, flush);
  emplace(One, flush);
  put(Many, flush);
  drive(flush);
  if (finished(flush))
    co_return;
  co_await pair(flush);
  co_await named(flush);
  later(flush);
  nothing(flush);
  asks(flush);
}
} // namespace keeps_result

// Fine because an overload or a tag takes the tasks
namespace overloads {
template <class F>
  requires std::is_void_v<std::invoke_result_t<F>>
void run(F Function) {
  Function();
}
template <class F> void run(F Function) { spawn(Function()); }
template <class F> void call(F Function, std::true_type) { Function(); }
template <class F> void call(F Function, std::false_type) { spawn(Function()); }
Task<> flush();
void both() {
  run([] {});
  run(flush);
  call([] {}, std::true_type());
  call(flush, std::false_type());
}
} // namespace overloads

// Fine because the class template awaits, returns or spawns what its member gives
namespace class_templates {
template <class F> class Lazy {
  F Make;

public:
  explicit Lazy(F M) : Make(std::move(M)) {}
  auto get() { return Make(); }
};
template <class F> class AsyncGuard {
  F Close;

public:
  explicit AsyncGuard(F C) : Close(std::move(C)) {}
  Task<> close() { co_await Close(); }
};
template <class F> class SpawnGuard {
  F Close;

public:
  explicit SpawnGuard(F C) : Close(std::move(C)) {}
  ~SpawnGuard() { spawn(Close()); }
};
Task<> flush();
Task<> use() {
  Lazy Made([] { return flush(); });
  AsyncGuard First(flush);
  SpawnGuard Second([] { return flush(); });
  co_await Made.get();
  co_await First.close();
}
} // namespace class_templates

// Fine because the lambda's result is no task: it kept the task, or gives a reference to one that lives on
namespace keeps_in_lambda {
class Batch {
  std::vector<Task<>> Pending;
  Task<> Last;

public:
  Task<> flush();
  void wire(kit_callbacks::Timer &T) {
    T.every(1s, [this] { Pending.push_back(flush()); });
    T.every(1s, [this] { return Pending.push_back(flush()); });
    T.every(1s, [this]() -> Task<> & { return Last; });
    T.every(1s, [this] { return spawn(flush()), void(); });
  }
};
} // namespace keeps_in_lambda

// Fine because the result of the lambda is a lambda, and that is not called here
namespace lambda_of_lambda {
Task<> flush();
void later(std::function<std::function<Task<>()>()> F);
void wire() {
  later([] { return flush; });
  later([] { return [] { return flush(); }; });
}
} // namespace lambda_of_lambda

// Fine because each overload is named with the signature that fits
namespace overload_sets {
Task<> handle(int Id);
void handle(std::string Text);
void onText(std::function<void(std::string)> F);
void wire() {
  onText(static_cast<void (*)(std::string)>(handle));
  onText([](auto Text) { return handle(std::move(Text)); });
}
} // namespace overload_sets

// Fine because an operation that was taken from somewhere may be an empty one
namespace taken {
class Queue {
  std::vector<Flow<>> Waiting;

public:
  Flow<> pop();
  Flow<> drain() {
    while (Flow<> Next = pop())
      co_await Next;
    for (auto Next = pop(); Next; Next = pop())
      co_await Next;
    if (!Waiting.empty() && Waiting.front())
      co_await Waiting.front();
  }
};
} // namespace taken

// Fine because handles, generators and results that are no tasks are tested
namespace other_tests {
struct Reply {
  explicit operator bool() const;
};
Reply ask();
void act();
void tests(std::coroutine_handle<> Handle, std::map<int, Flow<>> &Flows, Flow<> *One) {
  if (Handle)
    act();
  if (!Handle.done())
    act();
  if (ask())
    act();
  if (Flows[3])
    act();
  if (One && *One)
    act();
  assert(!Flow<>());
}
} // namespace other_tests
