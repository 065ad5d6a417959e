#pragma once
/// Turns a Response into bytes, with the headers every answer carries.
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"

namespace crm::host {

/// What the writer adds beside the handler's own headers.
struct ResponseFrame {
  std::string_view request_id;
  bool is_head = false;        ///< HEAD: the length is told, the body is not sent
  bool keep_alive = true;
  bool is_http_1_0 = false;    ///< such a client must be told of keep-alive
  bool has_secret_path = false;  ///< RateClass::token: no Referer at all may leave the page
};

class ResponseWriter {
 public:
  explicit ResponseWriter(std::string_view public_url);

  /// Appends head and body. Headers of `response` that hold control characters are dropped (an injected
  /// line would be a header of its own), and so are those that frame the message: they are ours.
  void append(std::string& out, const sdk::Response& response, const ResponseFrame& frame) const;

 private:
  std::string transport_security_;
};

}  // namespace crm::host
