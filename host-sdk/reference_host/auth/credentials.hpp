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
#include "reference_host/auth/guess_limit.hpp"
#include "reference_host/auth/known_device.hpp"
#include "reference_host/http/authenticator.hpp"

namespace crm::app {

constexpr std::string_view k_session_cookie = "crm_session";
constexpr auto k_session_life = std::chrono::hours(24 * 14);
constexpr int k_api_tokens_max = 50;  ///< per user
constexpr int k_api_token_days = 90;  ///< unless its owner says otherwise
constexpr int k_api_token_days_max = 3650;
constexpr auto k_last_use_step = std::chrono::minutes(1);  ///< `last_used_at` is written no more often

struct SignedIn {
  Account account;
  std::string session_token;
  std::string csrf_token;
};

struct LogInTry {
  std::string_view email;
  std::string_view password;
  std::string_view device;  ///< the value of the device cookie; empty: none
};

struct LogInResult {
  std::optional<SignedIn> signed_in;         ///< empty: refused
  std::optional<std::chrono::seconds> wait;  ///< too many tries: nothing was compared
  std::string device;                        ///< the device cookie of who is signed in now
};

struct NewToken {
  sdk::UserId user;
  std::string_view name;
  std::optional<int> expires_in_days = k_api_token_days;  ///< empty: never
  /// The session that asks: a token is not made when the session ended meanwhile. Empty: the CRM itself asks.
  std::string_view session_token{};
};

struct ApiToken {
  std::int64_t id = 0;
  std::string name;
  sdk::Micros created_at{};
  std::optional<sdk::Micros> expires_at;    ///< empty: never
  std::optional<sdk::Micros> last_used_at;  ///< empty: not yet
  std::string token;                        ///< only when just made
};

class Credentials final : public Authenticator {
 public:
  Credentials(sdk::Database& database, Accounts& accounts, PasswordHasher& hasher, sdk::Clock& clock,
              sdk::Secrets& secrets, sdk::Log& log, bool slows_guesses)
      : database_(database),
        accounts_(accounts),
        hasher_(hasher),
        clock_(clock),
        secrets_(secrets),
        log_(log),
        guesses_(clock, slows_guesses),
        devices_(secrets) {}

  /// An Authorization header decides alone; the cookie counts only without one.
  Identity identify(const sdk::Request& request) noexcept override;

  /// Refused for an unknown address, a wrong password, a user without one or a deactivated one, all after the same
  /// time; told to wait before anything is compared, whether or not somebody has the address.
  sdk::Outcome<LogInResult> log_in(const LogInTry& tried);
  /// `hash`: the stored password that was right; `not_found` when the user has another one by now, or is inactive.
  sdk::Outcome<SignedIn> open_session(sdk::Session& session, Account account, const std::optional<std::string>& hash);
  sdk::Done log_out(const sdk::Request& request);
  GuessLimit& guesses() { return guesses_; }
  KnownDevices& devices() { return devices_; }
  /// Forgets what is kept of this user.
  void forget(sdk::UserId user);

  /// `conflict` when the user has k_api_tokens_max already, `not_found` when their session ended.
  sdk::Outcome<ApiToken> make_token(const NewToken& wanted);
  sdk::Outcome<std::vector<ApiToken>> tokens(sdk::UserId user);
  sdk::Outcome<ApiToken> token(sdk::UserId user, std::int64_t id);
  sdk::Done delete_token(sdk::UserId user, std::int64_t id);

 private:
  struct Known {
    Identity identity;
    sdk::Micros expires_at{};
    std::chrono::steady_clock::time_point good_until;
  };
  std::optional<Identity> remembered(const std::string& hash);
  Identity look_up(std::string_view token, const std::string& hash, bool by_cookie);
  sdk::Outcome<bool> is_right(const std::optional<StoredPassword>& stored, std::string_view password);

  sdk::Database& database_;
  Accounts& accounts_;
  PasswordHasher& hasher_;
  sdk::Clock& clock_;
  sdk::Secrets& secrets_;
  sdk::Log& log_;
  GuessLimit guesses_;
  KnownDevices devices_;
  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;  ///< by 'c' or 't' and the token's hash
  std::uint64_t forgets_ = 0;  ///< so that a look-up under way does not bring back what was forgotten
};

/// The value of a cookie in a Cookie header; empty when absent.
std::string_view cookie_value(std::string_view header, std::string_view name);

}  // namespace crm::app
