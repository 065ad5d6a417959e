#include "reference_host/auth/account_links.hpp"

#include "reference_host/auth/credentials.hpp"
#include "reference_host/auth/password_hasher.hpp"
#include "reference_host/auth/token.hpp"
#include "reference_host/database/pg_database.hpp"
#include "reference_host/system/adjustable_clock.hpp"

namespace crm::app {
namespace {

using sdk::Outcome;
using sdk::Session;
using sdk::Statement;

constexpr std::size_t k_token_bytes_max = 100;

constexpr Statement k_end{"account_links.end",
                          "UPDATE account_links SET ended_at = $2 WHERE user_id = $1 AND ended_at IS NULL"};
constexpr Statement k_insert{
    "account_links.insert",
    "INSERT INTO account_links (token_hash, user_id, kind, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)"};
constexpr Statement k_find{"account_links.find",
                           "SELECT l.kind, l.ended_at IS NULL AND l.expires_at > $2 AND u.is_active, l.user_id "
                           "FROM account_links l JOIN users u ON u.id = l.user_id WHERE l.token_hash = $1"};
// Two uses at the same moment: the second waits for the first, and then finds the link ended.
constexpr Statement k_use{"account_links.use",
                          "UPDATE account_links SET ended_at = $2 WHERE token_hash = $1 AND ended_at IS NULL "
                          "AND expires_at > $2 RETURNING user_id"};
constexpr Statement k_count{"account_links.count",
                            "SELECT count(*) FROM account_links WHERE user_id = $1 AND created_at > $2"};
constexpr Statement k_purge{"account_links.purge", "DELETE FROM account_links WHERE expires_at <= $1"};

sdk::Failure dead() {
  return {sdk::FailureKind::conflict, "the link ended", {}, "dead_link", {}};
}

}  // namespace

Outcome<std::string> make_account_link(CrmServices& crm, Session& session, sdk::UserId user, LinkKind kind) {
  auto token = new_token(crm.secrets);
  if (!token) return token;
  const sdk::Micros now = crm.clock.now();
  const bool is_invitation = kind == LinkKind::invitation;
  const sdk::Micros end = now + (is_invitation ? k_invitation_life : k_reset_life);
  const std::string hash = sha256(*token);
  session.post(k_end, {user, now});
  auto done = session.run(k_insert, {sdk::Param::bytes(hash), user, is_invitation ? "invitation" : "reset", now, end});
  if (!done) return sdk::fail(done.error());
  return token;
}

Outcome<AccountLink> find_account_link(CrmServices& crm, std::string_view token) {
  if (token.empty() || token.size() > k_token_bytes_max) return sdk::fail(sdk::FailureKind::not_found, "no such link");
  auto session = crm.database.acquire();
  if (!session) return sdk::fail(session.error());
  const std::string hash = sha256(token);
  auto rows = (*session)->run(k_find, {sdk::Param::bytes(hash), crm.clock.now()});
  if (!rows) return sdk::fail(rows.error());
  if ((*rows)->size() == 0) return sdk::fail(sdk::FailureKind::not_found, "no such link");
  sdk::RowReader row(**rows, 0);
  AccountLink link;
  link.kind = row.next<std::string_view>() == "invitation" ? LinkKind::invitation : LinkKind::reset;
  link.is_live = row.next<bool>();
  auto account = crm.accounts.account(**session, row.next<sdk::UserId>());
  if (!account) return sdk::fail(account.error());
  link.account = std::move(*account);
  return link;
}

Outcome<Account> use_account_link(CrmServices& crm, std::string_view token, std::string_view new_password) {
  // Before the slow part: a dead link costs no hashing.
  const auto link = find_account_link(crm, token);
  if (!link) return sdk::fail(link.error());
  if (!link->is_live) return sdk::fail(dead());
  const auto hash = crm.hasher.hash(new_password);
  if (!hash) return sdk::fail(hash.error());
  auto account = sdk::in_transaction(crm.database, [&](Session& session) -> Outcome<Account> {
    const std::string token_hash = sha256(token);
    auto used = session.run(k_use, {sdk::Param::bytes(token_hash), crm.clock.now()});
    if (!used) return sdk::fail(used.error());
    if ((*used)->size() == 0) return sdk::fail(dead());
    auto changed = crm.accounts.set_password(session, link->account.user.id, *hash, {});
    if (!changed && changed.error().kind == sdk::FailureKind::not_found) return sdk::fail(dead());
    return changed;
  });
  crm.credentials.forget(link->account.user.id);
  return account;
}

Outcome<std::int64_t> count_account_links(Session& session, sdk::UserId user, sdk::Micros since) {
  auto rows = session.run(k_count, {user, since});
  if (!rows) return sdk::fail(rows.error());
  return sdk::RowReader(**rows, 0).next<std::int64_t>();
}

sdk::Done purge_account_links(Session& session, sdk::Micros now) {
  auto done = session.run(k_purge, {now - k_dead_links_kept});
  if (!done) return sdk::fail(done.error());
  return {};
}

}  // namespace crm::app
