#pragma once
/// Limits the number of open connections: called for every accepted TCP connection, before it gets a thread.
///
/// When almost all threads are taken, the connection that is silent for longest is closed. When the queue of
/// connections that wait for a thread is full too, the new connection gets a 503 and stays open for a moment, so
/// that the client reads the 503 instead of a reset.
#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/TCPServer.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

#include "reference_host/http/connection_registry.hpp"
#include "reference_host/http/http_server_config.hpp"

namespace crm::app {

class ConnectionLimiter final : public Poco::Net::TCPServerConnectionFilter {
 public:
  ConnectionLimiter(const HttpServerConfig& config, ConnectionRegistry& registry, std::atomic<int>& open_connections);
  bool accept(const Poco::Net::StreamSocket& socket) override;
  void close();  ///< ends its thread
  std::uint64_t shed() const { return shed_; }
  std::uint64_t refused() const { return refused_; }

 protected:
  ~ConnectionLimiter() override;

 private:
  struct Held {
    Poco::Net::StreamSocket socket;
    std::chrono::steady_clock::time_point until;
  };
  void refuse(const Poco::Net::StreamSocket& socket);
  void keep();
  bool has_work() const { return !held_.empty() || open_connections_ > config_.workers; }
  void attend(std::vector<Held>& held);

  const HttpServerConfig& config_;
  ConnectionRegistry& registry_;
  std::atomic<int>& open_connections_;
  std::atomic<std::uint64_t> shed_{0};
  std::atomic<std::uint64_t> refused_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<Held> held_;
  bool is_closed_ = false;
  std::thread keeper_;
};

}  // namespace crm::app
