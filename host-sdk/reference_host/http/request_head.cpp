#include "reference_host/http/request_head.hpp"

#include <algorithm>
#include <charconv>

namespace crm::app {
namespace {

constexpr std::size_t k_method_bytes_max = 32;

Refusal malformed(std::string_view detail) {
  return {400, "malformed_request", detail};
}

constexpr bool is_token_char(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

/// Visible characters, blanks and bytes above ASCII: no control character can reach a log or a handler.
bool is_field_value(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
  });
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes one line off `rest`, without its CRLF. False when a line feed stands alone.
bool take_line(std::string_view& rest, std::string_view& line) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos || end == 0 || rest[end - 1] != '\r') return false;
  line = rest.substr(0, end - 1);
  rest.remove_prefix(end + 1);
  return line.find('\r') == std::string_view::npos;
}

/// The characters of RFC 3986's pchar, and the slash. Others, a backslash for example, are read as something else by
/// some programs.
constexpr bool is_path_char(char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  return std::string_view("-._~%!$&'()*+,;=:@/").find(c) != std::string_view::npos;
}

/// Name or address of a host, perhaps with a port. No user: what stands before "@" only serves to deceive people.
bool is_authority(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && text.find(']', colon) == std::string_view::npos;
  const std::string_view port = has_port ? text.substr(colon + 1) : std::string_view{};
  const std::string_view host = has_port ? text.substr(0, colon) : text;
  if (host.empty() || port.find_first_not_of("0123456789") != std::string_view::npos) return false;
  if (host.starts_with('['))
    return host.ends_with(']') && host.size() > 2 &&
           host.substr(1, host.size() - 2).find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
  return std::all_of(host.begin(), host.end(),
                     [](char c) { return is_path_char(c) && c != '/' && c != ':' && c != '@'; });
}

/// "http://host/path?query" → "/path?query" (RFC 9112 3.2.2). What comes behind "?" is no path, whatever it looks like.
/// Empty when it is no such address.
std::string_view without_host(std::string_view target, RequestHead& head) {
  const std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::string_view name = target.substr(0, scheme);
  if (!equals_ignoring_case(name, "http") && !equals_ignoring_case(name, "https")) return {};
  target.remove_prefix(scheme + 3);
  const std::size_t end = std::min(target.find_first_of("/?"), target.size());
  if (!is_authority(target.substr(0, end))) return {};
  target.remove_prefix(end);
  if (target.starts_with('/')) return target;
  head.rebuilt_target = "/" + std::string(target);
  return head.rebuilt_target;
}

/// The path and query to serve; empty when `target` is nothing of the kind.
std::string_view origin_form(std::string_view target, RequestHead& head) {
  const std::string_view found = target.starts_with('/') ? target : without_host(target, head);
  const std::string_view path = found.substr(0, found.find('?'));
  return std::all_of(path.begin(), path.end(), is_path_char) ? found : std::string_view{};
}

std::optional<Refusal> parse_request_line(std::string_view line, const HeadLimits& limits, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last)
    return malformed("The request line is not 'METHOD target HTTP/1.1'.");
  head.method = line.substr(0, first);
  const std::string_view target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!is_token(head.method) || head.method.size() > k_method_bytes_max) {
    head.method = {};  // it must not reach the log
    return malformed("The method is no token.");
  }
  if (version != "HTTP/1.1" && version != "HTTP/1.0") return malformed("That protocol version is not spoken here.");
  head.is_http_1_0 = version == "HTTP/1.0";
  if (target.size() > limits.target_bytes_max) return Refusal{414, "uri_too_long", "The address is too long."};
  const bool is_visible =
      std::all_of(target.begin(), target.end(), [](char c) { return c > 0x20 && c < 0x7F && c != '#'; });
  head.target = origin_form(target, head);
  if (!is_visible || head.target.empty()) return malformed("The request target is not a path.");
  return std::nullopt;
}

