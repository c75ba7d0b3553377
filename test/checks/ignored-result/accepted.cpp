// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-ignored-result
//
// Results of co_await that nobody looks at - what is fine, and why.

// Errors and must-use results of an await that nobody looks at, and results that may be left alone.
#include "kit.h"

#include <map>
#include <string>
#include <tuple>

using namespace mock;

using namespace std::chrono_literals;

// Fine because each error code is looked at
namespace error_code_checked {
class Socket {
public:
    Task<std::error_code> write(std::string data);
    Task<std::error_code> greet() {
        if (auto ec = co_await write("hello"); ec) co_return ec;
        if (co_await write("again")) kit::warn("again failed");
        std::error_code last = co_await write("last");
        if (!last) kit::info("greeted");
        while ((last = co_await write("bye"))) co_await resume_after(1ms);
        co_return co_await write("end");
    }
};
}  // namespace error_code_checked

// Fine because the outcomes are tested, unwrapped, returned or passed on
namespace outcome_used {
void note(const kit::Outcome<long>& outcome);
class Ledger {
public:
    Task<kit::Outcome<long>> debit(int account, long cents);
    Task<kit::Outcome<long>> move(int from, long cents) {
        note(co_await debit(from, cents));
        if (!co_await debit(from, 2 * cents)) kit::warn("no funds");
        long left = (co_await debit(from, 1)).value();
        kit::info(std::to_string(left));
        (co_await debit(from, 3)).value();
        auto last = co_await debit(from, left);
        co_return last;
    }
};
}  // namespace outcome_used

// Fine because the drop of the result is spelled out
namespace void_cast {
class Volume {
public:
    Task<kit::Fault> sync(int mode);
    Task<std::error_code> unmount();
    Task<> close() {
        (void)co_await sync(1);
        static_cast<void>(co_await sync(2));
        std::ignore = co_await unmount();
        [[maybe_unused]] auto fault = co_await sync(3);
    }
};
}  // namespace void_cast

// Fine because nothing says that this state has to be looked at
namespace plain_enum {
enum class State { idle, busy };
class Machine {
public:
    Task<State> step();
    Task<> run(int steps) {
        for (int n = 0; n < steps; ++n) co_await step();
    }
};
}  // namespace plain_enum

// Fine because sizes, flags and texts may be left alone
namespace counts {
class File {
public:
    Task<std::size_t> write(std::string data);
    Task<bool> flush();
    Task<std::string> path();
    Task<int> seek(long offset);
    Task<File*> self();
    Task<std::vector<int>> marks();
    Task<> work() {
        co_await write("a");
        co_await flush();
        co_await path();
        co_await seek(3);
        co_await self();
        co_await marks();
    }
};
}  // namespace counts

// Fine because this backend's save gives nothing
namespace in_template_void {
struct Disk {
    Task<> save(int id);
};
struct Tape {
    Task<int> save(int id);
};
template <typename Backend>
Task<> backup(std::shared_ptr<Backend> backend, int id) {
    kit::info("backup");
    co_await backend->save(id);
}
template Task<> backup<Disk>(std::shared_ptr<Disk>, int);
template Task<> backup<Tape>(std::shared_ptr<Tape>, int);
}  // namespace in_template_void

// Fine because the macro looks at the fault and returns it
namespace macro {
#define CO_CHECK(expr)                                    \
    do {                                                  \
        if (kit::Fault f_ = co_await (expr); f_) co_return f_; \
    } while (false)
class Install {
public:
    Task<kit::Fault> unpack();
    Task<kit::Fault> link();
    Task<kit::Fault> run() {
        CO_CHECK(unpack());
        CO_CHECK(link());
        co_return kit::Fault{};
    }
};
}  // namespace macro

// Fine because a reference to the connection is given back for chaining
namespace chaining {
class Pipeline {
public:
    Task<Pipeline*> stage(int n);
    Task<> build() {
        co_await stage(1);
        Pipeline* next = co_await stage(2);
        co_await next->stage(3);
    }
};
}  // namespace chaining

// Fine for this check: no await gives the dropped error
namespace synchronous {
class Device {
public:
    std::error_code reset();
    Task<> settle();
    Task<> restart() {
        reset();
        co_await settle();
    }
};
}  // namespace synchronous

