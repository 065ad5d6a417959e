#include "plugin/adapters/caldav/dav_url.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>

namespace scheduling {
namespace {

constexpr std::size_t k_length_max = 2000;

int hex_of(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_plain_in_path(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("-._~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

void put_escaped(std::string& out, char c) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4];
  out += digits[byte & 15];
}

/// Servers escape "@" and the like or not, and not always the same way. An escaped slash stays one.
std::string normal_path(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    char c = path[i];
    bool is_escaped = false;
    if (c == '%' && i + 2 < path.size() && hex_of(path[i + 1]) >= 0 && hex_of(path[i + 2]) >= 0) {
      c = static_cast<char>(hex_of(path[i + 1]) * 16 + hex_of(path[i + 2]));
      is_escaped = true;
      i += 2;
    }
    if (is_plain_in_path(c) || (c == '/' && !is_escaped))
      out += c;
    else
      put_escaped(out, c);
  }
  return out;
}

bool is_address(const std::string& host) {
  return host.find(':') != std::string::npos ||
         std::ranges::all_of(host, [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

}  // namespace

std::optional<DavUrl> DavUrl::parse(std::string_view text) {
  if (text.empty() || text.size() > k_length_max) return std::nullopt;
  if (std::ranges::any_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; })) return std::nullopt;
  const std::string whole =
      text.find("://") == std::string_view::npos ? "https://" + std::string(text) : std::string(text);
  try {
    const Poco::URI uri(whole.substr(0, whole.find_first_of("?#")));
    const std::string& scheme = uri.getScheme();
    if ((scheme != "https" && scheme != "http") || uri.getHost().empty() || !uri.getUserInfo().empty())
      return std::nullopt;
    DavUrl url;
    url.host = uri.getHost();
    std::ranges::transform(url.host, url.host.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const bool is_v6 = url.host.find(':') != std::string::npos;
    url.origin = scheme + "://" + (is_v6 ? "[" + url.host + "]" : url.host);
    const unsigned usual = scheme == "https" ? 443 : 80;
    if (uri.getPort() != usual) url.origin += ":" + std::to_string(uri.getPort());
    const std::size_t slash = whole.find('/', whole.find("://") + 3);
    if (slash != std::string::npos) url.path = normal_path(whole.substr(slash, whole.find_first_of("?#") - slash));
    if (url.path.empty()) url.path = "/";
    return url;
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

std::optional<DavUrl> DavUrl::resolve(std::string_view href) const {
  if (href.find("://") != std::string_view::npos) return parse(href);
  if (href.empty() || href.starts_with("//") || href.size() > k_length_max) return std::nullopt;
  DavUrl next = *this;
  href = href.substr(0, href.find_first_of("?#"));
  next.path = href.starts_with('/') ? normal_path(href) : path.substr(0, path.rfind('/') + 1) + normal_path(href);
  return next;
}

bool may_follow(const DavUrl& first, const DavUrl& next) {
  if (first.is_https() && !next.is_https()) return false;
  if (first.host == next.host) return true;
  if (is_address(first.host) || is_address(next.host)) return false;
  if (next.host.ends_with("." + first.host)) return true;
  const std::size_t dot = first.host.find('.');
  if (dot == std::string::npos) return false;
  const std::string domain = first.host.substr(dot);  // ".example.com" of "dav.example.com"
  return std::ranges::count(domain, '.') >= 2 && (next.host.ends_with(domain) || "." + next.host == domain);
}

}  // namespace scheduling
