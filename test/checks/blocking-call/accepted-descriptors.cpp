// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// Descriptors, blocking and not - what is fine, and why.

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

// Fine because fcntl set O_NONBLOCK on this local descriptor
namespace fcntl_local {
Task<> readable(int fd);
Task<> got(std::string s);

Task<> tail_fifo() {
    int fd = ::open("/run/ctl.fifo", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    char buf[512];
    for (;;) {
        ssize_t n = ::read(fd, buf, sizeof buf);
        if (n > 0) co_await got(std::string(buf, static_cast<std::size_t>(n)));
        else if (n < 0 && errno == EAGAIN) co_await readable(fd);
        else break;
    }
    ::close(fd);
}
}  // namespace fcntl_local

// Fine because F_SETFL follows the creation before any use
namespace fcntl_after {
Task<> writable(int fd);

Task<bool> dial(sockaddr_storage peer) {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL, 0) | O_NONBLOCK);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&peer), sizeof peer) == 0) co_return true;
    co_await writable(fd);
    co_return ::send(fd, "hi", 2, MSG_NOSIGNAL) == 2;
}
}  // namespace fcntl_after

// Fine because a helper in the file makes the descriptor non-blocking
namespace helper_sets {
bool make_nonblocking(int fd) {
    int flags = ::fcntl(fd, F_GETFL, 0);
    return flags >= 0 && ::fcntl(fd, F_SETFL, flags | O_NONBLOCK) == 0;
}
Task<> readable(int fd);

Task<long> drain() {
    int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    if (!make_nonblocking(fd)) co_return -1;
    long total = 0;
    char buf[1500];
    co_await readable(fd);
    for (ssize_t n; (n = ::recv(fd, buf, sizeof buf, 0)) > 0;) total += n;
    co_return total;
}
}  // namespace helper_sets

// Fine because the member is opened with the flag in its initialiser
namespace member_init {
class Wakeup {
    int fd_ = ::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    Task<> readable();

public:
    void notify() {
        std::uint64_t one = 1;
        ::write(fd_, &one, sizeof one);
    }
    Task<std::uint64_t> wait() {
        std::uint64_t n = 0;
        while (::read(fd_, &n, sizeof n) < 0 && errno == EAGAIN) co_await readable();
        co_return n;
    }
};
}  // namespace member_init

// Fine because the constructor's initialiser opens with the flag
namespace ctor_init {
class Watcher {
    int fd_;
    Task<> readable();
    Task<> changed(int wd);

public:
    explicit Watcher(const char* dir) : fd_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
        ::inotify_add_watch(fd_, dir, IN_CLOSE_WRITE);
    }
    ~Watcher() { ::close(fd_); }
    Task<> run() {
        alignas(inotify_event) char buf[4096];
        for (;;) {
            ssize_t n = ::read(fd_, buf, sizeof buf);
            if (n > 0) co_await changed(reinterpret_cast<inotify_event*>(buf)->wd);
            else if (errno == EAGAIN) co_await readable();
            else co_return;
        }
    }
};
}  // namespace ctor_init

// Fine because the constructor's body sets the flag
namespace ctor_body {
class Peer {
    int fd_ = -1;
    Task<> readable();

public:
    Peer() {
        fd_ = ::socket(AF_INET, SOCK_STREAM, 0);
        ::fcntl(fd_, F_SETFL, O_NONBLOCK);
    }
    Task<long> receive() {
        char buf[1024];
        co_await readable();
        co_return ::recv(fd_, buf, sizeof buf, 0);
    }
};
}  // namespace ctor_body

// The accepted client does not block; the listener does not either
namespace accept4_client {
Task<> readable(int fd);

Task<long> serve_one(sockaddr_storage at) {
    int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    ::bind(listener, reinterpret_cast<sockaddr*>(&at), sizeof at);
    ::listen(listener, 16);
    co_await readable(listener);
    int client = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK);
    co_await readable(client);
    char buf[256];
    co_return ::read(client, buf, sizeof buf);
}
}  // namespace accept4_client

