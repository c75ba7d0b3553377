// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// RUN: %check_coro %s coro-blocking-call
//
// What looks like a blocking call.

#include "task.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <concepts>
#include <cstdlib>
#include <fstream>
#include <future>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

using namespace mock;

using namespace std::chrono_literals;

Task<> step();

// The same namespace, but the call is qualified with ::
namespace own_read_global {
int read(int, char*, int n) { return n; }
Task<int> load() {
    char buf[16];
    co_await step();
    int n = read(3, buf, 16);
    co_await step();

    co_return n + static_cast<int>(::read(0, buf, sizeof buf));
// CHECK-MESSAGES: :[[@LINE-1]]:36: warning: 'read' blocks the thread in coroutine 'load' [coro-blocking-call]
}
}  // namespace own_read_global

// A member function calls ::read though the class has its own read
namespace member_hides {
class Port {
    int fd_ = 0;
    int read() { return 7; }

public:
    Task<int> fine() {
        co_await step();
        co_return read();
    }
    Task<long> wrong() {
        char c;
        co_await step();

        co_return ::read(fd_, &c, 1);
// CHECK-MESSAGES: :[[@LINE-1]]:19: warning: 'read' blocks the thread in coroutine 'Port::wrong' [coro-blocking-call]
    }
};
}  // namespace member_hides

// The blocking branch is the one that is kept
namespace taken_branch {
inline constexpr bool kSimulateLatency = true;
Task<> answer() {
    if constexpr (kSimulateLatency) {
        std::this_thread::sleep_for(120ms);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: 'std::this_thread::sleep_for' blocks the thread in coroutine 'answer' [coro-blocking-call]
    }
    co_await step();
}
}  // namespace taken_branch

// The endless loop has a break, so what follows runs
namespace loop_with_break {
Task<bool> more();
Task<> drain() {
    while (true) {
        if (!co_await more()) break;
        co_await step();
    }

    ::sleep(1);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'sleep' blocks the thread in coroutine 'drain' [coro-blocking-call]
}
}  // namespace loop_with_break

// The right operand runs when the left one is true
namespace short_circuit {
struct Lamp {
    bool cold = true;
    Task<> light() {
        bool warmed = cold && ::usleep(3000) == 0;
// CHECK-MESSAGES: :[[@LINE-1]]:31: warning: 'usleep' blocks the thread in coroutine 'Lamp::light' [coro-blocking-call]

        co_await step();
        cold = cold && !warmed;
    }
};
}  // namespace short_circuit

// The call hides in a comma, an init-statement and a loop's increment
namespace odd_places {
Task<> scan() {
    int n = 0;

    n = (::sleep(1), n + 1);
// CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'sleep' blocks the thread in coroutine 'scan' [coro-blocking-call]

    co_await step();

    if (char c; ::read(0, &c, 1) == 1) ++n;
// CHECK-MESSAGES: :[[@LINE-1]]:17: warning: 'read' blocks the thread in coroutine 'scan' [coro-blocking-call]

    for (int i = 0; i < n; ++i, ::usleep(100))
// CHECK-MESSAGES: :[[@LINE-1]]:33: warning: 'usleep' blocks the thread in coroutine 'scan' [coro-blocking-call]

        co_await step();

    switch (::sleep(2)) {
// CHECK-MESSAGES: :[[@LINE-1]]:13: warning: 'sleep' blocks the thread in coroutine 'scan' [coro-blocking-call]

        default: break;
    }
}
}  // namespace odd_places

// The sleep is inside a macro
namespace macro_sleep {
#define SETTLE(ms) ::usleep((ms) * 1000)
#define NO_SETTLE(ms) ((void)(ms))
Task<> toggle() {
    NO_SETTLE(5);
    co_await step();

    SETTLE(5);
// CHECK-MESSAGES: :[[@LINE-1]]:5: warning: 'usleep' blocks the thread in coroutine 'toggle' [coro-blocking-call]
}
}  // namespace macro_sleep
