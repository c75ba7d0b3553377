// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-ignored-result
//
// Results of co_await that nobody looks at.

// Errors and must-use results of an await that nobody looks at, and results that may be left alone.
#include "kit.h"

#include <map>
#include <optional>
#include <string>
#include <tuple>

using namespace mock;

using namespace std::chrono_literals;

// The write failed or not, nobody knows
namespace error_code_dropped {
class Socket {
public:
    Task<std::error_code> write(std::string data);
    Task<int> acked();
    Task<int> greet() {
        kit::info("greeting");

        co_await write("hello");
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]

        int n = co_await acked();
        co_return n;
    }
};
}  // namespace error_code_dropped

// The project's outcome type must be looked at
namespace outcome_dropped {
class Ledger {
public:
    Task<kit::Outcome<long>> debit(int account, long cents);
    Task<kit::Outcome<long>> credit(int account, long cents);
    Task<bool> transfer(int from, int to, long cents) {
        auto taken = co_await debit(from, cents);
        if (!taken) co_return false;

        co_await credit(to, cents);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'kit::Outcome<long>' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]

        co_return true;
    }
};
}  // namespace outcome_dropped

// Only the rare branch forgets to look
namespace fault_else {
class Volume {
public:
    Task<kit::Fault> sync(int mode);
    Task<bool> close(bool clean) {
        if (clean) {
            kit::Fault fault = co_await sync(1);
            if (fault) co_return false;
        } else {
            kit::info("forced");

            co_await sync(2);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: nobody looks at the 'kit::Fault' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]
        }
        co_return true;
    }
};
}  // namespace fault_else

// Parentheses look at nothing
namespace parenthesised {
class Volume {
public:
    Task<kit::Fault> sync(int mode);
    Task<> flush() {
        kit::info("flush");

        (co_await sync(0));
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: nobody looks at the 'kit::Fault' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]
    }
};
}  // namespace parenthesised

// The result left of the comma is lost
namespace comma {
class Volume {
public:
    Task<kit::Fault> sync(int mode);
    Task<int> blocks();
    Task<int> count() {
        kit::info("count");

        int n = (co_await sync(0), co_await blocks());
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: nobody looks at the 'kit::Fault' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]

        co_return n;
    }
};
}  // namespace comma

// The increment advances the cursor and ignores its error
namespace increment {
class Cursor {
public:
    Task<std::error_code> advance();
    bool at_end() const;
    int row() const;
    Task<int> sum() {
        int total = 0;
        kit::info("sum");

        for (; !at_end(); co_await advance())
// CHECK-MESSAGES: :[[@LINE-1]]:27: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]

            total += row();
        co_return total;
    }
};
}  // namespace increment

// Both arms give an error that is dropped
namespace ternary {
class Tx {
public:
    Task<std::error_code> commit();
    Task<std::error_code> rollback();
    Task<> finish(bool ok) {
        kit::info("finish");

        ok ? co_await commit() : co_await rollback();
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
// CHECK-MESSAGES: :[[@LINE-2]]:34: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    }
    Task<bool> finish_checked(bool ok) {
        std::error_code ec = ok ? co_await commit() : co_await rollback();
        co_return !ec;
    }
};
}  // namespace ternary

// An enumeration of errors that says nodiscard
namespace enumeration {
enum class [[nodiscard]] SendError { none, closed, full };
class Bus {
public:
    Task<SendError> send(int topic);
    Task<bool> send_checked(int topic) {
        switch (co_await send(topic)) {
        case SendError::none:
            co_return true;
        default:
            co_return false;
        }
    }
    Task<> send_all(int topics) {
        for (int t = 0; t < topics; ++t)

            co_await send(t);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: nobody looks at the 'enumeration::SendError' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]
    }
};
}  // namespace enumeration

