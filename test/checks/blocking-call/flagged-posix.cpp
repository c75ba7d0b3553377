// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// POSIX calls that block.

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

// A retry loop that backs off with nanosleep
namespace upload_backoff {
struct Uploader {
    Task<bool> put(std::string chunk);

    Task<bool> put_with_retry(std::string chunk) {
        for (int attempt = 0; attempt < 4; ++attempt) {
            if (co_await put(chunk)) co_return true;
            timespec pause{0, 250'000'000};

            ::nanosleep(&pause, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'nanosleep' blocks the thread in coroutine 'Uploader::put_with_retry' [coro-blocking-call]

        }
        co_return false;
    }
};
}  // namespace upload_backoff

// Clock_nanosleep until an absolute deadline
namespace ticker_absolute {
Task<> emit_sample(long n);

Task<> run_ticker(long count) {
    timespec next{};
    ::clock_gettime(CLOCK_MONOTONIC, &next);
    for (long n = 0; n < count; ++n) {
        next.tv_sec += 1;

        ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'clock_nanosleep' blocks the thread in coroutine 'run_ticker' [coro-blocking-call]

        co_await emit_sample(n);
    }
}
}  // namespace ticker_absolute

// Waits for a datagram on an ordinary socket
namespace syslog_server {
struct Listener {
    int fd = ::socket(AF_INET, SOCK_DGRAM, 0);
    Task<> store(std::string line);

    Task<> serve() {
        char packet[1024];
        for (;;) {
            sockaddr_storage from{};
            socklen_t len = sizeof from;

            ssize_t n = ::recvfrom(fd, packet, sizeof packet, 0, reinterpret_cast<sockaddr*>(&from), &len);
// CHECK-MESSAGES: :[[@LINE-1]]:25: warning: 'recvfrom' blocks the thread in coroutine 'Listener::serve' [coro-blocking-call]

            if (n <= 0) co_return;
            co_await store(std::string(packet, static_cast<std::size_t>(n)));
        }
    }
};
}  // namespace syslog_server

// MSG_NOSIGNAL alone does not make send return at once
namespace statsd_nosignal {
constexpr int kSendFlags = MSG_NOSIGNAL;
struct Relay {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    Task<std::string> next_metric();

    Task<> flush() {
        std::string m = co_await next_metric();

        ::send(fd, m.data(), m.size(), kSendFlags);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'send' blocks the thread in coroutine 'Relay::flush' [coro-blocking-call]
    }
};
}  // namespace statsd_nosignal

// A message with control data goes over a unix socket
namespace fd_passing {
struct Broker {
    int sock = ::socket(AF_UNIX, SOCK_STREAM, 0);
    Task<int> next_fd();

    Task<bool> hand_over() {
        int fd = co_await next_fd();
        char byte = 0;
        iovec iov{&byte, 1};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
        msghdr msg{};
        msg.msg_iov = &iov;
        msg.msg_iovlen = 1;
        msg.msg_control = control;
        msg.msg_controllen = sizeof control;
        cmsghdr* c = CMSG_FIRSTHDR(&msg);
        c->cmsg_level = SOL_SOCKET;
        c->cmsg_type = SCM_RIGHTS;
        c->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(c), &fd, sizeof fd);

        co_return ::sendmsg(sock, &msg, 0) == 1;
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'sendmsg' blocks the thread in coroutine 'Broker::hand_over' [coro-blocking-call]
    }
};
}  // namespace fd_passing

// Connect to a peer with an ordinary socket
namespace peer_link {
Task<> handshake(int fd);

Task<bool> dial(sockaddr_storage peer) {
    int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0) co_return false;

    if (::connect(fd, reinterpret_cast<sockaddr*>(&peer), sizeof peer) != 0) {
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'connect' blocks the thread in coroutine 'dial' [coro-blocking-call]

        ::close(fd);
        co_return false;
    }
    co_await handshake(fd);
    co_return true;
}
}  // namespace peer_link

// The accept loop of a server waits in accept
namespace accept_loop {
Detached session(int fd);
struct Server {
    int listener = ::socket(AF_INET, SOCK_STREAM, 0);
    Task<bool> admission();

    Task<> run() {
        ::listen(listener, 64);
        while (co_await admission()) {
            int fd = ::accept(listener, nullptr, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:22: warning: 'accept' blocks the thread in coroutine 'Server::run' [coro-blocking-call]

            if (fd >= 0) session(fd);
        }
    }
};
}  // namespace accept_loop

// Poll with -1 waits without end
namespace serial_poll {
struct Modem {
    int fd = -1;
    Task<> handle(short events);

