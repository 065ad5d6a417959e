#include "reference_host/auth/token.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace crm::app {

sdk::Outcome<std::string> new_token(sdk::Secrets& secrets) {
  auto bytes = secrets.random_bytes(32);
  if (!bytes) return sdk::fail(bytes.error());
  return base64url(*bytes);
}

std::string sha256(std::string_view text) {
  std::string digest(32, '\0');
  unsigned length = 0;
  if (EVP_Digest(text.data(), text.size(), reinterpret_cast<unsigned char*>(digest.data()), &length, EVP_sha256(),
                 nullptr) != 1)
    throw std::runtime_error("SHA-256 is not available");
  return digest;
}

std::string csrf_token_for(std::string_view session_token) {
  return base64url(sha256("csrf:" + std::string(session_token)));
}

namespace {
constexpr std::string_view k_url_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
}

std::string base64url(std::string_view bytes) {
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8 | static_cast<unsigned char>(c)) & 0xFFFFu;
    for (bits += 8; bits >= 6; bits -= 6) out += k_url_digits[buffer >> (bits - 6) & 63u];
  }
  if (bits > 0) out += k_url_digits[buffer << (6 - bits) & 63u];
  return out;
}

std::string from_base64url(std::string_view text) {
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = k_url_digits.find(c);
    if (digit == std::string_view::npos) return {};
    buffer = (buffer << 6 | static_cast<unsigned>(digit)) & 0xFFFFu;
    if ((bits += 6) >= 8) out += static_cast<char>(buffer >> (bits -= 8) & 0xFFu);
  }
  return out;
}

}  // namespace crm::app
