#include "plugin/adapters/crm/base64url.hpp"

#include <cstdint>
#include <cstring>

namespace scheduling {

std::string base64url(std::string_view bytes) {
  std::string out;
  std::uint32_t window = 0;
  int bits = 0;
  for (const char byte : bytes) {
    window = (window << 8 | static_cast<unsigned char>(byte)) & 0xffffffU;
    for (bits += 8; bits >= 6; bits -= 6) out += k_base64url[window >> (bits - 6) & 63U];
  }
  if (bits > 0) out += k_base64url[window << (6 - bits) & 63U];
  return out;
}

std::string from_base64url(std::string_view text) {
  std::string out;
  std::uint32_t window = 0;
  int bits = 0;
  for (const char c : text) {
    const char* const found = std::strchr(k_base64url, c);
    if (c == '\0' || found == nullptr) return {};
    window = (window << 6 | static_cast<std::uint32_t>(found - k_base64url)) & 0xffffffU;
    if ((bits += 6) >= 8) out += static_cast<char>(window >> (bits -= 8) & 0xffU);
  }
  return out;
}

}  // namespace scheduling
