#pragma once
/// Networks that an administrator lists, and which addresses may be called at a stranger's word.
///
/// Purity: no I/O; names were resolved before. Source: interface, Calendars.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace scheduling {

/// An address of either family as 16 bytes, IPv4 in its mapped form (::ffff:a.b.c.d).
class NetworkAddress {
 public:
  using Bytes = std::array<std::uint8_t, 16>;
  explicit constexpr NetworkAddress(const Bytes& bytes) : bytes_(bytes) {}
  static NetworkAddress of_v4(const std::array<std::uint8_t, 4>& bytes);
  /// "192.0.2.1", "2001:db8::1"; no zone index, no brackets, no shortened or octal IPv4.
  static std::optional<NetworkAddress> parse(std::string_view text);

  const Bytes& bytes() const { return bytes_; }
  bool is_v4() const;
  /// The IPv4 address that an address of a translator or tunnel leads to, else the address itself.
  NetworkAddress behind() const;

 private:
  Bytes bytes_;
};

/// "10.0.0.0/8", "fd00::/8", "192.168.1.7".
struct Network {
  NetworkAddress address;
  int bits = 128;  ///< of the 16 bytes

  static std::optional<Network> parse(std::string_view text);
  bool contains(const NetworkAddress& which) const;
};

enum class AddressKind : std::uint8_t {
  reachable,  ///< anywhere on the internet
  listed,     ///< inside a network that the administrator allowed
  refused,    ///< private, of this machine, of this link, or of nobody
};

class NetworkList {
 public:
  NetworkList() = default;
  /// What cannot be read allows nothing.
  explicit NetworkList(const std::vector<std::string_view>& entries);
  /// Addresses of the link, and those that name no single machine, are refused whatever is listed.
  AddressKind judge(const NetworkAddress& address) const;

 private:
  std::vector<Network> networks_;
};

}  // namespace scheduling
