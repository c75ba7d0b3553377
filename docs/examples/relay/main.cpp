// Part of coro-tidy, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// relay PORT [MIRROR-HOST MIRROR-PORT] | relay --self-test
#include "session.h"
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <unistd.h>

using namespace relay;
using asio::ip::address_v4;

static unsigned short start(asio::io_context &Io, std::shared_ptr<Node> N,
                            unsigned short Port) {
  tcp::acceptor Acceptor(Io, {address_v4::loopback(), Port});
  Port = Acceptor.local_endpoint().port();
  asio::co_spawn(Io, listen(std::move(Acceptor), N), asio::detached);
  return Port;
}

// Waits a lot, as an ordinary function may.
static std::string ask(unsigned short Port, const std::string &Request) {
  asio::io_context Io;
  tcp::socket Socket(Io);
  Socket.connect({address_v4::loopback(), Port});
  asio::write(Socket, asio::buffer(Request + "\nQUIT\n"));
  std::string Reply;
  asio::read_until(Socket, asio::dynamic_buffer(Reply), "bye\n");
  std::size_t Begin = Reply.find('\n') + 1; // after the welcome
  return Reply.substr(Begin, Reply.find('\n', Begin) - Begin);
}

static bool selfTest(const std::string &Dir) {
  asio::thread_pool Pool(2);
  asio::io_context Io;
  auto Backup = std::make_shared<Node>(Pool, Dir + "/backup", "", "");
  unsigned short BackupPort = start(Io, Backup, 0);
  auto Main = std::make_shared<Node>(Pool, Dir + "/main", "127.0.0.1",
                                     std::to_string(BackupPort));
  unsigned short Port = start(Io, Main, 0);
  std::thread Server([&Io] { Io.run(); });

  bool Good = ask(Port, "GET color") == "none";
  Good &= ask(Port, "PUT color dark blue") == "ok";
  Good &= ask(Port, "GET color") == "dark blue";
  Good &= ask(Port, "NOTE all is well") == "ok";
  Good &= ask(Port, "SAVE") == "1";
  Good &= ask(Port, "HELP") == "nothing to read";
  Good &= ask(Port, "NEWS") == "nothing to read";
  for (int I = 0; I < 200 && ask(BackupPort, "GET color") == "none"; ++I)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  Good &= ask(BackupPort, "GET color") == "dark blue" && Main->Changes == 1;

  Io.stop();
  Server.join();
  Pool.join();
  std::cout << (Good ? "self-test passed\n" : "self-test failed\n");
  return Good;
}

int main(int Argc, char **Argv) {
  std::vector<std::string> Args(Argv + 1, Argv + Argc);
  if (Args.size() == 1 && Args[0] == "--self-test") {
    ::alarm(30); // a hang is a failure too
    std::string Dir = std::filesystem::temp_directory_path() / "relay-XXXXXX";
    bool Good = ::mkdtemp(Dir.data()) && selfTest(Dir);
    std::filesystem::remove_all(Dir);
    return Good ? 0 : 1;
  }
  if (Args.size() != 1 && Args.size() != 3) {
    std::cerr << "usage: relay PORT [MIRROR-HOST MIRROR-PORT]\n";
    return 2;
  }
  Args.resize(3);
  asio::thread_pool Pool(2);
  asio::io_context Io;
  auto N = std::make_shared<Node>(Pool, "relay", Args[1], Args[2]);
  std::cout << "port " << start(Io, N, std::stoi(Args[0])) << std::endl;
  Io.run(); // fine: an ordinary function may wait
}
