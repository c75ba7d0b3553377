// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// A server and its sessions; each write is relayed to the mirror, if any.
#ifndef RELAY_SESSION_H
#define RELAY_SESSION_H

#include "store.h"
#include <atomic>
#include <boost/asio.hpp>
#include <memory>
#include <semaphore>

namespace relay {

namespace asio = boost::asio;
using asio::ip::tcp;

struct Node {
  Node(asio::thread_pool &Pool, std::string Path, std::string Host,
       std::string Port)
      : Pool(Pool), Path(Path), Data(Path + ".journal"), Log(Path + ".trail"),
        MirrorHost(Host), MirrorPort(Port) {}

  asio::thread_pool &Pool; // where waiting is allowed
  std::string Path;
  Store Data;
  Trail Log;
  std::string MirrorHost, MirrorPort;
  std::atomic<int> Changes = 0;
  std::counting_semaphore<64> Slots{64};
};

asio::awaitable<void> listen(tcp::acceptor Acceptor, std::shared_ptr<Node> N);
asio::awaitable<void> mirror(std::shared_ptr<Node> N, std::string Line);

} // namespace relay

#endif // RELAY_SESSION_H
