#pragma once
/// Seals what opens a provider's door, and makes the secrets of a log-in.
#include <string>
#include <string_view>

#include "plugin/core/ids.hpp"
#include "plugin/core/result.hpp"

namespace scheduling {

/// PKCE and state of one log-in.
struct LogInSecrets {
  std::string state{};
  std::string verifier{};
  std::string challenge{};  ///< S256 of the verifier
};

class TokenVault {
 public:
  virtual ~TokenVault() = default;
  /// Text for a column; opens for the same connection only.
  virtual Result<std::string> seal(std::string_view token, ConnectionId connection) = 0;
  virtual Result<std::string> open(std::string_view sealed, ConnectionId connection) = 0;
  virtual Result<LogInSecrets> fresh_log_in() = 0;
  virtual Result<std::string> seal_verifier(std::string_view verifier, UserId user) = 0;
  virtual Result<std::string> open_verifier(std::string_view sealed, UserId user) = 0;
  /// SHA-256, 32 bytes.
  virtual std::string digest(std::string_view text) const = 0;
};

}  // namespace scheduling
