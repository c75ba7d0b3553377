// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-stale-reference
//
// References that stay valid, are not used later, or are obtained again.
#include "kit.h"

#include <algorithm>
#include <array>
#include <deque>
#include <list>
#include <map>
#include <memory>
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

namespace of_its_own {
Task<> local() {
    std::vector<Session> sessions(3);
    auto& first = sessions[0];
    auto it = sessions.begin();
    co_await rest();
    first.touch();
    it->touch();
    for (auto& session : sessions)
        co_await session.ping();
}
Task<> parameter(std::vector<Session> sessions) {
    for (auto& session : sessions)
        co_await session.ping();
}
Task<> text(std::string name) {
    std::string_view view = name;
    co_await rest();
    co_await store(view, 1);
}
}  // namespace of_its_own

namespace shared {
class Server {
    std::vector<Session> sessions_;
    std::vector<std::shared_ptr<Session>> kept_;
    std::vector<std::unique_ptr<Session>> owned_;
    std::map<int, Session> by_id_;
    std::unordered_map<int, Session> hashed_;
    std::deque<Session> queue_;
    std::list<int> list_;
    std::array<Session, 4> slots_;
    std::vector<int> const primes_{2, 3, 5};
    std::vector<int> fixed_;
    std::string name_;
    AsyncMutex mutex_;

public:
    Server() { fixed_.push_back(1); }
    void add(Session session) {
        sessions_.push_back(session);
        kept_.push_back(std::make_shared<Session>());
        owned_.push_back(std::make_unique<Session>());
        by_id_.emplace(1, session);
        hashed_.emplace(1, session);
        queue_.push_back(session);
        slots_[0] = session;
        name_ = session.user;
    }

    Task<> before_only(std::size_t i) {
        auto& session = sessions_[i];
        session.touch();
        co_await rest();
    }
    Task<> again(std::size_t i) {
        sessions_[i].touch();
        co_await rest();
        sessions_[i].touch();
    }
    Task<> looked_up_again(int id) {
        auto it = by_id_.find(id);
        it->second.touch();
        co_await rest();
        it = by_id_.find(id);
        if (it != by_id_.end())
            it->second.touch();
    }
    Task<> copy(std::size_t i) {
        auto session = sessions_[i];
        co_await rest();
        session.touch();
    }
    Task<> shared_copy(std::size_t i) {
        auto session = kept_[i];
        co_await rest();
        session->touch();
    }
    // An insertion leaves the elements of a map where they are.
    Task<> map_element(int id) {
        auto& session = by_id_[id];
        auto it = by_id_.find(id);
        co_await rest();
        session.touch();
        it->second.touch();
    }
    Task<> hashed_element(int id) {
        auto& session = hashed_[id];
        co_await rest();
        session.touch();
    }
    Task<> queued() {
        auto& session = queue_.front();
        co_await rest();
        session.touch();
    }
    Task<> in_an_array() {
        auto& session = slots_[1];
        co_await rest();
        session.touch();
        for (auto& each : slots_)
            co_await each.ping();
    }
    // The vector grows, the object stays.
    Task<> behind_a_pointer(std::size_t i) {
        auto& session = *owned_[i];
        Session* same = owned_[i].get();
        co_await rest();
        session.touch();
        same->touch();
    }
    Task<> constant() {
        for (int prime : primes_)
            co_await store("prime", prime);
    }
    Task<> filled_by_the_constructor() {
        for (int each : fixed_)
            co_await store("fixed", each);
    }
    Task<> loop_over_a_copy() {
        auto all = sessions_;
        for (auto& session : all)
            co_await session.ping();
        for (auto& session : std::vector<Session>(sessions_))
            co_await session.ping();
    }
    Task<> by_index() {
        for (std::size_t i = 0; i < sessions_.size(); ++i)
            co_await sessions_[i].ping();
    }
    Task<> found_and_left(std::string user) {
        for (auto& session : sessions_)
            if (session.user == user) {
                co_await session.ping();
                co_return;
            }
    }
    Task<> no_suspension_inside() {
        for (auto& session : sessions_)
            session.touch();
        co_await rest();
    }
    Task<> locked(std::size_t i) {
        auto guard = co_await mutex_.scoped_lock_async();
        auto& session = sessions_[i];
        co_await rest();
        session.touch();
        for (auto& each : sessions_)
            co_await each.ping();
    }
    // A place in a list is its own.
    Task<> registered(int id) {
        auto mine = list_.insert(list_.end(), id);
        co_await rest();
        list_.erase(mine);
    }
    Task<> whole_member() {
        auto& all = sessions_;
        co_await rest();
        all.clear();
    }
    Task<> text_copy() {
        std::string name = name_;
        std::string_view view = name;
        co_await rest();
        co_await store(view, 1);
    }
    Task<> in_the_call() { co_await store(name_, 1); }
};
}  // namespace shared
