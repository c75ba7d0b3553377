// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: llvm-19 || llvm-22
// RUN: %check_coro %s coro-blocking-call
//
// What attributes say.

#include "task.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();

// The driver's function says that it blocks, its body is elsewhere
namespace clang_blocking {
int read_adc(int channel) [[clang::blocking]];
int last_adc(int channel);
Task<int> sample() {
    int v = last_adc(2);
    co_await step();

    v += read_adc(3);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'read_adc' blocks the thread in coroutine 'sample' [coro-blocking-call]

    co_return v;
}
}  // namespace clang_blocking

// A method that says that it blocks
namespace clang_blocking_method {
struct Link {
    bool up() const noexcept;
    bool bring_up() [[clang::blocking]];
};
struct Radio {
    Link link;
    Task<bool> start() {
        if (link.up()) co_return true;
        co_await step();

        co_return link.bring_up();
// CHECK-MESSAGES: :[[@LINE-1]]:24: warning: 'Link::bring_up' blocks the thread in coroutine 'Radio::start' [coro-blocking-call]
    }
};
}  // namespace clang_blocking_method

// An ordinary helper calls the function that says so
namespace clang_blocking_indirect {
void erase_sector(int n) [[clang::blocking]];
void erase_all(int n) {
    while (n-- > 0) erase_sector(n);
}
Task<> wipe() {
    co_await step();

    erase_all(16);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'erase_all' blocks the thread in coroutine 'wipe' [coro-blocking-call]
}
}  // namespace clang_blocking_indirect

// Annotated as blocking, body elsewhere
namespace annotate_blocking {
[[clang::annotate("coro::blocking")]] int vendor_transact(int cmd);
int vendor_status();
Task<int> run() {
    int s = vendor_status();
    co_await step();

    s += vendor_transact(7);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'vendor_transact' blocks the thread in coroutine 'run' [coro-blocking-call]

    co_return s;
}
}  // namespace annotate_blocking

// The same with the GNU spelling, on a method and a constructor
namespace annotate_blocking_gnu {
struct Camera {
    __attribute__((annotate("coro::blocking"))) explicit Camera(int index);
    __attribute__((annotate("coro::blocking"))) void grab();
    int width() const;
};
Task<int> shoot() {
    co_await step();

    Camera c(0);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the construction of 'annotate_blocking_gnu::Camera' blocks the thread in coroutine 'shoot' [coro-blocking-call]

    int w = c.width();
    co_await step();

    c.grab();
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'Camera::grab' blocks the thread in coroutine 'shoot' [coro-blocking-call]

    co_return w;
}
}  // namespace annotate_blocking_gnu

// Through a template and a lambda to the annotated function
namespace annotate_chain {
[[clang::annotate("coro::blocking")]] void spi_transfer(int n);
template <typename F>
void locked(F f) {
    f();
}
Task<> transfer() {
    co_await step();

    locked([] { spi_transfer(3); });
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'locked' blocks the thread in coroutine 'transfer' [coro-blocking-call]
}
Task<> transfer_on_pool() {
    co_await workers.run([] { spi_transfer(3); });
}
}  // namespace annotate_chain

// Fine because the destructor is annotated
namespace annotate_dtor {
struct Writer {
    int fd = -1;
    [[clang::annotate("coro::nonblocking")]] ~Writer() { ::fsync(fd); }
};
struct Logger {
    int fd = -1;
    ~Logger() { ::fsync(fd); }
};
Task<int> note() {
    Writer w;
    co_await step();
    co_return w.fd;
}
Task<int> note_slowly() {
    Logger l;
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: the destruction of 'l' blocks the thread in coroutine 'note_slowly' [coro-blocking-call]

    co_await step();
    co_return l.fd;
}
}  // namespace annotate_dtor

// Only one of two functions is annotated as non-blocking
namespace annotate_partly {
[[clang::annotate("coro::nonblocking")]] void quick(int fd) { ::fdatasync(fd); }
void slow(int fd) { ::fdatasync(fd); }
void both(int fd) {
    quick(fd);
    slow(fd);
}
Task<> sync_both(int fd) {
    quick(fd);
    co_await step();

    both(fd);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'both' blocks the thread in coroutine 'sync_both' [coro-blocking-call]
}
}  // namespace annotate_partly

