// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-lost-update
//
// Checks that were missed or wrongly reported once.

#include "kit.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace mock;

struct Link {
  Task<> send(std::string text);
  void close();
};
Task<std::shared_ptr<Link>> open();
Task<std::string> fetch(std::string what);
Task<bool> replicate(std::string entry);
Task<> announce(std::string what);

// A place that is counted before the wait is taken.
namespace reserved {
class Pool {
  std::vector<std::shared_ptr<Link>> all_;
  std::size_t opening_ = 0, most_ = 8;
  int used_ = 0, pending_ = 0;

public:
  void drop() { all_.clear(); }
  void forget() { used_ = 0; }
  Task<bool> grow() {
    if (all_.size() >= most_)
      co_return false;
    auto link = co_await open();
    all_.push_back(std::move(link));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'all_' is changed after a suspension, but it was checked before it [coro-lost-update]
    co_return true;
  }
  Task<bool> grow_counted() {
    if (all_.size() + opening_ >= most_)
      co_return false;
    ++opening_;
    auto link = co_await open();
    --opening_;
    all_.push_back(std::move(link));
    co_return true;
  }
  Task<bool> use() {
    if (used_ + pending_ > 8)
      co_return false;
    pending_ += 1;
    co_await announce("use");
    pending_ -= 1;
    used_ += 1;
    co_return true;
  }
  // Counted too late.
  Task<bool> grow_late() {
    if (all_.size() + opening_ >= most_)
      co_return false;
    auto link = co_await open();
    ++opening_;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'opening_' is changed after a suspension, but it was checked before it [coro-lost-update]
    all_.push_back(std::move(link));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'all_' is changed after a suspension, but it was checked before it [coro-lost-update]
    co_return true;
  }
};
} // namespace reserved

// What another function empties when it changes the state is not to be filled.
namespace role {
enum class Role { follower, leader };
class Node {
  Role role_ = Role::follower;
  std::vector<std::string> log_;
  std::map<int, std::string> waiting_;
  bool closed_ = false;
  std::vector<std::string> history_;

public:
  void step_down() {
    role_ = Role::follower;
    log_.clear();
  }
  void close() {
    closed_ = true;
    waiting_.clear();
  }
  Task<bool> propose(std::string entry) {
    if (role_ != Role::leader)
      co_return false;
    if (!co_await replicate(entry))
      co_return false;
    log_.push_back(std::move(entry));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'log_' is changed after a suspension, but 'role_' was checked before it [coro-lost-update]
    co_return true;
  }
  Task<> ask(int id) {
    if (closed_)
      co_return;
    auto answer = co_await fetch("id");
    waiting_.emplace(id, std::move(answer));
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'waiting_' is changed after a suspension, but 'closed_' was checked before it [coro-lost-update]
  }
  Task<bool> propose_ok(std::string entry) {
    if (role_ != Role::leader)
      co_return false;
    if (!co_await replicate(entry) || role_ != Role::leader)
      co_return false;
    log_.push_back(std::move(entry));
    co_return true;
  }
  Task<> ask_ok(int id) {
    if (closed_)
      co_return;
    auto answer = co_await fetch("id");
    if (!closed_)
      waiting_.emplace(id, std::move(answer));
  }
  // Fine because nobody empties it
  Task<> note(std::string text) {
    if (closed_)
      co_return;
    auto more = co_await fetch(text);
    history_.push_back(std::move(more));
  }
  // Fine because the loop asks each time
  Task<> collect() {
    while (!closed_) {
      auto line = co_await fetch("line");
      waiting_.emplace(0, std::move(line));
    }
  }
};
} // namespace role

// Who is the last one when it is asked need not be so after a wait.
namespace last_user {
class Room {
  int users_ = 0;
  std::set<int> members_;
  std::unique_ptr<Link> bus_;
  std::shared_ptr<Link> archive_;

public:
  void join() { ++users_; }
  void enter(int id) { members_.insert(id); }
  Task<> leave() {
    --users_;
    if (users_ == 0) {
      co_await announce("empty");
      bus_.reset();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'bus_' is changed after a suspension, but 'users_' was checked before it [coro-lost-update]
    }
  }
  Task<> exit(int id) {
    members_.erase(id);
    if (!members_.empty())
      co_return;
    co_await announce("empty");
    archive_ = nullptr;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'archive_' is changed after a suspension, but 'members_' was checked before it [coro-lost-update]
  }
  Task<> leave_ok() {
    if (--users_ > 0)
      co_return;
    co_await announce("empty");
    if (users_ == 0)
      bus_.reset();
  }
  Task<> exit_ok(int id) {
    members_.erase(id);
    if (members_.empty()) {
      archive_ = nullptr;
      co_await announce("empty");
    }
  }
  Task<> last_word() {
    if (users_ == 0) {
      auto bus = std::move(bus_);
      co_await bus->send("bye");
    }
  }
};
} // namespace last_user

