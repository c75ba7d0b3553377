// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio && (llvm-19 || llvm-22)
// RUN: %check_coro %s coro-ignored-result -- -- -std=c++23
//
// std::expected and Boost.System.

// std::expected and Boost.System results of an await that nobody looks at (a language version on, for std::expected).
#include "kit.h"

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <expected>
#include <string>

using namespace mock;

// The parse error of the upload is never seen
namespace expected_dropped {
enum class Problem { syntax, size };
class Intake {
public:
    Task<std::expected<int, Problem>> parse(std::string text);
    Task<> accept(std::string text) {
        kit::info("accept");

        co_await parse(std::move(text));
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'std::expected<int, expected_dropped::Problem>' that co_await gives; it may be an error or nothing [coro-ignored-result]
    }
};
}  // namespace expected_dropped

// Without a value the error is all there is
namespace expected_void {
class Intake {
public:
    Task<std::expected<void, std::error_code>> store(int id);
    Task<int> count();
    Task<int> accept(int id) {
        int n = co_await count();

        co_await store(id);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'std::expected<void, std::error_code>' that co_await gives; it may be an error or nothing [coro-ignored-result]

        co_return n + 1;
    }
};
}  // namespace expected_void

// Boost.System's result carries the error just so
namespace boost_result {
class Uplink {
public:
    Task<boost::system::result<int>> open(int port);
    Task<boost::system::error_code> close();
    Task<> probe(int port) {
        auto fd = co_await open(port);
        if (fd.has_error()) co_return;

        co_await close();
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'boost::system::error_code' that co_await gives; it may be an error or nothing [coro-ignored-result]
    }
    Task<> touch(int port) {
        kit::info("touch");

        co_await open(port);
// CHECK-MESSAGES: :[[@LINE-1]]:9: warning: nobody looks at the 'boost::system::result<int>' that co_await gives; it may be an error or nothing [coro-ignored-result]

        if (auto ec = co_await close()) kit::warn(ec.message());
    }
};
}  // namespace boost_result
