#pragma once
/// Routes: how a module responds to HTTP requests.
///
/// Thread: any of the CRM's HTTP threads, several at once.
/// Owner:  everything a Request shows is valid until the handler returns.
/// Errors: a handler returns a status; what it throws becomes a 500 at its own border, with an id and nothing else.
/// Since:  SDK 1.0
#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/users.hpp"

namespace crm::sdk {

enum class Method : std::uint8_t { get, post, put, del };
constexpr std::string_view to_string(Method method) {
  constexpr std::string_view names[] = {"GET", "POST", "PUT", "DELETE"};
  return names[static_cast<std::size_t>(method)];
}

/// Who may call. The CRM refuses with 401 or 403 before the handler runs; for `user` and `admin` it also
/// demands the CSRF token on writes of cookie sessions.
enum class Access : std::uint8_t {
  open,   ///< anybody on the internet; `principal` is set when somebody is signed in
  user,   ///< any signed-in, active user
  admin,  ///< a user with the admin role
};

/// How often one client may call; the CRM knows the numbers. Above them: 429 with Retry-After.
enum class RateClass : std::uint8_t {
  none,    ///< unlimited: health checks and cheap static responses
  normal,  ///< reads and writes of signed-in users
  page,    ///< public reads
  token,   ///< a secret stands in the path: guessing must be slow
  book,    ///< public writes
  login,   ///< password checks
};

struct Field {
  std::string_view name;  ///< headers: as sent, compare with header(); query and params: decoded
  /// Decoded; query and params are valid UTF-8 without control characters. What a query's value has otherwise (broken
  /// escapes, other encodings) is U+FFFD, which no rule accepts; a parameter whose name cannot be read is left out.
  std::string_view value;
};

struct Request {
  Method method = Method::get;
  std::string_view path;      ///< decoded, always begins with '/'
  std::string_view target;    ///< as sent: path and query, undecoded
  std::vector<Field> params;  ///< values of {name} in the pattern
  std::vector<Field> query;
  std::vector<Field> headers;
  std::string_view body;            ///< complete: its length was compared with Content-Length
  std::string_view client_address;  ///< numeric address, for rate limits and audit
  /// The address is that of a peer that says it forwards for others (X-Forwarded-For) and that the CRM was not told to
  /// trust: perhaps a proxy with many clients behind it.
  bool is_from_unknown_proxy = false;
  std::string_view request_id;
  std::optional<Principal> principal;

  std::string_view param(std::string_view name) const { return find(params, name).value_or(std::string_view{}); }
  std::optional<std::string_view> query_value(std::string_view name) const { return find(query, name); }
  /// Case-insensitive; the first of several.
  std::optional<std::string_view> header(std::string_view name) const {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    for (const Field& field : headers)
      if (std::equal(field.name.begin(), field.name.end(), name.begin(), name.end(),
                     [&](char a, char b) { return lower(a) == lower(b); }))
        return field.value;
    return std::nullopt;
  }

 private:
  static std::optional<std::string_view> find(const std::vector<Field>& fields, std::string_view name) {
    for (const Field& field : fields)
      if (field.name == name) return field.value;
    return std::nullopt;
  }
};

struct Header {
  std::string name;
  std::string value;
};

/// Which websites may show a response inside a frame. By default nobody, not even the CRM itself.
///
/// The CRM writes `frame-ancestors` from it, in front of whatever a handler's own Content-Security-Policy
/// says, so this is the only way to allow framing.
struct FramePolicy {
  std::vector<std::string> origins;  ///< what is_origin() refuses is left out

  /// Scheme, name and perhaps port, in lower case, as browsers write it: "https://www.example.com:8443".
  static bool is_origin(std::string_view text);
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<Header> headers;  ///< the CRM adds security headers unless they are set here
  FramePolicy frame_policy{};
  bool may_compress = false;  ///< true only for a body without secrets: a length tells strangers of it (BREACH)

  static Response json(int status, std::string body) {
    return {status, "application/json; charset=utf-8", std::move(body), {}};
  }
  static Response html(int status, std::string body) {
    return {status, "text/html; charset=utf-8", std::move(body), {}};
  }
  static Response see_other(std::string location) {
    return {303, "text/plain; charset=utf-8", "", {{"Location", std::move(location)}}};
  }
  static Response no_content() { return {204, "", "", {}}; }
};

inline bool FramePolicy::is_origin(std::string_view text) {
  const std::string_view scheme = text.starts_with("https://") ? "https://" : "http://";
  if (!text.starts_with(scheme)) return false;
  text.remove_prefix(scheme.size());
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  const auto only = [](std::string_view part, std::string_view allowed) {
    return !part.empty() && part.find_first_not_of(allowed) == std::string_view::npos;
  };
  if (!only(name, "abcdefghijklmnopqrstuvwxyz0123456789.-") || name.size() > 253) return false;
  if (name.front() == '.' || name.front() == '-' || name.find("..") != std::string_view::npos) return false;
  return colon == std::string_view::npos || (only(text.substr(colon + 1), "0123456789") && text.size() - colon <= 6);
}

using Handler = std::function<Response(const Request&)>;

/// Pattern: literal segments and {names}, for example "/schedule/{slug}/{meetingType}/book".
/// Where two patterns match, literal segments win over names, from the left.
/// Registering the same method and pattern twice is refused.
struct Route {
  Method method = Method::get;
  std::string pattern;
  Access access = Access::user;
  RateClass rate = RateClass::normal;
  Handler handler;
  std::size_t body_bytes_max = 64 * 1024;  ///< a longer body is refused with 413 before it is read
};

}  // namespace crm::sdk
