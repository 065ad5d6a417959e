#pragma once
/// One connection: reads requests one after the other and responds to them, on its own thread.
///
/// Anything that leaves the position in the byte stream in doubt ends the connection: a malformed or
/// refused request, an unread body, a truncated one. So no byte is ever taken for another request.
#include <Poco/Net/TCPServerConnection.h>

#include <atomic>
#include <string>

#include "reference_host/http/access_log.hpp"
#include "reference_host/http/connection_registry.hpp"
#include "reference_host/http/http_server_config.hpp"
#include "reference_host/http/request_guard.hpp"
#include "reference_host/http/response_writer.hpp"
#include "reference_host/http/socket_stream.hpp"

namespace crm::app {

/// What all connections of a server share.
struct ConnectionSurroundings {
  const HttpServerConfig& config;
  RequestGuard& guard;
  const ResponseWriter& writer;
  const AccessLog& access;
  sdk::Log& log;
  ConnectionRegistry& registry;
  std::atomic<bool>& is_stopping;
  std::atomic<int>& open_connections;  ///< accepted by the limiter and not closed yet
  std::atomic<std::uint64_t>& requests;
};

class HttpConnection final : public Poco::Net::TCPServerConnection {
 public:
  HttpConnection(const Poco::Net::StreamSocket& socket, ConnectionSurroundings& surroundings);
  ~HttpConnection() override;
  void run() override;

 private:
  using Clock = SocketStream::Clock;
  enum class Step { go_on, close, refused };

  bool serve_one();
  /// Waits in silence for the first byte. False: nobody speaks any more.
  bool wait_for_request();
  Step read_head();
  /// Looks for the empty line in what arrived. `go_on`: found, and parsed.
  std::optional<Step> scan_head(std::size_t& scanned);
  Step read_body();
  Step read_sized_body();
  Step read_chunked_body();
  Step refuse(const Refusal& refusal);
  bool send(const sdk::Response& response);
  void renew_request_id();

  ConnectionSurroundings& all_;
  SocketStream stream_;
  ConnectionRegistry::Entry entry_;
  std::string peer_;
  Exchange exchange_;
  std::string in_;       ///< the head; views of the exchange point into it
  std::string pending_;  ///< what arrived behind the head
  std::string out_;
  Clock::time_point began_{};
  Clock::time_point deadline_{};
  int served_ = 0;
  bool keep_alive_ = true;
};

}  // namespace crm::app
