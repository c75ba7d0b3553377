// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lost-update
//
// State that nobody changes meanwhile, and state that is read or checked again.
#include "kit.h"

#include <algorithm>
#include <cassert>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

using namespace mock;

struct Peer {
    void send(std::string text);
    Task<> write(std::string text);
    Task<> shut_down();
    bool is_open() const;
    void close();
};
Task<int> fetch(std::string what);
Task<> store(std::string what, long value);
Task<> rest();

namespace read_after {
class Traffic {
    long total_ = 0;
    long best_ = 0;
    std::string log_;
    std::atomic<long> atomic_ = 0;
    long next_ = 0;

public:
    // The right side of a compound assignment comes first.
    Task<> compound() { total_ += co_await fetch("bytes"); }
    Task<> append() { log_ += std::to_string(co_await fetch("line")); }
    Task<> into_a_local_first() {
        int n = co_await fetch("bytes");
        total_ = total_ + n;
    }
    // The other operand comes first.
    Task<> other_order() { total_ = co_await fetch("bytes") + total_; }
    // std::max looks at its arguments when both are there.
    Task<> by_reference() { best_ = std::max<long>(best_, co_await fetch("best")); }
    Task<> read_again() {
        long n = total_;
        co_await store("total", n);
        n = total_;
        total_ = n + 1;
    }
    Task<> compared() {
        long n = total_;
        co_await rest();
        if (total_ == n)
            total_ = n + 1;
    }
    Task<> exchanged() {
        long n = atomic_.load();
        co_await rest();
        while (!atomic_.compare_exchange_weak(n, n + 1)) {
        }
    }
    Task<> written_first() {
        long n = total_;
        total_ = n + 1;
        co_await store("total", n);
    }
    Task<long> taken_first() {
        const long id = next_++;
        co_await store("id", id);
        co_return id;
    }
    Task<> another_one() {
        const long n = total_;
        co_await store("total", n);
        best_ = n;
    }
    // What it is for a while
    Task<> put_back() {
        const long before = best_;
        best_ = 0;
        co_await rest();
        best_ = before;
    }
    Task<> replaced() { total_ = co_await fetch("total"); }
};
}  // namespace read_after

namespace of_its_own {
Task<> local() {
    long sum = 0;
    sum = sum + co_await fetch("a");
    long n = sum;
    co_await rest();
    sum = n + 1;
    std::deque<int> queue{1, 2};
    while (!queue.empty()) {
        co_await rest();
        queue.pop_front();
    }
}
struct Totals {
    long bytes = 0;
};
Task<long> local_struct() {
    Totals totals;
    totals.bytes = totals.bytes + co_await fetch("a");
    auto made = std::make_shared<Totals>();
    made->bytes = made->bytes + co_await fetch("b");
    co_return totals.bytes + made->bytes;
}
Task<> parameter(std::unique_ptr<Peer> peer) {
    if (!peer)
        co_return;
    co_await rest();
    peer->send("x");
}
Task<> copy_of_a_pointer(std::shared_ptr<Peer> peer) {
    if (peer) {
        co_await rest();
        peer->send("x");
    }
}
}  // namespace of_its_own

namespace never_changed {
class Service {
    Peer* const audit_;
    std::unique_ptr<Peer> peer_;
    const long limit_ = 10;
    bool verbose_ = false;
    std::map<std::string, int> table_;

public:
    explicit Service(Peer* audit) : audit_(audit) { peer_ = std::make_unique<Peer>(); }
    ~Service() { peer_.reset(); }
    Task<> constant() {
        if (!audit_)
            co_return;
        co_await rest();
        audit_->send("x");
    }
    Task<> constructor_only() {
        if (!peer_)
            co_return;
        co_await rest();
        peer_->send("x");
    }
    Task<int> looked_up(std::string key) {
        if (!table_.contains(key))
            co_return 0;
        co_await rest();
        co_return table_.at(key);
    }
};

// It is only ever replaced by another one.
class Client {
    std::shared_ptr<Peer> peer_;

public:
    void reconnect() { peer_ = std::make_shared<Peer>(); }
    Task<> send() {
        if (!peer_)
            co_return;
        co_await rest();
        peer_->send("x");
    }
};
}  // namespace never_changed

namespace kept_out {
class Store {
    AsyncMutex mutex_;
    kit::Permits permits_{1};
    std::mutex thread_mutex_;
    std::shared_ptr<Peer> peer_;
    long total_ = 0;
    bool busy_ = false;
    long rounds_ = 0;
    long turns_ = 0;
    std::map<int, int> cache_;
    Task<std::shared_ptr<Peer>> connect();

public:
    void drop() { peer_.reset(); }
    void set(int key, int value) { cache_[key] = value; }
    Task<> guard() {
        auto guard = co_await mutex_.scoped_lock_async();
        if (!peer_)
            peer_ = co_await connect();
    }
    Task<> lock_and_unlock() {
        co_await mutex_.lock_async();
        long n = total_;
        co_await store("total", n);
        total_ = n + 1;
        mutex_.unlock();
    }
    Task<> semaphore() {
        co_await permits_.acquire();
        total_ = total_ + co_await fetch("x");
        permits_.release();
    }
    Task<int> find(int key) {
        auto guard = co_await mutex_.scoped_lock_async();
        auto found = cache_.find(key);
        if (found != cache_.end())
            co_return found->second;
        cache_[key] = co_await fetch("x");
        co_return cache_[key];
    }
    Task<> flag() {
        if (busy_)
            co_return;
        busy_ = true;
        if (rounds_ < 10) {
            co_await rest();
            ++rounds_;
        }
        busy_ = false;
    }
    Task<> exchanged_flag() {
        if (std::exchange(busy_, true))
            co_return;
        turns_ = turns_ + co_await fetch("x");
        busy_ = false;
    }
};
}  // namespace kept_out

