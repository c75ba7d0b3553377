// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// System services that do not wait.

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

// One of the two fields of the time-out is not zero
namespace timeval_half {
struct Port {
    int fd = -1;
    Task<int> look() {
        fd_set r;
        FD_ZERO(&r);
        FD_SET(fd, &r);
        timeval tv{0, 300'000};
        co_await step();

        co_return ::select(fd + 1, &r, nullptr, nullptr, &tv);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'select' blocks the thread in coroutine 'Port::look' [coro-blocking-call]
    }
};
}  // namespace timeval_half

// The same queue without the flag
namespace mqueue_blocking {
struct Queue {
    mqd_t q = ::mq_open("/jobs", O_RDONLY);
    Task<long> receive() {
        char m[256];
        co_await step();

        co_return ::mq_receive(q, m, sizeof m, nullptr);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'mq_receive' blocks the thread in coroutine 'Queue::receive' [coro-blocking-call]
    }
};
}  // namespace mqueue_blocking

// The options variable does not hold WNOHANG
namespace reap_options_other {
Task<int> reap(pid_t pid) {
    const int options = WCONTINUED | WUNTRACED;
    int st = 0;
    co_await step();

    ::waitpid(pid, &st, options);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'waitpid' blocks the thread in coroutine 'reap' [coro-blocking-call]

    co_return st;
}
}  // namespace reap_options_other

// The same writer is given a file stream
namespace metrics_file {
void write_all(std::ostream& out) {
    for (int i = 0; i < 100; ++i) out << i << '\n';
    out.flush();
}
Task<> dump() {
    co_await step();
    std::ofstream f("/var/metrics.txt");
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: the construction of 'std::basic_ofstream' blocks the thread in coroutine 'dump' [coro-blocking-call]

    int n = 0;

    f << n << std::endl;
// CHECK-MESSAGES: :[[@LINE-1]]:7: warning: 'std::basic_ofstream::operator<<' blocks the thread in coroutine 'dump' [coro-blocking-call]

    co_await step();

    write_all(f);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'write_all' blocks the thread in coroutine 'dump' [coro-blocking-call]
}
}  // namespace metrics_file
