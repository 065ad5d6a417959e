#include "plugin/core/network/network_list.hpp"

#include <algorithm>
#include <charconv>
#include <string>

namespace scheduling {
namespace {

constexpr int k_v4_offset = 96;
constexpr int k_groups = 8;

template <class Number>
std::optional<Number> number_in(std::string_view text, int base, Number limit) {
  Number number = 0;
  if (text.empty()) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  if (error != std::errc{} || end != text.data() + text.size() || number > limit) return std::nullopt;
  return number;
}

std::optional<std::array<std::uint8_t, 4>> parse_v4(std::string_view text) {
  std::array<std::uint8_t, 4> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::size_t dot = text.find('.');
    if ((dot == std::string_view::npos) != (i == 3)) return std::nullopt;
    const std::string_view part = text.substr(0, dot);
    // A leading zero is octal to some readers and decimal to others.
    if (part.size() > 3 || (part.size() > 1 && part.front() == '0')) return std::nullopt;
    const auto number = number_in<unsigned>(part, 10, 255);
    if (!number) return std::nullopt;
    bytes[i] = static_cast<std::uint8_t>(*number);
    if (dot != std::string_view::npos) text.remove_prefix(dot + 1);
  }
  return bytes;
}

using Groups = std::vector<std::uint16_t>;

/// One side of "::": groups of hexadecimal digits, the last of which may be an IPv4 address.
std::optional<Groups> parse_groups(std::string_view text) {
  Groups groups;
  while (!text.empty()) {
    const std::size_t colon = text.find(':');
    const std::string_view part = text.substr(0, colon);
    if (part.find('.') != std::string_view::npos && colon == std::string_view::npos) {
      const auto v4 = parse_v4(part);
      if (!v4) return std::nullopt;
      groups.push_back(static_cast<std::uint16_t>((*v4)[0] << 8 | (*v4)[1]));
      groups.push_back(static_cast<std::uint16_t>((*v4)[2] << 8 | (*v4)[3]));
      return groups;
    }
    const auto number = part.size() <= 4 ? number_in<unsigned>(part, 16, 0xffff) : std::nullopt;
    if (!number) return std::nullopt;
    groups.push_back(static_cast<std::uint16_t>(*number));
    if (colon == std::string_view::npos) break;
    text.remove_prefix(colon + 1);
    if (text.empty()) return std::nullopt;
  }
  return groups;
}

std::optional<NetworkAddress> parse_v6(std::string_view text) {
  const std::size_t gap = text.find("::");
  auto left = parse_groups(text.substr(0, gap));
  if (!left) return std::nullopt;
  if (gap != std::string_view::npos) {
    const auto right = parse_groups(text.substr(gap + 2));
    if (!right || left->size() + right->size() >= k_groups) return std::nullopt;
    left->resize(k_groups - right->size());
    left->insert(left->end(), right->begin(), right->end());
  }
  if (left->size() != k_groups) return std::nullopt;
  NetworkAddress::Bytes bytes{};
  for (std::size_t i = 0; i < k_groups; ++i) {
    bytes[2 * i] = static_cast<std::uint8_t>((*left)[i] >> 8);
    bytes[2 * i + 1] = static_cast<std::uint8_t>((*left)[i] & 0xff);
  }
  return NetworkAddress(bytes);
}

bool is_in(const NetworkAddress& address, std::initializer_list<std::string_view> networks) {
  return std::ranges::any_of(networks, [&](std::string_view text) {
    const auto network = Network::parse(text);
    return network && network->contains(address);
  });
}

/// Of this link, of nobody, or of many: never a calendar server, and where clouds keep their machines' secrets.
bool is_never_called(const NetworkAddress& address) {
  return is_in(address,
               {"169.254.0.0/16", "fe80::/10", "0.0.0.0/8", "::/128", "224.0.0.0/4", "ff00::/8", "255.255.255.255/32"});
}

/// Private, of this machine, of a carrier, for tests and documents, or reserved (RFC 6890).
bool is_special(const NetworkAddress& address) {
  return is_in(address,
               {"127.0.0.0/8", "::1/128", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10",
                "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
                "fc00::/7", "fec0::/10", "100::/64", "2001:db8::/32", "64:ff9b:1::/48", "2001::/23"});
}

}  // namespace

NetworkAddress NetworkAddress::of_v4(const std::array<std::uint8_t, 4>& bytes) {
  Bytes all{};
  all[10] = all[11] = 0xff;
  std::ranges::copy(bytes, all.begin() + 12);
  return NetworkAddress(all);
}

std::optional<NetworkAddress> NetworkAddress::parse(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return parse_v6(text);
  const auto v4 = parse_v4(text);
  return v4 ? std::optional(of_v4(*v4)) : std::nullopt;
}

bool NetworkAddress::is_v4() const {
  return std::all_of(bytes_.begin(), bytes_.begin() + 10, [](std::uint8_t byte) { return byte == 0; }) &&
         bytes_[10] == 0xff && bytes_[11] == 0xff;
}

NetworkAddress NetworkAddress::behind() const {
  const auto v4_at = [&](std::size_t at) {
    return of_v4({bytes_[at], bytes_[at + 1], bytes_[at + 2], bytes_[at + 3]});
  };
  if (is_in(*this, {"64:ff9b::/96"})) return v4_at(12);
  if (is_in(*this, {"2002::/16"})) return v4_at(2);
  // The deprecated compatible form; ::1 and :: are no addresses of that kind.
  if (is_in(*this, {"::/96"}) && (bytes_[12] != 0 || bytes_[13] != 0)) return v4_at(12);
  return *this;
}

std::optional<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto address = NetworkAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  if (slash == std::string_view::npos) return Network{*address, 128};
  const int offset = address->is_v4() && text.find(':') == std::string_view::npos ? k_v4_offset : 0;
  const auto bits = number_in<unsigned>(text.substr(slash + 1), 10, static_cast<unsigned>(128 - offset));
  if (!bits) return std::nullopt;
  return Network{*address, static_cast<int>(*bits) + offset};
}

bool Network::contains(const NetworkAddress& which) const {
  for (int bit = 0; bit < bits; bit += 8) {
    const auto at = static_cast<std::size_t>(bit / 8);
    const int rest = bits - bit;
    const auto mask = static_cast<std::uint8_t>(rest >= 8 ? 0xff : 0xff << (8 - rest));
    if (((address.bytes()[at] ^ which.bytes()[at]) & mask) != 0) return false;
  }
  return true;
}

NetworkList::NetworkList(const std::vector<std::string_view>& entries) {
  for (const std::string_view entry : entries)
    if (auto network = Network::parse(entry)) networks_.push_back(*network);
}

AddressKind NetworkList::judge(const NetworkAddress& address) const {
  const NetworkAddress target = address.behind();
  if (is_never_called(address) || is_never_called(target)) return AddressKind::refused;
  const auto lists = [&](const Network& network) { return network.contains(address) || network.contains(target); };
  if (std::ranges::any_of(networks_, lists)) return AddressKind::listed;
  return is_special(address) || is_special(target) ? AddressKind::refused : AddressKind::reachable;
}

}  // namespace scheduling
