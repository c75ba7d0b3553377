// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio && (llvm-19 || llvm-22)
// RUN: %check_coro %s coro-ignored-result -- -- -std=c++23
//
// std::expected and Boost.System - what is fine, and why.

// std::expected and Boost.System results of an await that nobody looks at (a language version on, for std::expected).
#include "kit.h"

#include <boost/system/error_code.hpp>
#include <boost/system/result.hpp>

#include <expected>
#include <string>

using namespace mock;

// Fine because each one is tested, chained or unwrapped
namespace expected_used {
class Intake {
public:
    Task<std::expected<int, std::error_code>> parse(std::string text);
    Task<std::expected<void, std::error_code>> store(int id);
    Task<int> accept(std::string text) {
        auto id = co_await parse(std::move(text));
        if (!id) co_return -1;
        if (auto stored = co_await store(*id); !stored) kit::warn(stored.error().message());
        int other = (co_await parse("7")).value_or(0);
        (co_await store(other)).value();
        (void)co_await store(other + 1);
        co_return *id;
    }
};
}  // namespace expected_used
