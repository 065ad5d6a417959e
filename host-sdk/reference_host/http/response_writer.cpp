#include "reference_host/http/response_writer.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>

#include "reference_host/http/request_head.hpp"
#include "reference_host/http/server_response.hpp"

namespace crm::app {
namespace {

constexpr std::string_view k_content_policy =
    "Content-Security-Policy: default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'; ";
constexpr std::string_view k_framed_by_nobody = "frame-ancestors 'none'";
constexpr std::string_view k_no_sniff = "X-Content-Type-Options: nosniff\r\n";
constexpr std::string_view k_referrer = "Referrer-Policy: same-origin\r\n";
constexpr std::string_view k_no_referrer = "Referrer-Policy: no-referrer\r\n";
constexpr std::string_view k_no_store = "Cache-Control: no-store\r\n";

void append_number(std::string& out, std::size_t number) {
  char digits[24];
  const auto [end, error] = std::to_chars(digits, digits + sizeof digits, number);
  out.append(digits, end);
}

/// "Date: …" as it is valid within this second; formatted once a second and thread.
std::string_view date_line() {
  thread_local std::time_t second = 0;
  thread_local char line[64];
  thread_local std::size_t length = 0;
  const std::time_t now = std::time(nullptr);
  if (now != second) {
    std::tm parts{};
    gmtime_r(&now, &parts);
    length = std::strftime(line, sizeof line, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts);
    second = now;
  }
  return {line, length};
}

bool is_safe(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

bool is_framing(std::string_view name) {
  constexpr std::string_view ours[] = {"Content-Length", "Transfer-Encoding", "Connection",  "Keep-Alive",
                                       "Date",           "X-Request-Id",      "Content-Type"};
  return std::any_of(std::begin(ours), std::end(ours),
                     [&](std::string_view one) { return equals_ignoring_case(name, one); });
}

/// Which of the default headers the handler has set itself.
struct OwnHeaders {
  bool content_policy = false;
  bool referrer = false;
  bool cache = false;
  bool no_sniff = false;
  bool transport_security = false;

  void note(std::string_view name) {
    switch (name.size()) {
      case 13: cache = cache || equals_ignoring_case(name, "Cache-Control"); break;
      case 15: referrer = referrer || equals_ignoring_case(name, "Referrer-Policy"); break;
      case 22: no_sniff = no_sniff || equals_ignoring_case(name, "X-Content-Type-Options"); break;
      case 23: content_policy = content_policy || equals_ignoring_case(name, "Content-Security-Policy"); break;
      case 25:
        transport_security = transport_security || equals_ignoring_case(name, "Strict-Transport-Security");
        break;
      default: break;
    }
  }
};

std::string keep_alive_line(std::chrono::seconds timeout) {
  return "Keep-Alive: timeout=" + std::to_string(timeout.count()) + "\r\n";
}

/// "frame-ancestors …" without line end.
void append_frame_policy(std::string& out, const sdk::FramePolicy& policy) {
  const std::size_t start = out.size();
  for (const std::string& origin : policy.origins)
    if (sdk::FramePolicy::is_origin(origin)) out.append(out.size() == start ? "frame-ancestors " : " ").append(origin);
  if (out.size() == start) out.append(k_framed_by_nobody);
}

OwnHeaders append_own_headers(std::string& out, const sdk::Response& response) {
  OwnHeaders own;
  for (const sdk::Header& header : response.headers) {
    if (header.name.empty() || !is_safe(header.name) || !is_safe(header.value) || is_framing(header.name)) continue;
    own.note(header.name);
    out.append(header.name).append(": ");
    if (equals_ignoring_case(header.name, "Content-Security-Policy")) {
      // First in the policy: of two equal directives browsers obey the first one.
      append_frame_policy(out, response.frame_policy);
      out.append("; ");
    }
    out.append(header.value).append("\r\n");
  }
  return own;
}

}  // namespace

ResponseWriter::ResponseWriter(std::string_view public_url, std::chrono::seconds keep_alive,
                               std::chrono::seconds proxy_keep_alive)
    : keep_alive_(keep_alive_line(keep_alive)), proxy_keep_alive_(keep_alive_line(proxy_keep_alive)) {
  if (public_url.starts_with("https://")) transport_security_ = "Strict-Transport-Security: max-age=31536000\r\n";
}

void ResponseWriter::append(std::string& out, const sdk::Response& response, const ResponseFrame& frame) const {
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::size_t>(std::clamp(response.status, 200, 599)));
  out.append(" ").append(reason_phrase(response.status)).append("\r\n").append(date_line());
  const bool has_body = response.status != 204 && response.status != 304;
  if (has_body && !response.content_type.empty() && is_safe(response.content_type))
    out.append("Content-Type: ").append(response.content_type).append("\r\n");
  if (has_body) {
    out.append("Content-Length: ");
    append_number(out, response.body.size());
    out.append("\r\n");
  }
  out.append("X-Request-Id: ").append(frame.request_id).append("\r\n");
  const OwnHeaders own = append_own_headers(out, response);
  if (!own.content_policy) {
    out.append(k_content_policy);
    append_frame_policy(out, response.frame_policy);
    out.append("\r\n");
  }
  if (!own.no_sniff) out.append(k_no_sniff);
  if (!own.referrer) out.append(frame.has_secret_path ? k_no_referrer : k_referrer);
  if (!own.cache) out.append(k_no_store);
  if (!own.transport_security) out.append(transport_security_);
  const std::string_view stays = frame.is_behind_proxy ? proxy_keep_alive_ : keep_alive_;
  out.append(frame.keep_alive ? stays : "Connection: close\r\n");
  if (frame.keep_alive && frame.is_http_1_0) out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
  if (has_body && !frame.is_head) out.append(response.body);
}

}  // namespace crm::app
