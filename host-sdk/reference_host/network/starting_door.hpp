#pragma once
/// Answers 503 with Retry-After on a port whose server is still starting, so that people and proxies hear something;
/// /healthz answers 200, because the process lives.
///
/// Thread: one of its own, between construction and close().
#include <thread>

#include "reference_host/network/listening_socket.hpp"

namespace crm::app {

class StartingDoor {
 public:
  /// `socket` must outlive this object; nobody else may accept on it meanwhile.
  explicit StartingDoor(const ListeningSocket& socket);
  ~StartingDoor() { close(); }
  /// From now on connections wait for whoever accepts next.
  void close();

 private:
  std::jthread thread_;
};

}  // namespace crm::app