    Task<> pump() {
        pollfd p{fd, POLLIN | POLLPRI, 0};

        if (::poll(&p, 1, -1) > 0)
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'poll' blocks the thread in coroutine 'Modem::pump' [coro-blocking-call]

            co_await handle(p.revents);
    }
};
}  // namespace serial_poll

// A home-made reactor step waits up to 100 ms
namespace reactor_step {
struct Reactor {
    int ep = ::epoll_create1(EPOLL_CLOEXEC);
    Task<> dispatch(int fd);

    Task<> step() {
        epoll_event ev[32];

        int n = ::epoll_wait(ep, ev, 32, 100);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'epoll_wait' blocks the thread in coroutine 'Reactor::step' [coro-blocking-call]

        for (int i = 0; i < n; ++i) co_await dispatch(ev[i].data.fd);
    }
};
}  // namespace reactor_step

// Select with a null timeout waits for a descriptor
namespace gateway_select {
struct Gateway {
    int upstream = -1;
    Task<> forward();

    Task<> run() {
        fd_set reads;
        FD_ZERO(&reads);
        FD_SET(upstream, &reads);

        int n = ::select(upstream + 1, &reads, nullptr, nullptr, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'select' blocks the thread in coroutine 'Gateway::run' [coro-blocking-call]

        if (n > 0) co_await forward();
    }
};
}  // namespace gateway_select

// Waits until the worker process ends
namespace worker_exit {
Task<pid_t> fork_worker();
Task<> respawn(int status);

Task<> supervise() {
    pid_t pid = co_await fork_worker();
    int st = 0;

    ::waitpid(pid, &st, WUNTRACED);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'waitpid' blocks the thread in coroutine 'supervise' [coro-blocking-call]

    co_await respawn(st);
}
}  // namespace worker_exit

// Runs a shell command and waits for it
namespace thumbnailer {
Task<std::string> next_image();
Task<> publish(std::string path);

Task<bool> thumbnail() {
    std::string path = co_await next_image();
    std::string cmd = "convert -resize 128x128 " + path + " " + path + ".thumb";

    if (std::system(cmd.c_str()) != 0) co_return false;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'system' blocks the thread in coroutine 'thumbnail' [coro-blocking-call]

    co_await publish(path + ".thumb");
    co_return true;
}
}  // namespace thumbnailer

// Reads the output of a command through a pipe
namespace disk_usage {
Task<> report(std::string line);

Task<> usage() {
    char line[256];
    FILE* p = ::popen("df -h", "r");
// CHECK-MESSAGES: :[[@LINE-1]]:15: warning: 'popen' blocks the thread in coroutine 'usage' [coro-blocking-call]

    while (p && std::fgets(line, sizeof line, p)) {
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'fgets' blocks the thread in coroutine 'usage' [coro-blocking-call]

        co_await report(line);
    }

    if (p) ::pclose(p);
// CHECK-MESSAGES: :[[@LINE-1]]:12: warning: 'pclose' blocks the thread in coroutine 'usage' [coro-blocking-call]
}
}  // namespace disk_usage

// Getaddrinfo asks the resolver on the network
namespace resolve_direct {
Task<> connect_any(addrinfo* list);

Task<bool> reach(std::string host) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;

    if (::getaddrinfo(host.c_str(), "443", &hints, &list) != 0) co_return false;
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'getaddrinfo' blocks the thread in coroutine 'reach' [coro-blocking-call]

    co_await connect_any(list);
    ::freeaddrinfo(list);
    co_return true;
}
}  // namespace resolve_direct

// Gethostbyaddr and getnameinfo ask the resolver too
namespace reverse_lookup {
Task<sockaddr_storage> next_peer();

Task<std::string> peer_name() {
    sockaddr_storage peer = co_await next_peer();
    char host[NI_MAXHOST] = {};

    ::getnameinfo(reinterpret_cast<sockaddr*>(&peer), sizeof peer, host, sizeof host, nullptr, 0, NI_NAMEREQD);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'getnameinfo' blocks the thread in coroutine 'peer_name' [coro-blocking-call]

    co_return host;
}
Task<std::string> canonical(std::string alias) {
    co_await yield_now();

    hostent* h = ::gethostbyname(alias.c_str());
// CHECK-MESSAGES: :[[@LINE-1]]:18: warning: 'gethostbyname' blocks the thread in coroutine 'canonical' [coro-blocking-call]

    co_return h ? h->h_name : alias;
}
}  // namespace reverse_lookup

// Takes a lock file and waits for it
namespace pidfile {
struct PidFile {
    int fd = ::open("/run/relay.pid", O_RDWR | O_CREAT, 0644);
    Task<> start();