// Fine because the error goes to a variable that is looked at
namespace out_parameter {
class Socket {
public:
    Task<std::size_t> read(std::error_code* ec);
    Task<bool> ping() {
        std::error_code ec;
        co_await read(&ec);
        co_return !ec;
    }
};
}  // namespace out_parameter

// Fine because a local is tested behind a second await
namespace tested_later {
class Socket {
public:
    Task<std::error_code> write(std::string data);
    Task<> idle();
    Task<bool> send() {
        std::error_code ec = co_await write("data");
        co_await idle();
        if (ec == std::errc::broken_pipe) co_return false;
        co_return true;
    }
};
}  // namespace tested_later

// Fine because what is awaited gives something that says nothing of failure
namespace plain_answers {
struct Response {
  int Status;
  std::string Body;
};
struct Message {
  std::string error() const;
};
class Client {
public:
  Task<Response> get(std::string Path);
  Task<Message> last();
  Task<std::shared_ptr<int>> counter();
  Task<kit::Fault *> fault();
  Task<> warm() {
    co_await get("/");
    co_await last();
    co_await counter();
    co_await fault();
  }
};
} // namespace plain_answers

// Fine because [[nodiscard]] on the function, the task or the awaiter asks for the await
namespace nodiscard_task {
struct [[nodiscard]] Tick {
  bool await_ready();
  void await_suspend(std::coroutine_handle<> Waiting);
  int await_resume();
};
struct [[nodiscard]] Ticket {
  Tick operator co_await();
};
[[nodiscard]] Tick tick();
[[nodiscard]] Ticket ticket();
[[nodiscard]] Task<> sync();
[[nodiscard]] Task<int> count();
Task<> all() {
  co_await tick();
  co_await ticket();
  co_await sync();
  co_await count();
}
} // namespace nodiscard_task

// Fine because there is no value that could be lost
namespace nodiscard_void {
struct Step {
  bool await_ready();
  void await_suspend(std::coroutine_handle<> Waiting);
  void await_resume();
};
Step step();
Task<> all(kit::Queue<int> &Q, kit::Permits &P, AsyncMutex &M) {
  co_await step();
  co_await Q.push(3);
  co_await P.acquire();
  co_await M.lock_async();
  co_await std::suspend_always{};
}
} // namespace nodiscard_void

// Fine because the coroutine's promise turns an error into an exception
namespace transformed {
struct Counted {
  bool await_ready();
  void await_suspend(std::coroutine_handle<> Waiting);
  int await_resume();
};
struct Throws {
  struct promise_type {
    Throws get_return_object();
    std::suspend_always initial_suspend();
    std::suspend_always final_suspend() noexcept;
    void return_void();
    void unhandled_exception();
    Counted await_transform(Task<std::error_code> Awaited);
  };
};
Task<std::error_code> send(int Id);
Throws all() {
  co_await send(1);
}
} // namespace transformed

// Fine because each value is stored, bound, captured, compared or handed to somebody
namespace handed_on {
class Client {
public:
  Task<std::error_code> send(int Id);
  Task<std::pair<std::error_code, int>> receive();
  void note(std::error_code Error);
  Task<std::error_code> all() {
    note(co_await send(1));
    std::vector<std::error_code> Seen;
    Seen.push_back(co_await send(2));
    Seen[0] = co_await send(3);
    auto [Error, Size] = co_await receive();
    auto &&Bound = co_await send(4);
    auto Later = [Kept = co_await send(5)] { return Kept.value(); };
    if (co_await send(6) == std::errc::timed_out)
      co_return Bound;
    co_return Error ? Error : co_await send(Later());
  }
};
} // namespace handed_on

// Fine because every way to say that a result is not needed was used
namespace spelled_out {
class Client {
public:
  Task<std::error_code> send(int Id);
  Task<> all(bool Verbose) {
    void(co_await send(1));
    Verbose ? (void)co_await send(2) : void();
    for (int I = 0; I < 3; ++I, (void)co_await send(I))
      ;
    (void)(co_await send(3));
  }
};
} // namespace spelled_out

// Fine because the branch is not part of this function
namespace discarded_branch {
struct Disk {
  Task<std::error_code> sync();
};
template <bool Durable> Task<> write(Disk &D) {
  if constexpr (Durable)
    co_await D.sync();
  else
    co_return;
}
template Task<> write<false>(Disk &);
} // namespace discarded_branch
