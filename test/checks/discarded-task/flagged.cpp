// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-discarded-task
//
// Tasks that statements throw away.

#include "kit.h"

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <tuple>
#include <unordered_map>

using namespace mock;

using namespace std::chrono_literals;

// In the request loop the response is built but never sent
namespace keep_alive {
struct Request {
    std::string path;
    bool keep_alive = false;
};
class HttpSession {
public:
    Task<Request> read_request();
    Task<> respond(int status, std::string body);

    Task<> serve() {
        bool more = true;
        while (more) {
            Request request = co_await read_request();
            more = request.keep_alive;

            respond(200, "hello " + request.path);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task of 'HttpSession::respond' is discarded; it is lazy, so it never runs [coro-discarded-task]
        }
    }
};
}  // namespace keep_alive

// The flush left of the comma is a task that nobody takes
namespace comma_return {
class LogShipper {
    std::size_t shipped_ = 0;

public:
    Task<> flush();
    std::size_t finish() {
        kit::info("finishing");

        return flush(), shipped_;
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: the task of 'LogShipper::flush' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace comma_return

// The progress message in the increment is never sent
namespace progress {
class Upload {
public:
    Task<> send_part(int part);
    Task<> report(int percent);

    Task<> run(int parts) {
        kit::info("uploading");

        for (int part = 0; part < parts; ++part, report(part * 100 / parts))
// CHECK-MESSAGES: :[[@LINE-1]]:50: warning: the task of 'Upload::report' is discarded; it is lazy, so it never runs [coro-discarded-task]

            co_await send_part(part);
    }
};
}  // namespace progress

// The loop polls a connection that nobody has started to open
namespace for_init {
class Modem {
public:
    Task<> dial(std::string number);
    bool up() const;
    int attempts() const;

    Task<bool> wait_for_carrier(std::string number) {
        kit::info("dialling");

        for (dial(std::move(number)); !up() && attempts() < 10;)
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: the task of 'Modem::dial' is discarded; it is lazy, so it never runs [coro-discarded-task]

            co_await resume_after(1s);
        co_return up();
    }
};
}  // namespace for_init

// The state is looked at before the probe has run, and it never will
namespace switch_init {
enum class Health { good, slow, dead };
class Upstream {
public:
    Task<> probe();
    Health health() const;
    Task<> eject();

    Task<> check() {
        kit::info("checking");

        switch (probe(); health()) {
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: the task of 'Upstream::probe' is discarded; it is lazy, so it never runs [coro-discarded-task]

        case Health::dead:
            co_await eject();
            break;
        default:
            break;
        }
    }
};
}  // namespace switch_init

// Whichever arm is chosen, its task is thrown away
namespace finish_tx {
class Transaction {
public:
    Task<> commit();
    Task<> rollback();
    void finish(bool ok) {
        kit::info(ok ? "commit" : "rollback");

        ok ? commit() : rollback();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace finish_tx

// A loop body without braces, each round's retry is dropped
namespace resend {
class Outbox {
public:
    Task<> resend_oldest();
    int pending() const;
    void resend_all() {
        int left = pending();
        do

            resend_oldest();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task of 'Outbox::resend_oldest' is discarded; it is lazy, so it never runs [coro-discarded-task]

        while (--left > 0);
    }
};
}  // namespace resend

// No peer hears of the new leader
namespace raft {
struct Peer {
    Task<> announce(int leader, long term);
};
class Node {
    std::vector<std::unique_ptr<Peer>> peers_;
    long term_ = 0;

public:
    void on_elected(int self) {
        for (auto& peer : peers_)

            peer->announce(self, term_);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the task of 'Peer::announce' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace raft

// Of the commands of the protocol only "expire" forgets its co_await
namespace redis_like {
enum class Verb { set, get, expire };
class Session {
public:
    Task<> do_set(std::string key);
    Task<> do_get(std::string key);
    Task<> do_expire(std::string key);

    Task<> dispatch(Verb verb, std::string key) {
        switch (verb) {
        case Verb::set:
            co_await do_set(std::move(key));
            break;
        case Verb::get:
            co_await do_get(std::move(key));
            break;
        case Verb::expire:

            do_expire(std::move(key));
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task of 'Session::do_expire' is discarded; it is lazy, so it never runs [coro-discarded-task]

            break;
        }
    }
};
}  // namespace redis_like

// The labelled statement makes a task and throws it away
namespace labelled {
class Link {
public:
    Task<> handshake();
    Task<bool> ping();

    Task<> keep() {
        int tries = 0;

    again:
        handshake();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: the task of 'Link::handshake' is discarded; it is lazy, so it never runs [coro-discarded-task]

        bool alive = co_await ping();
        if (!alive && ++tries < 3) goto again;
    }
};
}  // namespace labelled

// [[likely]] in front of the call changes nothing
namespace attributed {
class Cache {
public:
    Task<> evict(int shard);
    bool full(int shard) const;
    void on_insert(int shard) {
        if (full(shard)) [[unlikely]]

            evict(shard);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: the task of 'Cache::evict' is discarded; it is lazy, so it never runs [coro-discarded-task]
    }
};
}  // namespace attributed