std::optional<Refusal> take_content_length(std::string_view value, RequestHead& head) {
  if (head.content_length) return malformed("Content-Length stands twice.");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
  if (value.empty() || error != std::errc{} || end != value.data() + value.size() || value.size() > 18)
    return malformed("Content-Length is no number.");
  head.content_length = length;
  return std::nullopt;
}

/// What the few headers mean that the server itself obeys.
struct Meaning {
  int hosts = 0;
  bool close = false;
  bool keep_alive = false;
};

std::optional<Refusal> obey(const sdk::Field& field, RequestHead& head, Meaning& meaning) {
  switch (field.name.size()) {
    case 4:
      if (equals_ignoring_case(field.name, "Host")) ++meaning.hosts;
      break;
    case 6:
      if (!equals_ignoring_case(field.name, "Expect")) break;
      if (!equals_ignoring_case(field.value, "100-continue"))
        return Refusal{417, "expectation_failed", "Only 100-continue can be expected."};
      head.expects_continue = true;
      break;
    case 10:
      if (!equals_ignoring_case(field.name, "Connection")) break;
      meaning.close = meaning.close || has_token(field.value, "close");
      meaning.keep_alive = meaning.keep_alive || has_token(field.value, "keep-alive");
      break;
    case 14:
      if (equals_ignoring_case(field.name, "Content-Length")) return take_content_length(field.value, head);
      break;
    case 17:
      if (!equals_ignoring_case(field.name, "Transfer-Encoding")) break;
      if (head.is_chunked || !equals_ignoring_case(field.value, "chunked"))
        return malformed("The only transfer coding understood is chunked, once.");
      head.is_chunked = true;
      break;
    default: break;
  }
  return std::nullopt;
}

std::optional<Refusal> parse_header_line(std::string_view line, RequestHead& head, Meaning& meaning) {
  if (line.front() == ' ' || line.front() == '\t') return malformed("Folded header lines are not accepted.");
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return malformed("A header line has no colon.");
  const sdk::Field field{line.substr(0, colon), trim(line.substr(colon + 1))};
  if (!is_token(field.name)) return malformed("A header name is no token.");
  if (!is_field_value(field.value)) return malformed("A header value holds control characters.");
  head.headers.push_back(field);
  return obey(field, head, meaning);
}

std::optional<Refusal> settle(RequestHead& head, const Meaning& meaning) {
  if (meaning.hosts > 1 || (meaning.hosts == 0 && !head.is_http_1_0))
    return malformed("Exactly one Host header is needed.");
  if (head.is_chunked && head.content_length) return malformed("Content-Length beside Transfer-Encoding.");
  if (head.is_chunked && head.is_http_1_0) return malformed("HTTP/1.0 knows no transfer coding.");
  head.keep_alive = !meaning.close && (!head.is_http_1_0 || meaning.keep_alive);
  return std::nullopt;
}

}  // namespace

void RequestHead::clear() {
  auto kept = std::move(headers);
  kept.clear();
  *this = RequestHead{};
  headers = std::move(kept);
}

std::optional<Refusal> parse_request_head(std::string_view bytes, const HeadLimits& limits, RequestHead& head) {
  head.clear();
  std::string_view line;
  if (!take_line(bytes, line)) return malformed("Lines end with CR LF.");
  if (auto refusal = parse_request_line(line, limits, head)) return refusal;
  if (bytes.size() > limits.header_bytes_max) return Refusal{431, "headers_too_large", "The headers are too long."};
  Meaning meaning;
  for (;;) {
    if (!take_line(bytes, line)) return malformed("Lines end with CR LF.");
    if (line.empty()) break;
    if (head.headers.size() == limits.header_count_max)
      return Refusal{431, "headers_too_large", "There are too many headers."};
    if (auto refusal = parse_header_line(line, head, meaning)) return refusal;
  }
  return settle(head, meaning);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&](char x, char y) { return lower(x) == lower(y); });
}

bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (equals_ignoring_case(trim(list.substr(0, comma)), token)) return true;
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return false;
}

}  // namespace crm::app
