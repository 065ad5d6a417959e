#pragma once
/// Turns a Response into bytes, with the headers that every response carries.
#include <chrono>
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"

namespace crm::app {

/// What the writer adds beside the handler's own headers.
struct ResponseFrame {
  std::string_view request_id;
  bool is_head = false;  ///< HEAD: the length is told, the body is not sent
  bool keep_alive = true;
  bool is_behind_proxy = false;  ///< whose connections may be silent for longer
  bool is_http_1_0 = false;      ///< such a client must be told of keep-alive
  bool has_secret_path = false;  ///< RateClass::token: no Referer at all may leave the page
};

class ResponseWriter {
 public:
  /// `keep_alive`: how long a connection waits for the next request; clients are told, so that they do not send a
  /// request into a connection that is being closed. `proxy_keep_alive`: the same for trusted proxies.
  ResponseWriter(std::string_view public_url, std::chrono::seconds keep_alive, std::chrono::seconds proxy_keep_alive);

  /// Appends head and body. Headers of `response` that hold control characters are dropped (an injected
  /// line would be a header of its own), and so are those that frame the message: they are ours.
  void append(std::string& out, const sdk::Response& response, const ResponseFrame& frame) const;

 private:
  std::string transport_security_;
  std::string keep_alive_;
  std::string proxy_keep_alive_;
};

}  // namespace crm::app
