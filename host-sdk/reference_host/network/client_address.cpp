#include "reference_host/network/client_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace crm::app {
namespace {

std::string four_text(const in_addr& four) {
  char text[INET_ADDRSTRLEN];
  return ::inet_ntop(AF_INET, &four, text, sizeof text) != nullptr ? text : "";
}

std::string six_text(const in6_addr& six) {
  if (IN6_IS_ADDR_V4MAPPED(&six)) {
    in_addr four{};
    std::memcpy(&four, six.s6_addr + 12, sizeof four);
    return four_text(four);
  }
  char text[INET6_ADDRSTRLEN];
  return ::inet_ntop(AF_INET6, &six, text, sizeof text) != nullptr ? text : "";
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool is_port(std::string_view text) {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return !text.empty() && text.size() <= 5 && error == std::errc{} && end == text.data() + text.size() && port <= 65535;
}

/// Entries from right to left. Empty ones, which a list may hold, are left out.
std::vector<std::string_view> from_the_right(const std::vector<std::string_view>& lines) {
  std::vector<std::string_view> entries;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    std::string_view rest = *line;
    for (;;) {
      const std::size_t comma = rest.rfind(',');
      const std::string_view entry = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
      if (!entry.empty()) entries.push_back(entry);
      if (comma == std::string_view::npos) break;
      rest = rest.substr(0, comma);
    }
  }
  return entries;
}

}  // namespace

std::optional<std::string> normal_address(std::string_view text) {
  // A zone is the name of an interface of one machine: it says nothing to another one.
  const std::size_t zone = text.find('%');
  if (zone != std::string_view::npos && (zone + 1 == text.size() || text.find(':') > zone)) return std::nullopt;
  const std::string address(text.substr(0, zone));
  if (address.size() >= INET6_ADDRSTRLEN || address.find('\0') != std::string::npos) return std::nullopt;
  in_addr four{};
  if (::inet_pton(AF_INET, address.c_str(), &four) == 1) return four_text(four);
  in6_addr six{};
  if (::inet_pton(AF_INET6, address.c_str(), &six) == 1) return six_text(six);
  return std::nullopt;
}

std::optional<std::string> forwarded_address(std::string_view entry) {
  entry = trimmed(entry);
  if (entry.starts_with('[')) {
    const std::size_t end = entry.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view behind = entry.substr(end + 1);
    const std::string_view inside = entry.substr(1, end - 1);
    if (inside.find(':') == std::string_view::npos) return std::nullopt;
    if (!behind.empty() && (behind.front() != ':' || !is_port(behind.substr(1)))) return std::nullopt;
    return normal_address(inside);
  }
  if (std::count(entry.begin(), entry.end(), ':') == 1) {
    const std::size_t colon = entry.find(':');
    if (!is_port(entry.substr(colon + 1))) return std::nullopt;
    return normal_address(entry.substr(0, colon));
  }
  return normal_address(entry);
}

std::string client_behind(const std::vector<std::string>& trusted, const std::string& peer,
                          const std::vector<std::string_view>& forwarded) {
  const auto is_trusted = [&](const std::string& address) {
    return std::find(trusted.begin(), trusted.end(), address) != trusted.end();
  };
  if (!is_trusted(peer)) return peer;
  std::string client = peer;
  for (const std::string_view entry : from_the_right(forwarded)) {
    auto address = forwarded_address(entry);
    if (!address) return peer;
    client = std::move(*address);
    if (!is_trusted(client)) return client;
  }
  return client;  // every one of them is a proxy of ours: the first one speaks for itself
}

std::string client_network(std::string_view address) {
  in6_addr six{};
  std::string text(address);
  if (::inet_pton(AF_INET6, text.c_str(), &six) != 1) return text;
  std::fill(six.s6_addr + 8, six.s6_addr + 16, std::uint8_t{0});
  return six_text(six);
}

std::string address_text(const sockaddr_storage& address) {
  if (address.ss_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    return four_text(four.sin_addr);
  }
  if (address.ss_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return six_text(six.sin6_addr);
  }
  return {};
}

}  // namespace crm::app