// The awaiter's await_resume gives the error code
namespace awaiter_error {
struct SendOp {
    int fd;
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    std::error_code await_resume();
};
class Datagram {
    int fd_ = -1;

public:
    SendOp send(int value) { return {fd_ + value}; }
    Task<> twice(int value) {
        if (auto ec = co_await send(value)) kit::warn(ec.message());
        kit::info("once");

        co_await send(value + 1);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    }
};
}  // namespace awaiter_error

// Await_resume itself is declared [[nodiscard]]
namespace awaiter_nodiscard {
struct TryLockOp {
    bool await_ready() const noexcept;
    void await_suspend(std::coroutine_handle<> h);
    [[nodiscard]] bool await_resume();
};
class Lock {
public:
    TryLockOp lock_for(std::chrono::milliseconds limit);
    void unlock();
};
Task<> update(std::shared_ptr<Lock> lock) {
    kit::info("update");

    co_await lock->lock_for(10ms);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'bool' that co_await gives; await_resume is {{\[\[}}nodiscard]] [coro-ignored-result]

    kit::info("locked, perhaps");
    lock->unlock();
}
Task<> update_right(std::shared_ptr<Lock> lock) {
    if (!co_await lock->lock_for(10ms)) co_return;
    kit::info("locked");
    lock->unlock();
}
}  // namespace awaiter_nodiscard

// The inner task's outcome is dropped
namespace nested {
class Planner {
public:
    Task<Task<kit::Outcome<int>>> prepare(std::string query);
    Task<> run(std::string query) {
        kit::info(query);

        co_await co_await prepare(std::move(query));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'kit::Outcome<int>' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]
    }
};
}  // namespace nested

// One command of the protocol ignores its fault
namespace switch_case {
enum class Verb { put, remove, list };
class Session {
public:
    Task<kit::Fault> put();
    Task<kit::Fault> remove();
    Task<kit::Fault> list();
    Task<bool> dispatch(Verb verb) {
        bool failed = false;
        switch (verb) {
        case Verb::put:
            failed = static_cast<bool>(co_await put());
            break;
        case Verb::remove:

            co_await remove();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: nobody looks at the 'kit::Fault' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]

            break;
        case Verb::list:
            if (co_await list()) failed = true;
            break;
        }
        co_return !failed;
    }
};
}  // namespace switch_case

// Each replica's error is lost
namespace replicas {
struct Replica {
    Task<std::error_code> store(std::string row);
};
Task<int> store_all(std::vector<std::shared_ptr<Replica>> replicas, std::string row) {
    int n = 0;
    for (auto& replica : replicas) {
        ++n;

        co_await replica->store(row);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    }
    co_return n;
}
Task<int> store_counted(std::vector<std::shared_ptr<Replica>> replicas, std::string row) {
    int failures = 0;
    for (auto& replica : replicas) failures += bool(co_await replica->store(row));
    co_return failures;
}
}  // namespace replicas

// The lambda is a coroutine of its own, its error is dropped in it
namespace in_lambda {
Task<std::error_code> purge(int shard);
Task<> purge_all(int shards) {
    auto one = [](int shard) -> Task<> {
        kit::info("purge");

        co_await purge(shard);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    };

    for (int s = 0; s < shards; ++s) co_await one(s);
}
}  // namespace in_lambda

// Instantiated with a backend whose save gives an error code
namespace in_template {
struct S3 {
    Task<std::error_code> save(int id);
};
template <typename Backend>
Task<> backup(std::shared_ptr<Backend> backend, int id) {
    kit::info("backup");

    co_await backend->save(id);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
}
template Task<> backup<S3>(std::shared_ptr<S3>, int);
}  // namespace in_template

// The macro only awaits
namespace run_macro {
#define CO_RUN(expr)         \
    do {                     \
        kit::info(#expr);    \
        co_await (expr);     \
    } while (false)
class Install {
public:
    Task<kit::Fault> unpack();
    Task<> run() {
        kit::info("install");

        CO_RUN(unpack());
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'kit::Fault' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]
    }
};
}  // namespace run_macro

