// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
// REQUIRES: header-boost-asio
// RUN: %check_coro %s coro-blocking-call
//
// What was once wrong with the model of Asio.

#include <boost/asio.hpp>

namespace asio = boost::asio;

// Connecting a datagram socket only stores the peer; a stream waits for it.
asio::awaitable<void> connects(asio::ip::udp::socket &Datagrams,
                               asio::ip::udp::endpoint Peer,
                               asio::ip::tcp::socket &Stream,
                               asio::ip::tcp::endpoint Server) {
  Datagrams.connect(Peer);
  Stream.connect(Server);
  // CHECK-MESSAGES: :[[@LINE-1]]:10: warning: 'boost::asio::{{.*}}::connect' blocks the thread
  co_return;
}