// Fine because this coroutine may block, by its annotation
namespace allow_blocking {
[[clang::annotate("coro::allow_blocking")]] Task<> worker_loop() {
    for (int i = 0; i < 3; ++i) {
        ::sleep(1);
        co_await step();
    }
}
Task<> event_loop() {
    for (int i = 0; i < 3; ++i) {
        ::sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sleep' blocks the thread in coroutine 'event_loop' [coro-blocking-call]

        co_await step();
    }
}
}  // namespace allow_blocking

// Fine because the member coroutine is annotated on its declaration
namespace allow_blocking_member {
struct Batch {
    int fd = -1;
    [[clang::annotate("coro::allow_blocking")]] Task<> flush();
    Task<> flush_soon();
};
Task<> Batch::flush() {
    ::fsync(fd);
    co_await step();
}
Task<> Batch::flush_soon() {
    ::fsync(fd);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'fsync' blocks the thread in coroutine 'Batch::flush_soon' [coro-blocking-call]

    co_await step();
}
}  // namespace allow_blocking_member

// Fine because the awaiter's method is annotated
namespace allow_blocking_awaiter {
struct Spin {
    bool await_ready() const noexcept { return false; }
    [[clang::annotate("coro::allow_blocking")]] bool await_suspend(std::coroutine_handle<>) {
        ::usleep(5);
        return false;
    }
    void await_resume() const noexcept {}
};
struct Nap {
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) {
        ::usleep(5);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'usleep' blocks the thread in awaiter method 'Nap::await_suspend' [coro-blocking-call]

        return false;
    }
    void await_resume() const noexcept {}
};
Task<> use() {
    co_await Spin{};
    co_await Nap{};
}
}  // namespace allow_blocking_awaiter

// Annotations of other tools say nothing
namespace other_annotations {
[[clang::annotate("lint::nonblocking")]] void settle() { ::usleep(10); }
[[clang::annotate("slow")]] int compute(int n) { return n * n; }
Task<int> run() {
    int n = compute(4);
    co_await step();

    settle();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'settle' blocks the thread in coroutine 'run' [coro-blocking-call]

    co_return n;
}
}  // namespace other_annotations

// The interface says that it blocks, whoever implements it
namespace virtual_annotated {
struct Flash {
    virtual ~Flash() = default;
    [[clang::annotate("coro::blocking")]] virtual void erase(int page) = 0;
    virtual int pages() const = 0;
};
struct Updater {
    Flash* flash = nullptr;
    Task<> run() {
        int n = flash->pages();
        co_await step();

        flash->erase(n);
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'Flash::erase' blocks the thread in coroutine 'Updater::run' [coro-blocking-call]
    }
};
}  // namespace virtual_annotated

// Fine because the author silenced this line
namespace silenced {
Task<> blink() {
    co_await step();
    ::usleep(1);  // NOLINT(coro-blocking-call): a microsecond is fine here

    co_await step();
    // NOLINTNEXTLINE(coro-blocking-call)
    ::usleep(2);

    co_await step();

    ::usleep(3);  // NOLINT(bugprone-unused-return-value)
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the thread in coroutine 'blink' [coro-blocking-call]
}
}  // namespace silenced

// An annotated operator and an annotated template
namespace annotated_templates {
struct Bus {
    [[clang::annotate("coro::blocking")]] Bus& operator<<(int v);
    Bus& operator|(int v);
};
template <typename T>
[[clang::annotate("coro::blocking")]] T vendor_get(int reg);
template <typename T>
T vendor_cached(int reg);
struct Board {
    Bus bus;
    Task<int> run() {
        bus | 3;
        co_await step();

        bus << 4;
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'Bus::operator<<' blocks the thread in coroutine 'Board::run' [coro-blocking-call]

        co_await step();
        int n = vendor_cached<int>(1);
        co_await step();

        n += vendor_get<int>(1);
// CHECK-MESSAGES: :[[@LINE-1]]:14: warning: 'vendor_get' blocks the thread in coroutine 'Board::run' [coro-blocking-call]

        co_return n;
    }
};
}  // namespace annotated_templates

// The annotation stands on a later or an earlier redeclaration
namespace redeclared {
void warm_up();
[[clang::annotate("coro::blocking")]] void warm_up();
[[clang::annotate("coro::nonblocking")]] void tick_tock(int fd);
void tick_tock(int fd) { ::fsync(fd); }
Task<> run(int fd) {
    tick_tock(fd);
    co_await step();

    warm_up();
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'warm_up' blocks the thread in coroutine 'run' [coro-blocking-call]
}
}  // namespace redeclared
