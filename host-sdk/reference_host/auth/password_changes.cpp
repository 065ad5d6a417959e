#include "reference_host/auth/password_changes.hpp"

#include "reference_host/auth/auth_routes.hpp"
#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/auth/token.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/jobs/job_runner.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Session;

sdk::Failure refused(const char* constraint) {
  return {sdk::FailureKind::conflict, "refused", {}, constraint, {}};
}

/// The active user with this id.
Outcome<Account> active_user(CrmServices& crm, Session& session, sdk::UserId id) {
  auto account = crm.accounts.account(session, id);
  if (account && !account->user.is_active) return sdk::fail(refused("inactive_user"));
  return account;
}

}  // namespace

Outcome<Account> create_user(CrmServices& crm, const NewUser& user) {
  if (user.password) return crm.accounts.create(crm.database, user);
  auto account = sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<Account> {
    auto made = crm.accounts.insert(session, user, std::nullopt);
    if (!made) return made;
    auto queued = queue_account_mail(session, user.email, AccountMailKind::invitation, crm.clock.now());
    if (!queued) return sdk::fail(queued.error());
    return made;
  });
  crm.jobs.nudge(k_account_mail_job);
  return account;
}

Outcome<PasswordChanged> change_own_password(CrmServices& crm, const sdk::Request& request,
                                             const PasswordChange& change) {
  const sdk::UserId user = request.principal->id;
  const std::string key = GuessLimit::change_key(user);
  std::optional<StoredPassword> stored;
  {
    auto session = crm.database.acquire();
    if (!session) return sdk::fail(session.error());
    const auto wait = crm.credentials.guesses().count(**session, key);
    if (!wait) return sdk::fail(wait.error());
    if (*wait) return PasswordChanged{false, *wait, {}};
    auto found = crm.accounts.find_by_email(**session, request.principal->email);
    if (!found) return sdk::fail(found.error());
    stored = std::move(*found);
  }
  if (!stored || stored->account.user.id != user || !stored->hash) return PasswordChanged{};
  const auto right = crm.hasher.verify(*stored->hash, change.current);
  if (!right) return sdk::fail(right.error());
  if (!*right) return PasswordChanged{};
  const auto hash = crm.hasher.hash(change.wanted);
  if (!hash) return sdk::fail(hash.error());
  const bool by_cookie = crm.credentials.identify(request).by_cookie;
  const std::string_view kept =
      by_cookie ? cookie_value(request.header("Cookie").value_or(""), k_session_cookie) : std::string_view();
  auto account = sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<Account> {
    if (auto forgiven = crm.credentials.guesses().forgive(session, key); !forgiven) return sdk::fail(forgiven.error());
    return crm.accounts.set_password(session, user, *hash, {kept.empty() ? std::string() : sha256(kept)});
  });
  crm.credentials.forget(user);
  if (!account) return sdk::fail(account.error());
  auto device = crm.credentials.devices().remember(device_of(request), user, crm.clock.now());
  if (!device) return sdk::fail(device.error());
  return PasswordChanged{true, std::nullopt, std::move(*device)};
}

Outcome<Account> invite_user(CrmServices& crm, sdk::UserId id) {
  auto account = sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<Account> {
    auto found = active_user(crm, session, id);
    if (!found) return found;
    auto queued = queue_account_mail(session, found->user.email, AccountMailKind::invitation, crm.clock.now());
    if (!queued) return sdk::fail(queued.error());
    return found;
  });
  crm.jobs.nudge(k_account_mail_job);
  return account;
}

Outcome<Account> reset_password(CrmServices& crm, sdk::UserId id, sdk::UserId caller) {
  if (id == caller) return sdk::fail(refused("own_account"));
  auto account = sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<Account> {
    auto found = active_user(crm, session, id);
    if (!found) return found;
    auto changed = crm.accounts.set_password(session, id, std::nullopt, {});
    if (!changed) return changed;
    auto queued = queue_account_mail(session, found->user.email, AccountMailKind::reset, crm.clock.now());
    if (!queued) return sdk::fail(queued.error());
    return changed;
  });
  crm.credentials.forget(id);
  crm.jobs.nudge(k_account_mail_job);
  return account;
}

sdk::Done ask_for_reset(CrmServices& crm, std::string_view email) {
  auto done = sdk::in_transaction(crm.database, [&](Session& session) {
    return queue_account_mail(session, email, AccountMailKind::forgotten, crm.clock.now());
  });
  crm.jobs.nudge(k_account_mail_job);
  return done;
}

}  // namespace crm::app
