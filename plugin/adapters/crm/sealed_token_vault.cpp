#include "plugin/adapters/crm/sealed_token_vault.hpp"

#include <openssl/evp.h>

#include <array>

#include "plugin/adapters/crm/base64url.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_secret_bytes = 32;

std::string bound_to(ConnectionId connection) {
  return "calendar-token:" + std::to_string(connection.value);
}

std::string bound_to(UserId user) {
  return "calendar-log-in:" + std::to_string(user.value);
}

}  // namespace

Result<std::string> SealedTokenVault::seal_text(std::string_view text, const std::string& binding) {
  auto sealed = secrets_.seal(text, binding);
  if (!sealed) return fail(Code::broken, sealed.error().message);
  return base64url(*sealed);
}

Result<std::string> SealedTokenVault::open_text(std::string_view sealed, const std::string& binding) {
  auto text = secrets_.open(from_base64url(sealed), binding);
  if (!text) return fail(Code::broken, "a sealed calendar token does not open");
  return std::move(*text);
}

Result<std::string> SealedTokenVault::seal(std::string_view token, ConnectionId connection) {
  return seal_text(token, bound_to(connection));
}

Result<std::string> SealedTokenVault::open(std::string_view sealed, ConnectionId connection) {
  return open_text(sealed, bound_to(connection));
}

Result<std::string> SealedTokenVault::seal_verifier(std::string_view verifier, UserId user) {
  return seal_text(verifier, bound_to(user));
}

Result<std::string> SealedTokenVault::open_verifier(std::string_view sealed, UserId user) {
  return open_text(sealed, bound_to(user));
}

Result<LogInSecrets> SealedTokenVault::fresh_log_in() {
  auto state = secrets_.random_bytes(k_secret_bytes);
  auto verifier = secrets_.random_bytes(k_secret_bytes);
  if (!state || !verifier) return fail(Code::broken, "the system gives no random bytes");
  LogInSecrets secrets{base64url(*state), base64url(*verifier), {}};
  secrets.challenge = base64url(digest(secrets.verifier));
  return secrets;
}

std::string SealedTokenVault::digest(std::string_view text) const {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) return {};
  return {digest.begin(), digest.begin() + length};
}

}  // namespace scheduling
