#pragma once
/// The links that are mailed to people so that they choose a password: invitations and resets.
///
/// A link works once. It ends when it is used, when a newer one is made for the same user, when their password changes
/// in another way, when they are deactivated, and with time. Only its hash is stored. Thread: any.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "reference_host/auth/accounts.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

enum class LinkKind : std::uint8_t { invitation, reset };
constexpr auto k_invitation_life = std::chrono::hours(24 * 3);
constexpr auto k_reset_life = std::chrono::hours(1);
constexpr auto k_dead_links_kept = std::chrono::hours(24 * 30);  ///< so that they say what they are

/// Makes the user's one live link, inside the caller's transaction; gives its token.
sdk::Outcome<std::string> make_account_link(CrmServices& crm, sdk::Session& session, sdk::UserId user, LinkKind kind);

struct AccountLink {
  LinkKind kind = LinkKind::reset;
  bool is_live = false;
  Account account;
};
/// Changes nothing. `not_found` for a token that was never ours, or long ago.
sdk::Outcome<AccountLink> find_account_link(CrmServices& crm, std::string_view token);

/// Ends the link and gives its user this password, which was checked before; their sessions and API tokens end.
/// `not_found` as above; `conflict` with the constraint "dead_link" when it ended before.
sdk::Outcome<Account> use_account_link(CrmServices& crm, std::string_view token, std::string_view new_password);

/// How many links were made for the user since `since`, whatever became of them.
sdk::Outcome<std::int64_t> count_account_links(sdk::Session& session, sdk::UserId user, sdk::Micros since);
/// Forgets dead links after k_dead_links_kept.
sdk::Done purge_account_links(sdk::Session& session, sdk::Micros now);

}  // namespace crm::app
