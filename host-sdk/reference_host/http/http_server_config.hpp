#pragma once
/// What an HttpServer is told once, at construction.
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace crm::app {

/// Bounds of a request's first line and headers. Beyond them: 414 or 431.
struct HeadLimits {
  std::size_t target_bytes_max = 8 * 1024;
  std::size_t header_bytes_max = 16 * 1024;  ///< all header lines together
  std::size_t header_count_max = 100;
};

/// What makes the server's own html pages look like the CRM's others. Empty: plain pages.
struct PageLook {
  std::string stylesheet;  ///< path
  std::string icon;        ///< path
  std::string login_path;  ///< where a 401 leads people
  bool is_demo = false;    ///< every page says so
};

struct HttpServerConfig {
  std::string bind_address = "127.0.0.1";
  int port = 0;            ///< 0: a free one, see HttpServer::port()
  int workers = 256;       ///< threads that handle requests; made when needed, gone when idle
  int waiting_max = 1024;  ///< connections that may wait for a thread; beyond them 503
  int connections_max = 4096;
  /// Connections of one client that may be in the middle of a request or slow to take an answer, and that may be
  /// silent. Beyond them the client's own make room. Trusted proxies have no such limits.
  int unfinished_per_client_max = 256;
  int silent_per_client_max = 1024;
  /// Bytes of unfinished requests, and of answers that wait for their clients, all together. Beyond them goes who holds
  /// much for longest.
  std::size_t held_bytes_max = 64 * 1024 * 1024;

  /// From a request's first byte to its last: a client that sends a byte each second is cut.
  std::chrono::milliseconds request_deadline{10'000};
  /// How long a connection may be silent between two requests.
  std::chrono::milliseconds keep_alive{20'000};
  /// The same for a trusted proxy: longer than proxies keep their connections by themselves (nginx: 60 seconds), so
  /// that it is they who close.
  std::chrono::milliseconds proxy_keep_alive{90'000};
  /// How long a thread stays with a connection after an answer, when there are threads to spare.
  std::chrono::milliseconds moment{5};
  /// For a client to take a whole answer.
  std::chrono::milliseconds send_deadline{30'000};
  /// After an answer to a request whose body we refused: time to swallow the rest, so that the answer
  /// arrives instead of a reset.
  std::chrono::milliseconds linger{2'000};
  /// How long stop() lets running requests finish.
  std::chrono::milliseconds stop_grace{10'000};
  int requests_per_connection_max = 10'000;
  HeadLimits head;

  std::string public_url;  ///< https:// switches on HSTS
  std::string login_path;  ///< browsers without a session are sent here instead of a 401; empty: never
  bool rate_limits = true;
  PageLook look;  ///< of the server's own pages
  /// Numeric addresses of reverse proxies whose X-Forwarded-For names the client.
  std::vector<std::string> trusted_proxies;
};

}  // namespace crm::app
