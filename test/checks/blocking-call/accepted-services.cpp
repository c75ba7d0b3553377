// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// System services that do not wait - what is fine, and why.

#include "task.h"

#include <fcntl.h>
#include <mqueue.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <syslog.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <deque>
#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <iostream>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <semaphore>
#include <shared_mutex>
#include <sstream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

extern ThreadPool workers;
Task<> step();
Task<std::string> next_name();

// Fine because the timespec is zero, also when it is value-initialised
namespace ppoll_zero {
struct Port {
    int fd = -1;
    Task<int> look() {
        pollfd p{fd, POLLIN, 0};
        timespec none{};
        const timespec zero = {0, 0};
        co_await step();
        int n = ::ppoll(&p, 1, &none, nullptr);
        fd_set r;
        FD_ZERO(&r);
        FD_SET(fd, &r);
        n += ::pselect(fd + 1, &r, nullptr, nullptr, &zero, nullptr);
        timeval tv;
        tv.tv_sec = 0;
        tv.tv_usec = 0;
        n += ::select(fd + 1, &r, nullptr, nullptr, &tv);
        co_return n;
    }
};
}  // namespace ppoll_zero

// Fine because pids, limits, names of the process are known to the kernel
namespace identity {
Task<long> describe() {
    long v = ::getpid() + ::getppid() + static_cast<long>(::getuid());
    rlimit rl{};
    ::getrlimit(RLIMIT_NOFILE, &rl);
    char host[64] = {};
    ::gethostname(host, sizeof host);
    co_await step();
    rusage ru{};
    ::getrusage(RUSAGE_SELF, &ru);
    co_return v + static_cast<long>(rl.rlim_cur) + host[0] + ru.ru_maxrss + ::sysconf(_SC_PAGESIZE);
}
}  // namespace identity

// Fine because mapping and unmapping are no waits
namespace shared_memory {
Task<bool> map_ring() {
    void* p = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED) co_return false;
    std::memset(p, 0, 4096);
    co_await step();
    ::munmap(p, 4096);
    co_return true;
}
}  // namespace shared_memory

// Fine because formatting an address asks nobody
namespace addresses {
Task<std::string> peer_of(int fd) {
    sockaddr_un un{};
    un.sun_family = AF_UNIX;
    std::strncpy(un.sun_path, "/run/x.sock", sizeof un.sun_path - 1);
    sockaddr_storage ss{};
    socklen_t len = sizeof ss;
    ::getpeername(fd, reinterpret_cast<sockaddr*>(&ss), &len);
    ::getsockname(fd, reinterpret_cast<sockaddr*>(&ss), &len);
    co_await step();
    co_return std::string(un.sun_path) + ::gai_strerror(EAI_AGAIN) + std::strerror(ENOENT);
}
}  // namespace addresses

// Fine because calendar functions compute
namespace calendar {
Task<std::string> stamp() {
    std::time_t now = std::time(nullptr);
    std::tm tm{};
    ::gmtime_r(&now, &tm);
    char buf[32];
    std::strftime(buf, sizeof buf, "%FT%TZ", &tm);
    co_await step();
    auto d = std::chrono::steady_clock::now().time_since_epoch() + 5s;
    co_return std::string(buf) + std::to_string(d.count());
}
}  // namespace calendar

// Fine because FIONREAD tells what is there, and the count is only shown
namespace pending_bytes {
Task<int> pending(int fd) {
    int n = 0;
    ::ioctl(fd, FIONREAD, &n);
    winsize ws{};
    ::ioctl(fd, TIOCGWINSZ, &ws);
    co_await step();
    co_return n + ws.ws_col;
}
}  // namespace pending_bytes

// Fine because every one of these only tries
namespace try_family {
struct Locks {
    pthread_mutex_t pm = PTHREAD_MUTEX_INITIALIZER;
    pthread_rwlock_t rw = PTHREAD_RWLOCK_INITIALIZER;
    pthread_spinlock_t* sp = nullptr;
    sem_t* sem = nullptr;
    std::mutex a, b;
    std::shared_mutex s;
    std::recursive_timed_mutex r;
    Task<int> grab() {
        int got = 0;
        co_await step();
        if (::pthread_mutex_trylock(&pm) == 0) ++got, ::pthread_mutex_unlock(&pm);
        if (::pthread_rwlock_tryrdlock(&rw) == 0) ++got, ::pthread_rwlock_unlock(&rw);
        if (::sem_trywait(sem) == 0) ++got, ::sem_post(sem);
        if (std::try_lock(a, b) == -1) {
            ++got;
            a.unlock();
            b.unlock();
        }
        if (s.try_lock_shared()) ++got, s.unlock_shared();
        if (r.try_lock_until(std::chrono::steady_clock::time_point{})) ++got, r.unlock();
        if (std::unique_lock lk(a, std::try_to_lock); lk) ++got;
        co_return got;
    }
};
}  // namespace try_family

