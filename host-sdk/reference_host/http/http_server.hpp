#pragma once
/// The CRM's HTTP/1.1 server.
///
/// A ConnectionLoop (network/) accepts connections and watches the idle ones; a thread gets a connection only when
/// bytes are there. HttpConnection reads requests strictly (Poco's HTTPServer accepts duplicate lengths, length with
/// chunked, truncated bodies, unread bodies as the next request, and has neither a whole-request deadline nor a body
/// limit), and RequestGuard guards the route: rate limit, credentials, CSRF, body size and type.
///
/// Thread: start() and stop() from one thread; handlers run on the pool's threads.
/// Owner:  everything given to the constructor must outlive the server.
#include <functional>
#include <memory>
#include <string_view>

#include "crm/sdk/services.hpp"
#include "reference_host/http/authenticator.hpp"
#include "reference_host/http/http_server_config.hpp"
#include "reference_host/http/route_table.hpp"
#include "reference_host/network/listening_socket.hpp"

namespace crm::app {

/// Takes one complete access-log line without newline (JsonLog::write_line). Must not block.
using AccessSink = std::function<void(std::string_view line)>;

class HttpServer {
 public:
  /// `access`: may be empty, then nothing is logged per request.
  HttpServer(HttpServerConfig config, RouteTable& routes, Authenticator& authenticator, sdk::Log& log,
             AccessSink access);
  ~HttpServer();  ///< stops

  /// Binds, listens and serves. `invalid` when the port is taken.
  sdk::Done start() noexcept;
  /// Serves on a port that is listened on already.
  sdk::Done start(ListeningSocket socket) noexcept;
  /// Refuses new connections, closes silent ones, lets running requests finish (stop_grace), then cuts.
  void stop() noexcept;
  int port() const noexcept;

  struct Stats {
    int connections = 0;         ///< open now
    int threads = 0;             ///< alive now
    std::uint64_t requests = 0;  ///< answered so far
    std::uint64_t shed = 0;      ///< pausing connections closed to make room
    std::uint64_t refused = 0;   ///< connections refused with 503 because there was no room
    std::size_t held = 0;        ///< bytes of requests and answers that wait for their clients
  };
  Stats stats() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace crm::app
