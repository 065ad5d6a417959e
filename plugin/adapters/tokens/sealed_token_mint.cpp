#include "plugin/adapters/tokens/sealed_token_mint.hpp"

#include <openssl/evp.h>

#include <array>

namespace scheduling {
namespace {

constexpr std::size_t k_token_bytes = 32;
constexpr std::size_t k_token_length = 43;  // base64url of 32 bytes, without padding
constexpr char k_base64url[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

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

std::string hex(std::string_view bytes) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  for (const char byte : bytes) {
    out += digits[static_cast<unsigned char>(byte) >> 4];
    out += digits[static_cast<unsigned char>(byte) & 15];
  }
  return out;
}

std::string sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr) != 1) return {};
  return {digest.begin(), digest.begin() + length};
}

std::string bound_to(std::string_view chain_uid) { return "manage-link:" + std::string(chain_uid); }

class SealedTokenMint final : public TokenMint {
 public:
  explicit SealedTokenMint(crm::sdk::Secrets& secrets) : secrets_(secrets) {}

  Result<MintedToken> mint(std::string_view chain_uid) override {
    auto random = secrets_.random_bytes(k_token_bytes);
    if (!random) return fail(Code::broken, random.error().message);
    MintedToken minted;
    minted.token = base64url(*random);
    minted.hash = sha256(minted.token);
    auto sealed = secrets_.seal(minted.token, bound_to(chain_uid));
    if (!sealed) return fail(Code::broken, sealed.error().message);
    minted.sealed = std::move(*sealed);
    return minted;
  }

  Result<std::string> unseal(std::string_view sealed, std::string_view chain_uid) override {
    auto token = secrets_.open(sealed, bound_to(chain_uid));
    if (!token) return fail(Code::broken, "a sealed manage link does not open");
    return std::move(*token);
  }

  std::string hash_of(std::string_view token) const override {
    if (token.size() != k_token_length) return {};
    if (token.find_first_not_of(k_base64url) != std::string_view::npos) return {};
    return sha256(token);
  }

  std::string digest(std::string_view text) const override { return sha256(text); }

  Result<std::string> fresh_name() override {
    auto random = secrets_.random_bytes(16);
    if (!random) return fail(Code::broken, random.error().message);
    return hex(*random);
  }

 private:
  crm::sdk::Secrets& secrets_;
};

}  // namespace

std::unique_ptr<TokenMint> make_sealed_token_mint(crm::sdk::Secrets& secrets) {
  return std::make_unique<SealedTokenMint>(secrets);
}

}  // namespace scheduling
