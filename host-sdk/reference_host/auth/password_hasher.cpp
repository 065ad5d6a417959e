#include "reference_host/auth/password_hasher.hpp"

#include <argon2.h>
#include <openssl/crypto.h>
#include <sys/mman.h>

#include <array>
#include <chrono>
#include <optional>
#include <vector>

namespace crm::app {
namespace {

constexpr int k_at_once_max = 2;
constexpr auto k_turn_wait = std::chrono::seconds(10);
constexpr std::uint32_t k_memory_kib = 19 * 1024;
constexpr std::uint32_t k_passes = 2;
constexpr std::size_t k_salt_bytes = 16;
constexpr std::size_t k_hash_bytes = 32;
constexpr std::string_view k_prefix = "$argon2id$v=19$m=19456,t=2,p=1$";

/// Mapped and unmapped for each hash: from the heap, 19 MiB would stay resident after the first log-in.
int map_memory(std::uint8_t** memory, std::size_t bytes) {
  void* mapped = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return ARGON2_MEMORY_ALLOCATION_ERROR;
  *memory = static_cast<std::uint8_t*>(mapped);
  return ARGON2_OK;
}
void unmap_memory(std::uint8_t* memory, std::size_t bytes) {
  munmap(memory, bytes);
}

sdk::Outcome<std::string> argon2id(std::string_view password, std::string_view salt) {
  std::string hash(k_hash_bytes, '\0');
  std::vector<std::uint8_t> secret(password.begin(), password.end());
  std::vector<std::uint8_t> seasoning(salt.begin(), salt.end());
  argon2_context context{};
  context.out = reinterpret_cast<std::uint8_t*>(hash.data());
  context.outlen = k_hash_bytes;
  context.pwd = secret.data();
  context.pwdlen = static_cast<std::uint32_t>(secret.size());
  context.salt = seasoning.data();
  context.saltlen = static_cast<std::uint32_t>(seasoning.size());
  context.t_cost = k_passes;
  context.m_cost = k_memory_kib;
  context.lanes = context.threads = 1;
  context.version = ARGON2_VERSION_13;
  context.allocate_cbk = map_memory;
  context.free_cbk = unmap_memory;
  const int status = argon2_ctx(&context, Argon2_id);
  OPENSSL_cleanse(secret.data(), secret.size());
  if (status != ARGON2_OK) return sdk::fail(sdk::FailureKind::unavailable, argon2_error_message(status));
  return hash;
}

constexpr std::string_view k_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string encode(std::string_view bytes) {
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : bytes) {
    buffer = (buffer << 8 | static_cast<unsigned char>(c)) & 0xFFFFu;
    for (bits += 8; bits >= 6; bits -= 6) out += k_digits[buffer >> (bits - 6) & 63u];
  }
  if (bits > 0) out += k_digits[buffer << (6 - bits) & 63u];
  return out;
}

std::optional<std::string> decode(std::string_view text) {
  std::string out;
  unsigned buffer = 0;
  int bits = 0;
  for (const char c : text) {
    const std::size_t digit = k_digits.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    buffer = (buffer << 6 | static_cast<unsigned>(digit)) & 0xFFFFu;
    if ((bits += 6) >= 8) out += static_cast<char>(buffer >> (bits -= 8) & 0xFFu);
  }
  return out;
}

}  // namespace

/// One of the few hashes that may run at a time. The constructor waits until it may.
class PasswordHasher::Turn {
 public:
  explicit Turn(PasswordHasher& hasher) : hasher_(hasher) {
    std::unique_lock lock(hasher_.mutex_);
    got_ = hasher_.freed_.wait_for(lock, k_turn_wait, [&] { return hasher_.running_ < k_at_once_max; });
    if (got_) ++hasher_.running_;
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  ~Turn() {
    if (!got_) return;
    {
      const std::lock_guard lock(hasher_.mutex_);
      --hasher_.running_;
    }
    hasher_.freed_.notify_one();
  }
  bool got() const { return got_; }

 private:
  PasswordHasher& hasher_;
  bool got_ = false;
};

sdk::Outcome<std::string> PasswordHasher::hash(std::string_view password) {
  const auto salt = secrets_.random_bytes(k_salt_bytes);
  if (!salt) return sdk::fail(salt.error());
  const Turn turn(*this);
  if (!turn.got()) return sdk::fail(sdk::FailureKind::unavailable, "too many log-ins at once");
  const auto digest = argon2id(password, *salt);
  if (!digest) return sdk::fail(digest.error());
  return std::string(k_prefix) + encode(*salt) + "$" + encode(*digest);
}

sdk::Outcome<bool> PasswordHasher::verify(std::string_view encoded, std::string_view password) {
  const std::size_t divider = encoded.rfind('$');
  if (encoded.substr(0, k_prefix.size()) != k_prefix || divider == std::string_view::npos || divider < k_prefix.size())
    return sdk::fail(sdk::FailureKind::broken, "a stored password is not of our making");
  const auto salt = decode(encoded.substr(k_prefix.size(), divider - k_prefix.size()));
  const auto stored = decode(encoded.substr(divider + 1));
  if (!salt || !stored || stored->size() != k_hash_bytes)
    return sdk::fail(sdk::FailureKind::broken, "a stored password is damaged");
  const Turn turn(*this);
  if (!turn.got()) return sdk::fail(sdk::FailureKind::unavailable, "too many log-ins at once");
  const auto digest = argon2id(password, *salt);
  if (!digest) return sdk::fail(digest.error());
  return CRYPTO_memcmp(digest->data(), stored->data(), k_hash_bytes) == 0;
}

sdk::Done PasswordHasher::verify_nobody(std::string_view password) {
  const Turn turn(*this);
  if (!turn.got()) return sdk::fail(sdk::FailureKind::unavailable, "too many log-ins at once");
  const auto digest = argon2id(password, "sixteen bytes ok");
  if (!digest) return sdk::fail(digest.error());
  return {};
}

}  // namespace crm::app
