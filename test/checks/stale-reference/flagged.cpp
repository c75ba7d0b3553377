// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-stale-reference
//
// References into shared state that are kept across a suspension.
#include "kit.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <ranges>
#include <set>
#include <span>
#include <string>
#include <unordered_map>

using namespace mock;

struct Session {
    std::string user;
    int hits = 0;
    Task<> ping();
    void touch();
};
Task<> store(std::string_view what, long value);
Task<> rest();

namespace vectors {
class Server {
    std::vector<Session> sessions_;
    std::deque<int> jobs_;
    std::vector<std::unique_ptr<Session>> owned_;

public:
    void add(Session session) { sessions_.push_back(std::move(session)); }
    void job(int id) { jobs_.push_back(id); }
    void drop() { owned_.clear(); }

    Task<> element(std::size_t i) {
        auto& session = sessions_[i];
        co_await rest();
        session.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'session' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> last() {
        Session& session = sessions_.back();
        co_await store("x", session.hits);
        ++session.hits;
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'session' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> pointer(std::size_t i) {
        Session* session = &sessions_.at(i);
        co_await rest();
        session->touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'session' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> part(std::size_t i) {
        int& hits = sessions_[i].hits;
        hits += 1;
        co_await rest();
        hits += 1;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'hits' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> iterator() {
        auto it = sessions_.begin();
        co_await rest();
        it->touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'it' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> algorithm(std::string user) {
        auto it = std::find_if(sessions_.begin(), sessions_.end(), [&](const Session& s) { return s.user == user; });
        if (it == sessions_.end())
            co_return;
        co_await rest();
        it->touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'it' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> ranges_algorithm(std::string user) {
        auto it = std::ranges::find(sessions_, user, &Session::user);
        co_await rest();
        it->touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'it' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> data() {
        Session* first = sessions_.data();
        co_await rest();
        first->touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'first' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> loop() {
        for (auto& session : sessions_)
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this loop over 'sessions_' is suspended, and others change 'sessions_' meanwhile [coro-stale-reference]
            co_await session.ping();
    }
    Task<> loop_by_value() {
        for (int job : jobs_)
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this loop over 'jobs_' is suspended, and others change 'jobs_' meanwhile [coro-stale-reference]
            co_await store("job", job);
    }
    Task<> loop_over_a_view() {
        for (auto& session : sessions_ | std::views::filter([](const Session& s) { return s.hits > 0; }))
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this loop over 'sessions_' is suspended, and others change 'sessions_' meanwhile [coro-stale-reference]
            co_await session.ping();
    }
    Task<> iterators_in_a_loop() {
        for (auto it = sessions_.begin(); it != sessions_.end(); ++it)
// CHECK-MESSAGES: :[[@LINE-1]]:68: warning: 'it' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
            co_await it->ping();
    }
    Task<> span() {
        std::span<Session> all(sessions_);
        co_await rest();
        all[0].touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'all' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> owned(std::size_t i) {
        auto& session = *owned_[i];
        co_await rest();
        session.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'session' refers into 'owned_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> by_an_alias(std::size_t i) {
        auto& all = sessions_;
        auto& session = all[i];
        co_await rest();
        session.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'session' refers into 'sessions_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
};
}  // namespace vectors

namespace maps {
class Registry {
    std::map<int, Session> by_id_;
    std::unordered_map<std::string, Session> by_name_;
    std::map<std::string, std::vector<int>> rooms_;
    std::set<int> ids_;

public:
    void remove(int id) { by_id_.erase(id); }
    void add(std::string name) { by_name_.emplace(name, Session{}); }
    void join(std::string room, int id) { rooms_[room].push_back(id); }
    void leave(int id) { ids_.erase(id); }

    Task<> erased_elsewhere(int id) {
        auto it = by_id_.find(id);
        if (it == by_id_.end())
            co_return;
        co_await rest();
        it->second.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'it' refers into 'by_id_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> reference(int id) {
        auto& session = by_id_[id];
        co_await rest();
        session.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'session' refers into 'by_id_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> by_the_iterator(int id) {
        auto it = by_id_.find(id);
        Session& session = it->second;
        co_await rest();
        session.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'session' refers into 'by_id_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> rehashed(std::string name) {
        auto it = by_name_.find(name);
        co_await rest();
        it->second.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'it' refers into 'by_name_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> inserted(int id) {
        auto [it, is_new] = by_id_.emplace(id, Session{});
        co_await rest();
        it->second.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: '[it, is_new]' refers into 'by_id_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> erases_by_it(int id) {
        auto it = by_id_.find(id);
        co_await rest();
        by_id_.erase(it);
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'it' refers into 'by_id_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> loop() {
        for (auto& [id, session] : by_id_)
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this loop over 'by_id_' is suspended, and others change 'by_id_' meanwhile [coro-stale-reference]
            co_await session.ping();
    }
    Task<> loop_over_a_set() {
        for (int id : ids_)
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: this loop over 'ids_' is suspended, and others change 'ids_' meanwhile [coro-stale-reference]
            co_await store("id", id);
    }
};

struct Hub {
    std::vector<Session> sessions;
};
void grow(Hub& hub) { hub.sessions.emplace_back(); }
Task<> shared(std::shared_ptr<Hub> hub) {
    for (auto& session : hub->sessions)
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop over 'sessions' is suspended, and others change 'sessions' meanwhile [coro-stale-reference]
        co_await session.ping();
}
Task<> given(Hub& hub) {
    Session& first = hub.sessions.front();
    co_await rest();
    first.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'first' refers into 'sessions' as that was before a suspension, and may be stale [coro-stale-reference]
}
std::vector<int> g_ports;
void open_port(int port) { g_ports.push_back(port); }
Task<> global() {
    for (int port : g_ports)
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: this loop over 'g_ports' is suspended, and others change 'g_ports' meanwhile [coro-stale-reference]
        co_await store("port", port);
}
}  // namespace maps

namespace texts {
class Client {
    std::string name_;
    std::optional<Session> session_;
    std::unique_ptr<Session> owned_;

public:
    void rename(std::string name) { name_ = std::move(name); }
    void log_out() { session_.reset(); }
    void drop() { owned_ = nullptr; }

    Task<> view() {
        std::string_view name = name_;
        co_await rest();
        co_await store(name, 1);
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'name' refers into 'name_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> c_string() {
        const char* name = name_.c_str();
        co_await rest();
        co_await store(name, 1);
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'name' refers into 'name_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> optional_target() {
        auto& session = *session_;
        co_await rest();
        session.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'session' refers into 'session_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> owned_target() {
        Session* session = owned_.get();
        co_await rest();
        session->touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'session' refers into 'owned_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
    Task<> member_of_the_target() {
        int& hits = owned_->hits;
        co_await rest();
        ++hits;
// CHECK-MESSAGES: :[[@LINE-1]]:11: warning: 'hits' refers into 'owned_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
};

// Each run adds one.
class Pool {
    std::vector<Session> all_;

public:
    Task<> serve(Session session) {
        all_.push_back(std::move(session));
        auto& mine = all_.back();
        co_await mine.ping();
        mine.touch();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'mine' refers into 'all_' as that was before a suspension, and may be stale [coro-stale-reference]
    }
};
}  // namespace texts
