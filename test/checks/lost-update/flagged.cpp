// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lost-update
//
// State that others can change while the coroutine is suspended.
#include "kit.h"

#include <array>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>

using namespace mock;

struct Peer {
    void send(std::string text);
    bool is_open() const;
    Task<> drain();
    void close();
};
Task<int> fetch(std::string what);
Task<> store(std::string what, long value);
Task<> rest();

// A counter that is read, carried over the suspension and written back
namespace counters {
class Traffic {
    long total_ = 0;
    long requests_ = 0;
    struct Window {
        long sent = 0;
        long lost = 0;
    } window_;
    std::map<std::string, int> hits_;
    std::array<int, 8> slots_{};
    std::atomic<int> active_ = 0;

public:
    Task<> in_one_expression() {
        total_ = total_ + co_await fetch("bytes");
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'total_' is set from the value that it had before a suspension [coro-lost-update]
    }
    Task<> by_a_local() {
        auto n = requests_;
        co_await store("requests", n);
        requests_ = n + 1;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'requests_' is set from the value that it had before a suspension [coro-lost-update]
    }
    Task<> by_two_locals() {
        const long before = requests_;
        const long after = before + 1;
        co_await store("requests", after);
        requests_ = after;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'requests_' is set from the value that it had before a suspension [coro-lost-update]
    }
    Task<> whole_struct() {
        Window copy = window_;
        copy.sent += 1;
        co_await store("sent", copy.sent);
        window_ = copy;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'window_' is set from the value that it had before a suspension [coro-lost-update]
    }
    Task<> part_of_a_struct() {
        const long lost = window_.lost;
        co_await rest();
        window_.lost = lost + 1;
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'lost' is set from the value that it had before a suspension [coro-lost-update]
    }
    Task<> element(std::string page) {
        int n = hits_[page];
        co_await store(page, n);
        hits_[page] = n + 1;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'hits_' is set from the value that it had before a suspension [coro-lost-update]
    }
    Task<> array_element(int i) {
        slots_[i] = slots_[i] + co_await fetch("slot");
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'slots_' is set from the value that it had before a suspension [coro-lost-update]
    }
    Task<> atomic_does_not_help() {
        int n = active_.load();
        co_await rest();
        active_.store(n + 1);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'active_' is set from the value that it had before a suspension [coro-lost-update]
    }
};

long g_served = 0;
Task<> count_served() {
    long n = g_served;
    co_await rest();
    g_served = n + 1;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'g_served' is set from the value that it had before a suspension [coro-lost-update]
}

Task<> static_local() {
    static int round = 0;
    int mine = round;
    co_await rest();
    round = mine + 1;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'round' is set from the value that it had before a suspension [coro-lost-update]
}

struct Account {
    long balance = 0;
};
Task<> deposit(std::shared_ptr<Account> account, long amount) {
    const long old = account->balance;
    co_await store("deposit", amount);
    account->balance = old + amount;
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'balance' is set from the value that it had before a suspension [coro-lost-update]
}
Task<> interest(Account& account) {
    account.balance = account.balance + co_await fetch("interest");
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'balance' is set from the value that it had before a suspension [coro-lost-update]
}

Task<> sum_up() {
    long sum = 0;
    auto add = [&sum](std::string what) -> Task<> {
        sum = sum + co_await fetch(what);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sum' is set from the value that it had before a suspension [coro-lost-update]
    };
    co_await when_all(add("a"), add("b"));
}
}  // namespace counters

// What was checked may be gone
namespace gone {
class Channel {
    bool closed_ = false;
    std::unique_ptr<Peer> peer_;
    Peer* observer_ = nullptr;
    std::shared_ptr<Peer> backup_;
    std::optional<std::string> token_;
    std::weak_ptr<Peer> parent_;
    std::function<void(int)> on_reply_;
    Peer direct_;
    Task<> flush();
    Task<bool> allowed(std::string text);

public:
    void observe(Peer* observer) { observer_ = observer; }
    void fail_over() { backup_ = nullptr; }
    void log_out() { token_.reset(); }
    void cancel() { on_reply_ = {}; }
    void close() {
        closed_ = true;
        peer_.reset();
        direct_.close();
    }
    bool is_closed() const { return closed_; }

