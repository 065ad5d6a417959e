#include "plugin/core/text/web_values.hpp"

#include <algorithm>

namespace scheduling {
namespace {

constexpr std::size_t k_address_length_max = 2048;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

bool is_address_character(char c) {
  return c > ' ' && c < 0x7F && std::string_view("\"'<>\\^`{|}").find(c) == std::string_view::npos;
}

bool is_port(std::string_view port) {
  return !port.empty() && port.size() <= 5 &&
         std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_host_label(std::string_view label) {
  return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
         std::all_of(label.begin(), label.end(), [](char c) {
           return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
         });
}

bool is_host(std::string_view host) {
  if (host.empty() || host.size() > 253) return false;
  while (true) {
    const auto dot = host.find('.');
    if (!is_host_label(host.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    host.remove_prefix(dot + 1);
  }
}

bool is_authority(std::string_view authority) {
  const auto colon = authority.find(':');
  if (colon == std::string_view::npos) return is_host(authority);
  return is_host(authority.substr(0, colon)) && is_port(authority.substr(colon + 1));
}

}  // namespace

bool is_web_address(std::string_view text, Scheme scheme) {
  if (text.size() > k_address_length_max || !std::all_of(text.begin(), text.end(), is_address_character)) return false;
  const auto separator = text.find("://");
  if (separator == std::string_view::npos) return false;
  const std::string name = lower_case(text.substr(0, separator));
  if (name != "https" && !(name == "http" && scheme == Scheme::http_or_https)) return false;
  const std::string_view rest = text.substr(separator + 3);
  return is_authority(rest.substr(0, rest.find_first_of("/?#")));
}

std::optional<std::string> parse_color(std::string_view text) {
  std::string color = lower_case(text);
  if (color.size() != 7 || color.front() != '#' || !std::all_of(color.begin() + 1, color.end(), is_hex)) {
    return std::nullopt;
  }
  return color;
}

}  // namespace scheduling
