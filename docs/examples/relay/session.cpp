// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "session.h"
#include <cstdio>
#include <future>
#include <iostream>
#include <sstream>

namespace relay {

using namespace std::chrono_literals;
using asio::awaitable;
using asio::use_awaitable;
using SocketPtr = std::shared_ptr<tcp::socket>;

static std::string readFile(const std::string &Path) {
  std::string Text(256, '\0');
  std::FILE *File = std::fopen(Path.c_str(), "r");
  if (!File)
    return "nothing to read";
  Text.resize(std::fread(Text.data(), 1, Text.size(), File));
  std::fclose(File);
  return Text.substr(0, Text.find('\n'));
}

static std::string greeting(std::string Host = readFile("/etc/hostname")) {
  return Host + " relays\n";
}

static awaitable<void> reply(SocketPtr Socket, std::string Text) {
  co_await asio::async_write(*Socket, asio::buffer(Text), use_awaitable);
}

static awaitable<void> heartbeat(std::shared_ptr<Node> N) {
  asio::steady_timer Tick(co_await asio::this_coro::executor);
  for (;;) {
    Tick.expires_after(60s);
    co_await Tick.async_wait(use_awaitable); // fine: awaited
    std::cerr << N->Changes << " changes\n"; // fine: logging
  }
}

static awaitable<std::string> answer(std::shared_ptr<Node> N,
                                     std::string Line) {
  auto Executor = co_await asio::this_coro::executor;
  std::istringstream In(Line);
  std::string Verb, Key, Value;
  In >> Verb >> Key >> std::ws;
  std::getline(In, Value); // fine: a string stream never waits
  if (Verb == "GET") {
    // fine: a thread of the pool waits
    asio::post(N->Pool, [N, Key] { N->Log.record("get " + Key); });
    co_return N->Data.get(Key); // fine: a short critical section
  } else if (Verb == "PUT") {
    // planted: coro-blocking-call - put, append, sync and fsync
    N->Data.put(Key, Value);
    // planted: coro-blocking-call - record, append, throttle and sleep_for
    N->Log.record("put " + Key);
    if (!N->MirrorHost.empty())
      // fine: detached
      asio::co_spawn(Executor, mirror(N, Line), asio::detached);
    asio::steady_timer Pause(Executor, 1ms); // nobody shall flood us
    // planted: coro-discarded-task - a lazy wait that never begins
    Pause.async_wait(use_awaitable);
  } else if (Verb == "NOTE") {
    // planted: coro-blocking-call - joins the thread at the end of the scope
    std::jthread Writer([N, Line] { N->Log.record(Line); });
  } else if (Verb == "SAVE") {
    std::future<std::size_t> Count = asio::post(
        N->Pool,
        asio::use_future([N] { return N->Data.save(N->Path + ".saved"); }));
    if (Count.wait_for(0s) == std::future_status::ready)
      co_return std::to_string(Count.get()); // fine: it is ready
    // planted: coro-blocking-call - waits for the pool
    co_return std::to_string(Count.get());
  } else if (Verb == "COPY") {
    // planted: coro-unawaited-task - without a mirror it never runs
    auto Copy = mirror(N, "PUT " + Value);
    if (N->MirrorHost.empty())
      co_return "no mirror";
    co_await std::move(Copy);
  } else if (Verb == "TOUCH") {
    auto Touch = mirror(N, "PUT " + Key); // fine: handed on or awaited
    if (Value == "later")
      asio::co_spawn(Executor, std::move(Touch), asio::detached);
    else
      co_await std::move(Touch);
  } else if (Verb == "HELP") {
    // planted: coro-blocking-call - reads a file
    co_return readFile(N->Path + ".help");
  } else if (Verb == "NEWS") {
    co_await asio::post(asio::bind_executor(N->Pool, use_awaitable));
    std::string News = readFile(N->Path + ".news"); // fine: in the pool
    co_await asio::post(Executor, use_awaitable);
    co_return News;
  }
  co_return "ok";
}

static awaitable<void> serve(SocketPtr Socket, std::shared_ptr<Node> N) {
  try {
    // planted: coro-blocking-call - the default argument reads a file
    co_await reply(Socket, greeting());
    for (std::string Buffer;;) {
      std::size_t Size = co_await asio::async_read_until(
          *Socket, asio::dynamic_buffer(Buffer), '\n', use_awaitable);
      std::string Line = Buffer.substr(0, Size - 1);
      Buffer.erase(0, Size);
      if (Line == "QUIT") {
        // planted: coro-blocking-call - writes synchronously
        asio::write(*Socket, asio::buffer("bye\n", 4));
        break;
      }
      std::string Text = co_await answer(N, Line);
      co_await reply(Socket, Text + "\n");
    }
    char More;
    // fine: does not wait
    if (::recv(Socket->native_handle(), &More, 1, MSG_DONTWAIT) > 0)
      std::cerr << "a client talks on\n"; // fine: logging
  } catch (const boost::system::system_error &) {
    (void)reply(Socket, "closing\n"); // fine: says that it is thrown away
  } catch (const std::exception &E) {
    // planted: coro-discarded-task - a handler cannot await, so nobody is told
    reply(Socket, E.what());
  }
  N->Slots.release();
}

awaitable<void> listen(tcp::acceptor Acceptor, std::shared_ptr<Node> N) {
  // fine: this connect is ours and only remembers a function
  N->Data.connect([&Changes = N->Changes] { ++Changes; });
  // fine: a thread of its own
  std::thread([N] { N->Log.record("listening"); }).detach();
  // planted: coro-discarded-task - a lazy coroutine that never begins
  heartbeat(N);
  // planted: coro-lost-task - the handler's result is dropped
  asio::post(Acceptor.get_executor(), [N] { return heartbeat(N); });
  for (;;) {
    auto Socket = std::make_shared<tcp::socket>(
        co_await Acceptor.async_accept(use_awaitable));
    if (N->Slots.try_acquire_for(0s)) // fine: does not wait
      asio::co_spawn(Acceptor.get_executor(), serve(Socket, N), asio::detached);
  }
}

} // namespace relay
