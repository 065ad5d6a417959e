#pragma once
/// The first line and the headers of a request, read strictly.
///
/// Whatever two HTTP parsers could read differently is refused, because a proxy in front of us may be
/// the other one: duplicate lengths, length beside a transfer coding, codings other than plain
/// `chunked`, folded lines, bare line feeds, spaces before a colon.
///
/// Purity: no I/O. Owner: all views point into the given bytes, or into the head itself: it is never copied.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/http.hpp"
#include "reference_host/http/http_server_config.hpp"

namespace crm::app {

/// Why the server itself refuses a request; `code` as in problem+json.
struct Refusal {
  int status = 400;
  std::string_view code;
  std::string_view detail;
};

struct RequestHead {
  std::string_view method;
  std::string_view target;     ///< path and query, begins with a slash
  std::string rebuilt_target;  ///< what `target` points to when no such text stands in the bytes
  bool is_http_1_0 = false;
  std::vector<sdk::Field> headers;
  std::optional<std::uint64_t> content_length;
  bool is_chunked = false;
  bool keep_alive = true;
  bool expects_continue = false;

  bool has_body() const { return is_chunked || content_length.value_or(0) > 0; }
  void clear();
};

/// `bytes`: the request line and header lines, ending with the empty line's CRLF.
[[nodiscard]] std::optional<Refusal> parse_request_head(std::string_view bytes, const HeadLimits& limits,
                                                        RequestHead& head);

bool equals_ignoring_case(std::string_view a, std::string_view b);
/// Whether a comma-separated header value holds `token`, ignoring case.
bool has_token(std::string_view list, std::string_view token);

}  // namespace crm::app
