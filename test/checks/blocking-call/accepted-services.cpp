// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// System services that do not wait - what is fine, and why.

// Services that are written well: every case here is quiet but for the few that say otherwise.
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

// Fine because Job::run is stored in a list for the pool
namespace job_objects {
struct Job {
    virtual ~Job() = default;
    virtual void run() = 0;
};
struct Compress : Job {
    std::string file;
    explicit Compress(std::string f) : file(std::move(f)) {}
    void run() override { std::system(("gzip " + file).c_str()); }
};
struct Spooler {
    std::vector<std::shared_ptr<Job>> jobs;
    Task<> spool() {
        std::shared_ptr<Job> j = std::make_shared<Compress>(co_await next_name());
        jobs.push_back(j);
        workers.enqueue([j] { j->run(); });
    }
};
}  // namespace job_objects

// Fine because the member function is bound and given to the pool
namespace offload_member {
struct Index {
    int fd = -1;
    int rebuild(int parts) { return ::fsync(fd) + parts; }
    Task<int> refresh() {
        int n = co_await workers.run(std::bind(&Index::rebuild, this, 4));
        n += co_await workers.run(std::bind_front(&Index::rebuild, this, 5));
        co_return n;
    }
};
}  // namespace offload_member

// Fine because a plain function is given to the pool by name
namespace offload_pointer {
int slow() { return static_cast<int>(::sleep(2)); }
Task<int> run() {
    int a = co_await workers.run(slow);
    int b = co_await workers.run(&slow);
    co_return a + b;
}
}  // namespace offload_pointer

// Fine because the lambda calls another one, but on the pool
namespace offload_nested {
Task<int> run() {
    auto once = [](int n) {
        ::usleep(static_cast<unsigned>(n));
        return n;
    };
    auto many = [once] { return once(1) + once(2); };
    int v = co_await workers.run(many);
    v += co_await workers.run([many] { return many(); });
    co_return v;
}
}  // namespace offload_nested

// Fine because the functor object goes to the pool
namespace offload_functor {
struct Hash {
    std::string path;
    std::size_t operator()() const {
        std::ifstream in(path);
        std::string s;
        std::getline(in, s, '\0');
        return std::hash<std::string>{}(s);
    }
};
Task<std::size_t> fingerprint() {
    Hash h{co_await next_name()};
    std::size_t v = co_await workers.run(h);
    v ^= co_await workers.run(Hash{"/etc/passwd"});
    co_return v;
}
}  // namespace offload_functor

// Fine because threads wait for the latch, the coroutine counts down
namespace latch_down {
struct Start {
    std::latch go{1};
    std::vector<std::thread> threads;
    Task<> start() {
        for (int i = 0; i < 3; ++i)
            threads.emplace_back([this] {
                go.wait();
                ::usleep(10);
            });
        co_await step();
        go.count_down();
    }
};
}  // namespace latch_down

// Fine because only the worker's own thread waits
namespace worker_class {
class Worker {
    std::mutex m_;
    std::condition_variable cv_;
    std::deque<int> q_;
    bool stop_ = false;
    std::thread t_{&Worker::loop, this};
    void loop() {
        std::unique_lock lk(m_);
        while (!stop_) {
            cv_.wait(lk);
            q_.clear();
        }
    }

public:
    void push(int v) {
        {
            std::lock_guard lk(m_);
            q_.push_back(v);
        }
        cv_.notify_one();
    }
};
struct Service {
    Worker w;
    Task<> run() {
        w.push(1);
        co_await step();
        w.push(2);
    }
};
}  // namespace worker_class

// Fine because the function run once only registers a handler
namespace once_registers {
std::once_flag once;
std::vector<std::function<void()>> hooks;
Task<std::size_t> ready() {
    std::call_once(once, [] { hooks.emplace_back([] { ::fsync(1); }); });
    co_await step();
    co_return hooks.size();
}
}  // namespace once_registers

// Fine because the keys are members
namespace sort_by_key {
struct File {
    std::string name;
    long size = 0;
    long read() const { return ::lseek(3, 0, SEEK_CUR) + ::read(3, nullptr, 0); }
};
struct Listing {
    std::vector<File> files;
    Task<long> total() {
        co_await step();
        std::stable_sort(files.begin(), files.end(), [](const File& a, const File& b) { return a.size < b.size; });
        std::vector<long> sizes;
        std::transform(files.begin(), files.end(), std::back_inserter(sizes), [](const File& f) { return f.size; });
        co_return std::accumulate(sizes.begin(), sizes.end(), 0L);
    }
};
}  // namespace sort_by_key

// Fine because the flag's template argument drops the delay
namespace feature_flag {
template <bool Simulate>
struct Net {
    int send(int v) {
        if constexpr (Simulate) std::this_thread::sleep_for(30ms);
        return v;
    }
};
using Real = Net<false>;
Task<int> go() {
    Real n;
    co_await step();
    co_return n.send(4);
}
}  // namespace feature_flag

// Fine because getenv and locale names are in memory
namespace environment {
Task<std::string> home() {
    const char* h = std::getenv("HOME");
    std::string s = h ? h : "/";
    co_await step();
    co_return s + std::filesystem::path("x/../y").lexically_normal().string();
}
}  // namespace environment

// Fine because every path leaves before the wait
namespace early_exit {
Task<int> pick(int v) {
    co_await step();
    if (v > 0) {
        co_return 1;
    } else if (v < 0) {
        throw v;
    } else {
        std::exit(2);
    }
    ::pause();
}
Task<> loop(int v) {
    for (;;) {
        co_await step();
        if (--v < 0) co_return;
        continue;
        ::sleep(1);
    }
}
}  // namespace early_exit

// Fine because the code after break and goto cannot run
namespace break_before {
Task<int> scan(int v) {
    while (v > 0) {
        co_await step();
        --v;
        if (v == 3) {
            break;
            ::usleep(4);
        }
    }
    switch (v) {
        case 0: co_return 0;
            ::usleep(5);
        default: break;
    }
    co_return v;
}
}  // namespace break_before

// Fine because the sleep is compiled out
namespace compiled_out {
Task<> tidy() {
#if 0
    ::sleep(1);
#endif
    /* ::sleep(2); */
    co_await step();
#ifdef RELAY_SIMULATE
    std::this_thread::sleep_for(1s);
#endif
}
}  // namespace compiled_out
