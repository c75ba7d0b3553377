// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "session.h"
#include <coroutine>
#include <exception>
#include <iostream>
#include <poll.h>

namespace relay {

using asio::use_awaitable;

// A coroutine that nobody waits for: it begins at once and frees itself.
struct Background {
  struct promise_type {
    Background get_return_object() { return {}; }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void return_void() {}
    void unhandled_exception() { std::terminate(); }
  };
};

struct Writable {
  bool await_ready() { return ::poll(&Poll, 1, 0) == 1; } // fine: does not wait
  bool await_suspend(std::coroutine_handle<>) {
    ::poll(&Poll, 1, 50); // planted: coro-blocking-call - holds up the thread
    return false;
  }
  bool await_resume() { return Poll.revents & POLLOUT; }

  pollfd Poll;
};

struct Link {
  Link(asio::any_io_executor Executor, const tcp::resolver::results_type &Found)
      : Socket(Executor) {
    asio::connect(Socket, Found);
  }
  tcp::socket Socket;
};

static Background reportJam(int Fd) {
  if (!co_await Writable{{Fd, POLLOUT, 0}})
    std::cerr << "the mirror is jammed\n"; // fine: logging
}

asio::awaitable<void> mirror(std::shared_ptr<Node> N, std::string Line) {
  auto Executor = co_await asio::this_coro::executor;
  for (int Attempt = 1; Attempt <= 3; ++Attempt) {
    try {
      tcp::resolver Resolver(Executor);
      // planted: coro-blocking-call - asks the name server
      auto Found = Resolver.resolve(N->MirrorHost, N->MirrorPort);
      Link Peer(Executor, Found); // planted: coro-blocking-call - connects
      reportJam(Peer.Socket.native_handle()); // fine: made to be thrown away
      std::string Text = Line + "\nQUIT\n";
      co_await asio::async_write(Peer.Socket, asio::buffer(Text),
                                 use_awaitable);
      Text.clear();
      co_await asio::async_read_until(Peer.Socket, asio::dynamic_buffer(Text),
                                      "bye\n", use_awaitable);
      co_return;
    } catch (const std::exception &E) {
      std::cerr << "mirror: " << E.what() << '\n'; // fine: logging
    }
    // planted: coro-blocking-call - sleeps, and everybody with it
    std::this_thread::sleep_for(std::chrono::milliseconds(5 * Attempt));
  }
}

} // namespace relay
