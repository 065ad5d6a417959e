#pragma once
/// URLs of a CalDAV server, and which of them get its user's password.
#include <optional>
#include <string>
#include <string_view>

namespace scheduling {

struct DavUrl {
  std::string origin{};  ///< "https://dav.example.com:8443", the usual port left out
  std::string host{};
  std::string path{"/"};  ///< each character escaped the same way, whoever wrote it

  /// http or https with a host; without a scheme https is meant. None for anything else, and for a user or password
  /// inside.
  static std::optional<DavUrl> parse(std::string_view text);
  std::string text() const { return origin + path; }
  bool is_https() const { return origin.starts_with("https:"); }
  /// What a server's href means beside this URL.
  std::optional<DavUrl> resolve(std::string_view href) const;
  /// How it is stored for a calendar of the server at `home`: its path, or all of it when it lies elsewhere.
  std::string id_beside(const DavUrl& home) const { return origin == home.origin ? path : text(); }
};

/// Whether `next` may get the password that was meant for `first`: the same host, or one of the same domain; never
/// without TLS what began with it.
bool may_follow(const DavUrl& first, const DavUrl& next);

}  // namespace scheduling
