#pragma once
#include "crm/sdk/services.hpp"
#include "plugin/ports/calendar/token_vault.hpp"

namespace scheduling {

/// The CRM's key seals, which says by itself which key that was.
class SealedTokenVault final : public TokenVault {
 public:
  explicit SealedTokenVault(crm::sdk::Secrets& secrets) : secrets_(secrets) {}
  Result<std::string> seal(std::string_view token, ConnectionId connection) override;
  Result<std::string> open(std::string_view sealed, ConnectionId connection) override;
  Result<LogInSecrets> fresh_log_in() override;
  Result<std::string> seal_verifier(std::string_view verifier, UserId user) override;
  Result<std::string> open_verifier(std::string_view sealed, UserId user) override;
  std::string digest(std::string_view text) const override;

 private:
  Result<std::string> seal_text(std::string_view text, const std::string& bound_to);
  Result<std::string> open_text(std::string_view sealed, const std::string& bound_to);

  crm::sdk::Secrets& secrets_;
};

}  // namespace scheduling