// Fine because a deferred lock takes nothing
namespace deferred_lock {
struct Guarded {
    std::mutex m;
    Task<bool> peek() {
        std::unique_lock<std::mutex> lk(m, std::defer_lock);
        co_await step();
        co_return lk.owns_lock() || lk.mutex() == nullptr;
    }
};
}  // namespace deferred_lock

// Fine because the queue was opened with O_NONBLOCK in sight
namespace mqueue_nonblocking {
struct Queue {
    mqd_t q = ::mq_open("/jobs", O_RDONLY | O_NONBLOCK);
    Task<> readable();
    Task<long> receive() {
        char m[256];
        co_await readable();
        co_return ::mq_receive(q, m, sizeof m, nullptr);
    }
};
}  // namespace mqueue_nonblocking

// Fine because starting and signalling a process does not wait for it
namespace fork_and_kill {
Task<pid_t> start() {
    co_await step();
    pid_t pid = ::fork();
    if (pid == 0) {
        ::execlp("sleep", "sleep", "10", static_cast<char*>(nullptr));
        ::_exit(127);
    }
    ::kill(pid, 0);
    ::setpgid(pid, pid);
    co_return pid;
}
}  // namespace fork_and_kill

// Fine because the options variable holds WNOHANG
namespace reap_options {
Task<int> reap(pid_t pid) {
    const int options = WNOHANG | WCONTINUED;
    int st = 0;
    rusage ru{};
    co_await step();
    if (::waitpid(pid, &st, options) == pid) co_return st;
    if (::wait4(pid, &st, WNOHANG, &ru) == pid) co_return st;
    if (::wait3(&st, WNOHANG, nullptr) > 0) co_return st;
    co_return -1;
}
}  // namespace reap_options

// Fine because sigpending and a zero sigtimedwait only look
namespace signal_pending {
Task<bool> asked_to_stop() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    co_await step();
    sigset_t now;
    ::sigpending(&now);
    const timespec zero{0, 0};
    co_return sigismember(&now, SIGTERM) == 1 || ::sigtimedwait(&set, nullptr, &zero) == SIGTERM;
}
}  // namespace signal_pending

// Fine because the peek carries MSG_DONTWAIT in a conditional expression's both arms
namespace peek_flags {
Task<long> peek(int fd, bool all) {
    char c[4];
    co_await step();
    co_return ::recv(fd, c, sizeof c, all ? MSG_PEEK | MSG_DONTWAIT : MSG_DONTWAIT);
}
}  // namespace peek_flags

// Fine because the class's constant flags hold MSG_DONTWAIT
namespace member_flags {
class Link {
    static constexpr int kFlags = MSG_DONTWAIT;
    enum { kSend = MSG_DONTWAIT | MSG_NOSIGNAL };
    int fd_ = ::socket(AF_INET, SOCK_STREAM, 0);

public:
    Task<long> exchange() {
        char c = 0;
        co_await step();
        long n = ::recv(fd_, &c, 1, kFlags);
        n += ::send(fd_, &c, 1, kSend | MSG_MORE);
        co_return n;
    }
};
}  // namespace member_flags

// Fine because the helper always passes MSG_DONTWAIT
namespace helper_flags {
std::optional<std::string> take(int fd) {
    char buf[512];
    ssize_t n = ::recvfrom(fd, buf, sizeof buf, MSG_DONTWAIT, nullptr, nullptr);
    if (n < 0) return std::nullopt;
    return std::string(buf, static_cast<std::size_t>(n));
}
bool give(int fd, const std::string& s) { return ::send(fd, s.data(), s.size(), MSG_DONTWAIT | MSG_EOR) >= 0; }
Task<bool> relay(int from, int to) {
    co_await step();
    auto m = take(from);
    co_return m && give(to, *m);
}
}  // namespace helper_flags

// Fine because the helper's poll has a zero time-out
namespace helper_poll {
bool ready(int fd, short ev) {
    struct pollfd p = {.fd = fd, .events = ev, .revents = 0};
    return ::poll(&p, 1, 0) == 1 && (p.revents & ev);
}
Task<int> states(int fd) {
    co_await step();
    co_return ready(fd, POLLIN) + 2 * ready(fd, POLLOUT);
}
}  // namespace helper_poll

// Fine because the snapshot is text made in memory
namespace metrics {
struct Counter {
    std::string name;
    std::atomic<long> v{0};
};
struct Metrics {
    std::array<Counter, 3> all{{{"reads"}, {"writes"}, {"waits"}}};
    void write(std::ostream& out) const {
        for (auto& c : all) out << c.name << ' ' << c.v.load() << '\n';
    }
    Task<std::string> snapshot() {
        co_await step();
        std::ostringstream out;
        write(out);
        co_return std::move(out).str();
    }
};
}  // namespace metrics
