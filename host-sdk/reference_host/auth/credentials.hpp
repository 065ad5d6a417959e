#pragma once
/// Sessions and API tokens: who a request comes from.
///
/// Results are kept for two seconds per credential, so that a busy client costs no query per request.
/// Logging out, deleting a token and deactivating a user clear them here at once; another instance of the
/// same database follows within those two seconds. Thread: any.
#include <chrono>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "crm/sdk/services.hpp"
#include "reference_host/auth/accounts.hpp"
#include "reference_host/http/authenticator.hpp"

namespace crm::app {

constexpr std::string_view k_session_cookie = "crm_session";
constexpr auto k_session_life = std::chrono::hours(24 * 14);
constexpr int k_api_tokens_max = 50;  ///< per user

struct SignedIn {
  Account account;
  std::string session_token;
  std::string csrf_token;
};

struct ApiToken {
  std::int64_t id = 0;
  std::string name;
  sdk::Micros created_at{};
  std::string token;  ///< only when just made
};

class Credentials final : public Authenticator {
 public:
  Credentials(sdk::Database& database, Accounts& accounts, PasswordHasher& hasher, sdk::Clock& clock,
              sdk::Secrets& secrets, sdk::Log& log)
      : database_(database), accounts_(accounts), hasher_(hasher), clock_(clock), secrets_(secrets), log_(log) {}

  /// An Authorization header decides alone; the cookie counts only without one.
  Identity identify(const sdk::Request& request) noexcept override;

  /// Empty for an unknown address, a wrong password or a deactivated user, all after the same time.
  sdk::Outcome<std::optional<SignedIn>> log_in(std::string_view email, std::string_view password);
  sdk::Outcome<SignedIn> open_session(sdk::Session& session, Account account);
  sdk::Done log_out(const sdk::Request& request);
  /// Forgets what is kept of this user.
  void forget(sdk::UserId user);

  /// `conflict` when the user has k_api_tokens_max already.
  sdk::Outcome<ApiToken> make_token(sdk::UserId user, std::string_view name);
  sdk::Outcome<std::vector<ApiToken>> tokens(sdk::UserId user);
  sdk::Done delete_token(sdk::UserId user, std::int64_t id);

 private:
  struct Known {
    Identity identity;
    sdk::Micros expires_at{};
    std::chrono::steady_clock::time_point good_until;
  };
  std::optional<Identity> remembered(const std::string& hash);
  Identity look_up(std::string_view token, const std::string& hash, bool by_cookie);

  sdk::Database& database_;
  Accounts& accounts_;
  PasswordHasher& hasher_;
  sdk::Clock& clock_;
  sdk::Secrets& secrets_;
  sdk::Log& log_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  ///< by 'c' or 't' and the token's hash
  std::uint64_t forgets_ = 0;  ///< so that a look-up under way does not bring back what was forgotten
};

/// The value of a cookie in a Cookie header; empty when absent.
std::string_view cookie_value(std::string_view header, std::string_view name);

}  // namespace crm::app
