#pragma once
/// Whoever comes to a public page by an invitation: what its link, its forms and its JSON carry and show.
///
/// The public learns name and address of whoever was invited, and, where an invitation waits for an owner in vain, name
/// and address of that owner; nothing else of the CRM.
#include <optional>
#include <string>

#include "crm/sdk/http.hpp"
#include "plugin/http/form_body.hpp"
#include "plugin/http/wording/public_texts.hpp"
#include "plugin/ports/presentation/html_renderer.hpp"
#include "plugin/services/invitations/invitations.hpp"

namespace scheduling {

inline constexpr const char* k_invite = "invite";

/// Nothing in it: nobody is invited, or what was opened before cannot be read any more.
struct Invited {
  std::optional<Invitation> invitation{};
  InvitedTimes times{};
};

/// The token that a link or a form brings along; none: it brings none.
std::optional<std::string> invite_in(const crm::sdk::Request& request);
std::optional<std::string> invite_in(const FormBody& form, const crm::sdk::Request& request);

/// What the form begins with: a link's own values, and of whoever is invited what it does not say.
FormBody with_invitee(const FormBody& values, const Invited& invited);

/// Part `owner_away`: the owner has no time soon, and how to reach them. Empty where they have.
View owner_away_view(const PublicTexts& texts, const Invited& invited, int wait_days);

/// {"name","email","expires_at","owner"}; empty: nobody is invited.
std::string invitation_json(const Invited& invited);
/// `"owner":{"name","email"}`; empty where nobody waits for one in vain.
std::string unreachable_json(const Invited& invited);

}  // namespace scheduling