    Task<> claim() {
        ::flock(fd, LOCK_EX);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'flock' blocks the thread in coroutine 'PidFile::claim' [coro-blocking-call]

        co_await start();
    }
    Task<> claim_range() {
        struct flock fl {};
        fl.l_type = F_WRLCK;

        ::fcntl(fd, F_SETLKW, &fl);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'fcntl' blocks the thread in coroutine 'PidFile::claim_range' [coro-blocking-call]

        co_await start();
    }
};
}  // namespace pidfile

// Sem_wait waits, sem_trywait does not
namespace shm_ring {
struct Ring {
    sem_t* filled = nullptr;
    sem_t* freed = nullptr;
    Task<> consume();

    Task<> next() {
        ::sem_wait(filled);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sem_wait' blocks the thread in coroutine 'Ring::next' [coro-blocking-call]

        co_await consume();
        ::sem_post(freed);
    }
    Task<bool> try_next() {
        if (::sem_trywait(filled) != 0) co_return false;
        co_await consume();
        ::sem_post(freed);
        co_return true;
    }
};
}  // namespace shm_ring

// Msgrcv waits for a message, with IPC_NOWAIT it does not
namespace sysv_queue {
struct Msg {
    long type;
    char text[64];
};
struct Queue {
    int id = 0;
    Task<> handle(Msg m);

    Task<> receive() {
        Msg m{};

        ::msgrcv(id, &m, sizeof m.text, 0, 0);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'msgrcv' blocks the thread in coroutine 'Queue::receive' [coro-blocking-call]

        co_await handle(m);
    }
    Task<> receive_if_any() {
        Msg m{};
        while (::msgrcv(id, &m, sizeof m.text, 0, IPC_NOWAIT | MSG_NOERROR) >= 0) co_await handle(m);
    }
};
}  // namespace sysv_queue

// Joins a POSIX thread
namespace codec_thread {
struct Codec {
    pthread_t worker{};
    Task<> drain();

    Task<> stop() {
        co_await drain();

        ::pthread_join(worker, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'pthread_join' blocks the thread in coroutine 'Codec::stop' [coro-blocking-call]
    }
    Task<> abandon() {
        co_await drain();
        ::pthread_detach(worker);
    }
};
}  // namespace codec_thread

// Sigwait waits for a signal to be delivered
namespace shutdown_signal {
Task<> close_all();

Task<> until_term() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    int sig = 0;

    ::sigwait(&set, &sig);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sigwait' blocks the thread in coroutine 'until_term' [coro-blocking-call]

    co_await close_all();
}
}  // namespace shutdown_signal

// Pread, pwrite and fsync on a database file
namespace page_store {
struct Pager {
    int fd = ::open("/var/lib/kv/pages.db", O_RDWR | O_CREAT, 0600);
    Task<> journal(long page);

    Task<> rewrite(long page) {
        char block[4096];

        ::pread(fd, block, sizeof block, page * 4096);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'pread' blocks the thread in coroutine 'Pager::rewrite' [coro-blocking-call]

        co_await journal(page);
        block[0] ^= 1;

        ::pwrite(fd, block, sizeof block, page * 4096);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'pwrite' blocks the thread in coroutine 'Pager::rewrite' [coro-blocking-call]

        block[1] = 0;

        ::fsync(fd);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'fsync' blocks the thread in coroutine 'Pager::rewrite' [coro-blocking-call]
    }
};
}  // namespace page_store

// Sendfile from a file to a client socket
namespace static_files {
struct Client {
    int sock = ::socket(AF_INET, SOCK_STREAM, 0);
    Task<int> open_asset(std::string name);

    Task<> serve(std::string name) {
        int fd = co_await open_asset(std::move(name));
        off_t off = 0;

        ::sendfile(sock, fd, &off, 1 << 20);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'sendfile' blocks the thread in coroutine 'Client::serve' [coro-blocking-call]

        ::close(fd);
    }
};
}  // namespace static_files

// Waits until the serial line has sent everything
namespace serial_drain {
struct Line {
    int tty = -1;
    Task<> send(std::string at);

    Task<> command(std::string at) {
        co_await send(std::move(at));

        ::tcdrain(tty);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'tcdrain' blocks the thread in coroutine 'Line::command' [coro-blocking-call]
    }
};
}  // namespace serial_drain
