// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Descriptors, blocking and not.

#include "task.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <utility>

using namespace mock;

// The flag is set on the listener, but the client is read
namespace fcntl_other {
Task<int> next_client();
Task<> got(std::string s);

Task<> first_bytes() {
    int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    ::fcntl(listener, F_SETFL, O_NONBLOCK);
    int client = ::socket(AF_INET, SOCK_STREAM, 0);
    char buf[64];
    co_await yield_now();

    ssize_t n = ::read(client, buf, sizeof buf);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'read' blocks the thread in coroutine 'first_bytes' [coro-blocking-call]

    co_await got(std::string(buf, n > 0 ? static_cast<std::size_t>(n) : 0));
}
}  // namespace fcntl_other

// FD_CLOEXEC is set, which is not O_NONBLOCK
namespace fcntl_cloexec {
Task<> got(std::string s);

Task<> first_bytes() {
    int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ::fcntl(fd, F_SETFD, FD_CLOEXEC);
    char buf[64];

    ssize_t n = ::recv(fd, buf, sizeof buf, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'recv' blocks the thread in coroutine 'first_bytes' [coro-blocking-call]

    co_await got(std::string(buf, n > 0 ? static_cast<std::size_t>(n) : 0));
}
}  // namespace fcntl_cloexec

// The counter is made without EFD_NONBLOCK
namespace eventfd_blocking {
class Wakeup {
    int fd_ = ::eventfd(0, EFD_CLOEXEC);
    Task<> handle(std::uint64_t n);

public:
    Task<> run() {
        std::uint64_t n = 0;

        while (::read(fd_, &n, sizeof n) == sizeof n)
// CHECK-MESSAGES: :[[@LINE-1]]:16: warning: 'read' blocks the thread in coroutine 'Wakeup::run' [coro-blocking-call]

            co_await handle(n);
    }
};
}  // namespace eventfd_blocking

// The constructor opens an ordinary socket
namespace ctor_blocking {
class Peer {
    int fd_;
    Task<> hello();

public:
    Peer() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
    Task<long> receive() {
        char buf[1024];
        co_await hello();

        co_return ::recv(fd_, buf, sizeof buf, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'recv' blocks the thread in coroutine 'Peer::receive' [coro-blocking-call]
    }
};
}  // namespace ctor_blocking

// Accept() gives a blocking client even from a non-blocking listener
namespace accept_plain {
Task<> readable(int fd);

Task<long> serve_one() {
    int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    co_await readable(listener);
    int client = ::accept(listener, nullptr, nullptr);
    char buf[256];

    co_return ::read(client, buf, sizeof buf);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'read' blocks the thread in coroutine 'serve_one' [coro-blocking-call]
}
}  // namespace accept_plain

// SOCK_NONBLOCK for the client does not make accept4 return at once
namespace accept4_listener {
Task<> session(int fd);
struct Server {
    int listener = ::socket(AF_INET, SOCK_STREAM, 0);

    Task<> run() {
        for (;;) {
            int client = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
// CHECK-MESSAGES: :[[@LINE-1]]:26: warning: 'accept4' blocks the thread in coroutine 'Server::run' [coro-blocking-call]

            co_await session(client);
        }
    }
};
}  // namespace accept4_listener

// An ordinary pipe is read
namespace pipe_blocking {
Task<> start_child(int out);

Task<long> child_output() {
    int ends[2];
    if (::pipe(ends) != 0) co_return -1;
    co_await start_child(ends[1]);
    char buf[128];

    co_return ::read(ends[0], buf, sizeof buf);
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'read' blocks the thread in coroutine 'child_output' [coro-blocking-call]
}
}  // namespace pipe_blocking

// The timer descriptor is created without TFD_NONBLOCK
namespace timer_blocking {
struct Ticker {
    int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
    Task<> tick(std::uint64_t n);

    Task<> run() {
        std::uint64_t n = 0;
        for (;;) {
            if (::read(timer, &n, sizeof n) < 0) co_return;
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'read' blocks the thread in coroutine 'Ticker::run' [coro-blocking-call]

            co_await tick(n);
        }
    }
};
}  // namespace timer_blocking

// O_SYNC and O_NDELAY-less flags still block
namespace open_sync {
Task<std::string> record();

Task<> append() {
    std::string r = co_await record();
    int fd = ::open("/var/log/wal", O_WRONLY | O_APPEND | O_SYNC);

    ::write(fd, r.data(), r.size());
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'write' blocks the thread in coroutine 'append' [coro-blocking-call]

    ::close(fd);
}
}  // namespace open_sync

// Nothing is known of a descriptor that comes from outside
namespace parameter_fd {
Task<> got(std::string s);

Task<> echo(int fd) {
    char buf[256];
    for (;;) {
        ssize_t n = ::recv(fd, buf, sizeof buf, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:21: warning: 'recv' blocks the thread in coroutine 'echo' [coro-blocking-call]

        if (n <= 0) co_return;
        co_await got(std::string(buf, static_cast<std::size_t>(n)));
    }
}
}  // namespace parameter_fd