// A flag that is taken back where it is found is a message to the next run.
namespace message {
struct Answer {
  std::string text;
  bool ended = false;
};
Task<Answer> receive();
class Reader {
  bool ended_ = false;
  bool connected_ = false;

public:
  Task<std::string> read() {
    if (ended_) {
      ended_ = false;
      co_return "";
    }
    auto answer = co_await receive();
    ended_ = answer.ended && !answer.text.empty();
    co_return answer.text;
  }
  Task<std::string> read_line() {
    if (ended_) {
      ended_ = false;
      co_return "";
    }
    auto answer = co_await receive();
    ended_ = answer.ended;
    co_return answer.text + "\n";
  }
  void disconnect() { connected_ = false; }
  Task<> connect() {
    if (connected_)
      co_return;
    co_await announce("hello");
    connected_ = true;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'connected_' is changed after a suspension, but it was checked before it [coro-lost-update]
  }
};
} // namespace message

// Who assigns a whole object knows that nobody is at work with it.
namespace whole {
class Client {
  std::unique_ptr<Link> link_;
  bool open_ = false;

public:
  Client(Client &&other) noexcept;
  Client &operator=(Client &&other) noexcept {
    link_ = std::move(other.link_);
    open_ = std::exchange(other.open_, false);
    return *this;
  }
  Task<> hello() {
    if (!link_)
      co_return;
    co_await announce("hello");
    co_await link_->send("hello");
  }
};
} // namespace whole

// What is asked behind the co_await of the same condition is asked again.
namespace same_condition {
class Node {
  std::unique_ptr<Link> link_;

public:
  void drop() { link_.reset(); }
  Task<bool> both(std::string entry) {
    if (!link_)
      co_return false;
    if (!co_await replicate(entry) || !link_)
      co_return false;
    co_await link_->send(entry);
    co_return true;
  }
  Task<> inside(std::string entry) {
    if (!link_)
      co_return;
    if (co_await replicate(entry) && link_)
      link_->close();
  }
  Task<> three(std::string entry, bool loud) {
    if (!link_)
      co_return;
    if (loud && co_await replicate(entry) && link_)
      link_->close();
  }
  Task<> nested(std::string entry, bool loud) {
    if (!link_)
      co_return;
    if (!((co_await replicate(entry) || loud) && link_))
      co_return;
    link_->close();
  }
  Task<> either(std::string entry) {
    if (!link_)
      co_return;
    if (co_await replicate(entry) || link_)
      link_->close();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'link_' is used after a suspension, but it was checked before it [coro-lost-update]
  }
  Task<> not_asked(std::string entry, bool loud) {
    if (!link_)
      co_return;
    if (co_await replicate(entry) && loud)
      link_->close();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'link_' is used after a suspension, but it was checked before it [coro-lost-update]
  }
};
} // namespace same_condition

// What is asked before it is given is there.
namespace given {
class Session {
  std::shared_ptr<Link> upstream_;
  std::shared_ptr<Link> mirror_;

public:
  void log_in(std::shared_ptr<Link> upstream, bool wanted) {
    if (upstream)
      upstream_ = upstream;
    if (wanted && upstream)
      upstream_ = std::move(upstream);
  }
  void reflect(std::shared_ptr<Link> mirror, bool wanted) {
    if (wanted)
      mirror_ = mirror;
  }
  Task<> relay(std::string text) {
    if (!upstream_)
      co_return;
    auto more = co_await fetch(text);
    co_await upstream_->send(more);
  }
  Task<> copy(std::string text) {
    if (!mirror_)
      co_return;
    auto more = co_await fetch(text);
    co_await mirror_->send(more);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'mirror_' is used after a suspension, but it was checked before it [coro-lost-update]
  }
};
} // namespace given

// Fine because a loop that empties a queue is the only one of its kind
namespace drained {
class Writer {
  std::vector<std::string> queue_;

public:
  bool post(std::string text) {
    bool busy = !queue_.empty();
    queue_.push_back(std::move(text));
    return busy;
  }
  Task<> write_all() {
    while (!queue_.empty()) {
      co_await announce(queue_.front());
      queue_.erase(queue_.begin());
    }
  }
};
} // namespace drained