// In front of the rethrowing handler nobody looks at the last write
namespace cleanup {
class Export {
public:
    Task<kit::Outcome<int>> write_footer();
    Task<int> rows();
    Task<int> run() {
        int n = 0;
        try {
            n = co_await rows();

            co_await write_footer();
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: nobody looks at the 'kit::Outcome<int>' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]

        } catch (const std::system_error& e) {
            kit::warn(e.what());
            throw;
        }
        co_return n;
    }
};
}  // namespace cleanup

// Init-statements and loop parts throw their values away
namespace statement_parts {
class Disk {
public:
  Task<std::error_code> sync();
  Task<> all(bool Once) {
    for (co_await sync(); Once; Once = false)
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
      ;
    if (co_await sync(); Once)
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
      co_return;
    switch (co_await sync(); int(Once))
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    default:
      co_await sync();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    do
      co_await sync();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    while (Once);
    [[likely]] co_await sync();
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    Once && (co_await sync(), true);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
  }
};
} // namespace statement_parts

// The cast to void speaks of what is right of the comma
namespace void_of_comma {
class Disk {
public:
  Task<std::error_code> sync();
  Task<> idle();
  Task<> close() {
    (void)(co_await sync(), co_await idle());
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
  }
};
} // namespace void_of_comma

// An empty optional is an answer
namespace optional_result {
class Directory {
public:
  Task<std::optional<int>> resolve(std::string Name);
  Operation<std::optional<int>> ask(int Id);
  Task<> warm() {
    co_await resolve("db");
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'std::optional<int>' that co_await gives; it may be an error or nothing [coro-ignored-result]
    co_await ask(3);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'std::optional<int>' that co_await gives; it may be an error or nothing [coro-ignored-result]
  }
};
} // namespace optional_result

// A class of the project that is a value or an error, and one derived from an error
namespace own_result {
template <class T> struct Result {
  bool has_value() const;
  T &value();
  std::error_code error() const;
};
struct Failure {
  bool has_error() const;
  std::error_code error() const;
};
struct Timeout : Failure {};
class Client {
public:
  Task<Result<int>> get(int Id);
  Task<Timeout> ping();
  Task<> poll() {
    co_await get(3);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'own_result::Result<int>' that co_await gives; it may be an error or nothing [coro-ignored-result]
    co_await ping();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'own_result::Timeout' that co_await gives; it may be an error or nothing [coro-ignored-result]
  }
};
} // namespace own_result

// The condition of an error, a constant error, and one by reference
namespace error_kinds {
class Client {
public:
  Task<std::error_condition> check();
  Operation<const kit::Fault> last();
  Operation<kit::Fault &> state();
  Task<> poll() {
    co_await check();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'std::error_condition' that co_await gives; it may be an error or nothing [coro-ignored-result]
    co_await last();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'kit::Fault' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]
    co_await state();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'kit::Fault' that co_await gives; its type is {{\[\[}}nodiscard]] [coro-ignored-result]
  }
};
} // namespace error_kinds

// The task has a name, its result has none
namespace named_task {
class Client {
public:
  Task<std::error_code> send(int Id);
  Task<> both() {
    auto First = send(1);
    auto Second = send(2);
    co_await First;
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    co_await std::move(Second);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
  }
};
} // namespace named_task

// The taken branch of if constexpr ignores the error
namespace constant_branch {
struct Disk {
  Task<std::error_code> sync();
};
template <bool Durable> Task<> write(Disk &D) {
  if constexpr (Durable)
    co_await D.sync();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
  else
    co_return;
}
template Task<> write<true>(Disk &);
} // namespace constant_branch

// Each arm of a choice counts.
namespace second_arm {
Task<std::error_code> close();
Task<> give_up(bool late) {
    late ? std::error_code{} : co_await close();
// CHECK-MESSAGES: :[[@LINE-1]]:32: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    late ? co_await close() : std::error_code{};
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: nobody looks at the 'std::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
}
}  // namespace second_arm