    Task<> flag_of_a_pointer(std::string text) {
        if (closed_)
            co_return;
        co_await flush();
        peer_->send(std::move(text));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'peer_' is used after a suspension, but 'closed_' was checked before it [coro-lost-update]
    }
    Task<> flag_of_an_object(std::string text) {
        if (!closed_) {
            co_await flush();
            direct_.send(std::move(text));
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'direct_' is used after a suspension, but 'closed_' was checked before it [coro-lost-update]
        }
    }
    Task<> by_an_accessor(std::string text) {
        if (is_closed())
            co_return;
        co_await flush();
        peer_->send(std::move(text));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'peer_' is used after a suspension, but 'closed_' was checked before it [coro-lost-update]
    }
    Task<> pointer(std::string text) {
        if (!peer_)
            co_return;
        co_await flush();
        peer_->send(text);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'peer_' is used after a suspension, but it was checked before it [coro-lost-update]
        peer_->close();
    }
    Task<> raw_pointer() {
        if (observer_ == nullptr)
            co_return;
        co_await flush();
        observer_->send("flushed");
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'observer_' is used after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<> dereferenced(std::string text) {
        if (backup_ != nullptr) {
            co_await flush();
            Peer& peer = *backup_;
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: 'backup_' is used after a suspension, but it was checked before it [coro-lost-update]
            peer.send(text);
        }
    }
    Task<> condition_that_suspends(std::string text) {
        if (peer_ && co_await allowed(text))
            peer_->send(std::move(text));
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'peer_' is used after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<> both(std::string text) {
        if (peer_ != nullptr && token_.has_value()) {
            co_await flush();
            peer_->send(text + *token_);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'peer_' is used after a suspension, but it was checked before it [coro-lost-update]
// CHECK-MESSAGES: :[[@LINE-2]]:33: warning: 'token_' is used after a suspension, but it was checked before it [coro-lost-update]
        }
    }
    Task<> optional_value() {
        if (!token_)
            co_return;
        co_await flush();
        co_await store(token_.value(), 1);
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'token_' is used after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<> weak() {
        if (parent_.expired())
            co_return;
        co_await flush();
        parent_.lock()->send("done");
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'parent_' is used after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<> callback() {
        if (!on_reply_)
            co_return;
        const int reply = co_await fetch("reply");
        on_reply_(reply);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'on_reply_' is used after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<> answer_kept(std::string text) {
        const bool online = backup_ != nullptr;
        co_await flush();
        if (online)
            backup_->send(std::move(text));
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'backup_' is used after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<> ternary() {
        co_await store("x", backup_ ? (co_await flush(), backup_->is_open()) : 0);
// CHECK-MESSAGES: :[[@LINE-1]]:58: warning: 'backup_' is used after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<> in_a_loop(int rounds) {
        if (!peer_)
            co_return;
        for (int i = 0; i < rounds; ++i) {
            co_await flush();
            peer_->send("tick");
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'peer_' is used after a suspension, but it was checked before it [coro-lost-update]
        }
    }
    Task<> head_of_a_loop() {
        while (peer_) {
            co_await flush();
            peer_->send("tick");
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'peer_' is used after a suspension, but it was checked before it [coro-lost-update]
        }
    }
};
}  // namespace gone

// What two runs find free, both take
namespace taken_twice {
enum class State { Idle, Busy, Stopped };
class Service {
    State state_ = State::Idle;
    bool warned_ = false;
    long used_ = 0;
    long capacity_ = 100;
    int credits_ = 3;
    std::shared_ptr<Peer> peer_;
    std::string token_;
    std::map<std::string, std::string> names_;
    std::unordered_map<int, int> cache_;
    std::set<int> seen_;
    std::deque<int> queue_;
    std::vector<std::string> rows_;
    std::size_t cursor_ = 0;
    Task<std::shared_ptr<Peer>> connect();
    Task<std::string> log_in();

public:
    void add(int job) { queue_.push_back(job); }
    void replace(std::vector<std::string> rows) { rows_ = std::move(rows); }
    void top_up() { ++credits_; }

    Task<bool> start() {
        if (state_ != State::Idle)
            co_return false;
        co_await rest();
        state_ = State::Busy;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'state_' is changed after a suspension, but it was checked before it [coro-lost-update]
        co_return true;
    }
    Task<> by_a_switch() {
        switch (state_) {
        case State::Idle:
            co_await rest();
            state_ = State::Busy;
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'state_' is changed after a suspension, but it was checked before it [coro-lost-update]
            break;
        default:
            break;
        }
    }
    Task<> warn() {
        if (warned_)
            co_return;
        co_await rest();
        warned_ = true;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'warned_' is changed after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<bool> book(long size) {
        if (used_ + size > capacity_)
            co_return false;
        co_await store("book", size);
        used_ += size;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'used_' is changed after a suspension, but it was checked before it [coro-lost-update]
        co_return true;
    }
    Task<bool> spend() {
        if (credits_ > 0) {
            co_await rest();
            --credits_;
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'credits_' is changed after a suspension, but it was checked before it [coro-lost-update]
            co_return true;
        }
        co_return false;
    }
    Task<std::shared_ptr<Peer>> peer() {
        if (!peer_)
            peer_ = co_await connect();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'peer_' is changed after a suspension, but it was checked before it [coro-lost-update]
        co_return peer_;
    }
    Task<std::string> token() {
        if (token_.empty())
            token_ = co_await log_in();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'token_' is changed after a suspension, but it was checked before it [coro-lost-update]
        co_return token_;
    }
    Task<bool> sign_up(std::string name, std::string mail) {
        if (names_.contains(name))
            co_return false;
        co_await rest();
        names_[name] = mail;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'names_' is changed after a suspension, but it was checked before it [coro-lost-update]
        co_return true;
    }
    Task<int> cached(int key) {
        auto found = cache_.find(key);
        if (found != cache_.end())
            co_return found->second;
        int value = co_await fetch("value");
        cache_.emplace(key, value);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'cache_' is changed after a suspension, but it was checked before it [coro-lost-update]
        co_return value;
    }
    Task<> once(int id) {
        if (seen_.count(id) == 0) {
            co_await rest();
            seen_.insert(id);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'seen_' is changed after a suspension, but it was checked before it [coro-lost-update]
        }
    }
    Task<> one_job() {
        if (queue_.empty())
            co_return;
        co_await rest();
        queue_.pop_front();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'queue_' is changed after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<> all_jobs() {
        while (!queue_.empty()) {
            co_await store("job", queue_.front());
            queue_.pop_front();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'queue_' is changed after a suspension, but it was checked before it [coro-lost-update]
        }
    }
    Task<> bounded(int job) {
        if (queue_.size() >= 16)
            co_return;
        co_await rest();
        queue_.push_back(job);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'queue_' is changed after a suspension, but it was checked before it [coro-lost-update]
    }
    Task<std::string> row() {
        if (cursor_ >= rows_.size())
            co_return "";
        co_await rest();
        co_return rows_[cursor_];
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'rows_' is used after a suspension, but it was checked before it [coro-lost-update]
    }
};

struct Config {
    std::string name;
};
std::unique_ptr<Config> g_config;
void unload() { g_config.reset(); }
Task<std::string> banner() {
    if (!g_config)
        co_return "";
    co_await rest();
    co_return g_config->name;
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'g_config' is used after a suspension, but it was checked before it [coro-lost-update]
}

struct Room {
    std::string owner;
};
Task<bool> hand_over(std::shared_ptr<Room> room, std::string from, std::string to) {
    if (room->owner != from)
        co_return false;
    co_await rest();
    room->owner = to;
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'owner' is changed after a suspension, but it was checked before it [coro-lost-update]
    co_return true;
}
}  // namespace taken_twice
