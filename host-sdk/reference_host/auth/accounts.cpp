#include "reference_host/auth/accounts.hpp"

#include <exception>

#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/database/text_array.hpp"
#include "reference_host/mail/address.hpp"
#include "reference_host/records/hook_table.hpp"

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Session;
using sdk::Statement;

constexpr Statement k_find{"users.find",
                           "SELECT id, email, name, role, timezone, is_active, created_at, locale, password_hash IS "
                           "NOT NULL FROM users WHERE id = $1"};
constexpr Statement k_lock{"users.lock", "SELECT is_active, role FROM users WHERE id = $1 FOR UPDATE"};
constexpr Statement k_active{
    "users.active",
    "SELECT id, email, name, role, timezone, is_active, created_at, locale, password_hash IS NOT NULL FROM users "
    "WHERE is_active ORDER BY id"};
constexpr Statement k_list{
    "users.list",
    "SELECT id, email, name, role, timezone, is_active, created_at, locale, password_hash IS NOT NULL FROM users "
    "WHERE id > $1::bigint ORDER BY id LIMIT $2"};
constexpr Statement k_by_email{"users.by_email",
                               "SELECT id, email, name, role, timezone, is_active, created_at, locale, "
                               "password_hash IS NOT NULL, password_hash, password_set_at "
                               "FROM users WHERE email_key IN ($1, $2) ORDER BY id LIMIT 1"};
// index: users_email_key
constexpr Statement k_addresses{"accounts.addresses",
                                "SELECT email_key FROM users WHERE is_active AND email_key = ANY ($1::text[])"};

constexpr Statement k_insert{
    "users.insert",
    "INSERT INTO users (email, email_key, name, password_hash, role, timezone, created_at, locale, password_set_at) "
    "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $4::text IS NULL THEN NULL ELSE $7::timestamptz END) "
    "RETURNING id, email, name, role, timezone, is_active, created_at, locale, password_hash IS NOT NULL"};
constexpr Statement k_change{
    "users.change",
    "UPDATE users SET name = COALESCE($2::text, name), timezone = COALESCE($3::text, timezone), "
    "locale = COALESCE($4::text, locale) WHERE id = $1 "
    "RETURNING id, email, name, role, timezone, is_active, created_at, locale, password_hash IS NOT NULL"};
constexpr Statement k_set_password{
    "users.set_password",
    "UPDATE users SET password_hash = $2, password_set_at = $3 WHERE id = $1 AND is_active "
    "RETURNING id, email, name, role, timezone, is_active, created_at, locale, password_hash IS NOT NULL"};
constexpr Statement k_locale{"users.locale", "SELECT locale FROM users WHERE id = $1"};
// Admins are locked in one order, so that two of them cannot deactivate each other at the same moment.
constexpr Statement k_lock_admins{"users.lock_admins",
                                  "SELECT id FROM users WHERE role = 'admin' AND is_active ORDER BY id FOR UPDATE"};
constexpr Statement k_set_active{"users.set_active", "UPDATE users SET is_active = $2 WHERE id = $1"};
constexpr Statement k_drop_sessions{"users.drop_sessions", "DELETE FROM sessions WHERE user_id = $1"};
constexpr Statement k_drop_other_sessions{"users.drop_other_sessions",
                                          "DELETE FROM sessions WHERE user_id = $1 AND token_hash <> $2"};
constexpr Statement k_drop_tokens{"users.drop_tokens", "DELETE FROM api_tokens WHERE user_id = $1"};
constexpr Statement k_end_links{"users.end_links",
                                "UPDATE account_links SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL"};
constexpr Statement k_any{"users.any", "SELECT EXISTS (SELECT FROM users)"};

