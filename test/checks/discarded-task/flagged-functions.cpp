// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task
//
// Tasks that functions of every kind throw away.

#include "kit.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <tuple>
#include <unordered_map>

using namespace mock;

using namespace std::chrono_literals;

// The timer's callback makes the task and returns void
namespace timer_callback {
class Timer {
public:
    void every(std::chrono::seconds period, std::function<void()> callback);
};
class TokenCache {
    Timer timer_;

public:
    Task<> refresh_token();
    void start() {
        timer_.every(60s, [this] {
            kit::info("refreshing the token");

            refresh_token();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task of 'TokenCache::refresh_token' is discarded; it is lazy, so it never runs [coro-discarded-task]
        });
    }
};
}  // namespace timer_callback

// For_each calls the lambda, which returns nothing
namespace broadcast {
struct Client {
    Task<> send(std::string text);
};
void broadcast(std::vector<std::shared_ptr<Client>> clients, std::string text) {
    std::for_each(clients.begin(), clients.end(), [&](const std::shared_ptr<Client>& client) {
        kit::info("sending");

        client->send(text);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task of 'Client::send' is discarded; it is lazy, so it never runs [coro-discarded-task]
    });
}
}  // namespace broadcast

// The guard's lambda is a place where nothing can be awaited
namespace scope_guard {
template <typename F>
class ScopeExit {
    F f_;

public:
    explicit ScopeExit(F f) : f_(std::move(f)) {}
    ~ScopeExit() { f_(); }
};
struct Lease {
    Task<> renew();
    Task<> give_back();
};
Task<> with_lease(std::shared_ptr<Lease> lease) {
    ScopeExit guard([lease] {
        kit::info("giving the lease back");

        lease->give_back();
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'Lease::give_back' is discarded; it is lazy, so it never runs [coro-discarded-task]
    });

    co_await lease->renew();
}
}  // namespace scope_guard

// A destructor cannot await, so close() is only called
namespace destructor {
class Channel {
public:
    Task<> close();
    Task<> write(std::string data);
    ~Channel() {
        kit::info("closing");

        close();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'Channel::close' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace destructor

// The constructor calls connect() and hopes
namespace constructor {
class BusClient {
    std::string address_;

public:
    Task<> connect();
    explicit BusClient(std::string address) : address_(std::move(address)) {
        kit::info(address_);

        connect();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'BusClient::connect' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace constructor

// Only the outer task is awaited, the prepared one is dropped
namespace nested_task {
class Planner {
public:
    Task<Task<>> prepare(std::string query);

    Task<> run(std::string query) {
        kit::info(query);

        co_await prepare(std::move(query));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task that co_await gives is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace nested_task

// The project's SEND macro does not await
namespace macros {
struct Conn {
    Task<> write(std::string line);
};
#define SEND_LINE(conn, text) (conn)->write(std::string(text) + "\r\n")

Task<> greet(std::shared_ptr<Conn> conn) {
    co_await SEND_LINE(conn, "220 ready");

    SEND_LINE(conn, "221 bye");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'Conn::write' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace macros

// += registers asynchronously and returns the task
namespace operators {
class Registry {
public:
    Task<> operator+=(std::string service);
    Task<> operator-=(std::string service);
};
Task<> rename(std::shared_ptr<Registry> registry, std::string from, std::string to) {
    co_await (*registry -= std::move(from));

    *registry += std::move(to);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task of 'Registry::operator+=' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace operators

// Assigning to the remote cell is a task
namespace remote_cells {
class Cell {
public:
    Task<> operator=(int value);
};
class Plc {
public:
    Cell operator[](int address);
};
void reset(std::shared_ptr<Plc> plc) {
    kit::info("reset");

    (*plc)[7] = 0;
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task of 'Cell::operator=' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace remote_cells

// The qualified call is a statement like any other
namespace statics {
class Schema {
public:
    static Task<> migrate(int version);
    static int current();
};
void boot() {
    if (Schema::current() < 12)

        Schema::migrate(12);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'Schema::migrate' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace statics

// The handler of the route returns a task
namespace routes {
struct Request {
    std::string path;
};
using Handler = Task<> (*)(Request);
class Router {
    std::array<Handler, 4> table_{};

public:
    void route(std::size_t index, Request request) {
        kit::info(request.path);

        table_[index](std::move(request));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace routes

// The closing hook is asynchronous, the call only makes its task
namespace hooks {
class Listener {
    std::function<Task<>(int)> on_close_;

public:
    void closed(int id) {
        if (!on_close_) return;

        on_close_(id);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'function::operator()' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace hooks

// The command table holds pointers to coroutine members
namespace commands {
class Shell {
    using Command = Task<> (Shell::*)(std::string);
    std::unordered_map<std::string, Command> commands_;

public:
    Task<> help(std::string topic);
    void run(std::string name, std::string argument) {
        auto found = commands_.find(name);
        if (found == commands_.end()) return;

        (this->*found->second)(std::move(argument));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace commands

// The interface says that flushing is asynchronous
namespace sinks {
class Sink {
public:
    virtual ~Sink() = default;
    virtual Task<> flush() = 0;
    virtual void rotate() = 0;
};
void nightly(const std::vector<std::unique_ptr<Sink>>& sinks) {
    for (const auto& sink : sinks) {
        sink->rotate();

        sink->flush();
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: the task of 'Sink::flush' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
}
}  // namespace sinks

// Found by its argument's namespace, the free function is asynchronous
namespace wire {
struct Packet {
    int type = 0;
};
Task<> acknowledge(Packet packet);
void trace(Packet packet);
}  // namespace wire
namespace adl {
void on_packet(int type) {
    wire::Packet packet{type};
    trace(packet);

    acknowledge(packet);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'acknowledge' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace adl

// Std::invoke hands back the task of the member function
namespace invoked {
class Pump {
public:
    Task<> start(int rpm);
};
void control(Pump& pump, int rpm) {
    kit::info("start");

    std::invoke(&Pump::start, pump, rpm);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'std::invoke' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace invoked

// The stored call is replayed, its task is not taken
namespace applied {
Task<> book(int seat, std::string name);
void replay(std::tuple<int, std::string> call) {
    kit::info("replay");

    std::apply(&book, std::move(call));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'std::apply' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
}  // namespace applied

// The bug does not depend on the template's parameter
namespace in_template {
Task<> count_event(int kind);

template <typename Event>
void publish(std::vector<Event>& queue, Event event) {
    queue.push_back(std::move(event));

    count_event(3);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: the task of 'count_event' is discarded; it is lazy, so it never runs [coro-discarded-task]
}
template void publish<int>(std::vector<int>&, int);
template void publish<long>(std::vector<long>&, long);
}  // namespace in_template

// The handler of the function cannot await and only calls
namespace function_try {
class Importer {
public:
    Task<> mark_failed(int job);
    void parse(int job);
    void import(int job) try {
        parse(job);
    } catch (const std::exception& e) {
        kit::warn(e.what());

        mark_failed(job);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'Importer::mark_failed' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace function_try
