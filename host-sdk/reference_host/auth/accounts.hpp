#pragma once
/// The CRM's users: the SDK's Users, and what the CRM itself does with them.
///
/// Thread: any. Errors: `conflict` when the e-mail address is taken or the last admin would leave,
/// `not_found` for an unknown id.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crm/sdk/users.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

struct NewUser {
  std::string email;
  std::string name;
  std::optional<std::string> password;  ///< empty: invited, and chooses one through a mailed link
  sdk::Role role = sdk::Role::rep;
  std::string timezone = "UTC";
  std::string locale{};  ///< BCP 47; empty: not known
};

/// What users change of themselves; empty members stay as they are.
struct ProfileEdit {
  std::optional<std::string> name;
  std::optional<std::string> timezone;
  std::optional<std::string> locale;
};

struct Account {
  sdk::User user;
  sdk::Micros created_at{};
  std::string locale;  ///< BCP 47; empty: not known
  bool has_password = false;
};

struct StoredPassword {
  Account account;
  std::optional<std::string> hash;  ///< empty: nobody can log in as them
  std::optional<sdk::Micros> set_at;
};

/// Whom a change of the password leaves signed in.
struct KeptSession {
  std::string token_hash;  ///< empty: nobody
};

constexpr std::string_view role_name(sdk::Role role) {
  return role == sdk::Role::admin ? "admin" : "rep";
}

class Accounts final : public sdk::Users {
 public:
  Accounts(HookTable& hooks, PasswordHasher& hasher, sdk::Clock& clock)
      : hooks_(hooks), hasher_(hasher), clock_(clock) {}

  sdk::Outcome<sdk::User> find(sdk::Session& session, sdk::UserId id) noexcept override;
  sdk::Ticket post_find(sdk::Session& session, sdk::UserId id) noexcept override;
  sdk::Ticket post_addresses(sdk::Session& session, std::span<const std::string> emails) noexcept override;
  sdk::Outcome<std::vector<std::string>> collect_addresses(sdk::Session& session, sdk::Ticket ticket,
                                                           std::span<const std::string> emails) noexcept override;
  sdk::Outcome<sdk::User> collect_find(sdk::Session& session, sdk::Ticket ticket, sdk::UserId id) noexcept override;
  sdk::Outcome<std::vector<sdk::User>> all_active(sdk::Session& session) noexcept override;
  sdk::Outcome<std::string> locale_of(sdk::Session& session, sdk::UserId id) noexcept override;

  /// `user` was checked before (user_routes). Hashes the password first, then writes.
  sdk::Outcome<Account> create(sdk::Database& database, const NewUser& user);
  /// The same inside the caller's transaction, with a password hashed already.
  sdk::Outcome<Account> insert(sdk::Session& session, const NewUser& user,
                               const std::optional<std::string>& password_hash);
  sdk::Outcome<Account> account(sdk::Session& session, sdk::UserId id);
  /// `edit` was checked before (check_profile).
  sdk::Outcome<Account> change(sdk::Session& session, sdk::UserId id, const ProfileEdit& edit);
  sdk::Outcome<std::optional<StoredPassword>> find_by_email(sdk::Session& session, std::string_view email);
  /// Inside the caller's transaction: gives the active user another password, or none, and ends their sessions but
  /// one, their API tokens and their mailed links. `not_found` for a user who is not there or was deactivated.
  sdk::Outcome<Account> set_password(sdk::Session& session, sdk::UserId id, const std::optional<std::string>& hash,
                                     const KeptSession& kept);
  /// Users after `after`, lowest id first.
  sdk::Outcome<std::vector<Account>> list(sdk::Session& session, sdk::UserId after, int limit);
  /// Takes the user's sessions and API tokens, and runs the modules' user hooks, in one transaction.
  /// Deactivating twice succeeds.
  sdk::Outcome<Account> deactivate(sdk::Database& database, sdk::UserId id, const sdk::Cause& cause);
  /// Runs the modules' user hooks, unless the user is active already.
  sdk::Outcome<Account> activate(sdk::Database& database, sdk::UserId id, const sdk::Cause& cause);
  sdk::Outcome<bool> is_empty(sdk::Session& session);

 private:
  /// Tells the modules what happened to the account.
  sdk::Outcome<Account> told(sdk::Session& session, sdk::UserEvent event, Account account, const sdk::Cause& cause);

  HookTable& hooks_;
  PasswordHasher& hasher_;
  sdk::Clock& clock_;
};

}  // namespace crm::app