namespace checked_again {
enum class State { Idle, Starting, Running, Stopped };
class Channel {
    bool closed_ = false;
    State state_ = State::Idle;
    std::unique_ptr<Peer> peer_;
    std::shared_ptr<Peer> shared_;
    std::weak_ptr<Peer> weak_;
    std::function<void(int)> on_reply_;
    std::deque<int> jobs_;
    std::map<std::string, int> names_;
    long used_ = 0;
    int generation_ = 0;
    int active_ = 0;
    Task<> flush();
    Task<> dial() { peer_ = std::make_unique<Peer>(); co_await rest(); }
    AsyncEvent more_;

public:
    void close() {
        closed_ = true;
        peer_.reset();
        shared_ = nullptr;
    }
    void stop() { state_ = State::Stopped; }
    void renew() { ++generation_; }
    void cancel() { on_reply_ = nullptr; }
    void add(int job) { jobs_.push_back(job); }
    bool is_open() const { return !closed_ && peer_; }

    Task<> flag() {
        if (closed_)
            co_return;
        co_await flush();
        if (closed_)
            co_return;
        peer_->send("x");
    }
    Task<> by_accessor() {
        if (!is_open())
            co_return;
        co_await flush();
        if (!is_open())
            co_return;
        peer_->send("x");
    }
    Task<> pointer() {
        if (!peer_)
            co_return;
        co_await flush();
        if (peer_)
            peer_->send("x");
    }
    Task<> asserted() {
        if (!peer_)
            co_return;
        co_await flush();
        assert(peer_);
        peer_->send("x");
    }
    Task<> before_only() {
        if (!peer_)
            co_return;
        peer_->send("x");
        co_await flush();
    }
    Task<> own_copy() {
        if (auto peer = shared_) {
            co_await flush();
            peer->send("x");
        }
    }
    Task<> copy_again() {
        if (!shared_)
            co_return;
        co_await flush();
        auto peer = shared_;
        if (peer)
            peer->send("x");
    }
    Task<> locked() {
        if (weak_.expired())
            co_return;
        co_await flush();
        if (auto peer = weak_.lock())
            peer->send("x");
    }
    Task<> taken_out() {
        auto done = std::exchange(on_reply_, nullptr);
        int reply = co_await fetch("reply");
        if (done)
            done(reply);
    }
    Task<> other_branch() {
        if (peer_)
            peer_->send("x");
        else
            co_await flush();
        co_await flush();
    }
    Task<> made_anew() {
        if (!peer_)
            co_return;
        co_await dial();
        peer_->send("x");
    }
    Task<> loop() {
        while (!closed_) {
            co_await flush();
            if (!peer_)
                break;
            peer_->send("x");
        }
    }
    Task<> right_order() {
        if (co_await fetch("x") && peer_)
            peer_->send("x");
    }
    Task<> claimed() {
        if (state_ != State::Idle)
            co_return;
        state_ = State::Starting;
        co_await rest();
        if (state_ != State::Starting)
            co_return;
        state_ = State::Running;
    }
    Task<> job() {
        while (jobs_.empty())
            co_await more_;
        int job = jobs_.front();
        jobs_.pop_front();
        co_await store("job", job);
    }
    Task<> booked(long size) {
        if (used_ + size > 100)
            co_return;
        used_ += size;
        co_await store("book", size);
    }
    Task<bool> insertion_decides(std::string name) {
        if (names_.contains(name))
            co_return false;
        co_await rest();
        co_return names_.emplace(name, 1).second;
    }
    Task<> only_said() {
        const bool online = peer_ != nullptr;
        co_await flush();
        kit::info(online ? "online" : "offline");
    }
    Task<> unrelated() {
        if (closed_)
            co_return;
        co_await flush();
        ++used_;
    }
    // close() sets the flag where it resets the pointer.
    Task<> by_the_flag() {
        if (!peer_)
            co_return;
        co_await flush();
        if (closed_)
            co_return;
        peer_->send("x");
    }
    Task<> by_a_number() {
        if (!shared_)
            co_return;
        const auto mine = generation_;
        co_await flush();
        if (mine != generation_)
            co_return;
        shared_->send("x");
    }
    Task<> counted_first() {
        if (++active_ > 4) {
            --active_;
            co_return;
        }
        co_await flush();
        --active_;
    }
    // Closing twice does no harm.
    Task<> close_peer() {
        if (!peer_)
            co_return;
        co_await peer_->shut_down();
        peer_.reset();
    }
};

// Only the one that serves takes out.
class Writer {
    std::deque<std::string> out_;
    AsyncEvent more_;
    Peer peer_;
    std::size_t at_ = 0;
    std::string data_;
    bool stopped_ = false;

public:
    void post(std::string text) { out_.push_back(std::move(text)); }
    void stop() {
        stopped_ = true;
        peer_.close();
    }
    Task<> serve() {
        for (;;) {
            while (out_.empty())
                co_await more_;
            while (!out_.empty()) {
                co_await peer_.write(out_.front());
                out_.pop_front();
            }
        }
    }
    Task<> until_stopped() {
        while (!stopped_) {
            co_await more_;
            co_await peer_.write("tick");
        }
    }
    Task<> in_pieces() {
        while (at_ < data_.size())
            at_ += co_await fetch(data_.substr(at_));
    }
};
}  // namespace checked_again