// Fine because both ends are non-blocking
namespace pipe2_both {
Task<> readable(int fd);

Task<long> self_pipe() {
    int ends[2];
    if (::pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0) co_return -1;
    ::write(ends[1], "x", 1);
    co_await readable(ends[0]);
    char c = 0;
    co_return ::read(ends[0], &c, 1);
}
}  // namespace pipe2_both

// Fine because the pair was made with SOCK_NONBLOCK
namespace pair_nonblocking {
struct Channel {
    int ends[2];
    Channel() { ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, ends); }
    Task<> readable();

    Task<long> receive() {
        char buf[128];
        co_await readable();
        co_return ::recv(ends[0], buf, sizeof buf, 0);
    }
};
}  // namespace pair_nonblocking

// Fine because both are created non-blocking
namespace timer_signal {
struct Events {
    int timer = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    int signals;
    explicit Events(sigset_t set) : signals{::signalfd(-1, &set, SFD_NONBLOCK)} {}
    Task<> readable();

    Task<std::uint64_t> ticks() {
        std::uint64_t n = 0;
        co_await readable();
        ::read(timer, &n, sizeof n);
        signalfd_siginfo si{};
        if (::read(signals, &si, sizeof si) == sizeof si) co_return 0;
        co_return n;
    }
};
}  // namespace timer_signal

// Fine because FIONBIO makes the socket non-blocking
namespace fionbio {
Task<> readable(int fd);

Task<long> peek() {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    int on = 1;
    ::ioctl(fd, FIONBIO, &on);
    co_await readable(fd);
    char c;
    co_return ::recv(fd, &c, 1, MSG_PEEK);
}
}  // namespace fionbio

// Fine because the flags variable holds O_NONBLOCK
namespace open_flags_variable {
Task<> readable(int fd);

Task<long> gpio() {
    const int flags = O_RDONLY | O_NONBLOCK | O_NOCTTY;
    int fd = ::open("/dev/ttyUSB0", flags);
    char buf[32];
    co_await readable(fd);
    ssize_t n = ::read(fd, buf, sizeof buf);
    ::close(fd);
    co_return n;
}
}  // namespace open_flags_variable

// Fine because the owning wrapper is made from a non-blocking socket in sight
namespace owned_fd {
class UniqueFd {
    int fd_;

public:
    explicit UniqueFd(int fd) : fd_(fd) {}
    UniqueFd(UniqueFd&& o) noexcept : fd_(std::exchange(o.fd_, -1)) {}
    ~UniqueFd() {
        if (fd_ >= 0) ::close(fd_);
    }
    int get() const { return fd_; }
};
Task<> readable(int fd);

Task<long> probe() {
    UniqueFd sock{::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)};
    co_await readable(sock.get());
    char buf[64];
    co_return ::recv(sock.get(), buf, sizeof buf, 0);
}
}  // namespace owned_fd

// Fine because RWF_NOWAIT fails instead of waiting
namespace rwf_nowait {
struct Cached {
    int fd = ::open("/srv/blob", O_RDONLY);
    Task<> miss();

    Task<long> read_cached() {
        char buf[512];
        iovec v{buf, sizeof buf};
        co_await yield_now();
        ssize_t n = ::preadv2(fd, &v, 1, 0, RWF_NOWAIT);
        if (n < 0) co_await miss();
        co_return n;
    }
};
}  // namespace rwf_nowait

// Fine because the factory in this file returns a non-blocking socket
namespace local_factory {
int open_beacon() { return ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0); }
Task<> writable(int fd);

Task<> announce() {
    int fd = open_beacon();
    co_await writable(fd);
    ::send(fd, "here", 4, 0);
    ::close(fd);
}
}  // namespace local_factory

// Fine because the second name is a copy of the non-blocking one
namespace copied_fd {
Task<> writable(int fd);

Task<> announce() {
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
    const int out = fd;
    co_await writable(out);
    ::send(out, "here", 4, 0);
}
}  // namespace copied_fd
