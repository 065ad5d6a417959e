#pragma once
/// What changes who can log in and with which password: for the API and the pages alike.
///
/// Each of them ends sessions and API tokens of the user concerned. Thread: any.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "crm/sdk/http.hpp"
#include "reference_host/auth/account_mail.hpp"
#include "reference_host/auth/accounts.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

/// Makes the user; one without a password is invited by mail.
sdk::Outcome<Account> create_user(CrmServices& crm, const NewUser& user);

struct PasswordChange {
  std::string current;
  std::string wanted;  ///< checked before (check_new_password)
};
struct PasswordChanged {
  bool was_right = false;                    ///< the current password; nothing changed when it was not
  std::optional<std::chrono::seconds> wait;  ///< too many tries: nothing was compared
  std::string device;                        ///< the device cookie, anew
};
/// The caller's own password. The session that asks stays, all other sessions and all API tokens end.
sdk::Outcome<PasswordChanged> change_own_password(CrmServices& crm, const sdk::Request& request,
                                                  const PasswordChange& change);

/// Mails the user a link that sets a password. `not_found`; `conflict` with the constraint "inactive_user".
sdk::Outcome<Account> invite_user(CrmServices& crm, sdk::UserId id);
/// The same, and the present password, all sessions and all API tokens end at once. `conflict` with the constraint
/// "own_account" for the caller's own: an admin whose mail does not arrive would have locked out themself.
sdk::Outcome<Account> reset_password(CrmServices& crm, sdk::UserId id, sdk::UserId caller);

/// Somebody forgot the password of this address. Takes as long, and says as little, whoever has the address.
sdk::Done ask_for_reset(CrmServices& crm, std::string_view email);

}  // namespace crm::app