Account to_account(sdk::RowReader& row) {
  Account account;
  account.user.id = row.next<sdk::UserId>();
  account.user.email = row.next<std::string>();
  account.user.name = row.next<std::string>();
  account.user.role = row.next<std::string_view>() == "admin" ? sdk::Role::admin : sdk::Role::rep;
  account.user.timezone = row.next<std::string>();
  account.user.is_active = row.next<bool>();
  account.created_at = row.next<sdk::Micros>();
  account.locale = row.next<std::string>();
  account.has_password = row.next<bool>();
  return account;
}

std::vector<Account> to_accounts(const sdk::Rows& rows) {
  std::vector<Account> accounts;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sdk::RowReader row(rows, i);
    accounts.push_back(to_account(row));
  }
  return accounts;
}

Outcome<Account> one_account(Outcome<sdk::RowsPtr> rows) {
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "no such user");
  sdk::RowReader row(**rows, 0);
  return to_account(row);
}

}  // namespace

Outcome<sdk::User> Accounts::find(Session& session, sdk::UserId id) noexcept {
  return collect_find(session, post_find(session, id), id);
}

sdk::Ticket Accounts::post_find(Session& session, sdk::UserId id) noexcept {
  return session.post(k_find, {id});
}

Outcome<sdk::User> Accounts::collect_find(Session& session, sdk::Ticket ticket, sdk::UserId) noexcept {
  try {
    auto found = one_account(session.collect(ticket));
    if (!found) return sdk::fail(found.error());
    return std::move(found->user);
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

Outcome<std::vector<sdk::User>> Accounts::all_active(Session& session) noexcept {
  try {
    auto rows = session.run(k_active);
    if (!rows) return sdk::fail(rows.error());
    std::vector<sdk::User> users;
    for (Account& account : to_accounts(**rows)) users.push_back(std::move(account.user));
    return users;
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

sdk::Ticket Accounts::post_addresses(Session& session, std::span<const std::string> emails) noexcept {
  try {
    std::vector<std::string> keys;
    keys.reserve(emails.size());
    for (const std::string& email : emails) keys.push_back(email_key(email));
    return session.post(k_addresses, {text_array(keys)});
  } catch (const std::exception&) {
    return {};  // out of memory: nothing was asked, and the answer says so
  }
}

Outcome<std::vector<std::string>> Accounts::collect_addresses(Session& session, sdk::Ticket ticket,
                                                              std::span<const std::string> emails) noexcept {
  try {
    auto rows = session.collect(ticket);
    if (!rows) return sdk::fail(rows.error());
    std::vector<std::string> known;
    for (const std::string& email : emails)
      for (std::size_t i = 0; i < (*rows)->size(); ++i)
        if ((*rows)->text(i, 0) == email_key(email)) {
          known.push_back(email);
          break;
        }
    return known;
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

Outcome<std::string> Accounts::locale_of(Session& session, sdk::UserId id) noexcept {
  try {
    auto rows = session.run(k_locale, {id});
    if (!rows) return sdk::fail(rows.error());
    if ((*rows)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "no such user");
    return sdk::RowReader(**rows, 0).next<std::string>();
  } catch (const std::exception& error) {
    return sdk::fail(sdk::FailureKind::broken, error.what());
  }
}

Outcome<Account> Accounts::account(Session& session, sdk::UserId id) {
  return one_account(session.run(k_find, {id}));
}

Outcome<Account> Accounts::create(sdk::Database& database, const NewUser& user) {
  // Outside the transaction: hashing takes tens of milliseconds, and connections are few.
  std::optional<std::string> hash;
  if (user.password) {
    auto made = hasher_.hash(*user.password);
    if (!made) return sdk::fail(made.error());
    hash = std::move(*made);
  }
  return sdk::in_transaction(database, [&](Session& session) { return insert(session, user, hash); });
}

Outcome<Account> Accounts::insert(Session& session, const NewUser& user,
                                  const std::optional<std::string>& password_hash) {
  auto rows = session.run(k_insert, {user.email, email_key(user.email), user.name, password_hash, role_name(user.role),
                                     user.timezone, clock_.now(), user.locale});
  if (!rows) return sdk::fail(rows.error());
  sdk::RowReader row(**rows, 0);
  return to_account(row);
}

Outcome<Account> Accounts::change(Session& session, sdk::UserId id, const ProfileEdit& edit) {
  return one_account(session.run(k_change, {id, edit.name, edit.timezone, edit.locale}));
}

Outcome<std::optional<StoredPassword>> Accounts::find_by_email(Session& session, std::string_view email) {
  const std::vector<std::string> keys = email_keys(email);
  auto rows = session.run(k_by_email, {keys.front(), keys.back()});
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return std::nullopt;
  sdk::RowReader row(**rows, 0);
  StoredPassword stored;
  stored.account = to_account(row);
  stored.hash = row.next_or_null<std::string>();
  stored.set_at = row.next_or_null<sdk::Micros>();
  return stored;
}

Outcome<Account> Accounts::set_password(Session& session, sdk::UserId id, const std::optional<std::string>& hash,
                                        const KeptSession& kept) {
  const sdk::Micros now = clock_.now();
  auto account = one_account(session.run(k_set_password, {id, hash, now}));
  if (!account) return account;
  session.post(k_drop_other_sessions, {id, sdk::Param::bytes(kept.token_hash)});
  session.post(k_drop_tokens, {id});
  if (auto ended = session.run(k_end_links, {id, now}); !ended) return sdk::fail(ended.error());
  return account;
}

Outcome<std::vector<Account>> Accounts::list(Session& session, sdk::UserId after, int limit) {
  auto rows = session.run(k_list, {after.value, limit});
  if (!rows) return sdk::fail(rows.error());
  return to_accounts(**rows);
}

Outcome<Account> Accounts::deactivate(sdk::Database& database, sdk::UserId id, const sdk::Cause& cause) {
  return sdk::in_transaction(database, [&](Session& session) -> Outcome<Account> {
    auto admins = session.run(k_lock_admins);
    if (!admins) return sdk::fail(admins.error());
    auto state = session.run(k_lock, {id});
    if (!state) return sdk::fail(state.error());
    auto before = account(session, id);
    if (!before || !before->user.is_active) return before;
    if (before->user.role == sdk::Role::admin && (*admins)->size() < 2)
      return sdk::fail(sdk::Failure{sdk::FailureKind::conflict, "the last admin stays", {}, "last_admin", {}});
    session.post(k_set_active, {id, false});
    session.post(k_drop_sessions, {id});
    session.post(k_drop_tokens, {id});
    session.post(k_end_links, {id, clock_.now()});
    auto after = account(session, id);
    if (!after) return after;
    return told(session, sdk::UserEvent::deactivated, std::move(*after), cause);
  });
}

Outcome<Account> Accounts::activate(sdk::Database& database, sdk::UserId id, const sdk::Cause& cause) {
  return sdk::in_transaction(database, [&](Session& session) -> Outcome<Account> {
    auto state = session.run(k_lock, {id});
    if (!state) return sdk::fail(state.error());
    auto before = account(session, id);
    if (!before || before->user.is_active) return before;
    session.post(k_set_active, {id, true});
    auto after = account(session, id);
    if (!after) return after;
    return told(session, sdk::UserEvent::reactivated, std::move(*after), cause);
  });
}

Outcome<Account> Accounts::told(Session& session, sdk::UserEvent event, Account account, const sdk::Cause& cause) {
  const sdk::UserChange change{event, &account.user, &cause, {clock_.now()}};
  if (auto done = hooks_.after(session, change); !done) return sdk::fail(done.error());
  return account;
}

Outcome<bool> Accounts::is_empty(Session& session) {
  auto rows = session.run(k_any);
  if (!rows) return sdk::fail(rows.error());
  return !sdk::RowReader(**rows, 0).next<bool>();
}

}  // namespace crm::app
