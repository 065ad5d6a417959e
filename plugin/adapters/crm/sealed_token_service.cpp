#include "plugin/adapters/crm/sealed_token_service.hpp"

#include <openssl/evp.h>

#include <array>
#include <charconv>

#include "plugin/adapters/crm/base64url.hpp"

namespace scheduling {
namespace {

constexpr std::size_t k_token_bytes = 32;
constexpr std::size_t k_token_length = 43;  // base64url of 32 bytes, without padding

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

constexpr std::string_view k_grant_binding = "decision-link";
constexpr std::string_view k_outcome_binding = "outcome-link";
constexpr std::string_view k_verification_binding = "verification-link";
constexpr std::size_t k_grant_length_max = 200;

std::string bound_to(std::string_view chain_uid) {
  return "manage-link:" + std::string(chain_uid);
}

class SealedTokenService final : public TokenService {
 public:
  explicit SealedTokenService(crm::sdk::Secrets& secrets) : secrets_(secrets) {}

  Result<IssuedToken> issue(std::string_view chain_uid) override {
    auto random = secrets_.random_bytes(k_token_bytes);
    if (!random) return fail(Code::broken, random.error().message);
    IssuedToken issued;
    issued.token = base64url(*random);
    issued.hash = sha256(issued.token);
    auto sealed = secrets_.seal(issued.token, bound_to(chain_uid));
    if (!sealed) return fail(Code::broken, sealed.error().message);
    issued.sealed = std::move(*sealed);
    return issued;
  }

  Result<std::string> unseal(std::string_view sealed, std::string_view chain_uid) override {
    auto token = secrets_.open(sealed, bound_to(chain_uid));
    if (!token) return fail(Code::broken, "a sealed manage link does not open");
    return std::move(*token);
  }

  Result<std::string> seal_grant(const ApprovalGrant& grant) override { return seal(grant, k_grant_binding); }

  std::optional<ApprovalGrant> open_grant(std::string_view token) override { return open(token, k_grant_binding); }

  Result<std::string> seal_outcome_grant(const ApprovalGrant& grant) override { return seal(grant, k_outcome_binding); }

  std::optional<ApprovalGrant> open_outcome_grant(std::string_view token) override {
    return open(token, k_outcome_binding);
  }

  Result<std::string> seal_verification(MeetingId meeting) override {
    auto sealed = secrets_.seal(std::to_string(meeting.value), k_verification_binding);
    if (!sealed) return fail(Code::broken, sealed.error().message);
    return base64url(*sealed);
  }

  std::optional<MeetingId> open_verification(std::string_view token) override {
    const std::string sealed = token.size() <= k_grant_length_max ? from_base64url(token) : std::string();
    if (sealed.empty()) return std::nullopt;
    const auto plain = secrets_.open(sealed, k_verification_binding);
    if (!plain) return std::nullopt;
    MeetingId meeting;
    const char* const end = plain->data() + plain->size();
    if (std::from_chars(plain->data(), end, meeting.value).ptr != end) return std::nullopt;
    return meeting;
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
  Result<std::string> seal(const ApprovalGrant& grant, std::string_view binding) {
    auto sealed = secrets_.seal(std::to_string(grant.meeting.value) + ":" + std::to_string(grant.host.value), binding);
    if (!sealed) return fail(Code::broken, sealed.error().message);
    return base64url(*sealed);
  }

  std::optional<ApprovalGrant> open(std::string_view token, std::string_view binding) {
    const std::string sealed = token.size() <= k_grant_length_max ? from_base64url(token) : std::string();
    if (sealed.empty()) return std::nullopt;
    const auto plain = secrets_.open(sealed, binding);
    if (!plain) return std::nullopt;
    ApprovalGrant grant;
    const char* const end = plain->data() + plain->size();
    const char* const colon = std::from_chars(plain->data(), end, grant.meeting.value).ptr;
    if (colon == end || *colon != ':' || std::from_chars(colon + 1, end, grant.host.value).ptr != end)
      return std::nullopt;
    return grant;
  }

  crm::sdk::Secrets& secrets_;
};

}  // namespace

std::unique_ptr<TokenService> make_sealed_token_service(crm::sdk::Secrets& secrets) {
  return std::make_unique<SealedTokenService>(secrets);
}

}  // namespace scheduling
