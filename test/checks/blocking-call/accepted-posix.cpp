// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// POSIX calls that block - what is fine, and why.

#include "task.h"

#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

using namespace mock;

// Fine because reading clocks never waits
namespace ticker_clock {
Task<> emit_sample(long stamp);

Task<> stamp_once() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    struct tm parts {};
    ::gmtime_r(&now.tv_sec, &parts);
    co_await emit_sample(parts.tm_sec);
}
}  // namespace ticker_clock

// Fine because MSG_DONTWAIT comes back with EAGAIN
namespace syslog_server_dontwait {
struct Listener {
    int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    Task<> store(std::string line);
    Task<> readable();

    Task<> serve() {
        char packet[1024];
        for (;;) {
            sockaddr_storage from{};
            socklen_t len = sizeof from;
            ssize_t n = ::recvfrom(fd, packet, sizeof packet, MSG_TRUNC | MSG_DONTWAIT,
                                   reinterpret_cast<sockaddr*>(&from), &len);
            if (n < 0 && errno == EAGAIN) {
                co_await readable();
                continue;
            }
            if (n <= 0) co_return;
            co_await store(std::string(packet, static_cast<std::size_t>(n)));
        }
    }
};
}  // namespace syslog_server_dontwait

// Fine because the flag set in a named constant holds MSG_DONTWAIT
namespace statsd_constant {
constexpr int kSendFlags = MSG_NOSIGNAL | MSG_DONTWAIT;
struct Statsd {
    int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    Task<std::string> next_metric();

    Task<> flush() {
        std::string m = co_await next_metric();
        ::send(fd, m.data(), m.size(), kSendFlags);
    }
};
}  // namespace statsd_constant

// Fine because a batch is only taken if it is there
namespace batch_receive {
struct Batch {
    int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    std::vector<mmsghdr> headers{16};
    Task<> readable();

    Task<int> take() {
        co_await readable();
        co_return ::recvmmsg(fd, headers.data(), static_cast<unsigned>(headers.size()), MSG_DONTWAIT, nullptr);
    }
};
}  // namespace batch_receive

// Fine because socket, bind, listen, getsockopt and shutdown return at once
namespace socket_setup {
Task<> serve(int fd);

Task<> open_port(sockaddr_storage at) {
    int fd = ::socket(AF_INET6, SOCK_STREAM, 0);
    int one = 1;
    ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    ::bind(fd, reinterpret_cast<sockaddr*>(&at), sizeof at);
    ::listen(fd, SOMAXCONN);
    int err = 0;
    socklen_t len = sizeof err;
    ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &err, &len);
    co_await serve(fd);
    ::shutdown(fd, SHUT_RDWR);
}
}  // namespace socket_setup

// Fine because a zero time-out only looks
namespace serial_poll_zero {
struct Modem {
    int fd = -1;
    Task<> handle(short events);
    Task<> idle();

    Task<> pump() {
        pollfd p{fd, POLLIN, 0};
        constexpr int now = 0;
        if (::poll(&p, 1, 0) > 0) co_await handle(p.revents);
        co_await idle();
        if (::poll(&p, 1, now) > 0) co_await handle(p.revents);
    }
};
}  // namespace serial_poll_zero

// Fine because the reactor step only collects what is ready
namespace reactor_step_zero {
struct Reactor {
    int ep = ::epoll_create1(EPOLL_CLOEXEC);
    Task<> dispatch(int fd);

    Task<> step() {
        epoll_event ev[32];
        epoll_event add{};
        add.events = EPOLLIN;
        ::epoll_ctl(ep, EPOLL_CTL_MOD, 0, &add);
        int n = ::epoll_wait(ep, ev, 32, 0);
        for (int i = 0; i < n; ++i) co_await dispatch(ev[i].data.fd);
    }
};
}  // namespace reactor_step_zero

// Fine because the timeval is zero
namespace gateway_select_zero {
struct Gateway {
    int upstream = -1;
    Task<> forward();

    Task<> run() {
        fd_set reads;
        FD_ZERO(&reads);
        FD_SET(upstream, &reads);
        timeval none{0, 0};
        int n = ::select(upstream + 1, &reads, nullptr, nullptr, &none);
        if (n > 0) co_await forward();
    }
};
}  // namespace gateway_select_zero

// Fine because WNOHANG returns at once, also for waitid
namespace worker_reap {
Task<> sigchld();
Task<> respawn(pid_t pid);

Task<> reap() {
    co_await sigchld();
    int st = 0;
    std::vector<pid_t> gone;
    while (pid_t pid = ::waitpid(-1, &st, WNOHANG | WUNTRACED)) {
        if (pid < 0) break;
        gone.push_back(pid);
    }
    siginfo_t info{};
    if (::waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid) gone.push_back(info.si_pid);
    for (pid_t p : gone) co_await respawn(p);
}
}  // namespace worker_reap

// Fine because LOCK_NB, F_SETLK and F_TLOCK only try
namespace pidfile_try {
struct PidFile {
    int fd = ::open("/run/relay.pid", O_RDWR | O_CREAT, 0644);
    Task<> start();

    Task<bool> claim() {
        if (::flock(fd, LOCK_EX | LOCK_NB) != 0) co_return false;
        struct flock fl {};
        fl.l_type = F_WRLCK;
        if (::fcntl(fd, F_SETLK, &fl) != 0) co_return false;
        if (::lockf(fd, F_TLOCK, 0) != 0) co_return false;
        ::flock(fd, LOCK_UN);
        co_await start();
        co_return true;
    }
};
}  // namespace pidfile_try

// Fine because masking, raising and killing return at once
namespace signal_mask {
Task<> close_all();

Task<> quiet_term(pid_t child) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ::kill(child, SIGTERM);
    co_await close_all();
    ::alarm(0);
}
}  // namespace signal_mask

// Fine because a zero sleep only gives way
namespace zero_sleep {
Task<> spin_once();

Task<> be_polite() {
    ::sleep(0);
    ::usleep(0);
    timespec none{};
    ::nanosleep(&none, nullptr);
    ::sched_yield();
    co_await spin_once();
}
}  // namespace zero_sleep

// Fine because lseek and ftruncate-like bookkeeping reads nothing
namespace page_store_seek {
struct Pager {
    int fd = ::open("/var/lib/kv/pages.db", O_RDWR | O_CREAT, 0600);
    Task<> journal(long pages);

    Task<> count() {
        off_t end = ::lseek(fd, 0, SEEK_END);
        int copy = ::dup(fd);
        co_await journal(end / 4096);
        ::close(copy);
    }
};
}  // namespace page_store_seek

// Fine because the settings of a terminal are changed at once
namespace serial_settings {
struct Line {
    int tty = -1;
    Task<> send(std::string at);

    Task<> raw_mode() {
        termios t{};
        ::tcgetattr(tty, &t);
        ::cfmakeraw(&t);
        ::cfsetspeed(&t, B115200);
        ::tcsetattr(tty, TCSANOW, &t);
        co_await send("AT\r");
    }
};
}  // namespace serial_settings

// Fine because nothing here is a coroutine
namespace plain_tool {
int fetch_banner(sockaddr_storage peer) {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    char buf[128];
    ::connect(fd, reinterpret_cast<sockaddr*>(&peer), sizeof peer);
    ::recv(fd, buf, sizeof buf, 0);
    ::sleep(1);
    return ::close(fd);
}
}  // namespace plain_tool
