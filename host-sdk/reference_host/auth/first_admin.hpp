#pragma once
/// The first admin of an empty CRM, made through a link that works once; and the demo: its users, and the mark that
/// keeps demos and real CRMs apart, because everybody knows the passwords of demo users.
#include <optional>
#include <string>
#include <string_view>

#include "reference_host/auth/credentials.hpp"
#include "reference_host/system/crm_services.hpp"

namespace crm::app {

/// While there are no users: a fresh link "{public_url}/setup/{token}", which replaces earlier ones.
/// Empty when somebody can log in already. To be printed at start, and never logged.
sdk::Outcome<std::optional<std::string>> first_admin_link(CrmServices& crm);

/// Whether the token opens the set-up page now.
sdk::Outcome<bool> is_setup_token(CrmServices& crm, std::string_view token);

/// Makes the admin, spends all tokens and signs in. `not_found` when the token is spent or users exist.
sdk::Outcome<SignedIn> make_first_admin(CrmServices& crm, std::string_view token, const NewUser& admin);

/// With --demo: marks a database that has no users, and accepts a marked one. `invalid` with a line for whoever starts
/// the CRM: --demo on an unmarked database that has users, or a start without --demo on a marked one.
sdk::Done check_demo_mark(CrmServices& crm);

/// admin@example.test, rep@example.test and rep2@example.test; those that exist stay as they are.
sdk::Done seed_demo_users(CrmServices& crm);

}  // namespace crm::app
