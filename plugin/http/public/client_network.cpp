#include "plugin/http/public/client_network.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

namespace scheduling {
namespace {

using Bytes = std::array<unsigned char, 16>;

/// IPv4 as IPv6 has it: ::ffff:a.b.c.d. None for what is no address; a zone ("%eth0") is dropped.
std::optional<Bytes> bytes_of(std::string_view text) {
  const std::string address(text.substr(0, text.find('%')));
  Bytes bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) return bytes;
  bytes = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0, 0, 0};
  if (inet_pton(AF_INET, address.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

bool is_v4(const Bytes& bytes) {
  return std::all_of(bytes.begin(), bytes.begin() + 10, [](unsigned char byte) { return byte == 0; }) &&
         bytes[10] == 0xff && bytes[11] == 0xff;
}

bool is_private(const Bytes& bytes) {
  if (is_v4(bytes)) {
    const unsigned a = bytes[12];
    const unsigned b = bytes[13];
    return a == 10 || a == 127 || (a == 172 && b >= 16 && b < 32) || (a == 192 && b == 168) || (a == 169 && b == 254) ||
           (a == 100 && b >= 64 && b < 128);
  }
  const bool is_loopback = std::all_of(bytes.begin(), bytes.end() - 1, [](unsigned char byte) { return byte == 0; });
  return (is_loopback && bytes[15] == 1) || (bytes[0] & 0xfeU) == 0xfc ||
         (bytes[0] == 0xfe && (bytes[1] & 0xc0U) == 0x80);
}

}  // namespace

std::string network_of(std::string_view address) {
  auto bytes = bytes_of(address);
  if (!bytes) return {};
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (is_v4(*bytes)) {
    bytes->back() = 0;
    inet_ntop(AF_INET, bytes->data() + 12, text.data(), text.size());
    return std::string(text.data()) + "/24";
  }
  std::fill(bytes->begin() + 8, bytes->end(), static_cast<unsigned char>(0));
  inet_ntop(AF_INET6, bytes->data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

ClientOrigin client_of(const crm::sdk::Request& request) {
  const auto bytes = bytes_of(request.client_address);
  if (!bytes) return {};
  return {network_of(request.client_address), request.is_from_unknown_proxy && is_private(*bytes)};
}

}  // namespace scheduling
